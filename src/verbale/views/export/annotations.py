"""Findings as W3C Web Annotations: exact words and code-point places over a hashed text, with the context inline."""

import json
from collections.abc import Iterator
from typing import IO, Any

from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views.export.rows import KINDS, found_of

OA, XSD, OURS = "http://www.w3.org/ns/oa#", "http://www.w3.org/2001/XMLSchema#", "https://verbale.example/terms#"
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "oa": OA,
    "as": "https://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "verbale": OURS,
    **{
        name: f"oa:{name}"
        for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")
    },
    "AnnotationPage": "as:OrderedCollectionPage",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": f"{XSD}nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": f"{XSD}nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "created": {"@id": "dcterms:created", "@type": f"{XSD}date"},
    "textSha256": "verbale:textSha256",
    "offsetUnit": "verbale:offsetUnit",
    "finding": {"@id": "verbale:finding", "@type": "@json"},
}
"""What the words of an annotation mean, written out, so that no reader needs the network."""
LETTERS_AROUND = 32
"""Before and after the exact words, for a reader whose copy has moved."""


def annotations(record: Record) -> Iterator[dict[str, Any]]:
    """An annotation a finding, by kind and id. Places count Unicode code points of the text with this SHA-256."""
    hashes: dict[str, tuple[str, str]] = {}
    for kind in KINDS:
        for one in found_of(record, kind):
            if one.report not in hashes:
                row = record.row("SELECT text_hash, text FROM report WHERE id = ?", [one.report])
                hashes = {one.report: (row["text_hash"], row["text"])} if row else {}
            yield _annotation(one, *hashes[one.report])


def _annotation(one: Found, text_hash: str, text: str) -> dict[str, Any]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": one.words,
        "prefix": text[max(0, one.start - LETTERS_AROUND) : one.start],
        "suffix": text[one.stop : one.stop + LETTERS_AROUND],
    }
    place = {"type": "TextPositionSelector", "start": one.start, "end": one.stop}
    source = one.url if (one.url or "").startswith(("http://", "https://")) else f"urn:verbale:{one.report}"
    return {
        "id": f"urn:verbale:{one.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "format": "text/plain", "language": "en", "value": _told(one)},
        "target": {
            "type": "SpecificResource",
            "source": source,
            "textSha256": text_hash,
            "offsetUnit": "Unicode code point",
            "selector": [quote, place],
        },
        "finding": {
            "kind": one.kind,
            "type": one.type,
            "mode": one.mode,
            "status": one.status,
            "code": one.code,
            "since": one.since,
            "until": one.until,
            "judged": one.judged,
            "confidence": one.confidence,
            "parties": [
                {"role": party.role, "name": party.name, "actor": party.actor, "code": party.code}
                for party in one.parties
            ],
            "topics": list(one.topics),
        },
    }


def _told(one: Found) -> str:
    """What is claimed, as a line: who, what, whom, when."""
    who = "; ".join(one.names("who", "speaker", "co-speaker", "party", "raised by"))
    whom = "; ".join(one.names("whom", "addressee"))
    what = " ".join(filter(None, [one.kind, one.type, one.mode, one.status]))
    return " | ".join(filter(None, [who, what, whom, one.since]))


def write(record: Record, out: IO[str]) -> int:
    """One annotation page, written as it comes; how many annotations."""
    head = json.dumps({"@context": CONTEXT, "id": "urn:verbale:annotations", "type": "AnnotationPage"})
    out.write(head[:-1] + ', "items": [')
    number = 0
    for number, one in enumerate(annotations(record), start=1):
        out.write(("," if number > 1 else "") + "\n" + json.dumps(one, ensure_ascii=False))
    out.write("\n]}\n")
    return number
