"""The pages: each answers in its forms, shows words for every fact, and says what to do where it is empty."""

import json
import re
import threading
from urllib.parse import quote

import pytest

from made_reports import TEXT, story
from verbale.record.merge import merge
from verbale.record.store import Record
from verbale.record.verify import verify
from verbale.views.web.app import PAGES, app
from web_asking import FakeChain, ask


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "r.db"
    with Record(path) as record:
        run = record.begin({"program": "test"})
        for number in range(2):
            record.add(*story(number), run)
        record.end(run)
        merge(record)
    return path


@pytest.fixture(scope="module")
def pages(path):
    return app(path, chain=FakeChain())


def addresses(path) -> list[str]:
    with Record(path, make=False) as record:
        one = record.report_ids()[0]
        findings_ = [row["id"] for row in record.rows("SELECT id FROM finding WHERE report = ?", [one])]
        ids = {
            "/a/{id}": [one],
            "/f/{id}": findings_,
            "/actor/{id}": ["pe:huitfeldt", "st:no", "st:fi"],
            "/happening/{id}": [row["id"] for row in record.rows("SELECT id FROM happening")],
            "/runs/{id}": [run.id for run in record.runs()],
            "/dyad/{one}/{other}": ["NOR"],
        }
    filled = [
        address.format(id=quote(id_), one=id_, other="FIN") for address in PAGES for id_ in ids.get(address, [""])
    ]
    return [
        *filled,
        "/search?q=northern+road",
        "/search?q=haavisto&kind=statement",
        "/statements?speaker=huitfeldt",
        "/contacts?since=2022&until=2023",
        "/events?type=CONSULT",
        "/contacts?dyad=NOR-FIN",
        "/calendar?month=2022-05",
        "/calendar?month=1999-01&actor=NOR",
        "/network?of=NOR&kind=event",
        "/review?kind=contact",
        "/review?skip=999",
        "/dyad/NOR/FIN?since=2022&until=2023",
        "/happenings?reports=2",
        "/articles?since=2022&until=2023",
    ]


def test_every_page_answers_in_html_and_json(pages, path):
    for address in addresses(path):
        page = ask(pages, address)
        assert page.status == 200 and "<main" in page.text and "{{" not in page.text, address
        stem, _, query = address.partition("?")
        twin = ask(pages, f"{'/index' if stem == '/' else stem}.json?{query}")
        assert twin.status == 200 and json.loads(twin.text) is not None, address
        assert len(page.text) < 100_000


def test_links_of_our_pages_lead_somewhere(pages, path):
    seen, open_ = set(), ["/"]
    while open_:
        address = open_.pop()
        page = ask(pages, address)
        assert page.status == 200, address
        for link in re.findall(r'href="(/[^"#]*)', page.text):
            link = link.replace("&amp;", "&")
            if link not in seen and "skip=" not in link:
                seen.add(link)
                open_.append(link)
    assert len(seen) > 30


def test_the_reader_shows_every_letter_the_marks_and_the_notes(pages, path):
    with Record(path, make=False) as record:
        one = record.report_ids()[0]
        page = ask(pages, f"/a/{one}").text
        ids = [row["id"] for row in record.rows("SELECT id FROM finding WHERE report = ? AND kind <> 'event'", [one])]
    body = re.sub(r"<aside.*?</aside>|<sup>.*?</sup>", "", page[page.index('class="legend"') :], flags=re.S)
    plain = re.sub(r"<[^>]+>", "", body)
    assert "Huitfeldt met Finland's Pekka Haavisto in Oslo on Tuesday" in plain.replace("&#39;", "'")
    for id_ in ids:
        assert f'id="{id_}"' in page and f'id="m-{id_}"' in page


def test_tables_have_a_csv_and_others_say_so(pages):
    table = ask(pages, "/contacts.csv")
    assert table.headers["content-type"].startswith("text/csv") and len(table.text.splitlines()) == 3
    assert ask(pages, "/review.csv").status == 404


def test_what_is_not_there_is_said(pages):
    for address in ("/a/none", "/f/none", "/actor/none", "/dyad/NOR/none", "/nothing"):
        assert ask(pages, address).status == 404, address
    assert ask(pages, "/events?since=yesterday").status == 400


def test_an_empty_record_says_what_to_do(tmp_path):
    pages = app(tmp_path / "new.db")
    assert "verbale read FOLDER" in ask(pages, "/").text
    for address in (
        "/articles",
        "/contacts",
        "/events",
        "/statements",
        "/review",
        "/runs",
        "/happenings",
        "/search",
        "/calendar",
        "/map",
        "/network",
        "/about-the-record",
    ):
        assert ask(pages, address).status == 200


