"""Named features of a page's lines: what each looks like, what is around it, and whether the page says it twice."""

import re
from collections import Counter
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verbale.ingest.day_words import HAS_DATE
from verbale.ingest.lines import BULLET, ENDS_SENTENCE, WORD, Line
from verbale.ingest.word_lists import furniture, lowered, words_by_language

Matrix = NDArray[np.float32]

FEATURE_LANGUAGES = ("en", "ru", "tr", "de", "fr", "es", "it", "uk")
TRUNCATED = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\. \. \.)\s*$")
INNER_END = re.compile(r"[.!?…][\"”’»)\]]*\s+[\"“«‘(\[]?[A-ZА-ЯЁÇĞİÖŞÜ0-9]")
QUOTED = re.compile(r"[\"“«„].{12,400}?[\"”»“]")
ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?<!\w)@\w{3,}|\.com\b|\.org\b")
SAYS = frozenset(
    (
        "said",
        "says",
        "told",
        "added",
        "according",
        "announced",
        "noted",
        "stated",
        "explained",
        "сообщил",
        "сообщила",
        "заявил",
        "заявила",
        "отметил",
        "сказал",
        "dedi",
        "söyledi",
        "belirtti",
        "açıkladı",
        "kaydetti",
    )
)
AGO = re.compile(
    r"\b\d+\s*(?:h|hrs?|hours?|mins?|minutes?|days?|weeks?|months?|years?|d|yr|м|ч|мин|час|saat|dakika|gün)"
    r"\.?\s*(?:ago|read|назад|önce)\b",
    re.IGNORECASE,
)
BARS = re.compile(r"[|›»•→·]")
DIGIT = re.compile(r"\d")
PRICE = re.compile(r"[$€£₽₺]\s?\d|\d\s?[$€£₽₺]|\b\d+% off\b", re.IGNORECASE)
ADDRESSING = frozenset(("you", "your", "yours", "our", "we", "us", "вы", "вас", "ваш", "мы", "наш", "siz", "bizi"))

BANDS = (1, 2, 4, 8, 15, 30, 60)
OWN = (
    "no words", "1 word", "2-3 words", "4-7 words", "8-14 words", "15-29 words", "30-59 words", "60+ words",
    "log words", "ends sentence", "ends colon", "ends question", "truncated", "function words", "sentences", "quoted",
    "commas", "starts lower", "starts bullet", "title case", "all capitals", "digits", "dated", "short and dated",
    "time ago", "says", "address", "price", "addressing", "bars", "wide gaps", "gap above",
    "whole furniture", "starts furniture", "furniture inside", "teaser label", "share", "menu", "legal", "subscribe",
    "comments", "author", "label", "date label", "photo", "said before", "said again", "said thrice", "shared names",
    "shared words", "copyright",
)
OWN_PLACE = {name: number for number, name in enumerate(OWN)}
KIND_FEATURES = ("share", "menu", "legal", "subscribe", "comments", "author", "label", "date label", "photo")


@lru_cache(1)
def _small_words() -> frozenset[str]:
    return frozenset().union(*(words_by_language()[language] for language in FEATURE_LANGUAGES))


def folded(words: str) -> str:
    """Letters and digits in lower case, single spaces between words: how lines are compared."""
    return " ".join(WORD.findall(words.casefold()))


def own_features(page: list[Line]) -> Matrix:
    """What each line looks like by itself and how often the page repeats it: a row a line, a column a name in OWN."""
    found = np.zeros((len(page), len(OWN)), dtype=np.float32)
    keys = [folded(line.words) for line in page]
    counts = Counter(keys)
    seen: set[str] = set()
    for row, line, key in zip(found, page, keys):
        _shape(row, line.words)
        _phrases(row, line.words)
        row[OWN_PLACE["gap above"]] = line.gap
        if key:
            row[OWN_PLACE["said before"]] = key in seen
            row[OWN_PLACE["said again"]] = counts[key] > 1
            row[OWN_PLACE["said thrice"]] = counts[key] > 2
        seen.add(key)
    _shared(found, page)
    return found


