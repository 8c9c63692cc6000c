"""Nothing but the open internet is fetched, whatever an address is spelt like; sizes and times have an end."""

import time
from datetime import date

import pytest

pytest.importorskip("httpcore")
pytest.importorskip("protego")

from local_site import PRIVATE, running

from verbale.errors import BadInput
from verbale.ingest.address_guard import checked, is_public
from verbale.ingest.addresses import Address, addresses_in, same_address
from verbale.ingest.fetch import Fetcher, fetched_reports
from verbale.ingest.visit import visited
from verbale.model.report import Problem, Report

DEADLINE = 1.5


@pytest.fixture(scope="module")
def server():
    with running() as made:
        yield made


@pytest.fixture
def site(server):
    server.renew()
    return server.home


@pytest.fixture
def fetcher():
    with Fetcher(pause_seconds=0, deadline_seconds=DEADLINE, opens_loopback=True) as made:
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


def test_letters_outside_ascii_are_written_as_the_wire_has_them():
    target = checked("https://новости.example/мир/встреча 1.html?q=ф", at("93.184.216.34"))
    assert target.host == "xn--b1amnebsh.example"
    assert target.path.isascii() and target.path.endswith("%201.html?q=%D1%84")


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


def test_the_machine_that_was_checked_is_asked_whatever_the_name_means_later(site):
    """A name that is public when checked and private a moment later is asked at the public machine only."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    port = site.rpartition(":")[2]
    with Fetcher(pause_seconds=0, deadline_seconds=DEADLINE, opens_loopback=True, heeds_robots=False,
                 resolver=lambda host, port: next(answers)) as fetcher:
        assert fetcher.fetch(f"http://moving.example:{port}/page").status == 200
        with pytest.raises(BadInput, match=r"port|10"):
            fetcher.fetch(f"http://moving.example:{port}/page")


def test_a_redirect_is_followed_and_circles_end(site, fetcher):
    assert fetcher.fetch(f"{site}/moved").url == f"{site}/page"
    with pytest.raises(BadInput, match="redirects"):
        fetcher.fetch(f"{site}/circle")


@pytest.mark.parametrize("how", PRIVATE)
def test_no_redirect_leads_inward(server, site, how):
    """Loopback is open to the first address alone here, so that the redirect is judged as on the open internet."""
    port = site.rpartition(":")[2]
    with Fetcher(pause_seconds=0, deadline_seconds=DEADLINE, opens_loopback=True, heeds_robots=False) as fetcher:
        first = fetcher._checked(f"http://127.0.0.1:{port}/inward/{how}")
        fetcher._opens_loopback = False
        _, place = fetcher._ask(first, {}, time.monotonic() + DEADLINE)
        with pytest.raises(BadInput, match=r"not fetched|not on the open internet|no address"):
            fetcher.fetch(place)
    assert server.asked == [f"/inward/{how}"]


@pytest.mark.parametrize("path, why", [
    ("forbidden", "robots"), ("to-forbidden", "robots"), ("picture", "image/png"), ("bomb", "unpacks"),
    ("endless", "larger|too long"), ("slow", "too long"), ("silent", "too long"), ("dripping", "too long"),
    ("reset", "cannot be fetched"),
])  # fmt: skip
def test_what_is_forbidden_or_without_end_is_a_problem(site, fetcher, path, why):
    started = time.monotonic()
    with pytest.raises(BadInput, match=why):
        fetcher.fetch(f"{site}/{path}")
    assert time.monotonic() - started < 10 * DEADLINE


def test_a_fault_of_robots_txt_forbids_all_and_its_redirect_is_followed(server, site, fetcher):
    server.robots_status = 503
    with pytest.raises(BadInput, match="503"):
        fetcher.fetch(f"{site}/page")
    server.robots_status = 302
    with Fetcher(0, DEADLINE, opens_loopback=True) as other, pytest.raises(BadInput, match="robots"):
        other.fetch(f"{site}/page")
    server.robots_status = 404
    with Fetcher(0, DEADLINE, opens_loopback=True) as other:
        assert other.fetch(f"{site}/page").status == 200


def test_a_missing_page_is_a_problem(site, fetcher):
    found = list(fetched_reports(f"{site}/nowhere", fetcher))
    assert isinstance(found[0], Problem) and "404" in found[0].reason


def test_a_host_that_asks_for_rest_is_left_alone(server, site, fetcher):
    assert fetcher.fetch(f"{site}/busy").status == 429
    asked = len(server.asked)
    with pytest.raises(BadInput, match=r"left alone for 1[12]"):
        fetcher.fetch(f"{site}/page")
    assert len(server.asked) == asked


def test_a_host_is_given_its_pause(site):
    rests = []
    with Fetcher(
        pause_seconds=5, opens_loopback=True, heeds_robots=False, clock=lambda: 0.0, sleep=rests.append
    ) as fetcher:
        fetcher.fetch(f"{site}/page")
        fetcher.fetch(f"{site}/page")
    assert rests == [5.0]


def test_the_encoding_a_host_names_is_heeded(site, fetcher):
    report = next(fetched_reports(f"{site}/cyrillic", fetcher))
    assert report.title == "Паромы" and report.language == "ru"


def test_a_site_map_is_followed_into_its_pages(site, fetcher):
    found = list(visited([Address(f"{site}/sitemap.xml")], fetcher, since=date(2024, 3, 5)))
    assert [one.url.rpartition("/")[2] for one in found] == ["5", "6", "7"]
    last = found[-1].window
    assert last.published == date(2024, 3, 7) and found[0].window.published is None
    assert found[0].window.period.until == date(2024, 3, 6)
    assert len(list(visited([Address(f"{site}/sitemap.xml")], fetcher, most=2))) == 2


def test_an_address_is_visited_once_and_not_when_known(server, site, fetcher):
    twice = [Address(f"{site}/article/1"), Address(f"{site}/article/1?utm_source=x#top"), Address(f"{site}/article/2")]
    known = {same_address(f"{site}/article/2")}
    found = list(visited(twice, fetcher, known.__contains__))
    assert [type(one).__name__ for one in found] == ["Report", "Problem"]
    assert found[1].outcome == "skipped" and "/article/2" not in server.asked


def test_a_site_map_that_declares_entities_is_refused(site, fetcher):
    (found,) = visited([Address(f"{site}/map-laughs.xml")], fetcher)
    assert isinstance(found, Problem) and "entities" in found.reason


def test_lists_of_addresses_say_which_line_is_none():
    raw = b"# of today\nhttps://x.example/1\n\nhttps://x.example/2\n"
    assert [one.url for one in addresses_in(raw, "list.txt")] == ["https://x.example/1", "https://x.example/2"]
    with pytest.raises(BadInput, match="line 2"):
        addresses_in(b"https://x.example/1\nx.example/2\n", "list.txt")
    with pytest.raises(BadInput, match="no address"):
        addresses_in(b"\n", "list.txt")


def test_one_page_by_two_addresses_is_one():
    assert same_address("http://www.X.example/a/?utm_medium=rss&id=7#top") == same_address("https://x.example/a?id=7")
    assert same_address("https://x.example/a?id=7") != same_address("https://x.example/a?id=8")