def test_pages_stay_readable_while_a_run_writes(tmp_path):
    path = tmp_path / "busy.db"
    with Record(path) as record:
        record.add(*story(0), record.begin({}))
        one = record.report_ids()[0]
    pages, stop = app(path), threading.Event()

    def write() -> None:
        with Record(path) as record:
            run, number = record.begin({}), 1
            while not stop.is_set():
                record.add(*story(number), run)
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        asked = [
            "/",
            f"/a/{one}",
            "/dyad/NOR/FIN",
            "/events",
            "/search?q=talks",
            "/review",
            "/calendar",
            "/network",
        ] * 3
        answers = [(address, ask(pages, address).status) for address in asked]
    finally:
        stop.set()
        writer.join()
    assert {status for _, status in answers} == {200}, answers
    with Record(path, make=False) as record:
        assert len(record.report_ids()) > 1


def test_a_correction_and_its_undo(tmp_path):
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(*story(0), record.begin({}))
        found = record.rows("SELECT id FROM finding WHERE kind = 'contact'")[0][0]
    pages = app(path)
    fields = re.findall(r'name="set-(\w+)" value="([^"]*)"', ask(pages, f"/f/{found}").text)
    assert {"parties", "place", "days"} <= {name for name, _ in fields}
    form = f"finding={found}&verdict=correct&by=A+Reader&back=/review&set-channel=phone&set-days=2022-05-09"
    given = ask(pages, "/judge", "POST", form.encode())
    assert given.status == 303 and given.headers["location"] == "/review"
    assert "judge=A%20Reader" in given.headers["set-cookie"] and "SameSite=strict" in given.headers["set-cookie"]
    page = ask(pages, "/contacts?since=2022-05-09&until=2022-05-10").text
    assert "spoke by telephone" in page and "corrected" in page
    assert "Last: correct by A Reader" in ask(pages, "/review", cookie="judge=A%20Reader").text
    assert ask(pages, "/judge", "POST", f"finding={found}&verdict=undo&by=A+Reader".encode()).status == 303
    assert "spoke by telephone" not in ask(pages, "/contacts").text
    unchanged = f"finding={found}&verdict=correct&by=A+Reader&set-channel=in+person".encode()
    assert "nothing was set right" in ask(pages, "/judge", "POST", unchanged).text
    elsewhere = f"finding={found}&verdict=accept&by=A+Reader&back=//evil.example".encode()
    assert ask(pages, "/judge", "POST", elsewhere).headers["location"] == f"/f/{found}"


def test_findings_are_merged_and_split_by_people(pages, path):
    with Record(path, make=False) as record:
        one, other = [row["id"] for row in record.rows("SELECT id FROM finding WHERE kind = 'contact' ORDER BY id")]
        together = f"/happening/{record.rows('SELECT happening FROM member WHERE finding = ?', [one])[0][0]}"
    assert ask(pages, together).text.count('value="split"') == 2
    split = ask(pages, "/pair", "POST", f"finding={one}&verdict=split&by=A+Reader".encode())
    assert split.status == 303 and "It is the same thing: merge" in ask(pages, split.headers["location"]).text
    merged = ask(pages, "/pair", "POST", f"finding={one}&other={other}&verdict=merge&by=A+Reader".encode())
    assert ask(pages, merged.headers["location"]).text.count('value="split"') == 2
    assert ask(pages, "/pair", "POST", f"finding={one}&verdict=split&by=".encode()).status == 400


def test_paste_read_find_judge_undo(tmp_path):
    pages = app(tmp_path / "new.db", chain=FakeChain())
    done = ask(pages, "/read", "POST", f"text={quote(TEXT)}".encode())
    assert done.status == 303
    page = ask(pages, done.headers["location"])
    found = re.search(r'id="(co-[0-9a-f]+)"', page.text)[1]
    assert done.headers["location"].removeprefix("/a/") in ask(pages, "/search?q=Haavisto").text
    for verdict in ("accept", "undo"):
        given = ask(pages, "/judge", "POST", f"finding={found}&verdict={verdict}&by=A+Reader".encode())
        assert given.status == 303
    assert "accept by A Reader" in ask(pages, f"/f/{found}").text
    assert ask(pages, "/judge", "POST", f"finding={found}&verdict=accept&by=".encode()).status == 400
    with Record(tmp_path / "new.db", make=False) as record:
        assert verify(record).holds and record.runs()[0].coded == 1
