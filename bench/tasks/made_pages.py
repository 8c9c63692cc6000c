"""Pages that the bench makes itself (bench/made): the article and title of HTML, and of the same pages as bare text.

`html` holds our whole path against trafilatura alone on the same pages; `dumps` takes the tags off, one line a tag, as
bs4's get_text("\\n") does. Figures are means over pages of the F1 of words, titles are right when exactly the same.
The gold argument is not read: the pages are made anew, the same each time.
"""

import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from bench.made.layouts import MadePage, pages
from verbale.ingest.inputs import Input
from verbale.ingest.pages import read_html
from verbale.ingest.read import read_text
from verbale.model.report import Report

ARTICLE_KINDS = ("dateline", "body")


def run_html(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Ours and trafilatura's on every page; by layout where ours is below its mean."""
    made = pages()
    ours, theirs, by_layout = [], [], defaultdict(list)
    titles = Counter[str]()
    started = time.process_time()
    reports = [_report(page) for page in made]
    seconds = time.process_time() - started
    for page, report in zip(made, reports):
        text, title = _trafilatura(page)
        ours.append(word_f1(article_of(report), page.story.text))
        theirs.append(word_f1(text, page.story.text))
        by_layout[page.name.rpartition("-")[0]].append(ours[-1])
        titles["ours"] += report.title == page.story.title
        titles["theirs"] += title == page.story.title
        titles["day"] += report.window.published == page.story.day
    return {"word_f1": _mean(ours), "over_trafilatura": round(_mean(ours) - _mean(theirs), 4),
            "trafilatura_f1": _mean(theirs), "title_exact": round(titles["ours"] / len(made), 4),
            "trafilatura_title_exact": round(titles["theirs"] / len(made), 4),
            "day_exact": round(titles["day"] / len(made), 4),
            "pages": len(made), "pages_per_cpu_second": round(len(made) / seconds, 1),
            "by_layout": {name: _mean(found) for name, found in by_layout.items()}}


def run_dumps(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Our cut of the same pages without their tags, a line for every piece of text."""
    made = pages()
    dumps = [one_tag_a_line(page.html) for page in made]
    started = time.process_time()
    reports = [read_text(dump) for dump in dumps]
    seconds = time.process_time() - started
    found = [word_f1(article_of(report), page.story.text) for report, page in zip(reports, made)]
    titles = sum(report.title == page.story.title for report, page in zip(reports, made))
    return {"word_f1": _mean(found), "title_exact": round(titles / len(made), 4), "pages": len(made),
            "dumps_per_cpu_second": round(len(made) / seconds, 1)}


def _report(page: MadePage) -> Report:
    found = next(read_html(Input(page.html.encode(), page.url, url=page.url)))
    assert isinstance(found, Report)
    return found


def _trafilatura(page: MadePage) -> tuple[str, str]:
    """What trafilatura alone gives, called as its documentation says; the title above the text left out."""
    from trafilatura import bare_extraction

    found = bare_extraction(page.html, url=page.url, with_metadata=True, include_comments=False)
    known = found.as_dict() if found else {}
    title = known.get("title") or ""
    lines = (known.get("text") or "").split("\n")
    text = [line for number, line in enumerate(lines) if not (number < 2 and line.strip() == page.story.title)]
    return "\n".join(text), title


def article_of(report: Report) -> str:
    return "\n".join(segment.span.of(report.text) for segment in report.segments if segment.kind in ARTICLE_KINDS)


def one_tag_a_line(source: str) -> str:
    """A page's pieces of text, each on its line; scripts and styles left out."""
    tree = lxml_html.document_fromstring(source)
    for element in list(tree.iter("script", "style", "head")):
        element.drop_tree()
    return "\n".join(words.strip() for words in tree.itertext() if words.strip())


def word_f1(words: str, article: str) -> float:
    got, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (words, article))
    common = sum((got & wanted).values())
    return 2 * common / (sum(got.values()) + sum(wanted.values())) if common else 0.0


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4)
