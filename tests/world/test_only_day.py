"""A dateline without a year, beside the days on which all who are named were in office."""

from datetime import date

from verbale.model.when import DateClue, Period
from verbale.world.windowing import only_day

SIXTH_OF_MAY = (DateClue("dateline", Period(), month_and_day=(5, 6)),)


def test_the_only_such_day_is_it():
    assert only_day(SIXTH_OF_MAY, [Period(date(2023, 6, 1), date(2025, 3, 1))]) == date(2024, 5, 6)


def test_two_such_days_are_none():
    assert only_day(SIXTH_OF_MAY, [Period(date(2023, 1, 1), date(2025, 3, 1))]) is None


def test_days_without_an_end_are_none():
    assert only_day(SIXTH_OF_MAY, [Period(date(2024, 6, 1), None)]) is None


def test_a_day_that_the_year_lacks():
    leap = (DateClue("dateline", Period(), month_and_day=(2, 29)),)
    assert only_day(leap, [Period(date(2023, 1, 1), date(2026, 1, 1))]) == date(2024, 2, 29)
