"""Letters of other scripts and broken encodings are read right, noted, and nothing clean is touched."""

import random

import pytest

from verbale.ingest.clean import cleaned, decoded, mark_repairs
from verbale.ingest.letters import letter_repairs, look_alikes

CLEAN = {
    "latin": "minister government Kraków Ångström façade Çankaya İzmir Dışişleri naïve über señor português Łódź "
             "ministério gouvernement Außenminister Erdoğan ţară Hungarian",
    "cyrillic": "министр правительство Україна переговоры объединение Ёлкин Београд външен Лавров съезд",
    "greek": "υπουργός κυβέρνηση Αθήνα εξωτερικών συνάντηση Ελλάδα",
}


def test_a_latin_name_with_cyrillic_letters_is_read_in_latin():
    repair = letter_repairs("President Erdоgаn spoke.")[0]
    assert (repair.raw, repair.read_as) == ("Erdоgаn", "Erdogan")


def test_a_russian_word_with_latin_letters_is_read_in_cyrillic():
    assert letter_repairs("Встреча прeзидeнтов")[0].read_as == "президентов"


def test_another_spelling_in_the_text_fills_the_foreign_run():
    text = "Minister Karabayoğlu spoke first. Then Karabayoλουlu left."
    repair = letter_repairs(text)[0]
    assert repair.span.of(text) == repair.raw == "Karabayoλουlu"
    assert repair.read_as == "Karabayoğlu" and "also spells it" in repair.reason


def test_a_run_that_nothing_fits_is_noted_and_read_as_it_stands():
    repair = letter_repairs("Then Vrtoλουlu left.")[0]
    assert repair.read_as == repair.raw and "as it stands" in repair.reason


@pytest.mark.parametrize("script", sorted(CLEAN))
def test_words_of_one_script_are_never_touched(script):
    assert letter_repairs(CLEAN[script]) == []


def test_units_and_formulas_are_no_names():
    assert letter_repairs("a layer of 5 µm and Δt of 3 s") == []


@pytest.mark.parametrize("home, guest, least", [("latin", "cyrillic", 0.99), ("latin", "greek", 0.99),
                                                ("cyrillic", "latin", 0.99)])
def test_injected_look_alikes_are_repaired(home, guest, least):
    chance = random.Random(7)
    words = [word for word in CLEAN[home].split() if len(word) > 5]
    right = tried = 0
    for _ in range(400):
        word = chance.choice(words)
        places = [place for place, letter in enumerate(word) if (letter, guest) in look_alikes()
                  and look_alikes().get((look_alikes()[letter, guest], home)) == letter]
        if not places:
            continue
        chosen = chance.sample(places, min(len(places), chance.choice((1, 2))))
        broken = "".join(
            look_alikes()[letter, guest] if place in chosen else letter for place, letter in enumerate(word)
        )
        tried += 1
        repairs = letter_repairs(f"- {broken} -")
        right += len(repairs) == 1 and repairs[0].read_as == word
    assert tried > 200 and right / tried >= least


def test_a_broken_encoding_is_mended_and_noted_and_quotation_marks_stay():
    good = "He said “yes” to Mr Ørsted."
    broken = good.replace("“", "“".encode().decode("cp1252")).replace("Ø", "Ø".encode().decode("cp1252"))
    text, notes = cleaned(broken)
    assert text == good
    assert notes and all(note.span.of(text) == note.raw for note in notes)


def test_curly_marks_and_letters_with_parts_are_kept():
    text = "“Fine,” said Zoë – ‘no’. ﬁle ½ №"
    assert cleaned(text) == (text, [])


def test_letters_and_their_marks_are_joined():
    assert cleaned("C\u0327elik")[0] == "Çelik"


def test_control_letters_are_left_out_and_counted():
    text, notes = cleaned("The\x00 minister\x07 left.")
    assert text == "The minister left." and "2 control letters" in notes[0].reason


def test_an_opening_mark_at_a_paragraphs_end_is_read_as_closing():
    text = "“It has waited long enough. “\n\nNext."
    repair = mark_repairs(text)[0]
    assert (repair.raw, repair.read_as) == ("“", "”") and repair.span.of(text) == "“"
    assert mark_repairs("He said: “It has waited.”\n\n“Next.”") == []


def test_an_opening_mark_behind_the_word_it_should_close_is_read_as_closing():
    text = "The envoy spoke of “a pause“, and left. “We will return,“ he said. “Soon.”"
    assert [(one.span.start, one.read_as) for one in mark_repairs(text)] == [
        (text.index("“,"), "”"), (text.index("“ he"), "”")]
    assert mark_repairs("Er nannte es „eine Pause“, und ging. „Bald“ heißt morgen.") == []
    assert mark_repairs("She said “the word “pause” is ours”, and “no” to the rest.") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_in_any_form_is_decoded(encoding):
    text = "The minister said “yes” in Kraków. Later she left for Łódź and did not return."
    assert decoded(text.encode(encoding)) == text


def test_old_encodings_are_guessed():
    text = "Министр иностранных дел заявил, что переговоры прошли успешно и будут продолжены в следующем месяце."
    assert decoded(text.encode("cp1251")) == text
