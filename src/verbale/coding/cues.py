"""Which words report speech or thought: verbs, nouns, adjectives and marks that may be cues, and how likely each is.

Counted on PolNeAR's training articles: how often a lemma, in a frame, was the head of a cue (`cue_counts.csv`, made
by training/fit_cues.py). Verbs that were never seen are weighed by their frame alone.
"""

from functools import lru_cache
from math import log

import msgspec

from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.weights import Features
from verbale.coding.words import NO_QUOTE, Words, stem
from verbale.model.reading import ROOT
from verbale.tables.load import Place, csv_rows, data_folder

ANY = "*"
FRAMES = (
    "that-clause",
    "clause",
    "quote",
    "colon",
    "inserted",
    "to-clause",
    "object",
    "as-clause",
    "preposition",
    "bare",
)
PREPOSITIONS = {"of", "to", "for", "about", "on", "against", "with", "as", "in", "by", "over", "at", "that"}
PUNCTUATION_CUES = {":", "—", "–", "-", "--"}
OPENING_QUOTES = {'"', "“", "„", "«", "‘", "``", "''", "「"}
STEPS = (-3.5, -2.5, -1.75, -1.0, -0.5, 0.0, 0.5, 1.0, 1.75, 2.5)  # log-odds at which a rate falls into the next bin


class CueCount(msgspec.Struct, frozen=True):
    """How often a lemma stood in a frame outside the content of any statement, and how often it was a cue there."""

    lemma: str
    upos: str
    frame: str
    seen: int
    cue: int


class CueCounts:
    """Rates of being a cue, backed off: lemma in frame, lemma, frame, word class."""

    def __init__(self, rows: list[CueCount]) -> None:
        self.counts: dict[tuple[str, str, str], tuple[int, int]] = {}
        for row in rows:
            key = (stem(row.lemma), row.upos, row.frame)
            seen, cue = self.counts.get(key, (0, 0))
            self.counts[key] = (seen + row.seen, cue + row.cue)

    def rate(self, lemma: str, upos: str, frame: str) -> float:
        """The share of a lemma in a frame that are cues; for rare ones drawn towards lemma and frame alone."""
        lemma = stem(lemma)
        of_class = self._share((ANY, upos, ANY), 0.05, 2)
        of_frame = self._share((ANY, upos, frame), of_class, 2)
        of_lemma = self._share((lemma, upos, ANY), of_frame, 2)
        return self._share((lemma, upos, frame), (2 * of_lemma + of_frame) / 3 if frame != ANY else of_lemma, 3)

    def lemma_rate(self, lemma: str, upos: str) -> float:
        return self._share((stem(lemma), upos, ANY), self._share((ANY, upos, ANY), 0.05, 2), 2)

    def seen(self, lemma: str, upos: str) -> int:
        return self.counts.get((stem(lemma), upos, ANY), (0, 0))[0]

    def _share(self, key: tuple[str, str, str], prior: float, strength: float) -> float:
        seen, cue = self.counts.get(key, (0, 0))
        return (cue + strength * prior) / (seen + strength)


def load_cue_counts(place: Place | None = None) -> CueCounts:
    """The counts shipped with the package, or those of another file of the same shape."""
    return CueCounts(csv_rows(place or data_folder() / "lexicon" / "en" / "cue_counts.csv", CueCount))


class TailCount(msgspec.Struct, frozen=True):
    """How often a word stood right behind a cue's head, and how often it was part of the cue ("called for")."""

    lemma: str
    word: str
    seen: int
    inside: int


class CueTails:
    """Rates of a word behind a cue's head being part of the cue, backed off from the pair to the word."""

    def __init__(self, rows: list[TailCount]) -> None:
        self.counts: dict[tuple[str, str], tuple[int, int]] = {}
        for row in rows:
            seen, inside = self.counts.get((stem(row.lemma), row.word), (0, 0))
            self.counts[stem(row.lemma), row.word] = (seen + row.seen, inside + row.inside)

    def step(self, lemma: str, word: str) -> int:
        """The rate in steps from 0 (never part of the cue) to 5 (always)."""
        seen, inside = self.counts.get((ANY, word), (0, 0))
        of_word = (inside + 0.4) / (seen + 2)
        seen, inside = self.counts.get((stem(lemma), word), (0, 0))
        return min(5, int(6 * (inside + 2 * of_word) / (seen + 2)))


