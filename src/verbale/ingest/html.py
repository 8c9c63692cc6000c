"""An HTML page as a report: the article by trafilatura (parsing only), its title, and what the page says of its day."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

from verbale.ingest.clean import cleaned
from verbale.ingest.dating import day_of
from verbale.ingest.likeness import bare
from verbale.model.report import Segment
from verbale.model.span import Span
from verbale.model.when import DateClue, Period

for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they say of broken pages is not for the screen

LEAST_LETTERS = 120
"""A find shorter than this is not believed (a menu, half of a short article): the page's plain text is cut instead."""
MOST_ATTRIBUTES, LONGEST_ATTRIBUTE = 100, 20_000
"""Elements with more, or longer, are pictures written into the page or traps: their attributes are dropped."""
MOST_ELEMENTS = 40_000
"""A page of more elements is cut by its plain text alone: a news page has about 2,000."""
DEEPEST = 400
"""Pages nested deeper are flattened before they are read: no writer nests so, and recursion would not end well."""
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "title", "tr", "ul",
))
UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "head",
))
META_DAYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "mediator_published_time",
    "news_date",
    "release_date",
)


class Article(msgspec.Struct, frozen=True):
    """What a page's HTML gives: our own clean text with its segments, or a page text that is still to be cut."""

    text: str
    segments: tuple[Segment, ...] | None
    """None where no article was told from the rest: the text is then the whole page's, blocks parted by empty lines."""
    title: str | None
    url: str | None
    site: str | None
    author: str | None
    language: str | None
    clues: tuple[DateClue, ...]


def article_in(source: str, url: str | None = None) -> Article:
    """The article of a page. The text is title and paragraphs; the page's own texts are kept where none is found."""
    from trafilatura import bare_extraction  # slow to load, and plain texts do without it

    tree = tree_of(source)
    if tree is None:
        return Article(source, None, None, url, None, None, None, ())
    clues = tuple(page_clues(tree))
    url = url or _canonical(tree)
    h1 = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    page_text = text_of(tree)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return Article(page_text, None, h1[0] if len(h1) == 1 else None, url, None, None, None, clues)
    found: Any = bare_extraction(tree, url=url, with_metadata=True, include_comments=False, include_tables=True)
    if found is None:
        return Article(page_text, None, h1[0] if len(h1) == 1 else None, url, None, None, None, clues)
    known = found.as_dict()
    title = plain_title(known.get("title"), known.get("sitename"), url, h1)
    paragraphs = [line.strip() for line in (known.get("text") or "").split("\n") if line.strip()]
    if sum(map(len, paragraphs)) < LEAST_LETTERS:
        return Article(page_text, None, title, url, known.get("sitename"), known.get("author"), None, clues)
    text, segments = _composed(title, paragraphs)
    if not any(clue.kind in ("json-ld", "meta") for clue in clues) and known.get("date"):
        day = day_of(known["date"])
        if day:
            clues += (DateClue("guess", Period.day(day), reason="htmldate's guess, not said in the metadata"),)
    return Article(text, segments, title, url, known.get("sitename"), known.get("author"), None, clues)


def _composed(title: str | None, paragraphs: list[str]) -> tuple[str, tuple[Segment, ...]]:
    """Title and paragraphs as one text, and their segments. The title's own repetition at the top is left out."""
    kept = [line for number, line in enumerate(paragraphs) if not (title and number < 2 and bare(line) == bare(title))]
    title = cleaned(" ".join(title.split()))[0] if title else None
    body, _ = cleaned("\n\n".join(kept))
    if not title:
        return body, (Segment("body", Span(0, len(body)), "the page's article by its HTML", 0.9),) if body else ()
    start = len(title) + 2
    segments = [Segment("title", Span(0, len(title)), "the page's title by its HTML", 0.95)]
    if body:
        segments.append(Segment("body", Span(start, start + len(body)), "the page's article by its HTML", 0.9))
    return f"{title}\n\n{body}".rstrip(), tuple(segments)


