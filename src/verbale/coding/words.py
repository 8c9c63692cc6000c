"""The words of a reading in one list, with its trees joined: what the deciders about statements look at."""

from bisect import bisect_left, bisect_right
from functools import lru_cache

from verbale.model.reading import ROOT, Quotation, Reading, Token
from verbale.model.span import Span

NO_QUOTE = -1


class Words:
    """A reading's tokens, numbered through; heads, children and subtree edges by that number.

    `left[i]` and `right[i]` are the first and last token of the subtree of i, within its sentence. `quote[i]` is the
    number of the outermost quotation that holds token i (its marks included), or NO_QUOTE.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.tokens: list[Token] = []
        self.sentence: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        self.head: list[int] = []
        for number, sentence in enumerate(reading.sentences):
            first = len(self.tokens)
            self.bounds.append((first, first + len(sentence.tokens)))
            for token in sentence.tokens:
                self.tokens.append(token)
                self.sentence.append(number)
                self.head.append(ROOT if token.head == ROOT else first + token.head)
        self.start = [token.start for token in self.tokens]
        self.stop = [token.stop for token in self.tokens]
        self.form = [token.text.lower() for token in self.tokens]
        self.lemma = [token.lemma.lower() for token in self.tokens]
        self.upos = [token.upos for token in self.tokens]
        self.relation = [token.relation for token in self.tokens]
        self.bare = [token.bare_relation for token in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for place, head in enumerate(self.head):
            if head != ROOT:
                self.children[head].append(place)
        self.left, self.right = self._edges()
        self.quotations: list[Quotation] = [one for one in reading.quotations if one.level == 1]
        self.quote = self._quotes()
        self.name = self._names()
        self.is_word = [any(letter.isalnum() for letter in token.text) for token in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def _edges(self) -> tuple[list[int], list[int]]:
        left, right = list(range(len(self.tokens))), list(range(len(self.tokens)))
        for first, after in self.bounds:
            for place in _leaves_first(self.head, self.children, first, after):
                head = self.head[place]
                if head != ROOT:
                    left[head] = min(left[head], left[place])
                    right[head] = max(right[head], right[place])
        return left, right

    def _quotes(self) -> list[int]:
        inside = [NO_QUOTE] * len(self.tokens)
        for number, quotation in enumerate(self.quotations):
            for place in self.places(quotation.outer):
                if inside[place] == NO_QUOTE:
                    inside[place] = number
        return inside

    def _names(self) -> list[str]:
        """The label of the proper name that each token is part of, "" for none."""
        labels = [""] * len(self.tokens)
        for name in self.reading.names:
            for place in self.places(name.span):
                labels[place] = name.label
        return labels

    def places(self, span: Span) -> range:
        """Numbers of the tokens that share a letter with a span."""
        return range(bisect_right(self.stop, span.start), bisect_left(self.start, span.stop))

    def span(self, first: int, last: int) -> Span:
        """The letters from the first to the last token, both counted in."""
        return Span(self.start[first], self.stop[last])

    def words(self, first: int, last: int) -> str:
        return self.text[self.start[first] : self.stop[last]]

    def bounds_of(self, place: int) -> tuple[int, int]:
        """First token of a token's sentence, and the one after its last."""
        return self.bounds[self.sentence[place]]

    def below(self, place: int, *relations: str) -> list[int]:
        """Tokens that hang on one, in text order; `obl` takes its subtypes in."""
        if not relations:
            return self.children[place]
        return [
            child
            for child in self.children[place]
            if self.relation[child] in relations or self.bare[child] in relations
        ]

    def has_below(self, place: int, *relations: str) -> bool:
        return any(self.relation[child] in relations or self.bare[child] in relations for child in self.children[place])

    def case(self, place: int) -> str:
        """The preposition of a nominal ("of"), or "" where it has none."""
        for child in self.children[place]:
            if self.bare[child] == "case":
                return self.lemma[child]
        return ""

    def mark(self, place: int) -> str:
        """The subordinating word of a clause ("that", "as"), or ""."""
        for child in self.children[place]:
            if self.bare[child] == "mark":
                return self.lemma[child]
        return ""

    def hangs_under(self, place: int, above: int) -> bool:
        """Whether a token is another, or stands in its subtree."""
        while place != ROOT:
            if place == above:
                return True
            place = self.head[place]
        return False

    def has(self, place: int, feature: str) -> bool:
        return feature in self.tokens[place].features.split("|")


def _leaves_first(heads: list[int], children: list[list[int]], first: int, after: int) -> list[int]:
    """The tokens of one sentence, each after all that hang on it."""
    order = [place for place in range(first, after) if heads[place] == ROOT]
    for place in order:
        order.extend(children[place])
    order.reverse()
    return order


@lru_cache(50_000)
def stem(lemma: str) -> str:
    """A lemma without a last e or doubled letter: "insiste" and "slamm" of a tagger's slip meet "insist" and "slam"."""
    if len(lemma) > 3 and lemma.endswith("e"):
        lemma = lemma[:-1]
    if len(lemma) > 3 and lemma[-1] == lemma[-2] and lemma[-1] not in "aeiou":
        lemma = lemma[:-1]
    return lemma
