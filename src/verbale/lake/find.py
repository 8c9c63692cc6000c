"""Questions to a lake, answered by DuckDB from the Parquet parts: what `record.find` answers of a record, the same way.

Nothing is built beforehand. Words are found as whole words without regard to case and marks on letters, as the record's
word index finds them; a lake has no ranking of reports, so that text hits come latest first.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from verbale.lake.lake import Lake
from verbale.record import wire
from verbale.record.find import MARK_START, MARK_STOP, PAGE, Filter, Found, Hit, Who
from verbale.record.names import folded

SNIPPET_LETTERS = 90
_LETTER = r"[\p{L}\p{N}]"


def findings(lake: Lake, wanted: Filter) -> list[Found]:
    """Findings that meet the filter, latest day first."""
    question, values = _question(lake, wanted)
    rows = lake.rows(f"SELECT finding.* EXCLUDE (shard), about.title, about.url, about.published FROM "
                     f"(SELECT * FROM finding WHERE {question} ORDER BY since DESC NULLS LAST, report, start, id "
                     f"LIMIT $limit OFFSET $offset) AS finding JOIN report AS about ON about.id = finding.report "
                     "ORDER BY finding.since DESC NULLS LAST, finding.report, finding.start, finding.id",
                     values | {"limit": wanted.limit, "offset": wanted.offset})
    return [_found(row) for row in rows]


def count(lake: Lake, wanted: Filter) -> int:
    """How many findings meet the filter, limit and offset aside."""
    question, values = _question(lake, wanted)
    return lake.rows(f"SELECT count(*) AS found FROM finding WHERE {question}", values)[0]["found"]


def text(lake: Lake, words: str, limit: int = PAGE, offset: int = 0) -> list[Hit]:
    """Reports that hold all the words, latest first. "Words in marks" are a phrase, a star at the end takes any
    ending."""
    patterns = _patterns(words)
    if not patterns:
        return []
    plain = "strip_accents(lower(concat_ws(' ', title, text)))"
    meets = " AND ".join(f"regexp_matches({plain}, ${name})" for name in patterns)
    rows = lake.rows(f"SELECT id, title, url, published, text, findings FROM report WHERE {meets} "
                     "ORDER BY published DESC NULLS LAST, id LIMIT $limit OFFSET $offset",
                     patterns | {"limit": limit, "offset": offset})
    first = next(iter(_terms(words)))
    return [Hit(row["id"], row["title"], row["url"], row["published"], _snippet(row["text"], first), row["findings"])
            for row in rows]


def _found(row: dict[str, Any]) -> Found:
    body = wire.plain(wire.read_finding(row["kind"], row["body"]))
    parties = tuple(Who(one["role"], one["name"] or one["words"] or "nobody named", one["actor"], one["code"],
                        one["words"] or "", one["certainty"]) for one in row["parties"] if one["role"] != "about")
    known = {field.name: row[field.name] for field in msgspec.structs.fields(Found) if field.name in row}
    return Found(**known | {"parties": parties, "topics": tuple(row["topics"]), "body": body})


def _question(lake: Lake, wanted: Filter) -> tuple[str, dict[str, Any]]:
    """The filter as DuckDB asks it, and the values in it."""
    conditions: list[str] = []
    values: dict[str, Any] = {}

    def ask(condition: str, **given: Any) -> None:
        conditions.append(condition)
        values.update(given)

    for column in ("kind", "type", "status", "report"):
        if (value := getattr(wanted, column)) is not None:
            ask(f"{column} = ${column}", **{column: value})
    for name, roles in (("actor", None), ("speaker", ("speaker", "co-speaker")), ("place", ("where",))):
        if value := getattr(wanted, name):
            ask(_party(lake, value, name, roles, values))
    if wanted.about:
        party = _party(lake, wanted.about, "about", ("about",), values)
        ask(f"({party} OR list_contains(topics, $about_topic) OR {_words(wanted.about, 'about_words', values)})",
            about_topic=wanted.about)
    if wanted.topic:
        ask(f"(list_contains(topics, $topic) OR {_words(wanted.topic, 'topic_words', values)})", topic=wanted.topic)
    if wanted.text is not None:
        ask(_words(wanted.text, "text", values))
    if wanted.since:
        ask("until > $since", since=wanted.since.isoformat())
    if wanted.until:
        ask("since < $until", until=wanted.until.isoformat())
    if wanted.confidence is not None:
        ask("confidence >= $confidence", confidence=wanted.confidence)
    if wanted.source:
        ask("report IN (SELECT id FROM report WHERE source = $source OR contains(coalesce(url, ''), $source))",
            source=wanted.source)
    if wanted.dyad:
        one, other = (country_named(lake, side) or side for side in wanted.dyad)
        ask("(list_contains(dyads, $one_other) OR list_contains(dyads, $other_one))", one_other=f"{one}>{other}",
            other_one=f"{other}>{one}")
        conditions.append("kind IN ('event', 'contact')")
    return " AND ".join(conditions) or "true", values


def country_named(lake: Lake, name: str) -> str | None:
    """The state that a code or a name means in this lake: RUS, russia, st:ru; None where it means none."""
    if re.fullmatch(r"[A-Z]{3}", name):
        return name
    rows = lake.rows("SELECT min(country) AS country FROM actor WHERE (folded = ? OR id = ?) AND kind = 'state' "
                     "AND country <> ''", [folded(name), name])
    return rows[0]["country"]


def _actors_named(lake: Lake, name: str) -> list[str]:
    """Ids of everyone with this name, or, where nobody has it whole, with this in it."""
    wanted = folded(name)
    if not wanted:
        return []
    for condition in ("folded = ?", "contains(folded, ?)"):
        found = lake.rows(f"SELECT DISTINCT id FROM actor WHERE {condition} ORDER BY id LIMIT 200", [wanted])
        if found:
            return [row["id"] for row in found]
    return []


def _party(lake: Lake, name: str, key: str, roles: tuple[str, ...] | None, values: dict[str, Any]) -> str:
    """A condition: the finding has a party of this name, id or country (in one of the roles)."""
    values[f"{key}_ids"] = [name, *_actors_named(lake, name)]
    tests = f"list_contains(${key}_ids, one.actor)"
    if country := country_named(lake, name):
        values[f"{key}_country"] = country
        tests = f"({tests} OR one.country = ${key}_country)"
    in_role = f" AND one.role IN ({', '.join(map(repr, roles))})" if roles else ""
    return f"len(list_filter(parties, lambda one: {tests}{in_role})) > 0"


def _words(words: str, key: str, values: dict[str, Any]) -> str:
    """A condition: the finding's words hold all these."""
    patterns = {f"{key}_{name}": pattern for name, pattern in _patterns(words).items()}
    values.update(patterns)
    meets = [f"regexp_matches(strip_accents(lower(words)), ${name})" for name in patterns]
    return f"({' AND '.join(meets) or 'false'})"


