"""The pages: each answers in its forms, shows words for every fact, runs nothing it was given, refuses strangers."""

import asyncio
import html.parser
import json
import re
from urllib.parse import quote, unquote

import pytest

from made_reports import TEXT, findings, report, story
from verbale.chain.chain import Coded
from verbale.model.reading import Reading
from verbale.model.roster import Roster
from verbale.record.merge import merge
from verbale.record.store import Record
from verbale.record.verify import verify
from verbale.views.web.app import PAGES, app

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ 7*7 }}",
    "{% raw %}",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;",
    "\u202e<b>",
    "<iframe srcdoc='<script>1</script>'>",
    "<style>*{x:expression(1)}</style>",
    "<math><mi xlink:href='data:x,1'>",
    "<base href='//evil.example'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
)


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.text = status, headers, body.decode("utf-8")


def ask(pages, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """One request to the ASGI app, as a browser on this machine would send it."""
    path, _, query = address.partition("?")
    path = unquote(path)
    sent = {"host": "127.0.0.1:8651", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if method == "POST":
        sent = {"content-length": str(len(body)), "content-type": "application/x-www-form-urlencoded"} | sent
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8651),
    }
    messages = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        messages.append(message)

    asyncio.run(pages(scope, receive, send))
    headers_back = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Answer(messages[0]["status"], headers_back, b"".join(one.get("body", b"") for one in messages[1:]))


class FakeChain:
    overlay = None

    def reports(self, sources):
        for source in sources:
            yield report(source.read_text(encoding="utf-8"))

    def code(self, reports):
        for one in reports:
            yield Coded(one, Roster(Reading(one, ()), (), (), one.window), findings(one))


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
    filled = [
        address.format(id=one, one="NOR", other="FIN") for address in PAGES if address not in ("/f/{id}", "/actor/{id}")
    ]
    return [
        *filled,
        "/actor/pe:huitfeldt",
        *(f"/f/{id_}" for id_ in findings_),
        "/search?q=northern+road",
        "/statements?speaker=huitfeldt",
        "/contacts?since=2022&until=2023",
        "/events?type=CONSULT",
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
    body = re.sub(r"<aside.*?</aside>", "", page[page.index('class="legend"') :], flags=re.S)
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
    for address in ("/articles", "/contacts", "/events", "/statements", "/review", "/runs", "/happenings", "/search"):
        assert ask(pages, address).status == 200


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


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8651", "0.0.0.0", "169.254.1.1:8651", ""]
)
def test_other_hosts_are_refused(pages, host):
    assert ask(pages, "/", host=host).status == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8651", "127.0.0.1", "[::1]:8651", "[::1]"])
def test_this_machine_is_answered(pages, host):
    assert ask(pages, "/", host=host).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
        {"sec_fetch_site": "cross-site", "origin": "http://127.0.0.1:8651"},
    ],
)
def test_posts_from_other_sites_are_refused(pages, headers):
    assert ask(pages, "/judge", "POST", b"finding=x", **headers).status == 403
    assert ask(pages, "/read", "POST", b"text=x", **headers).status == 403


def test_posts_from_our_own_pages_are_taken(pages):
    own = ({"sec_fetch_site": "same-origin"}, {"origin": "http://127.0.0.1:8651"})
    assert all(ask(pages, "/judge", "POST", b"finding=x&verdict=accept&by=a", **one).status == 400 for one in own)


def test_large_or_unmeasured_bodies_and_other_methods_are_refused(pages):
    assert ask(pages, "/read", "POST", b"x", content_length="99999999").status == 413
    assert ask(pages, "/read", "POST", b"x", content_length="-1").status == 413
    assert ask(pages, "/", "DELETE").status == 405


def test_a_token_is_asked_for(path):
    pages = app(path, token="secret")
    assert ask(pages, "/").status == 401
    assert ask(pages, "/", authorization="Basic eDpzZWNyZXQ=").status == 200  # x:secret
    for wrong in ("Basic eDp3cm9uZw==", "Basic !!", "Bearer secret", "Basic"):
        assert ask(pages, "/", authorization=wrong).status == 401


def test_every_answer_forbids_scripts_of_others(pages):
    for address in ("/", "/nothing", "/static/keys.js", "/index.json"):
        policy = ask(pages, address).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    assert ask(pages, "/", host="evil").headers["content-security-policy"]


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if (
            tag in ("iframe", "img", "base", "meta", "math", "style", "object", "embed")
            and names != {"charset": "utf-8"}
            and names.get("name") != "viewport"
        ):
            self.bad.append(tag)
        if tag == "script" and names != {"src": "/static/keys.js", "defer": None}:
            self.bad.append(tag)
        if tag == "form" and not names.get("action", "").startswith("/"):
            self.bad.append(tag)
        self.bad += [
            name
            for name, value in attrs
            if name.startswith("on")
            or name == "style"
            or (value or "").strip().lower().startswith(("javascript:", "data:"))
        ]


def test_hostile_texts_run_nowhere(tmp_path):
    import msgspec

    path = tmp_path / "hostile.db"
    with Record(path) as record:
        run = record.begin({"program": PAYLOADS[0]})
        for payload in PAYLOADS:
            text = TEXT.replace("northern road", f"northern road {payload}").replace("Minister in Oslo", payload)
            one = msgspec.structs.replace(
                report(text), url=f"javascript:alert('{payload}')", source=payload, place=payload
            )
            told = findings(one, f"northern road {payload}")
            evil = msgspec.structs.replace(told.actors[0], name=payload, office=payload)
            record.add(one, msgspec.structs.replace(told, actors=(evil, *told.actors[1:]), doubts=(payload,)), run)
        every = [f"/a/{id_}" for id_ in record.report_ids()]
        every += [f"/f/{row['id']}" for row in record.rows("SELECT id FROM finding")]
    pages = app(path)
    every += [
        "/",
        "/articles",
        "/contacts",
        "/statements",
        "/events",
        "/runs",
        "/review",
        "/actor/pe:haavisto",
        "/dyad/NOR/FIN",
    ]
    every += [f"/search?q={quote(payload)}" for payload in PAYLOADS]
    every += [f"/contacts?actor={quote(payload)}" for payload in PAYLOADS]
    for address in every:
        tags = Tags()
        page = ask(pages, address)
        assert page.status == 200, address
        tags.feed(page.text)
        assert tags.bad == [], (address, tags.bad)
        assert "49" not in re.findall(r"northern road (\S+)", page.text)