@lru_cache(maxsize=1)
def cue_tails() -> CueTails:
    """The counts shipped with the package."""
    return CueTails(csv_rows(data_folder() / "lexicon" / "en" / "cue_tails.csv", TailCount))


class PhraseRow(msgspec.Struct, frozen=True):
    """Words, as lemmas, that report together: "make it clear"."""

    words: str
    source: str


@lru_cache(maxsize=1)
def cue_phrases() -> dict[str, list[tuple[str, ...]]]:
    """The phrases shipped with the package, longest first, by the stem of their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in csv_rows(data_folder() / "lexicon" / "en" / "cue_phrases.csv", PhraseRow):
        stems = tuple(stem(word) for word in row.words.split())
        found.setdefault(stems[0], []).append(stems)
    return {first: sorted(phrases, key=len, reverse=True) for first, phrases in found.items()}


def phrase_end(words: Words, cue: int) -> int | None:
    """The last token of the phrase that a cue begins ("made it clear"); None where it begins none."""
    after = words.bounds_of(cue)[1]
    for phrase in cue_phrases().get(stem(words.lemma[cue]), []):
        last = cue + len(phrase) - 1
        if last < after and all(
            part in (stem(words.lemma[place]), words.form[place]) for place, part in zip(range(cue, last + 1), phrase)
        ):
            return last
    return None


def word_class(words: Words, place: int) -> str:
    """The class a cue is counted under: its part of speech, with "according" and its like apart."""
    upos = words.upos[place]
    if upos == "AUX":
        return "VERB"
    if words.form[place] == "according":
        return "ADP"
    return "ADP" if upos == "SCONJ" else "NOUN" if upos == "PROPN" else upos


def is_candidate(words: Words, place: int, counts: CueCounts) -> bool:
    """Whether a word may be a cue at all: any full verb; other classes only where they were counted as cues."""
    upos, relation = words.upos[place], words.bare[place]
    if _is_hyphenated(words, place):
        return False
    if relation in ("aux", "cop", "case", "punct", "mark", "fixed") and upos in ("AUX", "VERB"):
        return words.form[place] == "according"
    if upos == "VERB" or upos == "AUX":
        return True
    if upos == "PUNCT":
        return words.form[place] in PUNCTUATION_CUES
    if upos not in ("NOUN", "ADJ", "ADP", "SCONJ", "ADV"):
        return False
    return counts.lemma_rate(words.lemma[place], word_class(words, place)) >= 0.04


def _is_hyphenated(words: Words, place: int) -> bool:
    """Whether a word is the second part of a compound ("so-called", "US-backed")."""
    before = place - 1
    if before < 0 or words.form[before] != "-" or words.upos[place] == "PUNCT":
        return False
    return words.stop[before] == words.start[place] and before > 0 and words.stop[before - 1] == words.start[before]


def frame(words: Words, place: int) -> str:
    """How a possible cue takes its content: the strongest of FRAMES that the tree and the marks show."""
    clause = complement(words, place)
    if clause is not None:
        return "that-clause" if words.mark(clause) in ("that", "whether", "if") else "clause"
    if touches_quote(words, place):
        return "quote"
    after = place + 1
    if after < len(words) and words.form[after] == ":":
        return "colon"
    if words.bare[place] == "parataxis":
        return "inserted"
    for child in words.children[place]:
        if words.bare[child] == "xcomp":
            return "to-clause"
    if words.has_below(place, "obj"):
        return "object"
    if words.bare[place] == "advcl" and words.mark(place) == "as":
        return "as-clause"
    for child in words.children[place]:
        if words.bare[child] in ("obl", "nmod", "advcl") and child > place:
            preposition = words.case(child) or words.mark(child)
            return f"preposition {preposition}" if preposition in PREPOSITIONS else "preposition"
    return "bare"


def complement(words: Words, place: int) -> int | None:
    """The head of a cue's clause of content (ccomp, or a noun's or adjective's that-clause); None where it has none."""
    for child in words.children[place]:
        if words.bare[child] == "ccomp" or (words.bare[child] == "csubj" and child > place):
            return child
    if words.upos[place] in ("NOUN", "ADJ"):
        for child in words.children[place]:
            if words.relation[child] in ("acl", "advcl") and words.mark(child) == "that":
                return child
    return None


