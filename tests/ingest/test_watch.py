"""Feeds are asked for news only; each article is read once, over kills, other feeds and other addresses."""

import pytest

pytest.importorskip("httpcore")
pytest.importorskip("feedparser")
pytest.importorskip("protego")

from datetime import date

from local_site import running

from verbale.errors import BadTable
from verbale.ingest.fetch import Fetcher
from verbale.ingest.watch import LEAST_MINUTES, MOST_TRIES, Feed, FeedState, Memory, due, feeds_in, news
from verbale.model.report import Problem


@pytest.fixture(scope="module")
def server():
    with running() as made:
        yield made


@pytest.fixture
def site(server):
    server.renew()
    return server.home


@pytest.fixture
def memory(tmp_path):
    with Memory(tmp_path / "memory") as made:
        yield made


@pytest.fixture
def fetcher():
    with Fetcher(pause_seconds=0, deadline_seconds=5, opens_loopback=True) as made:
        yield made


def pages_asked(server):
    return [path for path in server.asked if path.startswith("/article")]


def test_a_feed_is_watched_and_no_article_is_read_twice(server, site, memory, fetcher):
    feeds = [Feed(f"{site}/feed")]
    first = list(news(feeds, memory, fetcher))
    assert [one.url.rpartition("/")[2] for one in first] == ["1", "2"]
    assert {one.source for one in first} == {"Fjord Gazette"}
    assert {one.window.published for one in first} == {date(2024, 3, 5)}
    assert list(news(feeds, memory, fetcher)) == []
    server.articles.append(3)
    assert [one.url.rpartition("/")[2] for one in news(feeds, memory, fetcher)] == ["3"]
    assert len(pages_asked(server)) == 3


def test_an_article_of_two_feeds_is_read_once(server, site, memory, fetcher):
    feeds = [Feed(f"{site}/feed"), Feed(f"{site}/feed-too")]
    assert [one.title for one in news(feeds, memory, fetcher)][2:] == ["Two words only"]
    assert len(pages_asked(server)) == 2


def test_an_unchanged_feed_is_not_sent_again(server, site, memory, fetcher):
    feeds = [Feed(f"{site}/feed")]
    list(news(feeds, memory, fetcher))
    assert memory.state(feeds[0]).etag == '"2"'
    list(news(feeds, memory, fetcher))
    assert memory.state(feeds[0]).etag == '"2"'  # the answer was 304: what was remembered stays


def test_a_watch_that_was_stopped_goes_on_where_it_was(site, memory, fetcher):
    feeds = [Feed(f"{site}/feed")]
    stopped = news(feeds, memory, fetcher)
    next(stopped)
    assert next(stopped).url.endswith("/2")  # asked for the second: the first is remembered, the second not yet
    stopped.close()
    assert [one.url.rpartition("/")[2] for one in news(feeds, memory, fetcher)] == ["2"]


def test_a_page_that_cannot_be_had_is_tried_again_and_then_given_up(server, site, memory, fetcher):
    feeds = [Feed(f"{site}/feed")]
    server.broken = True
    for _ in range(MOST_TRIES):
        assert [one.outcome for one in news(feeds, memory, fetcher)] == ["failed", "failed"]
    assert list(news(feeds, memory, fetcher)) == []


def test_a_page_that_comes_back_is_read(server, site, memory, fetcher):
    feeds = [Feed(f"{site}/feed")]
    server.broken = True
    list(news(feeds, memory, fetcher))
    server.broken = False
    assert len(list(news(feeds, memory, fetcher))) == 2 and list(news(feeds, memory, fetcher)) == []


def test_a_feed_that_fails_is_asked_less_often_and_stops_no_other(site, memory, fetcher):
    gone, good = Feed(f"{site}/nowhere", minutes=10), Feed(f"{site}/feed", minutes=1)
    found = list(news([gone, good], memory, fetcher, clock=lambda: 1000.0))
    assert isinstance(found[0], Problem) and "404" in found[0].reason and len(found) == 3
    assert memory.state(gone).due(gone) == 1000 + 20 * 60
    assert memory.state(good).due(good) == 1000 + LEAST_MINUTES * 60
    assert due([gone, good], memory, 1000 + LEAST_MINUTES * 60) == [good]


def test_a_page_that_is_no_feed_is_a_problem(site, memory, fetcher):
    (found,) = news([Feed(f"{site}/page")], memory, fetcher)
    assert isinstance(found, Problem) and "feed" in found.reason


def test_feeds_are_listed_in_toml(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nurl = "https://x.example/rss"\nname = "X"\nwhole = false\nminutes = 15\n')
    assert feeds_in(path) == [Feed("https://x.example/rss", "X", False, 15)]
    for wrong in ('[[feed]]\nname = "X"\n', '[[feed]]\nurl = "u"\nevery = 3\n', "", "[[feed"):
        path.write_text(wrong)
        with pytest.raises(BadTable, match=r"feeds\.toml"):
            feeds_in(path)


def test_a_memory_that_is_none_is_named(tmp_path):
    (tmp_path / "memory").write_bytes(b"not a database at all, but long enough to be seen as something else" * 20)
    with pytest.raises(BadTable, match="memory"):
        Memory(tmp_path / "memory")


def test_state_keeps_due_times_without_end():
    assert FeedState(asked=0, faults=99).due(Feed("u", minutes=30)) == 30 * 60 * 64
