"""A page's text without its HTML, cut into labelled segments; together they hold every word of the text."""

import re
from collections import Counter

import msgspec

from verbale.ingest.datelines import dateline
from verbale.ingest.likeness import bare, head_stop, same, tail_start, trimmed
from verbale.ingest.line_features import TRUNCATED
from verbale.ingest.line_scores import ARTICLE_AT, Scores, line_scores
from verbale.ingest.lines import ENDS_SENTENCE, WORD, lines, word_count
from verbale.ingest.page_rules import (
    DOUBTFUL,
    RULES,
    SHORT,
    TOLD_BY_WORDS,
    UNLIKE,
    WAY_END,
    WHAT_FURNITURE,
    Label,
    Page,
    chance,
    date_label,
    empty_date,
    is_body,
    is_headline,
    is_mail_head,
    list_label,
)
from verbale.ingest.titles import title_line
from verbale.ingest.word_lists import furniture, lowered
from verbale.model.report import Segment
from verbale.model.span import Span

SURE_FURNITURE = 2.0
"""A line that is nothing but a furniture phrase stays in the article only if it scores above this ("Comments")."""


def segments(text: str, title: str | None = None) -> tuple[Segment, ...]:
    """Every part of a page's text with its label and reason, in order.

    `title` is the title where it is known from elsewhere. A text without a single line of an article has no body; the
    reasons say so. An empty text has no segments.
    """
    found = lines(text)
    keys = [bare(line.words) for line in found]
    page = Page(text, found, line_scores(found), [None] * len(found), keys, Counter(keys))
    _mark_article(page)
    _grow(page)
    _trim(page)
    _mark_comments(page)
    at = title_line(page.lines, _settled(page), title)
    if at is not None and not _is_first_sentence(page, at):
        page.labels[at] = Label("title", _title_reason(page, at, title), 0.95)
    if at is None:
        _mark_plain_title(page)
        _mark_near_title(page)
    _mark_first_line(page)
    _mark_teasers(page)
    for number, label in enumerate(page.labels):
        if label is None:
            page.labels[number] = _label_of(page, number, at)
    _fill_gaps(page)
    return _numbered(_assembled(page, at), page)


def _mark_plain_title(page: Page) -> None:
    """The first line of a text that has nothing else above its article: its headline, however short."""
    first = next((number for number, label in enumerate(page.labels) if label and label.kind == "body"), 0)
    if first != 1 or page.labels[0] is not None or len(page.lines) < 2:
        return
    words = page.words(0)
    is_wordy = 1 <= word_count(words) <= 30 and any(len(word) > 3 for word in WORD.findall(words))
    if is_wordy and not ENDS_SENTENCE.search(words) and not any(
            rule(page, 0) for rule in TOLD_BY_WORDS) \
            and not furniture().whole_kind(lowered(words)):
        page.labels[0] = Label("title", "first line, and the only one above the article", 0.7)


OF_THE_HEAD = tuple(rule for rule in TOLD_BY_WORDS if rule not in (empty_date, list_label))
TITLE_REACH = 10
"""How many lines above the article its headline may stand, with dates, buttons and teasers between."""


def _mark_near_title(page: Page) -> None:
    """The last headline above the article, in no list of other stories, whose names the article holds."""
    first = next((number for number, label in enumerate(page.labels) if label and label.kind == "body"), 0)
    if any(label and label.kind == "title" for label in page.labels):
        return
    article = {word.casefold() for number, label in enumerate(page.labels) if label and label.kind == "body"
               for word in WORD.findall(page.words(number))}
    in_list = False
    for number in range(max(0, first - TITLE_REACH), first):
        words = page.words(number)
        in_list = in_list or list_label(page, number) is not None
        names = [word for word in WORD.findall(words) if word[0].isupper() and len(word) > 3]
        known = sum(re.sub(r"['’]s$", "", word.casefold()) in article for word in names)
        is_own = len(names) >= 2 and known >= 2 and known >= 0.5 * len(names) and not in_list
        if is_own and is_headline(words) and page.labels[number] is None and word_count(words) >= 5 \
                and not TRUNCATED.search(page.words(number + 1)) and not any(
                    rule(page, number) for rule in OF_THE_HEAD):
            page.labels[number] = Label("title", "headline above the article that shares its names", 0.7)
            return