def touches_quote(words: Words, place: int) -> bool:
    """Whether a quotation stands in the word's sentence, and the word outside it."""
    if words.quote[place] != NO_QUOTE:
        return False
    first, after = words.bounds_of(place)
    return any(words.quote[other] != NO_QUOTE for other in range(first, after))


def cue_features(words: Words, place: int, counts: CueCounts) -> Features:
    """What speaks for and against a word being a cue."""
    lemma, kind, how = words.lemma[place], word_class(words, place), frame(words, place)
    rate, lemma_rate = counts.rate(lemma, kind, how), counts.lemma_rate(lemma, kind)
    step, lemma_step = _step(rate), _step(lemma_rate)
    seen = counts.seen(lemma, kind)
    features = [
        "bias",
        f"class {kind}",
        f"frame {how}",
        f"rate {step}",
        f"rate {step} {kind}",
        f"lemma {lemma_step}",
        f"seen {'never' if not seen else 'rarely' if seen < 5 else 'often'}",
        f"frame {how} {kind}",
        f"relation {words.relation[place]}",
        f"lemma {lemma_step // 3} {how}",
    ]
    features += _form(words, place)
    features += [f"{name} {lemma_step // 3}" for name in _subject(words, place)]
    features += _around(words, place, lemma_step)
    features += _listed(words, place, how.split(" ")[0])
    features += _partners(words, place, counts)
    return features


def _listed(words: Words, place: int, how: str) -> Features:
    """What the list of acts holds of a word: its class and tone, with the frame."""
    kind = words.upos[place]
    if kind not in ("VERB", "NOUN", "ADJ", "AUX"):
        return []
    row = speech_lexicon().act(words.lemma[place], [], is_noun=kind in ("NOUN", "ADJ"))
    if row is None:
        return [f"unlisted {kind}", f"unlisted {kind} {how}"]
    return [f"listed {row.cue_class} {kind}", f"listed {row.cue_class} {how}", f"listed {row.tone} {kind} {how}"]


def _partners(words: Words, place: int, counts: CueCounts) -> Features:
    """Who stands beside a word: a cue that governs it, the owner of a noun, the subject of its clause."""
    features = []
    head = words.head[place]
    if head != ROOT and words.bare[place] in ("advcl", "conj", "xcomp", "acl", "ccomp", "parataxis"):
        step = _step(counts.lemma_rate(words.lemma[head], word_class(words, head)))
        features.append(f"{words.bare[place]} of a word at {step // 3}")
    for child in words.children[place]:
        if words.relation[child] == "nmod:poss":
            features.append(f"owner {words.name[child] or words.upos[child]}")
        elif words.bare[child] == "nmod" and words.case(child) in ("of", "by", "from"):
            features.append(f"{words.case(child)} {words.name[child] or words.upos[child]}")
    clause = complement(words, place)
    if clause is not None:
        features.append(f"clause {'with' if words.has_below(clause, 'nsubj', 'nsubj:pass') else 'without'} subject")
    return features


def _step(rate: float) -> int:
    odds = log(max(rate, 1e-4) / max(1 - rate, 1e-4))
    return sum(odds > edge for edge in STEPS)


