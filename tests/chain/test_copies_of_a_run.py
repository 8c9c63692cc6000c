"""Copies of one text are noted in the record, whatever the order of reading, and count as one source."""

import random

import msgspec
import pytest

from verbale.chain.copies import note_copies, shared_sentences
from verbale.ingest.read import read_text
from verbale.model.findings import Findings
from verbale.record import copies
from verbale.record.store import Record

LINES = [
    f"The {who} of {where} said on Tuesday that the {what} would be signed within {number} weeks in {there}."
    for who, where, what, number, there in (
        ("minister", "Norway", "ferry agreement", 3, "Bergen"), ("envoy", "Oman", "fishing treaty", 5, "Muscat"),
        ("president", "Peru", "visa accord", 7, "Lima"), ("governor", "Accra", "railway plan", 9, "Tunis"),
        ("speaker", "Riga", "customs law", 11, "Oslo"), ("consul", "Galway", "pension deal", 13, "Cardiff"))
]
TEXTS = {
    "https://a.example/1": "BERGEN, March 5 (Reuters) - " + "\n\n".join(LINES),
    "https://b.example/1": "\n\n".join(LINES[:3]),
    "https://c.example/1": "\n\n".join(
        f"Our correspondent in {place} writes that nobody expects the papers on {what} to be ready before the summer."
        for place, what in (("Lima", "visas"), ("Oslo", "tariffs"), ("Tunis", "trains"))),
    "https://d.example/1": "\n\n".join(f"Ships number {n} left the {place} harbour late because of thick fog and high "
                                       f"waves off the coast near {place}." for n, place in enumerate("ABCDEF")),
}


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as made:
        yield made


def filled(record, urls):
    run = record.begin()
    ids = {}
    for url in urls:
        report = read_text(TEXTS[url], url=url)
        record.add(report, Findings(report.id, report.window), run)
        ids[url[8]] = report.id
    record.end(run)
    return ids


def test_copies_are_noted_once_with_their_sentences(record):
    ids = filled(record, TEXTS)
    assert copies.groups(record) == []
    assert note_copies(record) == 1 and note_copies(record) == 0
    assert copies.groups(record) == [tuple(sorted((ids["a"], ids["b"])))]
    (pair,) = copies.copies_of(record, ids["a"])
    assert pair.held == 1.0 and pair.likeness < 0.7
    assert len(shared_sentences(record, ids["a"], ids["b"])) >= 2


def test_the_order_of_reading_does_not_matter(tmp_path):
    found = set()
    for number in range(4):
        urls = list(TEXTS)
        random.Random(number).shuffle(urls)
        with Record(tmp_path / f"{number}.db") as record:
            for url in urls:  # also where each is noted as it comes
                filled(record, [url])
                if number % 2:
                    note_copies(record)
            note_copies(record)
            rows = record.rows("SELECT * FROM copy ORDER BY one, other")
            found.add(tuple(tuple(row) for row in rows))
    assert len(found) == 1


class Teller(msgspec.Struct, frozen=True):
    report: str


def test_of_a_group_one_counts(record):
    ids = filled(record, TEXTS)
    told = [Teller(ids[name]) for name in "dbac"]
    assert copies.one_of_each(record.connection, told) == told
    note_copies(record)
    assert copies.one_of_each(record.connection, told) == [Teller(ids[name]) for name in "dbc"]


def test_a_forgotten_report_is_nobodys_copy(record):
    ids = filled(record, TEXTS)
    note_copies(record)
    record.forget(ids["b"], "asked to")
    assert copies.groups(record) == [] and copies.copies_of(record, ids["a"]) == []


def test_the_agency_of_a_dateline_is_the_origin():
    marks = {"ANKARA (AA) - ": "Anadolu", "MOSCOW, March 5. /TASS/. ": "TASS", "OSLO, March 5 (Reuters) - ": "Reuters"}
    for head, name in marks.items():
        assert name in (read_text(head + "\n\n".join(LINES)).origin or ""), head
