"""An address of each page of a record."""

from pathlib import Path
from urllib.parse import quote

from verbale.record.store import Record
from verbale.views.web.app import PAGES


def every_page(path: Path) -> list[str]:
    """One address for each page, and one for each kind of finding, each told of in the record."""
    with Record(path, make=False) as record:

        def first(question: str) -> str:
            return quote(record.rows(question)[0][0])

        report = first("SELECT report FROM finding GROUP BY report ORDER BY count(*) DESC, report LIMIT 1")
        kinds = [row[0] for row in record.rows("SELECT min(id) FROM finding GROUP BY kind")]
        pair = record.row("SELECT one, other FROM dyad_count GROUP BY one, other ORDER BY sum(n) DESC, one LIMIT 1")
        assert pair
        ids = {
            "/a/{id}": [report],
            "/f/{id}": kinds,
            "/runs/{id}": [first("SELECT id FROM run")],
            "/actor/{id}": [
                first("SELECT actor FROM party WHERE actor LIKE 'pe:%' GROUP BY actor ORDER BY count(*) DESC"),
                first("SELECT actor FROM party WHERE actor LIKE 'st:__' ORDER BY actor"),
            ],
            "/happening/{id}": [first("SELECT id FROM happening ORDER BY n_reports DESC, id")],
        }
    found = [
        address.format(id=id_, one=pair["one"], other=pair["other"])
        for address in PAGES
        for id_ in ids.get(address, [""])
    ]
    return [*found, "/search?q=talks", "/search?q=nothingofthekind", "/events?type=CONSULT", "/calendar?month=1900-01"]
