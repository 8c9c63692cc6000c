"""Other engines' analyses as readings, and readings for spaCy's tools.

An engine must speak Universal Dependencies: Stanza does, spaCy does with a pipeline trained on UD. The usual English
pipelines of spaCy use other labels (nsubjpass, dobj, pobj) and are refused with a word on what to do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from verbale.errors import BadInput
from verbale.language.quotes import Paragraph, quotations_in
from verbale.language.sentences import paragraphs_in
from verbale.language.times import times_in
from verbale.language.tokens import Cut
from verbale.model.reading import ROOT, Name, Reading, Sentence, Token
from verbale.model.report import READ_KINDS, Report, Segment
from verbale.model.span import Span

NAME_LABELS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "NORP": "NORP",
}
FOREIGN_RELATIONS = {"dobj", "pobj", "prep", "nsubjpass", "auxpass", "attr", "acomp", "pcomp", "poss", "relcl"}


class Word(NamedTuple):
    """A word of another engine, its places counted in the text that engine was given; `head` counts in the sentence."""

    start: int
    stop: int
    lemma: str
    upos: str
    features: str
    head: int
    relation: str


class EntityFound(NamedTuple):
    start: int
    stop: int
    label: str


class Analysed(NamedTuple):
    """What an engine said of one stretch of text."""

    sentences: list[list[Word]]
    entities: list[EntityFound]


class SpacyParser:
    """Reads with a spaCy pipeline whose labels are Universal Dependencies: `SpacyParser(spacy.load(...))`."""

    def __init__(self, pipeline: Callable[[str], Any]):
        self.pipeline = pipeline

    def parse(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            yield reading_with(report, lambda text: from_spacy(self.pipeline(text)))


class StanzaParser:
    """Reads with a Stanza pipeline: `StanzaParser(stanza.Pipeline("en"))`, with tokenize, pos, lemma, depparse, ner."""

    def __init__(self, pipeline: Callable[[str], Any]):
        self.pipeline = pipeline

    def parse(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            yield reading_with(report, lambda text: from_stanza(self.pipeline(text)))


def reading_with(report: Report, analyse: Callable[[str], Analysed]) -> Reading:
    """A reading of a report by another engine, paragraph by paragraph; quotations and times are found by our rules."""
    sentences: list[Sentence] = []
    names: list[Name] = []
    paragraphs: list[Paragraph] = []
    for segment_number, piece, segment in _paragraphs(report):
        paragraphs.append(Paragraph(piece.start, piece.stop, segment.kind))
        analysed = analyse(report.text[piece.start:piece.stop])
        first = len(sentences)
        for words in analysed.sentences:
            place = Place(len(sentences), len(paragraphs) - 1, segment_number)
            sentences.append(_sentence(report.text, words, piece.start, place))
        names += _names(analysed.entities, piece.start, sentences[first:])
    times = tuple(time for sentence in sentences for time in times_in(sentence, report.text))
    return Reading(report, tuple(sentences), tuple(names), quotations_in(report.text, paragraphs), times)


def _paragraphs(report: Report) -> Iterator[tuple[int, Cut, Segment]]:
    for number, segment in enumerate(report.segments):
        if segment.kind in READ_KINDS:
            for piece in paragraphs_in(report.text, segment.span.start, segment.span.stop):
                yield number, piece, segment


class Place(NamedTuple):
    """Where a sentence belongs."""

    number: int
    paragraph: int
    segment: int


def _sentence(text: str, words: Sequence[Word], offset: int, place: Place) -> Sentence:
    tokens = tuple(
        Token(number, word.start + offset, word.stop + offset, text[word.start + offset:word.stop + offset], word.lemma,
              word.upos, word.features or "_", word.head, word.relation)
        for number, word in enumerate(words))
    return Sentence(place.number, Span(tokens[0].start, tokens[-1].stop), tokens, place.paragraph, place.segment)


def _names(entities: list[EntityFound], offset: int, sentences: list[Sentence]) -> Iterator[Name]:
    for entity in entities:
        label = NAME_LABELS.get(entity.label.upper())
        span = Span(entity.start + offset, entity.stop + offset)
        home = next((sentence for sentence in sentences if sentence.span.covers(span)), None)
        if label and home:
            yield Name(span, home.number, label)


def from_spacy(doc: Any) -> Analysed:
    """What a spaCy `Doc` says. Raises BadInput where its relations are not those of Universal Dependencies."""
    sentences = []
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        place = {token.i: number for number, token in enumerate(tokens)}
        words = []
        for token in tokens:
            relation = token.dep_ if token.dep_ != "ROOT" else "root"
            if relation in FOREIGN_RELATIONS:
                raise BadInput(
                    f"the spaCy pipeline labels {token.text!r} {relation!r}, which is not of Universal Dependencies: "
                    f"take a pipeline trained on a UD treebank, or Stanza")
            head = ROOT if token.head.i == token.i else place.get(token.head.i, ROOT)
            words.append(Word(token.idx, token.idx + len(token.text), token.lemma_, token.pos_, str(token.morph), head,
                              relation))
        if words:
            sentences.append(words)
    entities = [EntityFound(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    return Analysed(sentences, entities)


def from_stanza(document: Any) -> Analysed:
    """What a Stanza `Document` says. Words of a multiword token share its place, cut where their letters allow."""
    sentences = []
    for sentence in document.sentences:
        words = []
        for token in sentence.tokens:
            places = _word_places(token)
            for word, (start, stop) in zip(token.words, places):
                words.append(Word(start, stop, word.lemma or word.text, word.upos, word.feats or "_", word.head - 1,
                                  word.deprel))
        if words:
            sentences.append(words)
    entities = [EntityFound(entity.start_char, entity.end_char, entity.type) for entity in document.ents]
    return Analysed(sentences, entities)


def _word_places(token: Any) -> list[tuple[int, int]]:
    """Places of the words of a token: side by side where their letters make up the token, else all on the whole."""
    if "".join(word.text for word in token.words) != token.text:
        return [(token.start_char, token.end_char)] * len(token.words)
    places, start = [], token.start_char
    for word in token.words:
        places.append((start, start + len(word.text)))
        start += len(word.text)
    return places


def to_spacy(reading: Reading, vocab: Any = None) -> Any:
    """A spaCy `Doc` of a reading, for displaCy and spaCy's matchers: words, tags, lemmas, tree, names.

    Needs spaCy (`pip install spacy`; no pipeline). Quotations lie in `doc.spans["quotations"]`. Without `vocab` a blank
    English one is used. Words touch as in the text; other white space between them becomes one space.
    """
    try:
        import spacy
        from spacy.tokens import Doc
        from spacy.tokens import Span as SpacySpan
    except ImportError as error:
        raise BadInput("to_spacy needs spaCy: pip install spacy") from error
    vocab = vocab or spacy.blank("en").vocab
    tokens = [token for sentence in reading.sentences for token in sentence.tokens]
    first: list[int] = []
    for sentence in reading.sentences:
        first += [len(first)] * len(sentence.tokens)
    following = [token.start for token in tokens[1:]] + [None]
    doc = Doc(
        vocab,
        words=[token.text for token in tokens],
        spaces=[after is not None and after > token.stop for token, after in zip(tokens, following)],
        lemmas=[token.lemma for token in tokens],
        pos=[token.upos for token in tokens],
        morphs=["" if token.features == "_" else token.features for token in tokens],
        heads=[start + (token.place if token.head == ROOT else token.head) for start, token in zip(first, tokens)],
        deps=["ROOT" if token.head == ROOT else token.relation for token in tokens],
        sent_starts=[token.place == 0 for token in tokens],
    )
    names = [(place, name.label) for name in reading.names if (place := _doc_place(tokens, name.span))]
    doc.set_ents([SpacySpan(doc, start, stop, label=label) for (start, stop), label in names])
    quotations = [place for quotation in reading.quotations if (place := _doc_place(tokens, quotation.inner))]
    doc.spans["quotations"] = [SpacySpan(doc, start, stop, label="quotation") for start, stop in quotations]
    return doc


def _doc_place(tokens: list[Token], span: Span) -> tuple[int, int] | None:
    inside = [number for number, token in enumerate(tokens) if span.start < token.stop and token.start < span.stop]
    return (inside[0], inside[-1] + 1) if inside else None
