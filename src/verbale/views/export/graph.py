"""Who is tied to whom: nodes and edges over time, as GEXF 1.3 for Gephi and as two tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO, Any
from xml.sax.saxutils import quoteattr

import msgspec

from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views.export.dyads import QUADS, quad_of
from verbale.views.export.rows import directed, found_of

NODE_COLUMNS = ("Id", "Label", "kind", "country", "code", "sector", "n_findings")
EDGE_COLUMNS = (
    "Source",
    "Target",
    "Type",
    "Weight",
    "kind",
    "since",
    "until",
    "n_events",
    "n_reports",
    *QUADS.values(),
    "findings",
)
HELD = ("happened", "ongoing")


class Edge(msgspec.Struct):
    """A directed tie, or one both ways (a contact), with the days and findings it rests on."""

    source: str
    target: str
    kind: str
    findings: list[Found] = []

    @property
    def days(self) -> list[tuple[str, str]]:
        """Since and until of each finding with known days, in order, each once."""
        return sorted({(one.since, one.until) for one in self.findings if one.since and one.until})


def edges(record: Record) -> list[Edge]:
    """Ties by events (directed) and contacts (both ways) that took place, by source, target and kind."""
    found: dict[tuple[str, str, str], Edge] = {}

    def tie(one: Found, source: str | None, target: str | None, kind: str) -> None:
        if source and target and source != target:
            found.setdefault((source, target, kind), Edge(source, target, kind, [])).findings.append(one)

    for one in found_of(record, "contact"):
        if one.status in HELD:
            parties = sorted({party.actor for party in one.parties if party.role == "party" and party.actor})
            for number, source in enumerate(parties):
                for target in parties[number + 1 :]:
                    tie(one, source, target, "contact")
    contacts = {
        row["event"]
        for row in record.rows("SELECT json_extract(body, '$.event') AS event FROM finding WHERE kind = 'contact'")
    }
    for one in found_of(record, "event"):
        if one.status in HELD and one.id not in contacts:
            pairs = {
                tuple(sorted((a.actor, b.actor))) if one.body["mutual"] else (a.actor, b.actor)
                for a, b in directed(one)
                if a and b and a.actor and b.actor
            }
            for source, target in sorted(pairs):
                tie(one, source, target, "event")
    return [found[key] for key in sorted(found)]


def edge_rows(record: Record) -> Iterator[dict[str, Any]]:
    for one in edges(record):
        days, counts = one.days, [quad_of(event) for event in one.findings if event.kind == "event"]
        yield {
            "Source": one.source,
            "Target": one.target,
            "Type": "Undirected" if one.kind == "contact" else "Directed",
            "Weight": len(one.findings),
            "kind": one.kind,
            "since": days[0][0] if days else None,
            "until": max(until for _, until in days) if days else None,
            "n_events": len(one.findings),
            "n_reports": len({event.report for event in one.findings}),
            **{name: counts.count(quad) for quad, name in QUADS.items()},
            "findings": "; ".join(event.id for event in one.findings),
        }


def node_rows(record: Record, all_edges: list[Edge] | None = None) -> Iterator[dict[str, Any]]:
    """Everyone that an edge ties, by id; particulars as of the first report that names him."""
    counted: dict[str, int] = {}
    for one in all_edges if all_edges is not None else edges(record):
        for end in (one.source, one.target):
            counted[end] = counted.get(end, 0) + len(one.findings)
    for actor in sorted(counted):
        row = record.row(
            "SELECT name, kind, country, code, sector FROM actor WHERE id = ? ORDER BY report LIMIT 1", [actor]
        )
        assert row is not None
        yield {
            "Id": actor,
            "Label": row["name"],
            "kind": row["kind"],
            "country": row["country"],
            "code": row["code"],
            "sector": row["sector"],
            "n_findings": counted[actor],
        }


def write_gexf(record: Record, out: IO[str]) -> int:
    """GEXF 1.3 with days: an edge is there on the days of its findings (spells); how many edges.

    An edge none of whose findings has a known day has no spell, and so stands at all times.
    """
    ties = edges(record)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        '<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">\n'
    )
    _declare(out, "node", NODE_COLUMNS[2:])
    _declare(out, "edge", ("kind", "n_events", "n_reports"))
    out.write("<nodes>\n")
    for row in node_rows(record, ties):
        out.write(f"<node id={_value(row['Id'])} label={_value(row['Label'])}>")
        _values(out, [row[column] for column in NODE_COLUMNS[2:]])
        out.write("</node>\n")
    out.write("</nodes>\n<edges>\n")
    for number, one in enumerate(ties):
        kind = "mutual" if one.kind == "contact" else "directed"
        out.write(
            f'<edge id="{number}" source={_value(one.source)} target={_value(one.target)} type="{kind}" '
            f'kind={_value(one.kind)} weight="{len(one.findings)}.0">'
        )
        _values(out, [one.kind, len(one.findings), len({event.report for event in one.findings})])
        if one.days:
            spells = "".join(f'<spell start="{since}" end="{_last(until)}"/>' for since, until in one.days)
            out.write(f"<spells>{spells}</spells>")
        out.write("</edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")
    return len(ties)


def _declare(out: IO[str], of: str, columns: tuple[str, ...]) -> None:
    out.write(f'<attributes class="{of}" mode="static">\n')
    for number, column in enumerate(columns):
        kind = "integer" if column.startswith("n_") else "string"
        out.write(f'<attribute id="{of}{number}" title="{column}" type="{kind}"/>\n')
    out.write("</attributes>\n")


def _values(out: IO[str], values: list[Any]) -> None:
    of = "edge" if len(values) == 3 else "node"
    said = "".join(
        f'<attvalue for="{of}{number}" value={_value(value)}/>'
        for number, value in enumerate(values)
        if value is not None
    )
    out.write(f"<attvalues>{said}</attvalues>")


def _value(value: Any) -> str:
    """A value as an attribute; letters that XML cannot hold are left out."""
    return quoteattr(
        "".join(
            one for one in str(value) if one >= " " and one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff"
        )
    )


def _last(until: str) -> str:
    """GEXF counts the end day in."""
    return (date.fromisoformat(until) - timedelta(days=1)).isoformat()