def _shape(row: NDArray[np.float32], line: str) -> None:
    words = WORD.findall(line)
    count = len(words)
    at, small = OWN_PLACE, _small_words()
    row[at["no words"] + sum(count >= edge for edge in BANDS)] = 1
    row[at["log words"]] = np.log1p(count)
    if not count:
        return
    low = [word.lower() for word in words]
    tail = line[-12:]
    row[at["ends sentence"]] = ENDS_SENTENCE.search(tail) is not None
    row[at["ends colon"]] = line.endswith(":")
    row[at["ends question"]] = line.endswith("?")
    row[at["truncated"]] = TRUNCATED.search(tail) is not None
    row[at["function words"]] = len([1 for word in low if word in small]) / count if count > 3 else 0.2
    row[at["sentences"]] = min(4, len(INNER_END.findall(line))) if count > 3 else 0
    row[at["quoted"]] = count > 2 and QUOTED.search(line) is not None
    row[at["commas"]] = min(1, 5 * line.count(",") / count)
    row[at["starts lower"]] = line[0].islower()
    row[at["starts bullet"]] = BULLET.match(line) is not None
    row[at["title case"]] = len([1 for word in words if word[0].isupper()]) / count
    row[at["all capitals"]] = line.isupper() and count > 1
    row[at["says"]] = not SAYS.isdisjoint(low)
    row[at["address"]] = ADDRESS.search(line) is not None
    row[at["addressing"]] = min(1, 5 * len([1 for word in low if word in ADDRESSING]) / count)
    row[at["bars"]] = min(1, len(BARS.findall(line)) / 2)
    row[at["wide gaps"]] = min(1, 3 * line.count("  ") / count)
    row[at["copyright"]] = "©" in line
    digits = len(DIGIT.findall(line))
    if digits:
        row[at["digits"]] = min(1, 4 * digits / len(line))
        row[at["price"]] = PRICE.search(line) is not None
        if count < 25:
            dated = HAS_DATE.search(line) is not None
            row[at["dated"]] = dated
            row[at["short and dated"]] = dated and count < 10
            row[at["time ago"]] = AGO.search(line) is not None


def _phrases(row: NDArray[np.float32], line: str) -> None:
    lists, low = furniture(), lowered(line)
    kinds = []
    whole = lists.whole_kind(low)
    start = lists.start_kind(low)
    inside = lists.inside_kinds(low)
    if whole:
        row[OWN_PLACE["whole furniture"]] = 1
        kinds.append(whole)
    if start:
        row[OWN_PLACE["starts furniture"]] = 1
        kinds.append(start)
    row[OWN_PLACE["furniture inside"]] = min(2, len(inside))
    row[OWN_PLACE["teaser label"]] = "teaser list label" in kinds
    for kind in kinds + inside:
        if kind in OWN_PLACE:
            row[OWN_PLACE[kind]] = 1


def _shared(found: Matrix, page: list[Line]) -> None:
    """How many of a line's long words and names stand in the page's long paragraphs too (not counting itself)."""
    long_line = found[:, OWN_PLACE["log words"]] > np.log1p(24)
    small = _small_words()
    spread: Counter[str] = Counter()
    bags = [{word for word in WORD.findall(line.words) if len(word) > 3 and word.lower() not in small} for line in page]
    for bag, is_long in zip(bags, long_line):
        if is_long:
            spread.update(bag)
    for row, bag, is_long in zip(found, bags, long_line):
        if not bag:
            continue
        needed = 1 + int(is_long)
        names = [word for word in bag if word[0].isupper()]
        row[OWN_PLACE["shared words"]] = sum(spread[word] >= needed for word in bag) / len(bag)
        row[OWN_PLACE["shared names"]] = sum(spread[name] >= needed for name in names) / len(names) if names else 0.3


NEAR = ("log words", "ends sentence", "function words", "truncated", "title case", "whole furniture", "said again",
        "short and dated", "teaser label", "sentences", "gap above", "menu", "share", "comments", "says", "time ago")
STEPS = (-3, -2, -1, 1, 2, 3)
WIDE = (
    "log words",
    "ends sentence",
    "function words",
    "whole furniture",
    "starts furniture",
    "title case",
    "truncated",
    "said again",
    "addressing",
    "sentences",
    "shared words",
)
REACH = 6
ABOVE_ONLY = ("teaser label", "comments", "legal", "share", "subscribe")
PLACE = ("near the top", "share of lines", "share of words above", "share of words below", "few lines", "many lines",
         "prose above", "prose below", "is first line", "is last line")


