"""Other engines' documents, built here as their objects look, become readings; a reading becomes a spaCy `Doc`."""

from types import SimpleNamespace

import pytest

from verbale.errors import BadInput
from verbale.language.adapters import SpacyParser, StanzaParser, to_spacy
from verbale.model.reading import ROOT, Reading
from verbale.model.report import Report, Segment
from verbale.model.span import Span

TEXT = "Oslo, 5 March\n\nJan Novak didn't meet Eva Berg in Oslo."
BODY = "Jan Novak didn't meet Eva Berg in Oslo."
# form, lemma, tag, head (from 1, 0 the root), relation
WORDS = [
    ("Jan", "Jan", "PROPN", 5, "nsubj"), ("Novak", "Novak", "PROPN", 1, "flat"), ("did", "do", "AUX", 5, "aux"),
    ("n't", "not", "PART", 5, "advmod"), ("meet", "meet", "VERB", 0, "root"), ("Eva", "Eva", "PROPN", 5, "obj"),
    ("Berg", "Berg", "PROPN", 6, "flat"), ("in", "in", "ADP", 9, "case"), ("Oslo", "Oslo", "PROPN", 5, "obl"),
    (".", ".", "PUNCT", 5, "punct"),
]


def report():
    start = TEXT.index(BODY)
    segments = (Segment("dateline", Span(0, 13), "test"), Segment("body", Span(start, len(TEXT)), "test"))
    return Report("r", TEXT, segments)


def spacy_doc(text):
    assert text == BODY
    place, tokens = 0, []
    for number, (form, lemma, tag, _, relation) in enumerate(WORDS):
        start = text.index(form, place)
        place = start + len(form)
        tokens.append(SimpleNamespace(
            i=number, idx=start, text=form, lemma_=lemma, pos_=tag, morph="", is_space=False,
            dep_="ROOT" if relation == "root" else relation))
    for token, (*_, head, _) in zip(tokens, WORDS):
        token.head = tokens[head - 1] if head else token
    entities = [SimpleNamespace(start_char=text.index(name), end_char=text.index(name) + len(name), label_=label)
                for name, label in (("Jan Novak", "PERSON"), ("Oslo", "GPE"))]
    return SimpleNamespace(sents=[tokens], ents=entities)


def stanza_document(text):
    words = [SimpleNamespace(text=form, lemma=lemma, upos=tag, feats=None, head=head, deprel=relation)
             for form, lemma, tag, head, relation in WORDS]
    tokens, place = [], 0
    for group in ([words[0]], [words[1]], words[2:4], *([word] for word in words[4:])):
        form = "".join(word.text for word in group)
        start = text.index(form, place)
        place = start + len(form)
        tokens.append(SimpleNamespace(text=form, start_char=start, end_char=place, words=group))
    entities = [SimpleNamespace(start_char=text.index("Eva Berg"), end_char=text.index("Eva Berg") + 8, type="PERSON")]
    return SimpleNamespace(sentences=[SimpleNamespace(tokens=tokens)], ents=entities)


@pytest.mark.parametrize("parser", [SpacyParser(spacy_doc), StanzaParser(stanza_document)])
def test_a_document_becomes_a_reading(parser):
    [reading] = parser.parse([report()])
    [sentence] = reading.sentences
    assert [token.text for token in sentence.tokens] == [word[0] for word in WORDS]
    assert all(TEXT[token.start:token.stop] == token.text for token in sentence.tokens)
    assert [token.head for token in sentence.tokens] == [head - 1 for *_, head, _ in WORDS]
    assert sentence.tokens[4].head == ROOT
    assert (sentence.segment, sentence.paragraph) == (1, 0)


def test_entities_become_names():
    [reading] = SpacyParser(spacy_doc).parse([report()])
    assert [(name.span.of(TEXT), name.label) for name in reading.names] == [("Jan Novak", "PER"), ("Oslo", "LOC")]
    [reading] = StanzaParser(stanza_document).parse([report()])
    assert [(name.span.of(TEXT), name.label) for name in reading.names] == [("Eva Berg", "PER")]


def test_other_labels_are_refused_with_a_word_on_what_to_do():
    def clear_nlp(text):
        doc = spacy_doc(text)
        doc.sents[0][5].dep_ = "dobj"
        return doc

    with pytest.raises(BadInput, match="not of Universal Dependencies"):
        list(SpacyParser(clear_nlp).parse([report()]))


def reading() -> Reading:
    return next(StanzaParser(stanza_document).parse([report()]))


def test_to_spacy_keeps_words_tree_and_names():
    pytest.importorskip("spacy")
    doc = to_spacy(reading())
    assert [token.text for token in doc] == [word[0] for word in WORDS]
    assert doc.text == BODY
    assert [token.dep_ for token in doc if token.head.i == token.i] == ["ROOT"]
    assert doc[5].head.text == "meet"
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Eva Berg", "PER")]


def test_to_spacy_without_spacy_says_what_to_install():
    try:
        import spacy  # noqa: F401
    except ImportError:
        with pytest.raises(BadInput, match="pip install spacy"):
            to_spacy(reading())
