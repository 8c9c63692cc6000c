"""Which language a text is in."""

import re
from collections import Counter
from functools import lru_cache

from verbale.ingest.word_lists import words_by_language

SAMPLE_LETTERS = 8_000
WORD = re.compile(r"[^\W\d_]+")
SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"), "zh": re.compile("[\u4e00-\u9fff]"), "ko": re.compile("[\uac00-\ud7af]"),
    "ar": re.compile("[\u0600-\u06ff]"), "he": re.compile("[\u0590-\u05ff]"), "el": re.compile("[\u0370-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"), "bn": re.compile("[\u0980-\u09ff]"), "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"), "hy": re.compile("[\u0530-\u058f]"), "ta": re.compile("[\u0b80-\u0bff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"), "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
OF_SCRIPT = {
    "cyrillic": ("ru", "uk", "bg", "sr"), "ar": ("ar", "fa"),
    "latin": ("en", "tr", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "ro", "hu", "id", "az"),
}
OWN_LETTERS = {
    "uk": "іїєґ",
    "ru": "ыэё",
    "sr": "ђјљњћџ",
    "bg": "ъ",
    "tr": "ğış",
    "az": "ə",
    "de": "ßäöü",
    "pl": "ąęłżź",
    "cs": "ěřů",
    "ro": "ășțâ",
    "hu": "őű",
    "sv": "åö",
    "pt": "ãõ",
    "es": "ñ¿¡",
    "fr": "êèœ",
    "fa": "پچژگ",
}
LEAST_WORDS = 3
"""A text with fewer words of its script's small words is called by its script's first language."""


SHORT_WORDS = 40
"""In a text of at most so many words names weigh too much: only words in lower case are asked there."""
NO_SIGN = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "met", "ten", "ter", "van", "von", "y")
)
"""Small words of other languages that stand in names, or mean something else, in English sentences too."""


def language_of(text: str) -> str | None:
    """The language's two letters; None where a text has hardly a letter.

    By script, then by the share of each language's small words; letters only one language uses add to it. A text of a
    few words in Latin letters without a small word is taken for English, the language read here.
    """
    sample = text[:SAMPLE_LETTERS]
    counts = {name: len(pattern.findall(sample)) for name, pattern in SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < 2:
        return None
    if script == "zh" and counts["ja"] > 0.05 * counts["zh"]:
        return "ja"
    if script not in OF_SCRIPT:
        return script
    plain = _without_names(sample) if script == "latin" else sample
    words, sample = Counter(WORD.findall(plain.lower())), plain if plain.isascii() else sample
    total = sum(words.values()) or 1
    lists = words_by_language()
    points = {language: _points(language, words, sample, lists.get(language, frozenset())) / total
              for language in OF_SCRIPT[script]}
    best = max(points, key=lambda language: points[language])
    return best if points[best] > 0 else OF_SCRIPT[script][0]


def _without_names(sample: str) -> str:
    """A short text's words in lower case, those that names hold left out; a longer text, and capitals alone, whole."""
    words = WORD.findall(sample)
    if len(words) > SHORT_WORDS:
        return sample
    plain = [word for number, word in enumerate(words) if word.islower() or (number == 0 and len(word) < 4)]
    plain = [word for word in plain if word not in NO_SIGN]
    return " ".join(plain) if any(word.islower() for word in words) else sample


@lru_cache(1)
def _sharers() -> Counter[str]:
    """In how many languages each small word is one."""
    return Counter(word for words in words_by_language().values() for word in words)


def _points(language: str, words: Counter[str], sample: str, small: frozenset[str]) -> float:
    """Small words, longer ones worth more and shared ones less, and letters that only this language uses."""
    found = sum(count * min(2.0, 0.6 + 0.3 * len(word)) / _sharers()[word] for word, count in words.items()
                if word in small)
    own = sum(sample.lower().count(letter) for letter in OWN_LETTERS.get(language, ""))
    return found + 0.3 * own
