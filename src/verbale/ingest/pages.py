"""Readers of single pages: text as copied from a browser or a paper, and HTML."""

import re
from collections.abc import Iterator

from verbale.ingest.build import report_of, titled_report
from verbale.ingest.html import article_in
from verbale.ingest.inputs import Input
from verbale.ingest.press_exports import export_kind
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue

HTML_START = re.compile(rb"\s*(?:<!--.{0,400}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body|article|meta|div|p)\b",
                        re.IGNORECASE | re.DOTALL)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{1,2000}?)\s*-->", re.IGNORECASE)
"""What browsers write above a page that they save."""
_DECLARED = re.compile(rb"<meta[^>]{1,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]+)", re.IGNORECASE)


def read_page_text(input_: Input) -> Iterator[Report | Problem]:
    """One report of a text; a text in which no article is found is a report that says so in its segments.

    A text that is an export of a press archive gives one report for each of its articles.
    """
    words = input_.text()
    reader = export_kind(words)
    if reader is not None:
        yield from reader(input_)
        return
    yield report_of(words, title=input_.title, url=input_.url, source=input_.source, published=input_.published,
                    place=input_.place, clues=input_.clues)


def read_html(input_: Input) -> Iterator[Report | Problem]:
    """One report of an HTML page."""
    declared = _DECLARED.search(input_.head)
    saved = _SAVED_FROM.search(input_.head)
    if saved and input_.url is None:
        input_.url = saved.group(1).decode("utf-8", "replace")
    yield html_report(input_.text(declared.group(1).decode("ascii") if declared else None), input_)


def html_report(words: str, input_: Input, clues: tuple[DateClue, ...] = ()) -> Report:
    """The report of a page's HTML; where no article is told from the rest, the page's text is cut as any page text."""
    found = article_in(words, input_.url)
    if found.segments is None:
        return titled_report(input_.title or found.title, found.text, url=found.url, source=input_.source or found.site,
                             author=found.author, published=input_.published, place=input_.place,
                             clues=(*found.clues, *input_.clues, *clues), taken_for="html")
    return report_of(found.text, title=input_.title or found.title, url=found.url, source=input_.source or found.site,
                     author=found.author, published=input_.published, place=input_.place,
                     clues=(*found.clues, *input_.clues, *clues), segments=found.segments, taken_for="html")
