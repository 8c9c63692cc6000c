"""The pages refuse strangers and run nothing they were given."""

import html.parser
import re
from urllib.parse import quote

import msgspec
import pytest

from hostile_texts import PAYLOADS
from made_reports import TEXT, findings, report, story
from verbale.record.store import Record
from verbale.views.web.app import app
from web_asking import ask


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "r.db"
    with Record(path) as record:
        run = record.begin({"program": "test"})
        record.add(*story(0), run)
        record.end(run)
    return path


@pytest.fixture(scope="module")
def pages(path):
    return app(path)


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
            and names.get("name") not in ("viewport", "color-scheme")
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
            or (
                name in ("href", "src", "action", "formaction", "data", "xlink:href", "poster")
                and not (value or "").startswith(("/", "#"))
                and tag != "a"
            )
            or (name == "href" and tag == "a" and not (value or "").startswith(("/", "#", "http://", "https://")))
        ]


def test_hostile_texts_run_nowhere(tmp_path):
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
        "/calendar?month=2022-05",
        "/map",
        "/network",
        "/happenings",
        "/about-the-record",
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