def _terms(words: str) -> Iterator[str]:
    """What was typed as regular expressions over plain lower-case words: each term, or phrase, whole."""
    clean = "".join(one if one.isprintable() else " " for one in words)
    for phrase, term in re.findall(r'"([^"]+)"|([^\s"]+)', clean):
        wanted = re.findall(r"\w+", plain(phrase or term))
        if wanted:
            ending = r"\w*" if not phrase and term.endswith("*") else ""
            yield r"\W+".join(map(re.escape, wanted)) + ending


def _patterns(words: str) -> dict[str, str]:
    """The terms for DuckDB, whose expressions know `\\w` for plain letters only."""
    letters: Callable[[str], str] = lambda term: term.replace(r"\w", _LETTER).replace(r"\W", r"[^\p{L}\p{N}]")  # noqa: E731
    return {f"word_{number}": f"(^|[^\\p{{L}}\\p{{N}}]){letters(term)}($|[^\\p{{L}}\\p{{N}}])"
            for number, term in enumerate(_terms(words)) if number < 40}


def plain(words: str) -> str:
    """Lower case, without marks on letters."""
    return "".join(one for one in unicodedata.normalize("NFD", words.lower()) if not unicodedata.combining(one))


def _snippet(words: str, term: str) -> str:
    """The place where the first word stands, marked; the beginning where only the title holds it."""
    found = re.search(rf"(?<!\w){term}(?!\w)", _same_length(words))
    if not found:
        return words[:2 * SNIPPET_LETTERS]
    start, stop = found.span()
    before, after = words[max(0, start - SNIPPET_LETTERS):start], words[stop:stop + SNIPPET_LETTERS]
    return (f"{'… ' if start > SNIPPET_LETTERS else ''}{before}{MARK_START}{words[start:stop]}{MARK_STOP}{after}"
            f"{' …' if stop + SNIPPET_LETTERS < len(words) else ''}")


def _same_length(words: str) -> str:
    """Lower case without marks, letter for letter, so that places stay."""
    return "".join((plain(one) or one)[0] if one.isalpha() else one for one in words)
