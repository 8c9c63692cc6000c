"""The parser: reports in, readings out, in order.

The sentences of one report share batches, never those of two: int8 rounds by the largest number in a batch, and what a
report says must not depend on its neighbours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from verbale.language.decode import Analysis, analysed
from verbale.language.mended import mended
from verbale.language.names import Words, names_across
from verbale.language.network import Network
from verbale.language.pieces import Pieces
from verbale.language.quotes import Paragraph, quotations_in
from verbale.language.sentences import paragraphs_in, sentences_in
from verbale.language.times import times_in
from verbale.language.tokens import Cut, tokens_in
from verbale.model.reading import Name, Reading, Sentence, Token
from verbale.model.report import READ_KINDS, Report
from verbale.model.span import Span

WEIGHTS = Path(__file__).parent / "weights" / "en.onnx"
LONGEST = 510  # pieces that the encoder has places for, without its two marks
WINDOW = 384  # sentences analysed together: enough to fill batches of like length, and memory stays flat
PIECES_A_BATCH = 1600  # larger batches cost memory and gain no speed
MOST_FILLING = 0.4  # blanks a batch may have for each piece; only attention pays for them: 0.2 and 0.8 are slower
NOTHING = Analysis([], [], [], [], [], [])


class Parser(Protocol):
    """Anything that reads reports: ours, or an adapter of another engine that speaks Universal Dependencies."""

    def parse(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """A reading for each report, in the order of the reports."""
        ...


@dataclass
class Draft:
    """A sentence on its way: its place, its words, and then its analysis."""

    span: Span
    cuts: list[Cut]
    words: list[str]
    paragraph: int
    segment: int
    pieces: Pieces
    analysis: Analysis | None = None


@dataclass
class Work:
    report: Report
    drafts: list[Draft] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


class OnnxParser:
    """Our own engine. `threads` is what one session may use; several processes best take one each."""

    def __init__(self, path: Path | None = None, threads: int = 1):
        self.network = Network(path or WEIGHTS, threads)

    @property
    def version(self) -> str:
        return self.network.version

    def parse(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            work = self._work(report)
            for start in range(0, len(work.drafts), WINDOW):
                part = work.drafts[start:start + WINDOW]
                analyses = self._analysed([draft.words for draft in part], [draft.pieces for draft in part])
                for draft, analysis in zip(part, analyses):
                    draft.analysis = analysis
            yield _reading(work)

    def analyse(self, sentences: list[list[str]]) -> list[Analysis]:
        """Analyses of sentences that are already cut into words; each at most 510 pieces long."""
        return self._analysed(sentences, [self.network.pieces.of_sentence(words) for words in sentences])

    def _analysed(self, sentences: list[list[str]], pieces: list[Pieces]) -> list[Analysis]:
        found: list[Analysis] = [NOTHING] * len(sentences)
        for batch in _batches(pieces):
            for number, answer in zip(batch, self.network.run([pieces[number] for number in batch])):
                found[number] = analysed(sentences[number], answer, self.network)
        return found

    def _work(self, report: Report) -> Work:
        """The sentences of what is read of a report, cut into words; one too long for the network is cut in pieces."""
        work = Work(report)
        paragraph, end_before = -1, 0
        for number, segment in enumerate(report.segments):
            if segment.kind not in READ_KINDS:
                continue
            for place, piece in enumerate(paragraphs_in(report.text, segment.span.start, segment.span.stop)):
                if place or paragraph < 0 or "\n" in report.text[end_before:piece.start]:
                    paragraph += 1
                end_before = piece.stop
                work.paragraphs.append(Paragraph(piece.start, piece.stop, segment.kind))
                for sentence in sentences_in(report.text, piece.start, piece.stop):
                    work.drafts += self._sentence_drafts(report, sentence, paragraph, number)
        return work

    def _sentence_drafts(self, report: Report, sentence: Cut, paragraph: int, segment: int) -> Iterator[Draft]:
        cuts = tokens_in(report.text, sentence.start, sentence.stop)
        words = [_read_as(report, cut) for cut in cuts]
        whole = self.network.pieces.of_sentence(words)
        fits = len(whole.ids) <= LONGEST + 2
        for start, stop in [(0, len(words))] if fits and words else self._bearable(words):
            span = Span(cuts[start].start, cuts[stop - 1].stop)
            pieces = whole if fits else self.network.pieces.of_sentence(words[start:stop])
            yield Draft(span, cuts[start:stop], words[start:stop], paragraph, segment, pieces)

    def _bearable(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Runs of words that the network can take; the whole sentence, or parts cut after a comma if it can."""
        start, count, comma = 0, 0, 0
        for place, word in enumerate(words):
            length = len(self.network.pieces.of_word(word))
            while count + length > LONGEST and place > start:
                stop = comma if comma > start else place
                yield start, stop
                start = stop
                count = sum(len(self.network.pieces.of_word(other)) for other in words[start:place])
            count += length
            if word in (",", ";", ":", "."):
                comma = place + 1
        if start < len(words):
            yield start, len(words)


