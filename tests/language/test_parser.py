"""The engine itself, on clear sentences: labels, never scores, for int8 differs a little between processors."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.errors import MissingModel
from verbale.language.parser import WEIGHTS, OnnxParser, default_parser
from verbale.language.tokens import words_of
from verbale.model.reading import ROOT
from verbale.model.report import Repair, Report, Segment
from verbale.model.span import Span
from verbale.model.when import Period, anchored

pytestmark = pytest.mark.skipif(not WEIGHTS.is_file(), reason="the weights are not in this checkout")


def report(text, kind="body", number=0, repairs=()):
    return Report(f"r{number}", text, (Segment(kind, Span(0, len(text)), "test"),), repairs=tuple(repairs))


def read(text, **facts):
    [reading] = default_parser().parse([report(text, **facts)])
    return reading


def relations(reading):
    return {token.text: (token.relation, "ROOT" if token.head == ROOT else sentence.tokens[token.head].text)
            for sentence in reading.sentences for token in sentence.tokens}


def test_who_did_what_to_whom():
    reading = read("The minister met the president yesterday. The envoy flew to Oslo.")
    found = relations(reading)
    assert found["met"] == ("root", "ROOT")
    assert found["minister"] == ("nsubj", "met")
    assert found["president"] == ("obj", "met")
    assert found["Oslo"] == ("obl", "flew")
    assert [token.lemma for token in reading.sentences[0].tokens][2] == "meet"


def test_the_passive_turns_the_sides():
    found = relations(read("The president was received by the king."))
    assert found["president"] == ("nsubj:pass", "received")
    assert found["king"][1] == "received"


def test_names_with_their_kinds():
    text = "Angela Merkel met Emmanuel Macron in Paris."
    assert [(name.span.of(text), name.label) for name in read(text).names] == [
        ("Angela Merkel", "PER"), ("Emmanuel Macron", "PER"), ("Paris", "LOC")]


def test_every_word_is_its_letters():
    text = "“We can’t sign,” Novak’s envoy said.\n\nThe U.S. didn't answer: 5-7 March is too early."
    reading = read(text)
    for sentence in reading.sentences:
        assert sentence.span.of(text).strip() == sentence.span.of(text)
        for token in sentence.tokens:
            assert text[token.start:token.stop] == token.text
        assert sum(token.head == ROOT for token in sentence.tokens) == 1
    assert [sentence.paragraph for sentence in reading.sentences] == [0, 1]
    assert len(reading.quotations) == 1
    assert [time.span.of(text) for time in reading.times] == ["5-7 March"]


def test_a_name_like_an_auxiliary_is_the_subject_of_its_verb():
    reading = read("Theresa May met Modi in London. May said that the two sides would set up a fund.")
    name = reading.sentences[1].tokens[0]
    assert (name.upos, name.relation) == ("PROPN", "nsubj")
    other = read("Modi may visit London.").sentences[0].tokens[1]
    assert other.relation == "aux"


def test_furniture_is_not_read():
    assert read("More stories about Oslo.", kind="teaser list label").sentences == ()


def test_a_repair_is_read_but_the_places_stay():
    text = "Novaκ left Oslo."
    reading = read(text, repairs=[Repair(Span(4, 5), "κ", "k", "a Greek letter in a Latin word")])
    token = reading.sentences[0].tokens[0]
    assert token.text == "Novak"
    assert text[token.start:token.stop] == "Novaκ"


def test_readings_come_in_order_and_do_not_depend_on_company():
    texts = ["The ministers met.", "No.", "The long talks between the two sides in Oslo failed on Tuesday.", ""]
    together = list(default_parser().parse([report(text, number=n) for n, text in enumerate(texts)]))
    assert [reading.report.id for reading in together] == ["r0", "r1", "r2", "r3"]
    alone = [next(default_parser().parse([report(text, number=n)])) for n, text in enumerate(texts)]
    assert [reading.sentences for reading in together] == [reading.sentences for reading in alone]
    assert together[3].sentences == ()


def test_a_sentence_too_long_for_the_network_loses_no_word():
    text = "The envoys of " + ", ".join(f"Statelandia{n}" for n in range(300)) + " met."
    reading = read(text)
    words = [token for sentence in reading.sentences for token in sentence.tokens]
    assert len(reading.sentences) > 1
    assert "".join(token.text for token in words) == text.replace(" ", "")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_without_losing_a_letter(text):
    reading = read(text)
    words = [token for sentence in reading.sentences for token in sentence.tokens]
    assert "".join(token.text for token in words) == "".join(text.split())
    for sentence in reading.sentences:
        assert sum(token.head == ROOT for token in sentence.tokens) == 1
        assert all(sentence.span.start <= token.start < token.stop <= sentence.span.stop for token in sentence.tokens)


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(MissingModel, match="training/README"):
        OnnxParser(tmp_path / "none.onnx")


def test_a_broken_file_is_refused(tmp_path):
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(MissingModel, match="no language model"):
        OnnxParser(path)


@pytest.mark.parametrize(("text", "kind", "direction"), [
    ("It was the first visit by a minister in five years.", "duration window", "past"),
    ("It will be the first visit by a minister in five years.", "duration window", "past"),
    ("The minister will visit Lima in five years.", "relative", "future"),
])
def test_the_tense_tells_whether_in_five_years_looks_back(text, kind, direction):
    [time] = read(text).times
    assert (time.span.of(text), time.kind, time.direction) == ("in five years", kind, direction)


def test_sentences_of_unlike_length_share_a_batch_and_keep_their_own_words():
    short, long = words_of("She left Oslo."), words_of("The minister of Norway met the president of Chile.")
    parser = default_parser()
    cut = [parser.network.pieces.of_sentence(words) for words in (short, long)]
    together = parser.network.run(cut)
    for pieces, answer in zip(cut, together):
        [alone] = parser.network.run([pieces])
        assert answer.arcs.shape == (len(pieces.first), len(pieces.first) + 1) == alone.arcs.shape
        assert answer.head.shape[0] == len(pieces.first) + 1
        assert answer.upos.tolist() == alone.upos.tolist()
        assert answer.arcs.argmax(1).tolist() == alone.arcs.argmax(1).tolist()
        assert answer.relations.tolist() == alone.relations.tolist()


def test_before_the_end_of_a_month_is_within_it():
    text = "They will meet before the end of May."
    [time] = read(text).times
    assert time.edge == "until"
    assert anchored(time, Period.day(date(2018, 3, 19)), "future") == Period(None, date(2018, 6, 1))
    wide = anchored(time, Period(date(2018, 3, 1), date(2020, 3, 1)), "future")
    assert wide is not None and wide.until == date(2020, 6, 1)
