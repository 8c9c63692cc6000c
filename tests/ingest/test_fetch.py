"""Nothing but the open internet is fetched, whatever an address is spelt like; sizes and times have an end."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")

from verbale.errors import BadInput
from verbale.ingest.address_guard import checked, is_public
from verbale.ingest.fetch import Fetcher, fetched_reports
from verbale.ingest.watch import Feed, feeds_in, news
from verbale.model.report import Problem, Report

PAGE = (
    b"<html><body><h1>Ferry talks end with a deal</h1><p>The foreign ministers of Norway and Oman met in Bergen to "
    b"discuss ferry traffic between their countries on Tuesday.</p><p>They agreed to meet again in Muscat within two "
    b"months, a spokesman said.</p></body></html>"
)


BOMB = gzip.compress(b" " * (80 * 2**20), 1)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, "get_" + self.path.strip("/").replace(".", "_").split("?")[0], self.get_missing)()

    def answer(self, body=b"", status=200, kind="text/html", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_missing(self):
        self.answer(status=404)

    def get_robots_txt(self):
        self.answer(b"User-agent: *\nDisallow: /forbidden\n", kind="text/plain")

    def get_page(self):
        self.answer(PAGE)

    def get_forbidden(self):
        self.answer(PAGE)

    def get_moved(self):
        self.answer(status=302, Location="/page")

    def get_circle(self):
        self.answer(status=302, Location="/circle")

    def get_inward(self):
        self.answer(status=302, Location="http://169.254.169.254/latest/meta-data")

    def get_picture(self):
        self.answer(b"x", kind="image/png")

    def get_bomb(self):
        self.answer(BOMB, Content_Encoding="gzip")

    def get_endless(self):
        self.answer()
        try:
            while True:
                self.wfile.write(b"x" * 2**16)
        except OSError:
            pass

    def get_slow(self):
        self.answer()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass

    def get_feed(self):
        if self.headers.get("If-None-Match") == "v1":
            self.answer(status=304)
            return
        port = self.server.server_address[1]
        self.answer((f'<rss version="2.0"><channel><title>x</title><item><title>One</title><link>http://127.0.0.1:{port}/page'
                     "</link></item><item><title>Two words only</title></item></channel></rss>").encode(),
                    kind="application/rss+xml", ETag="v1")

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def fetcher():
    with Fetcher(pause_seconds=0, deadline_seconds=1.5, opens_loopback=True) as made:
        yield made


def at(*machines):
    return lambda host, port: list(machines)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://localhost/", "http://0x7f000001/", "http://2130706433/", "http://127.1/", "http://[::1]/",
    "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://169.254.169.254/latest", "http://10.0.0.1/", "http://[fe80::1]/",
    "http://192.168.1.1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
])
def test_private_addresses_are_refused_in_every_spelling(url):
    with pytest.raises(BadInput):
        checked(url)


@pytest.mark.parametrize("url", ["ftp://x.example/", "file:///etc/hostname", "http://x.example:8080/", "http://a:b@x.example/",
                                 "http:///a", "gopher://x.example", "http://x.example:99999/", ""])
def test_other_schemes_ports_and_users_are_refused(url):
    with pytest.raises(BadInput):
        checked(url, at("93.184.216.34"))


def test_one_private_address_among_public_ones_refuses_the_host():
    assert checked("https://x.example/a?b=c", at("93.184.216.34")).path == "/a?b=c"
    with pytest.raises(BadInput, match=r"10\.0\.0\.1"):
        checked("https://x.example/", at("93.184.216.34", "10.0.0.1"))


def test_the_test_flag_opens_loopback_and_nothing_else():
    assert checked("http://127.0.0.1:8123/", opens_loopback=True).machine == "127.0.0.1"
    with pytest.raises(BadInput):
        checked("http://10.0.0.1:8123/", opens_loopback=True)


def test_public_addresses_are_public():
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1::1")
    assert not is_public("224.0.0.1") and not is_public("240.0.0.1") and not is_public("nonsense")


def test_a_page_is_fetched_and_read(site, fetcher):
    report = next(fetched_reports(f"{site}/page", fetcher))
    assert isinstance(report, Report)
    assert report.title == "Ferry talks end with a deal" and report.url == f"{site}/page"


def test_a_redirect_is_followed_and_each_step_checked(site, fetcher):
    assert fetcher.fetch(f"{site}/moved").url == f"{site}/page"
    with pytest.raises(BadInput, match="169"):
        fetcher.fetch(f"{site}/inward")
    with pytest.raises(BadInput, match="redirects"):
        fetcher.fetch(f"{site}/circle")


@pytest.mark.parametrize("path, why", [("forbidden", "robots"), ("picture", "image/png"), ("bomb", "unpacks"),
                                       ("endless", "larger|longer"), ("slow", "longer")])
def test_what_is_forbidden_or_without_end_is_a_problem(site, fetcher, path, why):
    started = time.monotonic()
    with pytest.raises(BadInput, match=why):
        fetcher.fetch(f"{site}/{path}")
    assert time.monotonic() - started < 15


def test_a_missing_page_is_a_problem(site, fetcher):
    found = list(fetched_reports(f"{site}/nowhere", fetcher))
    assert isinstance(found[0], Problem) and "404" in found[0].reason


def test_a_host_is_given_its_pause(site):
    rests = []
    with Fetcher(
        pause_seconds=5, opens_loopback=True, heeds_robots=False, clock=lambda: 0.0, sleep=rests.append
    ) as fetcher:
        fetcher.fetch(f"{site}/page")
        fetcher.fetch(f"{site}/page")
    assert rests == [5.0]


def test_a_feed_is_watched_and_no_article_is_read_twice(site, fetcher, tmp_path):
    pytest.importorskip("feedparser")
    feeds, memory = [Feed(f"{site}/feed")], tmp_path / "memory.json"
    first = list(news(feeds, memory, fetcher))
    assert [one.title for one in first] == ["Ferry talks end with a deal", "Two words only"]
    assert list(news(feeds, memory, fetcher)) == []


def test_a_watch_that_was_stopped_goes_on_where_it_was(site, fetcher, tmp_path):
    pytest.importorskip("feedparser")
    feeds, memory = [Feed(f"{site}/feed")], tmp_path / "memory.json"
    stopped = news(feeds, memory, fetcher)
    assert next(stopped).title == "Ferry talks end with a deal"
    next(stopped)
    stopped.close()
    assert [one.title for one in news(feeds, memory, fetcher)] == ["Two words only"]


def test_feeds_are_listed_in_toml(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nurl = "https://x.example/rss"\nname = "X"\nwhole = false\n')
    assert feeds_in(path) == [Feed("https://x.example/rss", "X", False)]
