"""The head of an agency text: place, day and agency before the first sentence."""

import re
from datetime import date
from functools import lru_cache

import msgspec

from verbale.ingest.day_words import MONTH_OF, MONTHS
from verbale.model.span import Span
from verbale.tables.load import csv_rows, data_folder


class Agency(msgspec.Struct, frozen=True):
    """A news agency and the forms its mark takes in a text; forms in capitals are only matched so."""

    name: str
    forms: tuple[str, ...]
    country: str | None
    source: str


class Dateline(msgspec.Struct, frozen=True):
    """"MOSCOW, June 30 (Reuters) - ": where it stands (to the first word of the sentence) and what it says."""

    span: Span
    place: str | None
    day: date | None
    """Only where a year is given."""
    month_and_day: tuple[int, int] | None
    agency: str | None


@lru_cache(1)
def agencies() -> dict[str, str]:
    """The agency's name by each of its forms. Source: data/ingest/agencies.csv."""
    rows = csv_rows(data_folder() / "ingest" / "agencies.csv", Agency)
    return {form: row.name for row in rows for form in row.forms}


_UPPER = r"[A-ZÀ-ÖØ-ÞĀĆČĐĞİŁŃŌŚŠŞŪŽА-ЯЁ]"
_CITY = rf"{_UPPER}[\w’'.]*(?:[ -](?:{_UPPER}[\w’'.]*|de|da|do|la|el|al|on|sur|am|and|и|на)){{0,3}}"
_PLACE = rf"(?P<place>{_CITY}(?:\s?[,/]\s?{_CITY}){{0,2}})"
_NAMES = "|".join(sorted((name for months in (MONTHS["en"], MONTHS["ru"], MONTHS["tr"]) for group in months
                          for name in group.split()), key=len, reverse=True))
_DAY = (rf"(?P<day>(?i:(?P<m1>{_NAMES})\.?\s+(?P<d1>[0-3]?\d)|(?P<d2>[0-3]?\d)\s+(?P<m2>{_NAMES})\.?)"
        r"(?:,?\s+(?P<year>(?:19|20)\d\d))?)")
_NO_DAY = r"(?!\s*(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s\d)"
_CAPITALS = rf"[A-ZÀ-ÞİĞŞА-ЯЁ][A-ZÀ-ÞİĞŞА-ЯЁ.’' -]{{2,30}}(?:\s?[,/]\s?{_NO_DAY}[\w.’' ]{{2,30}})?"
_DASH = r"\s*(?:[—–]|-{1,2}(?=\s)|―)\s*"


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Named by what they need: an agency, a day, any name in brackets behind a place in capitals, or such a place."""
    forms = "|".join(re.escape(form) for form in sorted(agencies(), key=len, reverse=True))
    mark = rf"[(/\[]\s*(?P<agency>{forms})(?:/[\w .]+)?\s*[)/\]]"
    return tuple(re.compile(pattern) for pattern in (
        rf"(?:{_PLACE}\s*[,.]?\s*)?(?:{_DAY}\s*[,.]?\s*)?{mark}\s*[.,:]?(?:{_DASH})?\s*",
        rf"{_PLACE}\s*[,.(]\s*{_DAY}\)?\s*[,.]?\s*(?:(?P<agency>{forms})\s*)?(?:{_DASH}|[.:]\s+(?={_UPPER}))",
        rf"{_PLACE}\s*[,.]\s*(?P<agency>{forms})\s*{_DASH}",
        rf"(?P<place>{_CAPITALS})\s*,?\s*(?:{_DAY}\s*,?\s*)?"
        rf"\(\s*(?P<agency>{_UPPER}[\w .&’'-]{{1,40}}?)\s*\){_DASH}(?=\S)",
        rf"(?P<place>{_CAPITALS}){_DASH}(?=\S)",
    ))


def dateline(text: str, start: int, stop: int) -> Dateline | None:
    """The dateline at the head of a paragraph; None where it has none, or is nothing else."""
    head = text[start:min(stop, start + 140)]
    for pattern in _patterns():
        match = pattern.match(head)
        if match and match.end() < stop - start and _is_place(match):
            return _as_dateline(match, start)
    return None


def _is_place(match: re.Match[str]) -> bool:
    place = match.groupdict().get("place") or ""
    return len(place) < 60 and not re.match(r"(?:The|A|In|On|At|But|And|It|He|She|They|We)\b", place)


def _as_dateline(match: re.Match[str], start: int) -> Dateline:
    parts = match.groupdict()
    month = parts.get("m1") or parts.get("m2")
    number = parts.get("d1") or parts.get("d2")
    pair = (MONTH_OF[month.lower()], int(number)) if month and number else None
    day = None
    if pair and parts.get("year"):
        try:
            day = date(int(parts["year"] or 0), *pair)
        except ValueError:
            pair = None
    agency = parts.get("agency")
    place = (parts.get("place") or "").strip() or None
    return Dateline(Span(start + match.start(), start + match.end()), place, day, pair,
                    agencies().get(agency, agency) if agency else None)