@lru_cache(maxsize=4)
def default_parser(threads: int = 1) -> OnnxParser:
    """The engine of the package, loaded once. Raises MissingModel, which says what to do."""
    return OnnxParser(threads=threads)


def _batches(pieces: list[Pieces]) -> Iterator[list[int]]:
    """Numbers of sentences, shortest first, in batches of a bearable size and of like length."""
    order = sorted((number for number in range(len(pieces)) if pieces[number].first), key=lambda n: len(pieces[n].ids))
    batch: list[int] = []
    total = 0
    for number in order:
        length = len(pieces[number].ids)
        padded = (len(batch) + 1) * length
        if batch and padded > min(PIECES_A_BATCH, (1 + MOST_FILLING) * (total + length)):
            yield batch
            batch, total = [], 0
        batch.append(number)
        total += length
    if batch:
        yield batch


def _read_as(report: Report, cut: Cut) -> str:
    """A word with the letters that the report says to read in the place of broken ones."""
    word = report.text[cut.start:cut.stop]
    for repair in reversed(report.repairs):
        start, stop = repair.span.start, repair.span.stop
        if start < cut.stop and cut.start < stop:
            if start >= cut.start and stop <= cut.stop:
                word = word[: start - cut.start] + repair.read_as + word[stop - cut.start:]
            elif len(repair.read_as) == stop - start:  # a repair wider than the word, letter by letter
                low, high = max(start, cut.start), min(stop, cut.stop)
                word = word[: low - cut.start] + repair.read_as[low - start: high - start] + word[high - cut.start:]
    return word or report.text[cut.start:cut.stop]


def _reading(work: Work) -> Reading:
    text = work.report.text
    sentences: list[Sentence] = []
    analysed_words: list[Words] = []
    for number, draft in enumerate(work.drafts):
        analysis = draft.analysis
        assert analysis is not None
        analysis = mended(analysis)
        tokens = tuple(
            Token(place, cut.start, cut.stop, word, lemma, upos, features, head, relation)
            for place, (cut, word, lemma, upos, features, head, relation) in enumerate(zip(
                draft.cuts, draft.words, analysis.lemmas, analysis.upos, analysis.features, analysis.heads,
                analysis.relations))
        )
        sentences.append(Sentence(number, draft.span, tokens, draft.paragraph, draft.segment))
        analysed_words.append(Words(draft.words, analysis))
    names = tuple(
        Name(Span(draft.cuts[name.start].start, draft.cuts[name.stop - 1].stop), number, name.label, name.confidence)
        for number, (draft, found) in enumerate(zip(work.drafts, names_across(analysed_words)))
        for name in found
    )
    times = tuple(time for sentence in sentences for time in times_in(sentence, text))
    return Reading(work.report, tuple(sentences), names, quotations_in(text, work.paragraphs), times)
