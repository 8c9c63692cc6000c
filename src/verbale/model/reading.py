"""A reading: the language analysis of a report."""

from functools import cache, cached_property

import msgspec

from verbale.model.report import Report
from verbale.model.span import Span, covering
from verbale.model.when import TimeExpression

ROOT = -1


@cache
def _bare(relation: str) -> str:
    """A relation without its subtype. There are some fifty; the coder asks for them a thousand times a report."""
    return relation.split(":", 1)[0]


class Token(msgspec.Struct, frozen=True):
    """A word of Universal Dependencies: where it stands, what it is, and what it hangs on."""

    place: int
    """Number within its sentence, from 0."""
    start: int
    stop: int
    text: str
    """As read, letter repairs applied; the stored letters are `report.text[start:stop]`."""
    lemma: str
    upos: str
    features: str
    """UD features kept by the model, as `Mood=Ind|Tense=Past|VerbForm=Fin`; `_` where none."""
    head: int
    """Place of the word it hangs on in the same sentence; ROOT for the root."""
    relation: str
    """UD relation with its subtype: nsubj, nsubj:pass, acl:relcl ..."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.stop)

    @property
    def bare_relation(self) -> str:
        return _bare(self.relation)

    def has(self, feature: str) -> bool:
        """Whether a feature is set, given as `Tense=Past`."""
        return feature in self.features and feature in self.features.split("|")  # most have it not: found out sooner


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """A sentence with its tree. `paragraph` and `segment` number the text's paragraphs and the report's segments."""

    number: int
    span: Span
    tokens: tuple[Token, ...]
    paragraph: int
    segment: int

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Places of the words that hang on each word, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != ROOT:
                below[token.head].append(token.place)
        return tuple(map(tuple, below))

    @cached_property
    def root(self) -> Token | None:
        return next((token for token in self.tokens if token.head == ROOT), None)

    def below(self, place: int, *relations: str) -> list[Token]:
        """Words that hang on a word, in text order; by relation where some are named (`obl` takes its subtypes in)."""
        found = [self.tokens[child] for child in self.children[place]]
        if not relations:
            return found
        return [token for token in found if token.relation in relations or token.bare_relation in relations]

    def subtree(self, place: int) -> list[int]:
        """Places of a word and of all words under it, in text order."""
        found, open_places = [], [place]
        while open_places:
            here = open_places.pop()
            found.append(here)
            open_places += self.children[here]
        return sorted(found)

    def subtree_span(self, place: int) -> Span:
        return covering([self.tokens[here].span for here in self.subtree(place)])

    def token_at(self, letter: int) -> Token | None:
        """The token that holds a place of the text; None between tokens and outside."""
        return next((token for token in self.tokens if token.start <= letter < token.stop), None)

    def tokens_in(self, span: Span) -> list[Token]:
        return [token for token in self.tokens if token.start < span.stop and span.start < token.stop]

    def head_of(self, span: Span) -> Token | None:
        """The word of a span that the others in it hang on: the first whose head lies outside."""
        inside = self.tokens_in(span)
        places = {token.place for token in inside}
        return next((token for token in inside if token.head not in places), None)


class Name(msgspec.Struct, frozen=True):
    """A proper name, as the model saw it: PER, ORG, LOC (states and places) or NORP (nationalities)."""

    span: Span
    sentence: int
    label: str
    confidence: float = 1.0


class Quotation(msgspec.Struct, frozen=True):
    """A stretch between quotation marks. `outer` holds the marks, `inner` the words between them.

    A quotation that runs over paragraphs, each reopened with a mark, is one record a paragraph, tied by `continues`.
    """

    outer: Span
    inner: Span
    level: int = 1
    """1 outermost, 2 inside another."""
    continues: int | None = None
    """Number of the quotation this one carries on; None where it begins anew."""
    defects: tuple[str, ...] = ()
    """What is wrong with its marks: `unclosed`, `unopened`, `wrong mark at 88: U+201C for U+201D`."""


class Reading(msgspec.Struct, frozen=True):
    """A report's sentences, names, quotations and times. Only body and title are read; furniture is not."""

    report: Report
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    times: tuple[TimeExpression, ...] = ()

    def sentence_at(self, letter: int) -> Sentence | None:
        """The sentence that holds a place of the text."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.stop <= letter:
                low = middle + 1
            else:
                high = middle
        found = self.sentences[low] if low < len(self.sentences) else None
        return found if found and found.span.start <= letter else None
