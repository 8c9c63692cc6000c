"""Exports read back with the ecosystem's own readers; where one is not installed, its test is left out and says so."""

import csv
import io
import json
from datetime import date

import pytest

from made_reports import findings, report, story
from verbale.record import judge, merge
from verbale.record.store import Record
from verbale.views.export import event_sets, formats, ftm
from verbale.views.export.formats import Choices

MADE = findings(report())


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record(tmp_path_factory.mktemp("export") / "r.db") as opened:
        run = opened.begin({})
        opened.add(report(url="https://paper.example/oslo", source="A Paper"), MADE, run)
        opened.add(*story(1), run)
        opened.end(run)
        yield opened


def text_of(record: Record, form: str, **asked) -> str:
    out = io.StringIO()
    formats.write(record, form, out, Choices(**asked))
    return out.getvalue()


@pytest.mark.parametrize("form", [*formats.TABLES, *formats.FORMS])
def test_every_format_is_written_and_said(record, tmp_path, form):
    target = tmp_path / "out.txt"
    number = formats.write_file(record, form, target)
    if form in formats.TABLES:
        back = list(csv.DictReader(target.open(encoding="utf-8", newline="")))
        assert (
            len(back) == number
            and tuple(back[0] if back else formats.TABLES[form].columns()) == formats.TABLES[form].columns()
        )
    assert target.stat().st_size and not (tmp_path / "out.txt.part").exists() and formats.ABOUT[form]


