"""What the lines of a page are told by: small named rules, the first that speaks labels the line."""

import math
import re
from collections import Counter
from collections.abc import Callable

import msgspec

from verbale.ingest.day_words import HAS_DATE
from verbale.ingest.line_features import AGO
from verbale.ingest.line_scores import ARTICLE_AT, Scores
from verbale.ingest.lines import ENDS_SENTENCE, Line, word_count
from verbale.ingest.word_lists import furniture, lowered

UNCERTAIN_AT = ARTICLE_AT - 0.5
"""Whole sentences scoring between this and ARTICLE_AT are left to a person."""


class Label(msgspec.Struct, frozen=True):
    """What a line is for, and why it is thought so."""

    kind: str
    reason: str
    confidence: float = 0.9
    joins: bool = False
    """Whether it is one piece with the line above: a teaser's text with its headline."""


class Page(msgspec.Struct, frozen=True):
    """A page while it is cut: its lines, their scores, and the labels found so far."""

    text: str
    lines: list[Line]
    scores: Scores
    labels: list[Label | None]
    keys: list[str]
    """Each line's letters and digits, to compare lines by."""
    counts: Counter[str]

    def words(self, number: int) -> str:
        return self.lines[number].words if 0 <= number < len(self.lines) else ""


def is_body(page: Page, number: int) -> bool:
    label = page.labels[number] if 0 <= number < len(page.lines) else None
    return bool(label and label.kind == "body")


def chance(score: float) -> float:
    return round(1 / (1 + math.exp(-(score - ARTICLE_AT))), 2)


def is_headline(words: str) -> bool:
    count = word_count(words)
    return 3 <= count <= 30 and (not ENDS_SENTENCE.search(words) or words.endswith(("?", "!"))) \
        and not furniture().whole_kind(lowered(words)) and not words.endswith(":")


MAIL_HEAD = re.compile(r"(?:From|To|Cc|Sent|Date|Subject|От|Кому|Дата|Тема|Kimden|Kime|Tarih|Konu)\s?: \S.{0,200}$")


def is_mail_head(page: Page, number: int) -> bool:
    """Whether a line is of the head of a forwarded e-mail: not alone, but beside another such line."""
    if not MAIL_HEAD.match(page.words(number)):
        return False
    return any(MAIL_HEAD.match(page.words(near)) for near in (number - 1, number + 1))


Rule = Callable[[Page, int], Label | None]


def list_label(page: Page, number: int) -> Label | None:
    low = lowered(page.words(number))
    if furniture().whole_kind(low) == "teaser list label":
        return Label("teaser list label", f"heads a list of other stories: {page.words(number)!r}")
    if furniture().start_kind(low) == "teaser list label" and word_count(low) < 12:
        return Label("teaser list label", "begins as the head of a list of other stories does")
    return None


def empty_date(page: Page, number: int) -> Label | None:
    low = lowered(page.words(number))
    if furniture().whole_kind(low) != "date label" or HAS_DATE.search(low):
        return None
    if any(len(words) < 60 and HAS_DATE.search(words) for words in (page.words(number + 1), page.words(number + 2))):
        return Label("label", "names the date below it")
    return Label("empty date label", "a date was meant to stand here, and none does", 0.95)


def date_label(page: Page, number: int) -> Label | None:
    words = page.words(number)
    if word_count(words) <= 16 and (HAS_DATE.search(words) or AGO.search(words)) and len(words) < 90:
        return Label("date", "a short line with a date")
    return None


BYLINE = re.compile(r"^(?:by|written by|posted by|reported by|автор:?|текст:|yazar:?|haber:)\s+\S", re.IGNORECASE)
NAME = re.compile(r"^[^\W\d_a-zа-яё][\w’'.-]+(?:\s+(?:[^\W\d_a-zа-яё][\w’'.-]*|de|van|von|der|bin|al|el)){1,3}$")


AUTHOR_LABELS = ("by", "author", "автор", "yazar", "written by")


def byline_label(page: Page, number: int) -> Label | None:
    words = page.words(number)
    if BYLINE.match(words) and word_count(words) <= 14 and not ENDS_SENTENCE.search(words):
        return Label("byline", "begins with 'by' or its like, then a name")
    if lowered(page.words(number - 1)).strip(" :") in AUTHOR_LABELS and NAME.match(words):
        return Label("byline", "a name below the label of the author")
    return None


