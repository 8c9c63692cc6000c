"""An HTML page as a report: the article by trafilatura (parsing only), its title, and what the page says of its day."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

from verbale.ingest.dating import day_of, line_clues
from verbale.ingest.html_parts import is_layout_table, is_longer, parts_of
from verbale.ingest.html_titles import names_of
from verbale.ingest.likeness import bare
from verbale.model.report import Segment
from verbale.model.when import DateClue, Period

for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they say of broken pages is not for the screen

LEAST_LETTERS = 120
"""A find shorter than this is not believed (a menu, half of a short article): the page's plain text is cut instead."""
MOST_ATTRIBUTES, LONGEST_ATTRIBUTE = 100, 20_000
"""Elements with more, or longer, are pictures written into the page or traps: their attributes are dropped."""
MOST_ELEMENTS = 40_000
"""A page of more elements is cut by its plain text alone: a news page has about 2,000."""
LONGEST_CELL, MOST_IN_CELL = 200, 8
"""Letters, and pieces of text, of a cell of data."""
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
    clues, names = tuple(page_clues(tree)), names_of(tree, page_text := text_of(tree))
    url, told = url or _canonical(tree), json_ld_article(tree)
    is_huge = sum(1 for _ in tree.iter()) > MOST_ELEMENTS
    found: Any = None if is_huge else bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=True)
    known = found.as_dict() if found is not None else {}
    site, author = known.get("sitename"), known.get("author")
    title = names.title(known.get("title"), site, url)
    paragraphs = [line.strip() for line in (known.get("text") or "").split("\n") if line.strip()]
    if is_longer(told, paragraphs):
        paragraphs = told
    if sum(map(len, paragraphs)) < LEAST_LETTERS or is_layout_table(paragraphs):
        return Article(page_text, None, title, url, site, author, None, clues)
    text, segments = parts_of(title, paragraphs, told)
    first = next((line for line in paragraphs if bare(line) != bare(title or "")), paragraphs[0])
    clues += tuple(_visible_days(page_text, title, first))
    if not any(clue.kind in ("json-ld", "meta") for clue in clues) and known.get("date"):
        day = day_of(known["date"])
        if day:
            clues += (DateClue("guess", Period.day(day), reason="htmldate's guess, not said in the metadata"),)
    return Article(text, segments, title, url, site, author, None, clues)


def _visible_days(page_text: str, title: str | None, first: str) -> Iterator[DateClue]:
    """Days on short lines of the page between its title and its article, whose first paragraph is `first`."""
    lines = [line for line in page_text.split("\n") if line]
    keys = [bare(line) for line in lines]
    stop = next((number for number, key in enumerate(keys) if key and key.startswith(bare(first)[:60])), None)
    if stop is None:
        return
    titles = [number for number in range(stop) if title and keys[number] == bare(title)]
    start = max(0, (titles[-1] if titles else stop) - 3)
    for line in lines[start:stop]:
        if len(line) < 120:
            yield from line_clues(line)


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
                pieces.append("\n" if tag == "br" else "  " if tag in ("td", "th") and _is_cell(element) else "\n\n")
            if element.text and not hidden:
                pieces.append(re.sub(r"\s+", " ", element.text))
        else:
            hidden -= tag in UNSEEN
            if tag in BLOCKS and tag != "br":
                pieces.append("  " if tag in ("td", "th") and _is_cell(element) else "\n\n")
            if element.tail and not hidden:
                pieces.append(re.sub(r"\s+", " ", element.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_cell(element: html.HtmlElement) -> bool:
    """Whether a cell is of a table of data; one with blocks or many letters in it lays out the page."""
    letters = 0
    for number, words in enumerate(element.itertext()):
        letters += len(words)
        if letters > LONGEST_CELL or number > MOST_IN_CELL:
            return False
    return True


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


def json_ld_article(tree: html.HtmlElement) -> list[str]:
    """The paragraphs of the article as the page's JSON-LD tells it; empty where it does not."""
    for block in tree.iter("script"):
        if "ld+json" not in (block.get("type") or "") or "articleBody" not in (block.text or ""):
            continue
        try:
            items = list(_items(json.loads(block.text or "", strict=False)))
        except (ValueError, RecursionError):
            continue
        for item in items:
            words = item.get("articleBody")
            if isinstance(words, str) and len(words) >= LEAST_LETTERS:
                below = tree_of(f"<div>{words}</div>") if "<" in words or "&" in words else None
                plain = text_of(below) if below is not None else words
                return [" ".join(line.split()) for line in plain.split("\n") if line.strip()]
    return []


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