def names() -> list[str]:
    """The names of all features, in the order of `features`' columns."""
    return [
        *OWN,
        *(f"{name} at {step:+d}" for step in STEPS for name in NEAR),
        *(f"{name} within {REACH} {side}" for side in ("above", "below") for name in WIDE),
        *(f"{name} last above" for name in ABOVE_ONLY),
        *PLACE,
        *(f"{short} x {other}" for short, other in CROSSED),
    ]


CROSSED = (
    ("ends sentence", "log words"), ("ends sentence", "function words"), ("truncated", "log words"),
    ("function words", "log words"), ("title case", "log words"), ("log words", "prose above"),
    ("log words", "prose below"), ("4-7 words", "prose above"), ("4-7 words", "prose below"),
    ("2-3 words", "prose above"), ("2-3 words", "prose below"), ("8-14 words", "prose above"),
    ("8-14 words", "prose below"), ("ends sentence", "prose above"), ("ends sentence", "prose below"),
    ("shared words", "log words"), ("shared names", "log words"),
)


def features(page: list[Line]) -> Matrix:
    """Every feature of every line: its own, its neighbours', and where in the page it stands."""
    own = own_features(page)
    parts = [own]
    near = own[:, [OWN_PLACE[name] for name in NEAR]]
    for step in STEPS:
        parts.append(_moved(near, step))
    wide = own[:, [OWN_PLACE[name] for name in WIDE]]
    parts += [_mean_of(wide, -REACH), _mean_of(wide, REACH)]
    prose = (own[:, OWN_PLACE["log words"]] > np.log1p(19)) & (own[:, OWN_PLACE["ends sentence"]] > 0) \
        & (own[:, OWN_PLACE["truncated"]] == 0)
    short = own[:, OWN_PLACE["log words"]] < 2.5
    parts.append(np.stack([_fading(own[:, OWN_PLACE[name]] * short, prose) for name in ABOVE_ONLY], axis=1))
    place = _places(own)
    parts.append(place)
    column = {**{name: own[:, number] for name, number in OWN_PLACE.items()},
              **{name: place[:, number] for number, name in enumerate(PLACE)}}
    parts.append(np.stack([column[one] * column[other] for one, other in CROSSED], axis=1))
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _moved(values: Matrix, step: int) -> Matrix:
    """The rows `step` further down, zero beyond the page."""
    found = np.zeros_like(values)
    if abs(step) < len(values):
        if step > 0:
            found[:-step] = values[step:]
        else:
            found[-step:] = values[:step]
    return found


def _mean_of(values: Matrix, reach: int) -> Matrix:
    """The mean of the `reach` rows below (or above, where negative), the row itself left out."""
    sums = np.concatenate([np.zeros((1, values.shape[1]), np.float32), np.cumsum(values, axis=0, dtype=np.float32)])
    here = np.arange(len(values))
    low = here + 1 if reach > 0 else np.maximum(0, here + reach)
    high = np.minimum(len(values), here + 1 + reach) if reach > 0 else here
    return (sums[high] - sums[low]) / abs(reach)


def _fading(marks: NDArray[np.float32], prose: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 below a mark, less and less with each line, and much less after each long sentence."""
    found, strength = np.zeros_like(marks), 0.0
    for number, mark in enumerate(marks):
        found[number] = strength
        strength = max(float(mark > 0), strength * (0.4 if prose[number] else 0.85))
    return found


def _places(own: Matrix) -> Matrix:
    count = len(own)
    here = np.arange(count, dtype=np.float32)
    size = np.expm1(own[:, OWN_PLACE["log words"]])
    total = max(1.0, float(size.sum()))
    above = (np.cumsum(size) - size) / total
    prose = size * (own[:, OWN_PLACE["ends sentence"]] > 0) * (own[:, OWN_PLACE["function words"]] > 0.2)
    prose = np.minimum(prose, 60) * (size >= 8)
    kernel = 0.8 ** np.arange(12)
    prose_above = np.convolve(prose, kernel)[:count] - prose
    prose_below = np.convolve(prose[::-1], kernel)[:count][::-1] - prose
    flat = np.ones(count, dtype=np.float32)
    columns = (1 / (1 + here / 5), here / max(1, count - 1), above, 1 - above - size / total,
               flat * (count <= 12), flat * (count > 150), np.log1p(prose_above), np.log1p(prose_below),
               (here == 0).astype(np.float32), (here == count - 1).astype(np.float32))
    return np.stack(columns, axis=1).astype(np.float32)