def _form(words: Words, place: int) -> Features:
    given = words.tokens[place].features
    form = "fin" if "VerbForm=Fin" in given else "ger" if "VerbForm=Ger" in given or "VerbForm=Part" in given else "inf"
    features = [f"form {form}"] if words.upos[place] in ("VERB", "AUX") else []
    if words.has_below(place, "nsubj:pass", "aux:pass"):
        features.append("passive")
    for child in words.children[place]:
        if words.bare[child] == "aux":
            features.append(f"aux {words.lemma[child]}")
        elif words.form[child] in ("not", "n't", "n’t", "never"):
            features.append("negated")
        elif words.bare[child] == "mark":
            features.append(f"mark {words.lemma[child]}")
        elif words.bare[child] == "cop":
            features.append("copula")
        elif words.bare[child] == "det" and words.upos[place] == "NOUN":
            features.append(f"det {words.lemma[child]}")
        elif words.relation[child] == "nmod:poss":
            features.append("possessor")
        elif words.bare[child] == "compound" and words.relation[child] == "compound:prt":
            features.append("particle")
    return features


def _subject(words: Words, place: int) -> Features:
    for child in words.children[place]:
        if words.bare[child] == "nsubj" or words.relation[child] == "nsubj:pass":
            kind = words.upos[child]
            if kind == "PRON":
                return [f"subject {words.form[child]}"] if words.form[child] in _PRONOUNS else ["subject PRON"]
            return [f"subject {words.name[child] or kind}"]
    return ["subject none"]


_PRONOUNS = {
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "who",
    "which",
    "that",
    "this",
    "some",
    "many",
    "one",
    "those",
}


def _around(words: Words, place: int, lemma_step: int) -> Features:
    features = []
    first, after = words.bounds_of(place)
    before = words.form[place - 1] if place > first else "^"
    behind = words.form[place + 1] if place + 1 < after else "$"
    features.append(f"before {before}" if not before.isalnum() else f"before {words.upos[place - 1]}")
    features.append(f"behind {behind}" if not behind.isalnum() else f"behind {words.upos[place + 1]}")
    if behind in ("that", "to", "of", "about", "by", "it", "whether", "how", "what"):
        features.append(f"behind {behind} {lemma_step // 3}")
    head = words.head[place]
    if head != ROOT:
        features.append(f"under {words.upos[head]}")
    if place > first and words.form[place - 1] in OPENING_QUOTES | {"”", ","} and words.quote[place - 1] != NO_QUOTE:
        features.append("right after quote")
    if _ends_quote_before(words, place, first):
        features.append("quote before")
    if any(words.quote[other] != NO_QUOTE for other in range(place + 1, min(after, place + 8))):
        features.append("quote soon after")
    if words.sentence[place] == 0:
        features.append("headline")
    if words.form[place] in PUNCTUATION_CUES:
        features += _mark_cue(words, place, first, after)
    return features


def _ends_quote_before(words: Words, place: int, first: int) -> bool:
    """Whether a quotation closes shortly before a word, with its subject between at most."""
    return any(words.quote[other] != NO_QUOTE for other in range(place - 1, max(first - 1, place - 9), -1))


def _mark_cue(words: Words, place: int, first: int, after: int) -> Features:
    """A colon or dash: what stands before it and behind it."""
    form = words.form[place]
    features = [f"mark cue {form}"]
    short = place - first <= 6
    names = any(words.upos[other] == "PROPN" for other in range(first, place))
    verbs = any(words.upos[other] == "VERB" for other in range(first, place))
    features.append(
        f"{form} before {'short' if short else 'long'} {'name' if names else 'no name'} "
        f"{'verb' if verbs else 'no verb'}"
    )
    if place + 1 < len(words) and words.quote[place + 1] != NO_QUOTE:
        features.append(f"{form} then quote")
    if place - 1 >= first and words.quote[place - 1] != NO_QUOTE:
        features.append(f"{form} after quote")
    if place + 1 >= after:
        features.append(f"{form} ends sentence")
    if words.sentence[place] == 0:
        features.append(f"{form} headline {'short' if short else 'long'} {'name' if names else 'no name'}")
    return features
