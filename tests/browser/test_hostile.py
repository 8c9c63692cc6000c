"""Texts made to run something, everywhere a page shows text, in a real browser: none runs, nothing is fetched."""

from urllib.parse import quote

import msgspec
from serving import served

from hostile_texts import PAYLOADS
from made_reports import TEXT, findings, report
from verbale.record.merge import merge
from verbale.record.store import Record

TOGETHER = 10


def test_no_hostile_text_runs(browser, watch, tmp_path):
    path = tmp_path / "hostile.db"
    addresses = [
        "/",
        "/articles",
        "/contacts",
        "/statements",
        "/events",
        "/happenings",
        "/runs",
        "/review",
        "/map",
        "/network",
        "/calendar?month=2022-05",
        "/dyad/NOR/FIN",
        "/actor/pe:haavisto",
        "/review?kind=statement",
    ]
    with Record(path) as record:
        run = record.begin({payload: payload for payload in PAYLOADS[:TOGETHER]})
        for number in range(0, len(PAYLOADS), TOGETHER):
            many = " ".join(PAYLOADS[number : number + TOGETHER])
            text = TEXT.replace("northern road", f"northern road {many}").replace("Minister in Oslo", many)
            one = msgspec.structs.replace(
                report(text),
                url=f"http://news.example/{many}" if number % 20 else many,
                source=many,
                place=many,
                title=many,
                author=many,
                origin=many,
            )
            told = findings(one, f"northern road {many}")
            evil = msgspec.structs.replace(told.actors[0], name=many, office=many)
            actors = sorted({evil, *told.actors[1:]}, key=lambda actor: actor.id)
            record.add(one, msgspec.structs.replace(told, actors=tuple(actors), doubts=(many,)), run)
            addresses.append(f"/a/{one.id}")
        record.end(run)
        merge(record)
        addresses += [f"/f/{row[0]}" for row in record.rows("SELECT min(id) FROM finding GROUP BY kind")]
        addresses += [f"/runs/{run}", f"/happening/{record.rows('SELECT id FROM happening')[0][0]}"]
    addresses += [f"/search?q={quote(payload)}" for payload in PAYLOADS[::16]]
    addresses += [f"/contacts?actor={quote(payload)}&type={quote(payload)}" for payload in PAYLOADS[3::16]]
    with served(path) as site:
        seen = watch(site)
        for address in addresses:
            page = seen.go(address)
            page.mouse.move(300, 300)
            assert (
                page.evaluate("() => document.querySelectorAll('script, iframe, object, embed, img, base').length") == 1
            )
    assert len(PAYLOADS) >= 100 and seen.wrong == []
