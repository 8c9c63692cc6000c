"""Trees mended by rule."""

from verbale.language.decode import Analysis
from verbale.language.mended import with_joined_deeds, with_joined_speech, with_named_subjects

PAST = "Tense=Past|VerbForm=Fin"


def analysis(*rows):
    """An analysis from rows of lemma, tag, features, head and relation."""
    lemmas, upos, features, heads, relations = (list(column) for column in zip(*rows))
    return Analysis(upos, features, lemmas, heads, relations, [])


def china(joined, features=PAST):
    """ "China said it was wrong and warned Korea": `joined` is the lemma of the verb behind "and"."""
    return analysis(
        ("China", "PROPN", "_", 1, "nsubj"), ("say", "VERB", PAST, -1, "root"), ("it", "PRON", "_", 4, "nsubj"),
        ("be", "AUX", PAST, 4, "cop"), ("wrong", "ADJ", "_", 1, "ccomp"), ("and", "CCONJ", "_", 6, "cc"),
        (joined, "VERB", features, 4, "conj"), ("Korea", "PROPN", "_", 6, "obj"))


def test_a_second_verb_of_speech_goes_on_with_the_saying():
    assert with_joined_speech(china("warn")).heads[6] == 1


def test_what_was_said_may_go_on():
    assert with_joined_speech(china("break")).heads[6] == 4
    assert with_joined_speech(china("warn", "VerbForm=Inf")).heads[6] == 4


def test_a_name_hung_as_an_auxiliary_is_the_subject():
    found = with_named_subjects(analysis(("May", "PROPN", "_", 1, "aux"), ("say", "VERB", PAST, -1, "root")))
    assert found.relations == ["nsubj", "root"]


def test_a_verb_told_in_the_past_does_not_go_on_with_an_infinitive():
    asked = analysis(
        ("Norway", "PROPN", "_", 1, "nsubj"), ("ask", "VERB", PAST, -1, "root"), ("they", "PRON", "_", 1, "obj"),
        ("to", "PART", "_", 4, "mark"), ("stay", "VERB", "VerbForm=Inf", 1, "xcomp"), ("and", "CCONJ", "_", 6, "cc"),
        ("threaten", "VERB", PAST, 4, "conj"))
    assert with_joined_deeds(asked).heads[6] == 1
    both = analysis(
        ("Norway", "PROPN", "_", 1, "nsubj"), ("ask", "VERB", PAST, -1, "root"), ("they", "PRON", "_", 1, "obj"),
        ("to", "PART", "_", 4, "mark"), ("stay", "VERB", "VerbForm=Inf", 1, "xcomp"), ("and", "CCONJ", "_", 6, "cc"),
        ("rest", "VERB", "VerbForm=Inf", 4, "conj"))
    assert with_joined_deeds(both).heads[6] == 4
