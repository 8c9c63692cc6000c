"""Time expressions: the grammar's own examples, gold cases with their days, and anchoring."""

from datetime import date
from pathlib import Path

import pytest

from verbale.language.times import rules, times_in
from verbale.language.tokens import tokens_in
from verbale.model.reading import ROOT, Sentence, Token
from verbale.model.span import Span
from verbale.model.when import Period, TimeExpression, anchored
from verbale.tables.load import data_folder, toml_table

CASES = toml_table(Path(__file__).parents[1] / "gold" / "language" / "times.toml")["case"]
GRAMMAR = toml_table(data_folder() / "lexicon/en/time_grammar.toml")["rule"]
TUESDAY = date(2020, 12, 29)
COUNTED = ("people",)  # a number before these counts them


def sentence_of(text):
    """A sentence whose words hang on the next one; enough for the few questions that the grammar asks of a tree."""
    cuts = tokens_in(text)
    tokens = []
    for place, (start, stop) in enumerate(cuts):
        after = text[cuts[place + 1].start:cuts[place + 1].stop] if place + 1 < len(cuts) else ""
        head, relation = (place + 1, "nummod") if after in COUNTED else (ROOT, "root")
        tag = "ADV" if text[start:stop].endswith("ly") else "NOUN"
        features = "Number=Plur" if text[start:stop] in COUNTED else "_"
        tokens.append(Token(place, start, stop, text[start:stop], text[start:stop], tag, features, head, relation))
    return Sentence(0, Span(0, len(text)), tuple(tokens), 0, 0)


@pytest.mark.parametrize("row", GRAMMAR, ids=lambda row: row["name"])
def test_each_rule_finds_its_example(row):
    rule = next(rule for rule in rules() if rule.name == row["name"])
    text = row.get("before", "") + row["example"] + row.get("after", "")
    assert [match.group() for match in rule.pattern.finditer(text)] == [row["example"]]
    match = rule.pattern.search(text)
    assert match and rule.facts(match)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_gold(case):
    text = case["text"]
    found = times_in(sentence_of(text), text)
    wanted = case.get("time", [])
    assert [one.span.of(text) for one in found] == [one["words"] for one in wanted]
    for one, row in zip(found, wanted):
        period = anchored(one, Period.day(case.get("day", TUESDAY)), case.get("tense"))
        assert one.kind == row.get("kind", one.kind)
        assert (period.since, period.until) == (row.get("since"), row.get("until")) if period else "since" not in row


def test_gold_names_are_unlike():
    for rows in (CASES, GRAMMAR):
        names = [row["name"] for row in rows]
        assert len(names) == len(set(names))


def expression(**facts):
    return TimeExpression(Span(0, 1), 0, facts.pop("kind", "relative"), **facts)


def test_a_wide_anchor_widens_the_answer():
    anchor = Period(date(2020, 12, 28), date(2020, 12, 31))
    assert anchored(expression(unit="day", offset=-1), anchor) == Period(date(2020, 12, 27), date(2020, 12, 30))


def test_an_open_anchor_tells_nothing_relative():
    assert anchored(expression(unit="day", offset=-1), Period(date(2020, 12, 28), None)) is None


def test_an_absolute_time_needs_no_anchor():
    period = Period.year(2014)
    assert anchored(expression(kind="absolute", period=period), Period()) == period


def test_next_weekday_passes_over_the_day_itself():
    monday = date(2021, 1, 4)
    assert anchored(expression(unit="weekday:0", offset=1), Period.day(monday)) == Period.day(date(2021, 1, 11))


def test_since_a_weekday_reaches_to_the_report():
    found = anchored(expression(unit="weekday:5", edge="since"), Period.day(TUESDAY), "past")
    assert found == Period(date(2020, 12, 26), date(2020, 12, 30))


def test_the_last_day_of_february_is_kept_in_the_month():
    assert anchored(expression(unit="year", length=1, direction="past"), Period.day(date(2024, 2, 29))) == Period(
        date(2023, 2, 28), date(2024, 3, 1))


def test_a_month_to_come_may_lie_in_the_next_year():
    assert anchored(expression(unit="month:3"), Period.day(TUESDAY), "future") == Period.month(2021, 3)


def test_a_recurrence_has_no_one_day():
    assert anchored(expression(kind="recurrence", unit="weekday:1"), Period.day(TUESDAY)) is None


def test_a_day_that_no_calendar_has_is_none():
    assert anchored(expression(unit="day:02-30"), Period.day(TUESDAY)) is None