def test_nothing_is_left_of_an_export_that_fails(record, tmp_path, monkeypatch):
    def broken(record, asked):
        yield {"id": 1}
        raise RuntimeError("broke halfway")

    monkeypatch.setitem(formats.TABLES, "events", formats.Table("", broken, lambda: ("id",)))
    with pytest.raises(RuntimeError):
        formats.write_file(record, "events", tmp_path / "e.csv")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_codes_as_text_and_days_as_days(record, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    for form in formats.TABLES:
        formats.write_file(record, form, tmp_path / f"{form}.parquet")
    events = duckdb.sql(
        f"SELECT cameo, since, start, quad_class, background FROM '{tmp_path}/events.parquet' "
        "WHERE status = 'happened' LIMIT 1"
    ).fetchall()[0]
    assert events == ("040", date(2022, 5, 10), MADE.events[0].evidence.span.start, 1, False)
    counted = duckdb.sql(
        f"SELECT sum(n_events), typeof(sum(n_events)) FROM '{tmp_path}/dyad-month.parquet'"
    ).fetchall()[0]
    assert counted[0] == 2
    with pytest.raises(formats.BadInput, match="no table"):
        formats.write_file(record, "gexf", tmp_path / "x.parquet")


@pytest.mark.parametrize(
    ("form", "columns", "header"),
    [
        ("gdelt-events", event_sets.GDELT_EVENTS, False),
        ("gdelt-mentions", event_sets.GDELT_MENTIONS, False),
        ("icews", event_sets.ICEWS, True),
        ("polecat", event_sets.POLECAT, True),
    ],
)
def test_event_sets_are_read_by_duckdb(record, tmp_path, form, columns, header):
    duckdb = pytest.importorskip("duckdb")
    target = tmp_path / "set.tsv"
    number = formats.write_file(record, form, target)
    names = [f"c{place}" for place in range(len(columns))]
    read = (
        f"read_csv('{target}', delim = '\t', header = {str(header).lower()}, quote = '', all_varchar = true, "
        f"names = {names}, auto_detect = false, columns = {dict.fromkeys(names, 'VARCHAR')})"
    ).replace(f"names = {names}, ", "")
    rows = duckdb.sql(f"SELECT * FROM {read}").fetchall()
    assert len(rows) == number and {len(row) for row in rows} == {len(columns)}
    if form in ("gdelt-events", "icews"):
        code = columns.index("EventCode" if form == "gdelt-events" else "CAMEO Code")
        assert {row[code] for row in rows} == {"040"}


def test_event_sets_are_read_by_pandas(record):
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(io.StringIO(text_of(record, "gdelt-events")), sep="\t", header=None, dtype=str)
    assert table.shape == (2, 61) and set(table[26]) == {"040"}
    assert pandas.read_csv(io.StringIO(text_of(record, "gdelt-mentions")), sep="\t", header=None, quoting=3).shape == (
        4,
        16,
    )
    assert pandas.read_csv(io.StringIO(text_of(record, "icews")), sep="\t", dtype=str).shape == (2, 20)
    assert pandas.read_csv(io.StringIO(text_of(record, "polecat")), sep="\t", dtype=str).shape == (2, 40)
    plover = pandas.read_json(io.StringIO(text_of(record, "plover")), lines=True)
    assert {"id", "date", "actor", "recipient", "event", "text_info", "cite_info"} <= set(plover.columns)


def test_a_calendar_is_read_by_icalendar(record):
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(text_of(record, "ics"))
    events = list(calendar.walk("VEVENT"))
    assert len(events) == 2 and events[0].decoded("dtstart") == date(2022, 5, 10)
    assert events[0].decoded("dtend") == date(2022, 5, 11) and str(events[0]["status"]) == "CONFIRMED"
    assert "Anniken Huitfeldt and Pekka Haavisto met" in str(events[0]["summary"])


def test_a_network_is_read_by_networkx(record, tmp_path):
    networkx = pytest.importorskip("networkx")
    target = tmp_path / "net.gexf"
    number = formats.write_file(record, "gexf", target)
    graph = networkx.read_gexf(target, version="1.3")
    assert number == 1 and graph.number_of_edges() == 2  # a contact ties both ways
    assert set(graph.nodes) == {"pe:haavisto", "pe:huitfeldt"}
    assert graph.nodes["pe:haavisto"]["label"] == "Pekka Haavisto"


def test_a_network_holds_days_and_weights(record):
    import xml.etree.ElementTree as tree

    root = tree.fromstring(text_of(record, "gexf"))
    edge = root.find(".//{*}edge")
    assert (edge.get("source"), edge.get("target"), edge.get("weight")) == ("pe:haavisto", "pe:huitfeldt", "2.0")
    assert [(one.get("start"), one.get("end")) for one in root.iter("{http://gexf.net/1.3}spell")] == [
        ("2022-05-10", "2022-05-10")
    ]
    nodes = list(csv.DictReader(io.StringIO(text_of(record, "nodes"))))
    edges = list(csv.DictReader(io.StringIO(text_of(record, "edges"))))
    assert {one["Source"] for one in edges} | {one["Target"] for one in edges} == {one["Id"] for one in nodes}
    assert (edges[0]["Weight"], edges[0]["n_reports"], edges[0]["Type"]) == ("2", "2", "Undirected")


def test_annotations_point_at_the_words(record):
    page = json.loads(text_of(record, "webanno"))
    texts = {
        record.row("SELECT text_hash FROM report WHERE id = ?", [one])[0]: record.report(one).text
        for one in record.report_ids()
    }
    assert len(page["items"]) == 12 and page["type"] == "AnnotationPage"
    for one in page["items"]:
        quote, place = one["target"]["selector"]
        text = texts[one["target"]["textSha256"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"]) and text[place["end"] :].startswith(quote["suffix"])
    assert {one["target"]["source"] for one in page["items"]} >= {"https://paper.example/oslo"}


def test_annotations_are_read_by_rdflib_without_a_network(record):
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=text_of(record, "webanno"), format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == 12
    exact = {str(one) for one in graph.objects(None, oa.exact)}
    assert MADE.contacts[0].evidence.words in exact
    starts = {int(one) for one in graph.objects(None, oa.start)}
    assert MADE.contacts[0].evidence.span.start in starts


def test_follow_the_money_entities_are_valid(record):
    """By the rules of its schema that need no library; then by the library, where it is installed."""
    entities = list(ftm.entities(record))
    ids = [one["id"] for one in entities]
    assert len(ids) == len(set(ids)) and all(ftm.ID_LETTERS.fullmatch(one) for one in ids)
    for one in entities:
        for name in ("involved", "proof"):
            assert set(one["properties"].get(name, ())) <= set(ids)
    assert all(len(name) < 385 for one in entities for name in one["properties"].get("name", ()))
    events = [one for one in entities if one["schema"] == "Event"]
    assert {one["properties"]["summary"][0] for one in events} >= {MADE.contacts[0].evidence.words}
    model = pytest.importorskip("followthemoney").model
    for one in entities:
        proxy = model.get_proxy(one)
        proxy.schema.validate(one)
        for name, values in one["properties"].items():
            assert proxy.schema.get(name) is not None, f"{one['schema']} has no {name}"
            kind = proxy.schema.get(name).type
            assert all(kind.validate(value) for value in values), (name, values)


def test_visits_and_trips_have_what_registers_have(record):
    rows = list(csv.DictReader(io.StringIO(text_of(record, "visits"))))
    assert len(rows) == 2
    one = next(row for row in rows if row["contact"] == MADE.contacts[0].id)
    assert (one["who_name"], one["who_office"], one["who_iso3"], one["who_cow"], one["who_gw"]) == (
        "Anniken Huitfeldt",
        "foreign minister of Norway",
        "NOR",
        "385",
        "385",
    )
    assert (one["whom_name"], one["first_day"], one["last_day"], one["day_known"], one["place"], one["channel"]) == (
        "Pekka Haavisto",
        "2022-05-10",
        "2022-05-10",
        "day",
        "Oslo",
        "in person",
    )
    assert (one["status"], one["level"], one["cameo"]) == ("happened", "minister", "040")


def test_journeys_told_by_two_reports_are_one(tmp_path):
    import msgspec

    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for number in range(2):
            of, found = story(number)
            contact = msgspec.structs.replace(found.contacts[0], trip=f"tr-{number}")
            record.add(of, msgspec.structs.replace(found, contacts=(contact,)), run)
        merge.merge(record)
        (row,) = csv.DictReader(io.StringIO(text_of(record, "trips")))
        assert (row["trip"], row["n_contacts"], row["n_reports"], row["who_name"]) == (
            "tr-0",
            "1",
            "2",
            "Anniken Huitfeldt",
        )


def test_what_people_judged_is_what_every_format_shows(tmp_path):
    with Record(tmp_path / "r.db") as record:
        record.add(report(), MADE, record.begin({}))
        judge.judge(record, MADE.contacts[0].id, "correct", "A. Reader", "", {"days": "2022-05-12"})
        days = {line.split("\t")[1] for line in text_of(record, "gdelt-events").splitlines()}
        assert days == {"20220512"}
        assert "DTSTART;VALUE=DATE:20220512" in text_of(record, "ics")
        judge.judge(record, MADE.contacts[0].id, "reject", "A. Reader")
        assert text_of(record, "gdelt-events") == "" and "VEVENT" not in text_of(record, "ics")
        assert list(csv.DictReader(io.StringIO(text_of(record, "visits")))) == []
        assert text_of(record, "dyad-month").count("\n") == 1


def test_dyads_by_year_filled_carry_the_codes_that_others_join_by(tmp_path):
    with Record(tmp_path / "r.db") as record:
        record.add(report(), MADE, record.begin({}))
        rows = list(csv.DictReader(io.StringIO(text_of(record, "dyad-year", fill=True))))
        assert [(one["one"], one["cow_one"], one["gw_other"], one["period"], one["n_events"]) for one in rows] == [
            ("FIN", "375", "385", "2022", "1"),
            ("NOR", "385", "375", "2022", "1"),
        ]