def tree_of(source: str) -> html.HtmlElement | None:
    """The page as a tree, comments left out, too deep nesting dissolved; None where there is no page in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return _flattened(tree)


def _flattened(tree: html.HtmlElement) -> html.HtmlElement:
    """The tree, elements deeper than DEEPEST dissolved into their text, and monstrous attributes dropped."""
    depth, deep = 0, []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == DEEPEST:
            deep.append(element)
    for element in tree.iter():
        if len(element.attrib) > MOST_ATTRIBUTES or any(
            len(value) > LONGEST_ATTRIBUTE for value in element.attrib.values()
        ):
            element.attrib.clear()
    for element in deep:
        words = " ".join(element.itertext())
        for child in list(element):
            element.remove(child)
        element.text = words
    return tree


def text_of(tree: html.HtmlElement) -> str:
    """The visible text of a page, blocks parted by empty lines: what copying from a browser gives."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in UNSEEN
            if tag in BLOCKS:
                pieces.append("\n\n" if tag not in ("br", "td", "th") else "\n" if tag == "br" else "  ")
            if element.text and not hidden:
                pieces.append(re.sub(r"\s+", " ", element.text))
        else:
            hidden -= tag in UNSEEN
            if tag in BLOCKS and tag != "br":
                pieces.append("\n\n" if tag not in ("td", "th") else "  ")
            if element.tail and not hidden:
                pieces.append(re.sub(r"\s+", " ", element.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def page_clues(tree: html.HtmlElement) -> Iterator[DateClue]:
    """The days that a page's JSON-LD and meta elements name, JSON-LD first."""
    for block in tree.iter("script"):
        if "ld+json" in (block.get("type") or ""):
            yield from _json_ld_clues(block.text or "")
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in META_DAYS:
            day = day_of(meta.get("content") or "")
            if day:
                yield DateClue(
                    "meta", Period.day(day), meta.get("content") or "", reason=f"meta element {name!r}", decides=True
                )
    for element in tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished']"):
        day = day_of(element.get("datetime"))
        if day:
            yield DateClue(
                "meta", Period.day(day), element.get("datetime"), reason="time element for publication", decides=True
            )


def _json_ld_clues(words: str) -> Iterator[DateClue]:
    try:
        tree = json.loads(words, strict=False)
    except (ValueError, RecursionError):
        return
    for item in _items(tree):
        day = day_of(str(item.get("datePublished") or ""))
        if day and re.search("article|posting|report|webpage", str(item.get("@type", "article")), re.IGNORECASE):
            yield DateClue(
                "json-ld",
                Period.day(day),
                str(item["datePublished"])[:40],
                reason="datePublished in JSON-LD",
                decides=True,
            )
            return


def _items(tree: Any) -> Iterator[dict]:
    """Every object of a JSON tree, outer ones first; at most 500."""
    open_nodes, seen = [tree], 0
    while open_nodes and seen < 500:
        node = open_nodes.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            open_nodes += [value for value in node.values() if isinstance(value, (dict, list))]
        elif isinstance(node, list):
            open_nodes += node[:100]


def _canonical(tree: html.HtmlElement) -> str | None:
    for element in tree.iter("link", "meta"):
        if element.get("rel") == "canonical" or element.get("property") == "og:url":
            address = element.get("href") or element.get("content") or ""
            if address.startswith(("http://", "https://")) and urlsplit(address).hostname:
                return address
    return None


_BETWEEN = re.compile(r"\s+[|–—»•·:-]\s+|\s*[|»]\s*")


def plain_title(title: str | None, site: str | None, url: str | None, headings: list[str]) -> str | None:
    """A title without the site's name at its end or head; None where the page has none.

    The name is known by the page's own word for its site, by its address, or because a heading says all the rest.
    """
    if not title or not title.strip():
        return headings[0] if len(headings) == 1 and headings[0] else None
    title = " ".join(title.split())
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(title)]
    for start, stop in reversed(cuts):
        head, tail = title[:start].strip(), title[stop:].strip()
        if any(bare(head) == bare(heading) for heading in headings) or _names_site(tail, site, url):
            title = head
        elif _names_site(head, site, url) or any(bare(tail) == bare(heading) for heading in headings):
            return tail
    return title


def _names_site(words: str, site: str | None, url: str | None) -> bool:
    key = bare(words)
    if not 2 <= len(key) <= 40:
        return False
    host = bare((urlsplit(url).hostname or "").removeprefix("www.")) if url else ""
    known = bare(site or "")
    by_site = bool(known) and (key in known or known in key)
    by_address = bool(host) and len(key) > 3 and (key in host or host in key)
    return by_site or by_address