WAY_PARTS = re.compile(r"\s*[»›>→]\s*|\s+[/|\\]\s+")
WAY_END = re.compile(r"\w\s*[»›>→/|\\]\s*$")
WAY_KINDS = (None, "menu")


def _is_way(page: Page, number: int) -> bool:
    """Whether a line above the article is two or more names of pages, parted by marks ("News | UK | Politics")."""
    words = page.words(number)
    parts = WAY_PARTS.split(re.sub(r"^you are here:?\s*", "", words, flags=re.IGNORECASE))
    is_way = 2 <= len(parts) <= 6 and all(
        1 <= word_count(part) <= 3 and part[0].isupper() and not re.search(r"[\d.,:;!?]", part)
        and furniture().whole_kind(lowered(part)) in WAY_KINDS for part in parts)
    return is_way and not any(label and label.kind == "body" for label in page.labels[:number])


def breadcrumb_label(page: Page, number: int) -> Label | None:
    words = page.words(number)
    if _is_way(page, number):
        return Label("breadcrumb", "names of pages above the article, parted by marks", 0.8)
    if len(words) < 160 and re.match(r"(?:home|главная|ana ?sayfa)\b", words, re.IGNORECASE) \
            and re.search(r"[»›>/|→\\]|home[A-Z]", words):
        return Label("breadcrumb", "the way from the home page, parted by marks")
    return None


def caption_label(page: Page, number: int) -> Label | None:
    low = lowered(page.words(number))
    kinds = [furniture().start_kind(low), *furniture().inside_kinds(low)]
    if "photo" in kinds and word_count(low) < 60:
        return Label("caption", "names the maker of a picture")
    return None


def label_label(page: Page, number: int) -> Label | None:
    words = page.words(number)
    if is_mail_head(page, number):
        return Label("label", "of the head of a forwarded e-mail")
    low = lowered(words)
    kind = furniture().whole_kind(low)
    if kind in ("label", "date label", "author") or (words.endswith(":") and word_count(words) <= 3):
        return Label("label", "names what stands beside or below it")
    return None


WHAT_FURNITURE = {
    "share": "a button to share or follow", "menu": "an entry of the site's menu", "legal": "a legal notice",
    "subscribe": "an appeal to subscribe, join or pay", "comments": "part of the comments",
    "author": "about the author", "label": "a label with its value", "date label": "a label with its value",
    "teaser list label": "leads to other stories",
}


def _furniture(page: Page, number: int) -> Label | None:
    low = lowered(page.words(number))
    kind = furniture().whole_kind(low) or furniture().start_kind(low) or next(iter(furniture().inside_kinds(low)), None)
    if kind:
        return Label("furniture", WHAT_FURNITURE.get(kind, "a phrase that sites put around articles"))
    return None


SHORT, UNLIKE = "a short line outside the article", "looks and stands unlike the article's lines"
DOUBTFUL = "sentences that may or may not belong to the article"


def _repeated(page: Page, number: int) -> Label | None:
    if page.keys[number] and page.counts[page.keys[number]] > 1:
        return Label("furniture", "said more than once on the page", 0.8)
    return None


def _uncertain(page: Page, number: int) -> Label | None:
    words, score = page.words(number), float(page.scores[number])
    if score > UNCERTAIN_AT and word_count(words) >= 8 and ENDS_SENTENCE.search(words):
        return Label("uncertain", DOUBTFUL, 0.5)
    return None


def _other(page: Page, number: int) -> Label | None:
    if word_count(page.words(number)) < 8:
        return Label("furniture", SHORT, 0.8)
    return Label("furniture", UNLIKE, round(1 - chance(float(page.scores[number])), 2))


TOLD_BY_WORDS: tuple[Rule, ...] = (empty_date, list_label, breadcrumb_label, byline_label, date_label, label_label,
                                   caption_label)
"""Rules that know a line by what it says: what one of them labels is no title."""
RULES: tuple[Rule, ...] = (*TOLD_BY_WORDS, _uncertain, _furniture, _repeated, _other)
