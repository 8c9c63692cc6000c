"""Time expressions: the words that name a time, and what they are worth before anyone knows the report's day.

The grammar is data (lexicon/en/time_grammar.toml and time_words.toml): patterns, and for each what it means, which is a
function here. At a place the longest match counts.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec

from verbale.errors import BadTable
from verbale.model.reading import ROOT, Sentence
from verbale.model.span import Span
from verbale.model.when import Period, TimeExpression
from verbale.tables.load import data_folder, toml_table

Facts = dict[str, Any]


class Rule(NamedTuple):
    """A kind of time expression. `facts` gives the fields of the expression, or None where the match means nothing."""

    name: str
    pattern: re.Pattern[str]
    facts: Callable[[re.Match[str]], Facts | None]
    tag: str | None
    """The tag that the first word must have; None where any will do."""
    needs: tuple[str, ...]
    """Without which the rule need not be tried: month, weekday, year."""
    example: str


@cache
def _words() -> dict[str, Any]:
    return toml_table(data_folder() / "lexicon/en/time_words.toml")


@cache
def _month_number() -> dict[str, int]:
    return {form.lower(): number for number, forms in enumerate(_words()["months"], 1) for form in forms}


@cache
def _weekday_number() -> dict[str, int]:
    return {form.lower(): number for number, forms in enumerate(_words()["weekdays"]) for form in forms}


def _number(text: str) -> int | None:
    """The number that a word or digits name; "a" is 1, "couple of" 2, "few" and "several" are None."""
    plain = re.sub(r"\s+", " ", text.strip().lower())
    if plain in ("a", "an", "the", ""):
        return 1
    if plain in ("couple of", "a couple of"):
        return 2
    if plain.isdigit():
        return int(plain)
    numbers = _words()["numbers"]
    return numbers.index(plain) + 1 if plain in numbers else None


# --- what the matches mean


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] else None


def _month_of(match: re.Match[str]) -> int:
    return _month_number()[match["month"].lower().rstrip(".")]


def full_date(match: re.Match[str]) -> Facts | None:
    day = _day(int(match["year"]), _month_of(match), int(match["day"]))
    return {"kind": "absolute", "period": Period.day(day)} if day else None


def date_range(match: re.Match[str]) -> Facts | None:
    """ "5-7 March 2020", or without a year."""
    month, first, last = _month_of(match), int(match["day"]), int(match["last"])
    if not 0 < first < last <= 31:
        return None
    year = match.groupdict().get("year")
    if year is None:
        return {"kind": "relative", "unit": f"day:{month:02}-{first:02}", "length": last - first + 1}
    since, until = _day(int(year), month, first), _day(int(year), month, last)
    return {"kind": "absolute", "period": Period(since, until + timedelta(days=1))} if since and until else None


def days_across(match: re.Match[str]) -> Facts | None:
    """ "June 27 to July 2", with or without a year; "June 27 and July 2" are two days."""
    if _is_two(match):
        return None
    first_month, last_month = _month_of(match), _month_number()[match["last_month"].lower().rstrip(".")]
    year = match.groupdict().get("year")
    last_year = int(year or 2024)  # a leap year, so that a bare 29 February is a day
    since = _day(last_year - (first_month > last_month), first_month, int(match["day"]))
    last = _day(last_year, last_month, int(match["last"]))
    if since is None or last is None or last < since:
        return None
    if year is None:
        return {"kind": "relative", "unit": f"day:{since:%m-%d}", "length": (last - since).days + 1}
    return {"kind": "absolute", "period": Period(since, last + timedelta(days=1))}


def _is_two(match: re.Match[str]) -> bool:
    """Whether "and" joins two times, not the ends of one: it does, but after "between"."""
    words = match.group().lower()
    return " and " in words and not words.startswith("between")


def months_between(match: re.Match[str]) -> Facts | None:
    """ "from March to May 2020"."""
    if _is_two(match):
        return None
    last = Period.month(int(match["year"]), _month_number()[match["last_month"].lower().rstrip(".")])
    assert last.since is not None
    month = _month_of(match)
    first = date(last.since.year - (month > last.since.month), month, 1)
    return {"kind": "absolute", "period": Period(first, last.until)}


def number_date(match: re.Match[str]) -> Facts | None:
    day = _day(int(match["year"]), int(match["number"]), int(match["day"]))
    return {"kind": "absolute", "period": Period.day(day)} if day else None


def month_and_year(match: re.Match[str]) -> Facts:
    whole = Period.month(int(match["year"]), _month_of(match))
    return {"kind": "absolute", "period": _part(whole, match.groupdict().get("part"))}


def whole_year(match: re.Match[str]) -> Facts:
    whole = Period.year(int(match["year"]))
    return {"kind": "absolute", "period": _part(whole, match.groupdict().get("part"))}


def season(match: re.Match[str]) -> Facts:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[match["season"].lower()]
    number = int(match["year"])  # a winter of two years, "2006-07", is named by its first
    since = date(number, first, 1)
    until = date(number + (first >= 10), (first + 2) % 12 + 1, 1)
    return {"kind": "absolute", "period": Period(since, until)}


def part_of_year(match: re.Match[str]) -> Facts:
    """The first quarter, the second half of a year."""
    order = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}[match["order"].lower()]
    months = 3 if match["share"].lower() == "quarter" else 6
    order = 12 // months - 1 if order == -1 else min(order, 12 // months - 1)
    since = date(int(match["year"]), order * months + 1, 1)
    until = date(since.year + (since.month + months > 12), (since.month + months - 1) % 12 + 1, 1)
    return {"kind": "absolute", "period": Period(since, until)}


def decade(match: re.Match[str]) -> Facts:
    first = int(match["decade"])
    whole = Period(date(first, 1, 1), date(first + 10, 1, 1))
    return {"kind": "absolute", "period": _part(whole, match.groupdict().get("part"))}


def years_between(match: re.Match[str]) -> Facts | None:
    first, last = int(match["year"]), match["last"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return {"kind": "absolute", "period": Period(date(first, 1, 1), date(end + 1, 1, 1))} if first < end else None


def _part(whole: Period, part: str | None) -> Period:
    """The early, middle or late third of a period."""
    if not part or whole.since is None or whole.until is None:
        return whole
    days = (whole.until - whole.since).days
    first, second = whole.since + timedelta(days=days // 3), whole.since + timedelta(days=2 * days // 3)
    word = part.lower()
    if word.startswith(("early", "the beginning", "the start")):
        return Period(whole.since, first)
    if word.startswith(("late", "the end")):
        return Period(second, whole.until)
    return Period(first, second)


def day_of_year(match: re.Match[str]) -> Facts | None:
    month, day = _month_of(match), int(match["day"])
    if not _day(2024, month, day):
        return None
    return {"kind": "relative", "unit": f"day:{month:02}-{day:02}", **_year_placed(match)}


def month_alone(match: re.Match[str]) -> Facts:
    groups = match.groupdict()
    facts: Facts = {"kind": "month", "unit": f"month:{_month_of(match)}", **_year_placed(match)}
    place = (groups.get("place") or "").lower()
    if place == "this":
        facts["offset"] = 0
    elif place:
        facts["direction"] = "past" if _words()["places"][place] < 0 else "future"
    return facts


def _year_placed(match: re.Match[str]) -> Facts:
    """ "... last year" after a month or a day."""
    placed = match.groupdict().get("year_place")
    return {"offset": _words()["places"][placed.lower()]} if placed else {}


def weekday(match: re.Match[str]) -> Facts:
    place = (match.groupdict().get("place") or "").lower()
    facts: Facts = {"kind": "weekday", "unit": f"weekday:{_weekday_number()[match['weekday'].lower()]}"}
    if place:
        facts["offset"] = _words()["places"][place]
        facts["direction"] = {-1: "past", 1: "future"}.get(facts["offset"])
    return facts


def day_of_week(match: re.Match[str]) -> Facts:
    """ "Tuesday next week", "Friday of last week"."""
    number, place = _weekday_number()[match["weekday"].lower()], _words()["places"][match["place"].lower()]
    return {"kind": "relative", "unit": f"week:{number}", "offset": place}


def day_word(match: re.Match[str]) -> Facts:
    return {"kind": "relative", "unit": "day", "offset": _words()["days"][re.sub(r"\s+", " ", match.group().lower())]}


def part_of_day(match: re.Match[str]) -> Facts:
    """ "yesterday evening", "tomorrow morning"."""
    return {"kind": "relative", "unit": "day", "offset": _words()["days"][match["day_word"].lower()]}


def placed_unit(match: re.Match[str]) -> Facts:
    """ "last week", "earlier this year", "late next month"."""
    unit, place, when = match["unit"].lower(), match["place"].lower(), (match.groupdict().get("when") or "").lower()
    facts: Facts = {"kind": "relative", "unit": unit, "offset": _words()["places"][place]}
    if when in ("earlier", "later"):
        facts["direction"] = "past" if when == "earlier" else "future"
    return facts


def before_last(match: re.Match[str]) -> Facts:
    """ "The week before last", "the year after next"."""
    return {"kind": "relative", "unit": match["unit"].lower(), "offset": -2 if match["far"] else 2}


def side_of_unit(match: re.Match[str]) -> Facts:
    """ "The end of the year": of the year under way."""
    return {"kind": "relative", "unit": match["unit"].lower(), "offset": 0}


def earlier_in(match: re.Match[str]) -> Facts:
    """ "Earlier in the week"."""
    direction = "past" if match["when"].lower() == "earlier" else "future"
    return {"kind": "relative", "unit": match["unit"].lower(), "offset": 0, "direction": direction}


def weekend(match: re.Match[str]) -> Facts:
    return {"kind": "relative", "unit": "weekend"}


def units_away(match: re.Match[str]) -> Facts | None:
    """ "three days ago", "in two weeks"."""
    number, unit = _number(match["number"]), match["unit"].lower().rstrip("s")
    if number is None:
        return None
    ahead = match.groupdict().get("ahead") is not None
    return {"kind": "relative", "unit": unit, "offset": number if ahead else -number,
            "direction": "future" if ahead else "past"}


def fortnights_ago(match: re.Match[str]) -> Facts | None:
    number = _number(match["number"])
    return {"kind": "relative", "unit": "week", "offset": -2 * number, "direction": "past"} if number else None


def window(match: re.Match[str]) -> Facts | None:
    """ "the past year", "the next three months", "within 48 hours"."""
    number, unit = _number(match.groupdict().get("number") or ""), match["unit"].lower().rstrip("s")
    if number is None:
        return None
    if unit == "hour":
        number, unit = -(-number // 24), "day"
    ahead = match["place"].lower() in ("next", "coming", "within")
    return {"kind": "duration window", "unit": unit, "length": number, "direction": "future" if ahead else "past"}


def recurrence(match: re.Match[str]) -> Facts:
    """ "every week", "every two years", "every Tuesday", "on Tuesdays"."""
    groups = match.groupdict()
    if groups.get("weekday"):
        return {"kind": "recurrence", "unit": f"weekday:{_weekday_number()[match['weekday'].lower()]}"}
    every = 2 if groups.get("other") else _number(groups.get("number") or "")
    unit = match["unit"].lower().rstrip("s")
    return {"kind": "recurrence", "unit": unit, "length": every if every and every > 1 else None}


def times_a_unit(match: re.Match[str]) -> Facts | None:
    """ "twice a year", "three times a week"."""
    word = match["often"].lower()
    count = {"once": 1, "twice": 2}.get(word) or _number(word.split()[0])
    if count is None:
        return None
    return {"kind": "recurrence", "unit": match["unit"].lower(), "count": count}


def rate_adverb(match: re.Match[str]) -> Facts:
    units = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
    return {"kind": "recurrence", "unit": units.get(match.group().lower(), "year")}


def vague(match: re.Match[str]) -> Facts:
    plain = re.sub(r"\s+", " ", match.group().lower())
    return {"kind": "vague", "direction": "past" if plain in _words()["vague"]["past"] else "future"}


MEANINGS: dict[str, Callable[[re.Match[str]], Facts | None]] = {
    meaning.__name__: meaning for meaning in (
        full_date, date_range, number_date, month_and_year, whole_year, season, part_of_year, decade, years_between,
        days_across, months_between, day_of_year, month_alone, weekday, day_of_week, day_word, part_of_day, placed_unit,
        before_last, side_of_unit, earlier_in, weekend, units_away, fortnights_ago, window, recurrence, times_a_unit,
        rate_adverb, vague)
}


# --- the grammar, compiled


NEEDS = {"month": ("{month}", "{plain_month}", "{may_or_march}"), "weekday": ("{weekday}",), "year": ("{year}",)}
SIGNS = {
    "month": re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
    "weekday": re.compile(r"(?i)\b(?:mon|tue|wed|thu|fri|sat|sun)"),
    "year": re.compile(r"\d{4}"),
}


@cache
def rules() -> list[Rule]:
    """The rules of the grammar, in its order. A meaning that nobody wrote is refused by name."""
    place = data_folder() / "lexicon/en/time_grammar.toml"
    grammar = toml_table(place)
    pieces = {**_word_pieces(), **grammar["pieces"]}
    found = []
    for row in grammar["rule"]:
        if row["means"] not in MEANINGS:
            wanted = ", ".join(MEANINGS)
            raise BadTable(f"{place}, rule {row['name']!r}: found means = {row['means']!r}; wanted {wanted}")
        pattern = re.compile(rf"(?<![\w$€£])(?:{_filled(row['pattern'], pieces)})(?!\w)")
        needs = tuple(need for need, pieces_of in NEEDS.items() if any(one in row["pattern"] for one in pieces_of))
        found.append(Rule(row["name"], pattern, MEANINGS[row["means"]], row.get("tag"), needs, row["example"]))
    return found


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern with its {pieces} put in; `{2}` of a regular expression stays."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: _filled(pieces[found.group(1)], pieces), pattern)


def _word_pieces() -> dict[str, str]:
    """The pieces that are lists of words, longest first, capitals as they are used."""
    words = _words()

    def either(forms: list[str]) -> str:
        return "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))

    def named(forms: list[str]) -> str:
        return either(forms + [form.upper() for form in forms])

    months = [forms[0] for forms in words["months"]]
    short_months = named([form for forms in words["months"] for form in forms[1:]])
    doubtful = ["May", "March"]  # also a verb and an auxiliary
    weekdays = [forms[0] for forms in words["weekdays"]]
    all_weekdays = named([form for forms in words["weekdays"] for form in forms])
    return {
        "month": rf"(?P<month>{named(months)}|(?:{short_months})\b\.?)",
        "last_month": rf"(?P<last_month>{named(months)}|(?:{short_months})\b\.?)",
        "plain_month": rf"(?P<month>{named([month for month in months if month not in doubtful])})",
        "may_or_march": rf"(?P<month>{named(doubtful)})",
        "weekday": rf"(?P<weekday>{named(weekdays)})",
        "weekday_before": rf"(?:(?:{all_weekdays})\b\.?,?\s+)?",
        "number": rf"(?P<number>(?i:\d+|(?:a\s+)?couple\s+of|an?|{either(words['numbers'])}))",
        "days": either(list(words["days"])),
        "vague": either(words["vague"]["past"] + words["vague"]["future"]),
    }


# Most sentences name no time; this tells quickly.
HINT = re.compile(
    r"(?i)day|week|month|year|decade|quarter|hour|night|morrow|this\s+(?:morn|after|even)|january|february|march|april|may|june|july|august|ember"
    r"|october|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|recent|late(?:ly|r)|soon|shortly|\bago\b"
    r"|near future|earlier|annually|daily|(?:1[5-9]|20)\d\d")
EDGES = re.compile(r"(?i)\b(since|until|till|by|before|after|from|up\s+to)\s+(?:the\s+)?$")
ON = re.compile(r"\s+(?:on|onwards?|forward)\b")  # "from Monday on"; "a law from 2014" names its year
END_OF = re.compile(r"(?i)(?:the\s+)?end\s+of\b")
EDGE_OF = {"since": "since", "from": "since", "until": "until", "till": "until", "by": "until", "before": "before",
           "after": "after"}


def times_in(sentence: Sentence, text: str) -> list[TimeExpression]:
    """Time expressions of a sentence, in text order, without overlap."""
    start, stop = sentence.span.start, sentence.span.stop
    if not HINT.search(text, start, stop):
        return []
    found: list[TimeExpression] = []
    for span, facts in _matches(sentence, text[start:stop]):
        place = Span(start + span.start, start + span.stop)
        if not found or found[-1].span.stop <= place.start:
            found.append(_with_edge(TimeExpression(place, sentence.number, **facts), text, start))
    return found


def _matches(sentence: Sentence, words: str) -> list[tuple[Span, Facts]]:
    """What the rules find, first places first, longest first, then the earlier rule."""
    offset = sentence.span.start
    missing = {need for need, sign in SIGNS.items() if not sign.search(words)}
    found = []
    for number, rule in enumerate(rules()):
        if missing.intersection(rule.needs):
            continue
        for match in rule.pattern.finditer(words):
            if _fits(rule, match, sentence, offset):
                facts = rule.facts(match)
                if facts and facts.get("direction") == "future" and rule.facts is units_away:
                    facts = _told(facts, sentence, offset + match.start())
                if facts is not None:
                    found.append((match.start(), -match.end(), number, facts))
    found.sort(key=lambda one: one[:3])
    return [(Span(start, -stop), facts) for start, stop, _, facts in found]


def _fits(rule: Rule, match: re.Match[str], sentence: Sentence, offset: int) -> bool:
    """Whether the tagged sentence bears a match out: its tag, and that a bare year counts nothing ("in 2014 cases")."""
    bare_year = rule.facts is whole_year and match.group().isdigit()
    if not rule.tag and not bare_year:
        return True
    token = sentence.token_at(offset + match.start())
    if token is None:
        return True
    if rule.tag:
        return token.upos == rule.tag
    if token.relation != "nummod":
        return True
    counted = sentence.tokens[token.head]
    return "noun" in rule.name and not counted.has("Number=Plur")  # "the 2015 deal", not "the 2000 troops"


AHEAD_WORDS = ("will", "shall", "would", "should", "can", "could", "may", "might", "must", "to")


def _told(facts: Facts, sentence: Sentence, start: int) -> Facts:
    """ "The first visit in five years", told in the past, looks back over them: a window, not a day to come."""
    token = sentence.token_at(start)
    looks_back = {"kind": "duration window", "unit": facts["unit"], "length": facts["offset"], "direction": "past"}
    for _ in sentence.tokens if token else ():
        assert token is not None
        if token.upos == "NOUN" and any(
                one.lemma == "first" or one.has("Degree=Sup") for one in sentence.below(token.place, "amod")):
            return looks_back
        beside = [one for one in sentence.tokens if one.head == token.place and one.relation.startswith(("aux", "cop"))]
        if any(one.lemma in AHEAD_WORDS for one in beside):
            return facts
        if (token.has("Tense=Past") and token.has("VerbForm=Fin")) or any(one.has("Tense=Past") for one in beside):
            return looks_back
        if token.head == ROOT:
            break
        token = sentence.tokens[token.head]
    return facts


def _with_edge(expression: TimeExpression, text: str, sentence_start: int) -> TimeExpression:
    """The expression with "since", "until", "before" or "after" taken in, where one stands before it."""
    before = EDGES.search(text, max(sentence_start, expression.span.start - 12), expression.span.start)
    if before is None or expression.kind in ("duration window", "recurrence", "vague"):
        return expression
    if before.group(1).lower() == "from" and not ON.match(text, expression.span.stop):
        return expression
    edge = EDGE_OF.get(before.group(1).lower(), "until")
    if edge == "before" and END_OF.match(text, expression.span.start):
        edge = "until"  # "before the end of May": May is not over
    period = expression.period
    if period is not None:
        period = {"since": Period(period.since, None), "until": Period(None, period.until),
                  "before": Period(None, period.since), "after": Period(period.until, None)}[edge]
    span = Span(before.start(1), expression.span.stop)
    return msgspec.structs.replace(expression, span=span, edge=edge, period=period)