SIGNED = re.compile(r"^(?:[^\W\d_a-zа-яё][\w’'.-]*\s+){1,4}[^\W\d_a-zа-яё][\w’'.-]*,\s+[^\W\d_].{2,80}[^.!?:;,…]$")


def _mark_first_line(page: Page) -> None:
    """An article's first line that is no sentence: a person and his office, an office alone, or the headline."""
    first = next((number for number, label in enumerate(page.labels) if label and label.kind == "body"), None)
    if first is None or not is_body(page, first + 1):
        return
    words, below = page.words(first), page.words(first + 1)
    count = word_count(words)
    if ENDS_SENTENCE.search(words) or words.endswith(":") or not ENDS_SENTENCE.search(below) or len(below) < len(words):
        return
    if count <= 14 and SIGNED.match(words):
        page.labels[first] = Label("byline", "a name and an office above the first sentence", 0.85)
    elif count < 5:
        page.labels[first] = Label("label", "a few words above the first sentence", 0.7)
    elif count <= 25 and not any(label and label.kind == "title" for label in page.labels):
        page.labels[first] = Label("title", "a line without a full stop above the first sentence", 0.7)


COMMENTS = re.compile(r"(?:\d+\s+)?(?:reader\s+)?(?:comments?|комментари[ийяев]{1,2}|yorum(?:lar)?)"
                      r"\s*[:(]?\s*\d*\s*\)?", re.IGNORECASE)
LEAST_ABOVE_COMMENTS = 60
"""Words of the article that stand above the head of its comments; with fewer it is a link to them."""


def _mark_comments(page: Page) -> None:
    """Nothing below the head of the comments is the article's, however much it is like sentences."""
    words_above = 0
    for number, line in enumerate(page.lines):
        if is_body(page, number):
            words_above += word_count(line.words)
        elif words_above >= LEAST_ABOVE_COMMENTS and COMMENTS.fullmatch(line.words):
            for below in range(number + 1, len(page.lines)):
                page.labels[below] = Label("furniture", WHAT_FURNITURE["comments"], 0.8)
            return


MOST_IN_GAP = 2
GAP_AT = ARTICLE_AT - 1.25


def _fill_gaps(page: Page) -> None:
    """A line or two between parts of the article, not told as furniture by any phrase: sub-heads and items of lists."""
    number = 0
    while number < len(page.lines):
        stop = number
        while stop < len(page.lines) and _may_fill(page, stop):
            stop += 1
        if number < stop and stop - number <= MOST_IN_GAP and is_body(page, number - 1) and is_body(page, stop):
            for place in range(number, stop):
                page.labels[place] = Label("body", "sentences of the article", 0.5)
        number = max(stop, number + 1)


def _may_fill(page: Page, number: int) -> bool:
    label = page.labels[number]
    is_vague = label is not None and label.reason in (SHORT, UNLIKE, BREAKS_OFF, DOUBTFUL)
    return is_vague and page.scores[number] > GAP_AT


def _settled(page: Page) -> Scores:
    """The scores, with lines that were found to be furniture pushed below the article's."""
    scores = page.scores.copy()
    for number, label in enumerate(page.labels):
        if label is None or label.kind != "body":
            scores[number] = min(scores[number], ARTICLE_AT - 1)
    return scores


def _is_first_sentence(page: Page, at: int) -> bool:
    """A text's only line, or a sentence with its full stop above no other: an article without a title."""
    label, words = page.labels[at], page.words(at)
    return bool(label and label.kind == "body" and ENDS_SENTENCE.search(words) and not words.endswith(("?", "!")))


def _title_reason(page: Page, at: int, known: str | None) -> str:
    if known and same(page.words(at), known):
        return "says what the page's own title says"
    if page.counts[page.keys[at]] > 1:
        return "stands above the article and is said twice"
    if any(key.endswith(page.keys[at]) for key in page.keys[:at]):
        return "stands above the article and is repeated after the breadcrumb"
    return "headline above the article that shares its words"


