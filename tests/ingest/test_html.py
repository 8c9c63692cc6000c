# ruff: noqa: E501 - pages have long lines
"""HTML pages: article, title without the site's name, the day the page's metadata names."""

from datetime import date

import pytest

from verbale.ingest.html import text_of, tree_of
from verbale.ingest.html_titles import plain_title
from verbale.ingest.read import read_text
from verbale.model.when import Period

ARTICLE = """<h1>Ferry talks end with a deal</h1>
<p>The foreign ministers of Norway and Oman met in Bergen on Tuesday to discuss ferry traffic between their countries.</p>
<p>“We have found a fair way to share the costs,” Norwegian minister Kari Dahl said after the meeting in the old harbour.</p>
<p>Her Omani counterpart thanked the hosts and said that a second round would follow in Muscat within two months.</p>"""


def page(head: str = "", body: str = ARTICLE) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ferry talks end with a deal | The Fjord Gazette</title>
<meta property="og:site_name" content="The Fjord Gazette">{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav><main><article>{body}</article></main>
<aside><h2>Latest News</h2><a href="/x">Museum buys map</a></aside><footer>© 2024 The Fjord Gazette</footer></body></html>"""


def test_a_page_is_title_and_body_without_furniture():
    report = read_text(page())
    assert [segment.kind for segment in report.segments] == ["title", "body"]
    assert report.title == "Ferry talks end with a deal" and report.taken_for == "html"
    body = report.segments[1].span.of(report.text)
    assert body.startswith("The foreign ministers") and body.endswith("within two months.")
    assert "Museum" not in report.text and "©" not in report.text
    assert report.source == "The Fjord Gazette"


@pytest.mark.parametrize("head, kind", [
    ('<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2024-03-05T10:00:00Z"}]}'
     "</script>", "json-ld"),
    ('<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">', "meta"),
    ('<meta name="DC.date.issued" content="2024-03-05">', "meta"),
])
def test_the_day_is_read_from_metadata(head, kind):
    window = read_text(page(head)).window
    assert window.published == date(2024, 3, 5)
    assert next(clue.kind for clue in window.clues if clue.decides) == kind


def test_json_ld_goes_before_other_metadata():
    head = ('<meta name="date" content="2024-03-09"><script type="application/ld+json">'
            '{"@type":"NewsArticle","datePublished":"2024-03-05"}</script>')
    window = read_text(page(head)).window
    assert window.published == date(2024, 3, 5) and window.period == Period.day(date(2024, 3, 5))


def test_without_any_day_there_is_none_and_a_reason():
    window = read_text(page()).window
    assert window.published is None and window.why_not


@pytest.mark.parametrize("title, wanted", [
    ("Ferry deal | The Fjord Gazette", "Ferry deal"), ("Ferry deal - Fjord Gazette", "Ferry deal"),
    ("The Fjord Gazette: Ferry deal", "The Fjord Gazette: Ferry deal"),
    ("Dahl – “a fair way” – says minister", "Dahl – “a fair way” – says minister"),
    ("The Fjord Gazette » Ferry deal", "Ferry deal"), ("", None),
])
def test_the_sites_name_is_cut_from_a_title(title, wanted):
    assert plain_title(title, "The Fjord Gazette", "https://fjordgazette.example/a", []) == wanted


def test_a_heading_tells_where_the_title_ends():
    assert plain_title("Ferry deal | News | NRX", None, None, ["Ferry deal"]) == "Ferry deal"


def test_a_page_without_an_article_is_a_labelled_report():
    report = read_text("<html><body><nav><a>Home</a> <a>World</a></nav><p>Log in</p></body></html>")
    assert not report.segments_of("body")
    assert all(segment.reason for segment in report.segments)


def test_blocks_are_parted_and_scripts_unseen():
    tree = tree_of("<body><p>One <b>two</b>.</p><script>var x</script><div>Three<br>four</div></body>")
    assert text_of(tree) == "One two.\n\nThree\nfour"


def test_ten_thousand_nested_tags_do_not_overflow():
    report = read_text("<html><body>" + "<div>" * 10_000 + "The minister left." + "</div>" * 10_000 + "</body></html>")
    assert report.taken_for == "html"
