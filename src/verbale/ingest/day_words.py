"""Days written out in a text: months by name, numeric dates, and what day they mean."""

import re
from datetime import date

from verbale.model.span import Span

MONTHS = {
    "en": ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
           "september sept sep", "october oct", "november nov", "december dec"),
    "ru": ("января янв", "февраля фев", "марта мар", "апреля апр", "мая", "июня июн", "июля июл", "августа авг",
           "сентября сен сент", "октября окт", "ноября ноя нояб", "декабря дек"),
    "tr": ("ocak oca", "şubat şub", "mart", "nisan nis", "mayıs", "haziran haz", "temmuz tem", "ağustos ağu",
           "eylül eyl", "ekim eki", "kasım kas", "aralık ara"),
    "de": ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}
MONTH_OF = {name: number for months in MONTHS.values() for number, group in enumerate(months, 1)
            for name in group.split()}
_NAMES = "|".join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True))
_DAY = r"(?P<d{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y{0}>(?:19|20)\d\d)"

HAS_DATE = re.compile(
    rf"\b(?:[0-3]?\d[./-][01]?\d[./-](?:\d\d\d\d|\d\d)|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d"
    rf"|[0-3]?\d(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?:{_NAMES})\b|(?:{_NAMES})\.?\s+[0-3]?\d(?:st|nd|rd|th)?\b"
    rf"|(?:{_NAMES})\.?,?\s+(?:19|20)\d\d)", re.IGNORECASE)

DAY = re.compile(
    "|".join((
        rf"\b{_DAY.format(1)}\.?[\s-]+(?:of\s+|de\s+)?(?P<m1>{_NAMES})\.?,?[\s-]+(?:de\s+)?{_YEAR.format(1)}",
        rf"\b(?P<m2>{_NAMES})\.?\s+{_DAY.format(2)},?\s+{_YEAR.format(2)}",
        rf"\b{_YEAR.format(3)}[-./](?P<m3>[01]?\d)[-./]{_DAY.format(3)}(?!\d)",
        rf"\b(?P<a4>[0-3]?\d)(?P<sep>[./-])(?P<b4>[0-3]?\d)(?P=sep){_YEAR.format(4)}(?!\d)",
    )), re.IGNORECASE)


class DayFound:
    """A day written in a text: which, where, and whether its numbers can only be read one way."""

    __slots__ = ("day", "other", "span")

    def __init__(self, day: date, span: Span, other: date | None = None):
        self.day, self.span, self.other = day, span, other


def days_in(text: str, start: int = 0, stop: int | None = None) -> list[DayFound]:
    """Every full date (day, month and year) between two places, in order.

    03/04/2021 may be March or April: `day` is the European reading and `other` the American one; None where only one
    reading is a day. Impossible days are left out.
    """
    found = []
    for match in DAY.finditer(text, start, len(text) if stop is None else stop):
        readings = _readings(match)
        if readings:
            found.append(DayFound(readings[0], Span(*match.span()), readings[1] if len(readings) > 1 else None))
    return found


def _readings(match: re.Match[str]) -> list[date]:
    part = match.groupdict()
    if part["m1"] or part["m2"]:
        number = "1" if part["m1"] else "2"
        tries = [(part["y" + number], str(MONTH_OF[part["m" + number].lower()]), part["d" + number])]
    elif part["m3"]:
        tries = [(part["y3"], part["m3"], part["d3"])]
    else:
        tries = [(part["y4"], part["b4"], part["a4"])]
        if part["sep"] != "." and part["a4"] != part["b4"]:
            tries.append((part["y4"], part["a4"], part["b4"]))
    found = []
    for year, month, day in tries:
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
