"""Exports: the columns their readers want, equal bytes for equal records, and nothing that a spreadsheet would run."""

import csv
import io
import json
import random

import pytest

from made_reports import findings, report, story
from verbale.model.ids import text_hash
from verbale.record.store import Record
from verbale.views.export import calendar, dyads, event_sets, rows, whole, writers


def filled(path, order) -> Record:
    record = Record(path)
    run = record.begin({})
    for number in order:
        record.add(*story(number), run)
    record.end(run)
    return record


@pytest.fixture
def record(tmp_path):
    with filled(tmp_path / "r.db", range(2)) as opened:
        yield opened


def written(write, *args, **known) -> str:
    out = io.StringIO()
    write(*args, out, **known)
    return out.getvalue()


def everything(record: Record) -> list[str]:
    sets = (event_sets.gdelt_events, event_sets.gdelt_mentions, event_sets.icews, event_sets.polecat, event_sets.plover)
    texts = [written(writers.write_csv, rows.findings(record, kind)) for kind in rows.KINDS]
    texts += [
        written(writers.write_json_lines, [json.loads(json.dumps(row, default=str)) for row in one(record)])
        for one in sets
    ]
    texts += [written(writers.write_json_lines, whole.lines(record)), written(calendar.write, record)]
    return [*texts, written(writers.write_csv, dyads.dyads(record, "month"))]


def test_order_of_work_leaves_no_trace_in_any_export(tmp_path):
    order = list(range(8))
    with (
        filled(tmp_path / "a.db", order) as first,
        filled(tmp_path / "b.db", random.Random(1).sample(order, 8)) as second,
    ):
        assert everything(first) == everything(second)


def test_gdelt_columns_are_61_and_16():
    assert (len(event_sets.GDELT_EVENTS), len(event_sets.GDELT_MENTIONS)) == (61, 16)
    assert (len(event_sets.ICEWS), len(event_sets.POLECAT)) == (20, 40)
    assert all(
        len(set(columns)) == len(columns)
        for columns in (event_sets.GDELT_EVENTS, event_sets.GDELT_MENTIONS, event_sets.ICEWS, event_sets.POLECAT)
    )


def test_gdelt_events_have_both_directions_and_codes_as_text(record):
    text = written(writers.write_tsv, event_sets.gdelt_events(record), header=False, columns=event_sets.GDELT_EVENTS)
    lines = [dict(zip(event_sets.GDELT_EVENTS, line.split("\t"))) for line in text.splitlines()]
    assert len(lines) == 2  # one meeting both ways, though two reports tell it; what is only intended is no event there
    assert {(one["Actor1Code"], one["Actor2Code"]) for one in lines} == {("NORGOV", "FINGOV"), ("FINGOV", "NORGOV")}
    one = lines[0]
    assert (one["EventCode"], one["EventRootCode"], one["SQLDATE"], one["Year"]) == ("040", "04", "20220510", "2022")
    assert one["Actor1CountryCode"] in ("NOR", "FIN") and one["Actor1Type1Code"] == "GOV"
    assert len({line["GLOBALEVENTID"] for line in lines}) == 2
    assert {(line["NumArticles"], line["NumSources"]) for line in lines} == {("2", "2")}


def test_every_mention_is_of_an_event_that_has_a_row(record):
    events = [row["GLOBALEVENTID"] for row in event_sets.gdelt_events(record)]
    mentions = [row["GLOBALEVENTID"] for row in event_sets.gdelt_mentions(record)]
    assert len(mentions) == 4 and set(mentions) == set(events) and len(events) == len(set(events))


def test_mentions_point_at_the_words(record):
    for row in event_sets.gdelt_mentions(record):
        extras = json.loads(row["Extras"])
        told_in = next(one for one in map(record.report, record.report_ids()) if one.id == row["MentionIdentifier"])
        assert told_in.text[row["ActionCharOffset"] : extras["stop"]] == extras["words"]
        assert told_in.text[row["Actor1CharOffset"] :].startswith("Anniken Huitfeldt")


def test_no_made_up_day_in_any_export(tmp_path):
    from verbale.model.findings import Findings

    undated = report(published=None)
    told = findings(undated)
    import msgspec

    told = msgspec.structs.replace(told, events=tuple(msgspec.structs.replace(one, when=None) for one in told.events))
    assert isinstance(told, Findings)
    with Record(tmp_path / "r.db") as record:
        record.add(undated, told, record.begin({}))
        assert all(not row.get("SQLDATE") for row in event_sets.gdelt_events(record))
        assert all(row["Event Date"] is None for row in event_sets.icews(record))
        assert list(dyads.dyads(record, "month")) == []


def test_icews_and_polecat_read_back_with_their_header(record):
    for columns, table in ((event_sets.ICEWS, event_sets.icews), (event_sets.POLECAT, event_sets.polecat)):
        text = written(writers.write_tsv, table(record), columns=columns)
        back = list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
        assert tuple(back[0]) == columns and len(back) == 2


def test_plover_keeps_what_is_only_intended_and_says_so(record):
    lines = list(event_sets.plover(record))
    assert {one["status"] for one in lines} == {"happened", "intended"}
    assert all(one["actor"] and one["event"] and one["text_info"]["start"] < one["text_info"]["end"] for one in lines)


def test_native_tables_read_back(record):
    back = list(csv.DictReader(io.StringIO(written(writers.write_csv, rows.findings(record, "event")))))
    assert len(back) == 4 and {one["cameo"] for one in back} == {"040", "057"}
    texts = {one: record.report(one).text for one in record.report_ids()}
    for kind in rows.KINDS:
        for one in rows.findings(record, kind):
            assert texts[one["report"]][one["start"] : one["stop"]] == one["words"]


def test_dyads_by_month_filled_with_zeros(tmp_path):
    with filled(tmp_path / "r.db", range(1)) as record:
        (one, other) = dyads.dyads(record, "month")
        assert (one["one"], one["other"], one["period"], one["n_events"], one["n_reports"]) == (
            "FIN",
            "NOR",
            "2022-05",
            1,
            1,
        )
        assert (other["one"], other["other"]) == ("NOR", "FIN")
    assert dyads._every("2021-11", "2022-02", "month") == ["2021-11", "2021-12", "2022-01", "2022-02"]


def test_shared_without_text_keeps_hash_places_and_few_words(record):
    line = next(whole.lines(record, without_text=True))
    assert line["report"]["text"] == "" and line["text_sha256"] == text_hash(record.report(line["report"]["id"]).text)
    words = [
        one["evidence"]["words"] for group in ("statements", "events", "contacts") for one in line["findings"][group]
    ]
    assert words and all(len(one.split()) <= whole.WORDS_KEPT + 1 for one in words)


def test_spreadsheet_safe_marks_formulas_and_leaves_numbers():
    given = [{"a": "=1+1", "b": "-2", "c": -2, "d": 'x,"y"\nz', "e": None, "f": "@cmd", "g": "\tx"}]
    back = next(csv.reader(io.StringIO(written(writers.write_csv, given, spreadsheet_safe=True, header=False))))
    assert back == ["'=1+1", "'-2", "-2", 'x,"y"\nz', "", "'@cmd", "'\tx"]


def test_a_calendar_has_short_lines_and_known_days(record):
    text = written(calendar.write, record)
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20220510\r\nDTEND;VALUE=DATE:20220511\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
