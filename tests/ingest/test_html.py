# ruff: noqa: E501 - pages have long lines
"""HTML pages: article, title without the site's name, the day the page's metadata names."""

import json
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


def body_of(report):
    return "\n".join(segment.span.of(report.text) for segment in report.segments_of("body"))


def test_a_day_on_the_page_beside_its_title_names_the_day():
    report = read_text(page(body=ARTICLE.replace("</h1>", "</h1><div class='when'>Published 5 March 2024, 16:05</div>")))
    clue = next(clue for clue in report.window.clues if clue.kind == "visible date")
    assert report.window.published == date(2024, 3, 5) and "5 March 2024" in clue.words


def test_a_day_of_change_only_bounds():
    report = read_text(page(body=ARTICLE.replace("</h1>", "</h1><div class='when'>Updated: 9 March 2024</div>")))
    assert report.window.published is None and report.window.period.until == date(2024, 3, 10)


def test_a_guess_of_the_reader_is_marked_and_names_no_day():
    report = read_text(page(body=ARTICLE.replace("within two months", "on 14 May 2021")))
    guesses = [clue for clue in report.window.clues if clue.kind == "guess"]
    assert report.window.published is None and not any(clue.decides for clue in guesses)


PARAGRAPHS = [line.removeprefix("<p>").removesuffix("</p>") for line in ARTICLE.split("\n")[1:]]


def json_ld(text):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": text})}</script>'


def test_the_article_that_a_script_would_load_is_read_from_the_pages_data():
    head = json_ld("\n".join(PARAGRAPHS))
    report = read_text(page(head, f"<h1>Ferry talks end with a deal</h1><p>{PARAGRAPHS[0]}</p><div>Loading…</div>"))
    assert body_of(report).endswith("within two months.")


def test_what_the_pages_data_does_not_count_to_the_article_is_uncertain():
    stray = "<p>The museum in Lima has bought a rare map of the coast of Chile, which was drawn in the seventeenth century.</p>"
    plain, checked = read_text(page(body=ARTICLE + stray)), read_text(page(json_ld("\n".join(PARAGRAPHS)), ARTICLE + stray))
    assert "rare map" in body_of(plain) and "rare map" not in body_of(checked)
    assert [part.kind for part in checked.segments] == ["title", "body", "uncertain"]


def test_teasers_among_the_articles_paragraphs_are_told():
    more = ("<h4>Latest news</h4><div><h5>Museum buys map</h5><p>The museum in Lima has bought a rare map of the coast of Chile, "
            "which was drawn in the…</p></div><div><h5>Storm closes ports</h5><p>A storm has closed the ports of the north, and ships "
            "have to wait until the…</p></div>")
    report = read_text(page(body=ARTICLE + more))
    assert body_of(report).endswith("within two months.")


def test_a_page_laid_out_by_tables_is_cut_by_its_text():
    cells = "<br><br>".join(PARAGRAPHS)
    source = ("<html><head><title>Ferry talks end with a deal :: Fjord Gazette</title></head><body><table><tr><td>Home<br>World<br>"
              f"Sport</td><td><b>Ferry talks end with a deal</b><br><font size=1>5 March 2024</font><br><br>{cells}</td></tr>"
              "<tr><td>© 2024 Fjord Gazette</td></tr></table></body></html>")
    report = read_text(source, url="https://fjordgazette.example/1")
    assert report.title == "Ferry talks end with a deal" and report.window.published == date(2024, 3, 5)
    assert "|" not in report.text and body_of(report).startswith("The foreign ministers")


def test_the_heading_that_is_the_sites_name_is_no_title():
    body = ARTICLE.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    source = page(body=f"<h1>The Fjord Gazette</h1>{body}").replace(
        "Ferry talks end with a deal | The Fjord Gazette", "The Fjord Gazette | Ferry talks end with a deal")
    assert read_text(source).title == "Ferry talks end with a deal"