def _mark_article(page: Page) -> None:
    in_list = False
    for number, (line, score) in enumerate(zip(page.lines, page.scores)):
        phrase = furniture().whole_kind(lowered(line.words))
        if is_mail_head(page, number):
            continue
        in_list = phrase == "teaser list label" or (in_list and is_headline(line.words))
        if score <= ARTICLE_AT or ((phrase or in_list) and score < SURE_FURNITURE):
            continue
        if TRUNCATED.search(line.words) and is_headline(page.words(number - 1)) and score < SURE_FURNITURE:
            continue
        page.labels[number] = Label("body", "sentences of the article", chance(float(score)))


GROW_AT = ARTICLE_AT - 1.5
"""Whole sentences next to the article are its own down to this score: no cost on long pages, and short ones gain."""


LEAD_AT = GROW_AT - 1
LEAD_WORDS = 16
"""A long sentence right above the article, such as a lead that stands below teasers, may score as low as this."""


def _grow(page: Page) -> None:
    """Takes in the sentences that touch the article, above and below, unless a phrase of furniture is in them."""
    for step in (1, -1):
        numbers = range(len(page.lines)) if step == 1 else range(len(page.lines) - 1, -1, -1)
        for number in numbers:
            if page.labels[number] is None and is_body(page, number - step) and _is_prose(page, number) \
                    and not is_mail_head(page, number):
                page.labels[number] = Label("body", "sentences of the article", 0.5)


def _trim(page: Page) -> None:
    """Takes away headings above the first whole sentence of the article and below its last: other stories, a title."""
    body = [number for number, label in enumerate(page.labels) if label and label.kind == "body"]
    whole = [number for number in body if ENDS_SENTENCE.search(page.words(number)[-12:])
             and word_count(page.words(number)) >= LEAST_WHOLE]
    if len(whole) < 2:
        return
    for number in body:
        is_outside = number < whole[0] or number > whole[-1]
        words = page.words(number)
        leads_in = number + 1 == whole[0] and (words.endswith(":") or word_count(words) >= 5)
        is_short = word_count(words) < LEAST_OF_PROSE
        if is_outside and is_short and not leads_in and not ENDS_SENTENCE.search(words[-12:]):
            page.labels[number] = None


LEAST_OF_PROSE = 15
"""A line of so many words is no headline, though no full stop ends it: word F1 0.955 with this bound, 0.951 without."""
LEAST_WHOLE = 8
"""Words of a whole sentence that is surely the article's."""


def _is_prose(page: Page, number: int) -> bool:
    words = page.words(number)
    is_lead = word_count(words) >= LEAD_WORDS and is_body(page, number + 1)
    is_weak = page.scores[number] <= (LEAD_AT if is_lead else GROW_AT)
    if is_weak or word_count(words) < 12 or not ENDS_SENTENCE.search(words[-12:]):
        return False
    low = lowered(words)
    return not TRUNCATED.search(words[-12:]) and not furniture().start_kind(low) and not furniture().inside_kinds(low)


BREAKS_OFF = "breaks off in the middle: the head of another story"


def _mark_teasers(page: Page) -> None:
    """Headline and cut-off text are one teaser; so is each headline under the label of a list."""
    for number, label in enumerate(page.labels):
        words = page.words(number)
        if label is not None or not TRUNCATED.search(words) or not 4 <= word_count(words) <= 80:
            continue
        above = number - 1
        if above >= 0 and page.labels[above] is None and is_headline(page.words(above)):
            page.labels[above] = Label("teaser", "headline above a text that breaks off", 0.95)
            page.labels[number] = Label("teaser", BREAKS_OFF, 0.95, joins=True)
        else:
            page.labels[number] = Label("teaser", BREAKS_OFF, 0.8)
    in_list = False
    for number, label in enumerate(page.labels):
        if label is None and list_label(page, number):
            in_list = True
        elif label is None and in_list and is_headline(page.words(number)) and not date_label(page, number):
            page.labels[number] = Label("teaser", "headline in a list of other stories", 0.75)
        elif (
            (label is not None
            and label.kind in ("body", "title"))
            or (label is None
            and furniture().whole_kind(lowered(page.words(number))))
        ):
            in_list = False


