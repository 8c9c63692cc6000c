"""Findings in a line, as lists and margins show them: who, what they did, and on which days."""

import json
from datetime import date, timedelta
from typing import Any

import msgspec

from verbale.model.when import Period
from verbale.record import wire
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views import wording

CHIEF_ROLES = ("speaker", "co-speaker", "who", "party", "raised by")
PAST = {
    "say": "said",
    "think": "thought",
    "show": "showed",
    "tell": "told",
    "deny": "denied",
    "admit": "admitted",
    "forbid": "forbade",
    "give": "gave",
    "hold": "held",
    "swear": "swore",
}
"""Past forms of statement acts that the rule below would get wrong."""


def past(act: str) -> str:
    """An act as something done: "say" is "said", "decline to comment" is "declined to comment"."""
    first, _, rest = act.partition(" ")
    ending = "d" if first.endswith("e") else first[-1:] + "ed" if first.endswith("let") else "ed"
    done = PAST.get(first) or (
        first[:-1] + "ied" if first.endswith("y") and first[-2:-1] not in "aeiou" else first + ending
    )
    return f"{done} {rest}".strip()


def last_day(until: str | None) -> str | None:
    """The last day before `until`."""
    return (date.fromisoformat(until) - timedelta(days=1)).isoformat() if until else None


def short_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def one_day(day: str) -> str:
    return short_day(date.fromisoformat(day))


def days(since: str | None, until: str | None) -> str:
    """Days in few letters: "21 Feb 1999", "Jun 2001", "2004", "20 Jun 2001 – 13 Jun 2002", "day not known"."""
    first = date.fromisoformat(since) if since else None
    end = date.fromisoformat(until) if until else None
    if first is None and end is None:
        return "day not known"
    if first is None or end is None:
        return f"from {short_day(first)}" if first else f"before {short_day(end)}"  # type: ignore[arg-type]
    last = end - timedelta(days=1)
    period = Period(first, end)
    if first == last:
        return short_day(first)
    if period == Period.month(first.year, first.month):
        return f"{first:%b %Y}"
    if period == Period.year(first.year):
        return str(first.year)
    return f"{short_day(first)} – {short_day(last)}"


def doing(found: Found) -> str:
    """What is done in a finding, without who: "met", "plan a meeting", "said", "SANCTION, threaten · denied"."""
    if found.kind == "contact":
        status = found.status or "happened"
        if status == "happened":
            told = wording.CHANNEL_VERBS.get(found.type, found.type)
        else:
            noun = wording.CHANNEL_NOUNS.get(found.type, found.type)
            told = f"{wording.CONTACT_STATUS.get(status, status + ':')} {noun}"
        place = found.names("where")
        return " · ".join(filter(None, [told, place[0] if place else "", f"{found.mode} visit" if found.mode else ""]))
    if found.kind == "statement":
        return past(found.type)
    if found.kind == "tally":
        body = found.body
        bound = "" if body["bound"] == "exactly" else f"{body['bound']} "
        noun = wording.CHANNEL_NOUNS.get(found.type, found.type)
        return f"{bound}{body['count']} {noun}{'' if body['count'] == 1 else 's'} claimed"
    if found.kind == "topic":
        return str(found.body.get("label") or found.type)
    return " · ".join(
        filter(
            None,
            [
                found.type + (f", {found.mode}" if found.mode else ""),
                found.status if found.status != "happened" else "",
            ],
        )
    )


def sentence(record: Record, found: Found) -> str:
    """A whole finding in a line, as the register has it."""
    finding = wire.read_finding(found.kind, json.dumps(found.body))
    name = wording.namer(record.actors(found.report))
    if isinstance(finding, wire.Contact):
        return wording.contact_words(finding, name, topic_name)
    if isinstance(finding, wire.Event):
        return wording.event_words(finding, name)
    if isinstance(finding, wire.Tally):
        return wording.tally_words(finding, name)
    return wording.statement_words(finding, name) if isinstance(finding, wire.Statement) else finding.label


def topic_name(topic: str) -> str:
    """A topic's id in words, where no label is at hand."""
    return topic.rsplit(":", 1)[-1].replace("-", " ").replace("_", " ")


def row(found: Found) -> dict[str, object]:
    """A finding as a row of a table."""
    return {
        "id": found.id,
        "kind": found.kind,
        "type": found.type,
        "mode": found.mode,
        "status": found.status,
        "code": found.code,
        "since": found.since,
        "until": found.until,
        "who": "; ".join(found.names(*CHIEF_ROLES)),
        "whom": "; ".join(found.names("whom", "addressee")),
        "where": "; ".join(found.names("where")),
        "topics": "; ".join(found.topics),
        "words": found.words,
        "start": found.start,
        "stop": found.stop,
        "confidence": found.confidence,
        "report": found.report,
        "title": found.title,
        "published": found.published,
        "url": found.url,
    }


def plain(thing: object) -> Any:
    """A struct as dicts, lists, text and numbers: what the twins in JSON hold."""
    return msgspec.to_builtins(thing)
