"""How many: "three times", "more than 10 telephone conversations", "a third meeting", "twice"."""

import re

import msgspec

from verbale.coding.contacts_lexicon import ContactWords
from verbale.model.reading import Sentence, Token

FURTHEST_BOUND = 4  # "well in excess of ten": the longest bound we know has four words


class Count(msgspec.Struct, frozen=True):
    """A number of times, how it is bounded, and the words that say it (first and last place in the sentence)."""

    value: int
    bound: str
    first: int
    last: int
    is_ordinal: bool = False


def count_before(sentence: Sentence, noun: Token, words: ContactWords) -> Count | None:
    """The count that stands before a noun: "10" in "more than 10 telephone conversations", "third" in "a third
    meeting".
    """
    below = [
        token for token in sentence.below(noun.place) if token.place < noun.place and not _is_day(sentence, token)
    ]
    for token in reversed(below):
        if token.bare_relation == "nummod" or (
            token.bare_relation in ("amod", "compound", "det", "advmod", "obl", "nmod")
            and number_of(token, words) is not None
        ):
            value = value_of(sentence, token, words)
            if value is not None:
                return bounded(sentence, token, value, noun.place, words)
    for token in below:
        ordinal = ordinal_of(token, words)
        if ordinal is not None and token.bare_relation in ("amod", "nummod", "compound", "advmod"):
            return Count(ordinal, "exactly", token.place, noun.place, is_ordinal=True)
    return None


MONTHS = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)


def _is_day(sentence: Sentence, token: Token) -> bool:
    """Whether a number is a day of a month, or its year: "the June 29 talks", "the 29 June talks"."""
    if not token.text[:1].isdigit():
        return False
    beside = sentence.tokens[max(0, token.place - 1) : token.place + 2]
    return any(MONTHS.fullmatch(other.text) for other in beside)


def bounded(sentence: Sentence, number: Token, value: int, last: int, words: ContactWords) -> Count:
    """A number with the words before or after it that make it "more than", "at least" or "about"."""
    forms = [token.text.lower() for token in sentence.tokens]
    first = number.place
    while (
        first and (forms[first - 1] in words.numbers or forms[first - 1] in ("a", "half")) and forms[first - 1] != "one"
    ):
        first -= 1
    for length in range(FURTHEST_BOUND, 0, -1):
        start = first - length
        bound = words.phrases.get("bound", {}).get(tuple(forms[start:first])) if start >= 0 else None
        if bound:
            return Count(value, bound, start, last)
    for after in (number.place + 1, last + 1):
        for length in (2, 1):
            bound = words.phrases.get("bound after", {}).get(tuple(forms[after : after + length]))
            if bound:
                return Count(value, bound, first, max(last, after + length - 1))
    bound = "at least" if forms[number.place].endswith(("+", "-plus")) else "exactly"
    return Count(value, bound, first, last)


def number_of(token: Token, words: ContactWords) -> int | None:
    """The value of one number word or numeral; None where it is none, or no whole number."""
    form = token.text.lower().removesuffix("-plus").removesuffix("+").replace(",", "")
    if re.fullmatch(r"\d{1,4}", form):
        return int(form)
    if form in words.numbers:
        return words.numbers[form]
    tens, _, ones = form.partition("-")
    if tens in words.numbers and ones in words.numbers:
        return words.numbers[tens] + words.numbers[ones]
    return None


def value_of(sentence: Sentence, token: Token, words: ContactWords) -> int | None:
    """A number with its multiplier: "two dozen", "half a dozen", "a dozen"."""
    value = number_of(token, words)
    if value is None:
        return None
    before = [sentence.tokens[place].text.lower() for place in range(max(0, token.place - 2), token.place)]
    if token.text.lower() in ("dozen", "hundred") and before:
        if before[-1] in words.numbers:
            return words.numbers[before[-1]] * value
        if before[-2:] == ["half", "a"] or before[-1] == "half":
            return value // 2
    return value


def ordinal_of(token: Token, words: ContactWords) -> int | None:
    """3 for "third" and "3rd"; None for any other word."""
    form = token.text.lower()
    if form in words.ordinals:
        return words.ordinals[form]
    numeral = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", form)
    if numeral:
        return int(numeral[1])
    tens, _, ones = form.partition("-")
    if tens in words.numbers and ones in words.ordinals:
        return words.numbers[tens] + words.ordinals[ones]
    return None