def _label_of(page: Page, number: int, title: int | None) -> Label:
    if title is not None and number != title and (parts := _copy_parts(page, number, title)):
        if number < title and WAY_END.search(page.words(number)[: parts[0]]):
            return Label("breadcrumb", "the way from the home page down to the title, parted by marks", 0.9)
        return Label("title copy", "repeats the title", 0.95)
    for rule in RULES:
        label = rule(page, number)
        if label:
            return label
    raise AssertionError("the last rule labels every line")


def _copy_parts(page: Page, number: int, title: int) -> tuple[int, int] | None:
    """Where in a line the title is repeated: all of it, its end (after a breadcrumb) or its head (before a site)."""
    line, wanted = page.words(number), page.words(title)
    if len(page.keys[title]) < 8 or page.keys[title] not in page.keys[number]:
        return None
    if page.keys[number] == page.keys[title]:
        return 0, len(line)
    start = tail_start(line, wanted)
    if start is not None and start < 120:
        return start, len(line)
    stop = head_stop(line, wanted)
    if stop is not None and re.match(r"\s*(?:$|[|–—-]\s.{2,60}$)", line[stop:]):
        return 0, stop
    return None


def _assembled(page: Page, title: int | None) -> list[Segment]:
    found: list[Segment] = []
    for number, label in enumerate(page.labels):
        assert label is not None
        span = page.lines[number].span
        if label.kind == "title copy" and title is not None:
            found += _copy_segments(page, number, title, label)
        elif found and (label.joins or _is_one_piece(found[-1], label)):
            last = found.pop()
            found.append(Segment(last.kind, Span(last.span.start, span.stop), last.reason,
                                 round(min(last.confidence, label.confidence), 2)))
        elif label.kind == "title":
            mark = _HASHES.match(page.lines[number].words)
            found.append(Segment(label.kind, Span(span.start + (mark.end() if mark else 0), span.stop), label.reason,
                                 label.confidence))
        elif label.kind == "body":
            found += _with_dateline(page, span, label, is_first=not any(one.kind == "body" for one in found))
        else:
            found.append(Segment(label.kind, span, label.reason, label.confidence))
    return found


_HASHES = re.compile(r"#{1,6}\s+")
"""Before a heading of Markdown."""


def _is_one_piece(last: Segment, label: Label) -> bool:
    if last.kind != label.kind or label.kind not in ("body", "furniture", "uncertain"):
        return False
    return label.kind == "body" or last.reason == label.reason


def _with_dateline(page: Page, span: Span, label: Label, is_first: bool) -> list[Segment]:
    head = dateline(page.text, span.start, span.stop) if is_first else None
    if head is None:
        return [Segment("body", span, label.reason, label.confidence)]
    return [Segment("dateline", trimmed(page.text, head.span), "place, day or agency before the first sentence", 0.95),
            Segment("body", Span(head.span.stop, span.stop), label.reason, label.confidence)]


def _copy_segments(page: Page, number: int, title: int, label: Label) -> list[Segment]:
    """A repeated title, parted from the breadcrumb glued before it or the site's name after it."""
    parts = _copy_parts(page, number, title)
    assert parts is not None
    line = page.lines[number].span
    copy = Span(line.start + parts[0], line.start + parts[1])
    before, after = trimmed(page.text, Span(line.start, copy.start)), trimmed(page.text, Span(copy.stop, line.stop))
    found = [Segment("title copy", copy, label.reason, label.confidence)]
    if len(before):
        found.insert(0, Segment("breadcrumb", before, "stands before the repeated title", 0.9))
    if len(after):
        found.append(Segment("furniture", after, "the site's name after the repeated title", 0.9))
    return found


def _numbered(found: list[Segment], page: Page) -> tuple[Segment, ...]:
    """The segments, each title copy with the number of the title's."""
    title = next((number for number, segment in enumerate(found) if segment.kind == "title"), None)
    return tuple(msgspec.structs.replace(segment, copy_of=title) if segment.kind == "title copy" else segment
                 for segment in found)
