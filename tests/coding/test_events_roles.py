"""Who does what, on trees written by hand: passives, control, relative clauses, lists."""

from verbale.coding.roles import Roles
from verbale.model.reading import Sentence, Token
from verbale.model.span import Span


def sentence(*rows: str) -> Sentence:
    """A sentence from rows of `word tag relation head [features]`; heads count from 1, 0 is the root."""
    tokens, start = [], 0
    for place, row in enumerate(rows):
        word, tag, relation, head, *features = row.split()
        lemma = {"attacked": "attack", "asked": "ask", "was": "be", "met": "meet", "bought": "buy"}.get(
            word, word.lower()
        )
        tokens.append(
            Token(place, start, start + len(word), word, lemma, tag, (features or ["_"])[0], int(head) - 1, relation)
        )
        start += len(word) + 1
    return Sentence(0, Span(0, start - 1), tuple(tokens), 0, 0)


def words(roles: Roles, places) -> list[str]:
    return [roles.tokens[place].text for place in places]


def test_roles_of_a_passive_are_turned():
    roles = Roles(
        sentence(
            "Chad PROPN nsubj:pass 3",
            "was AUX aux:pass 3",
            "attacked VERB root 0 Tense=Past|VerbForm=Part",
            "by ADP case 5",
            "Mali PROPN obl:agent 3",
            ". PUNCT punct 3",
        )
    )
    assert words(roles, roles.subjects(2)) == ["Mali"] and words(roles, roles.objects(2)) == ["Chad"]


def test_roles_object_of_ask_does_what_the_infinitive_says():
    roles = Roles(
        sentence(
            "Chad PROPN nsubj 2",
            "asked VERB root 0",
            "Mali PROPN obj 2",
            "to PART mark 5",
            "leave VERB xcomp 2 VerbForm=Inf",
        )
    )
    assert words(roles, roles.subjects(4)) == ["Mali"]


def test_roles_relative_pronoun_stands_for_the_noun_before():
    roles = Roles(
        sentence(
            "Chad PROPN nsubj 5",
            ", PUNCT punct 4",
            "which PRON nsubj 4",
            "attacked VERB acl:relcl 1",
            "met VERB root 0",
        )
    )
    assert words(roles, roles.subjects(3)) == ["Chad"]


def test_roles_lists_are_taken_apart():
    roles = Roles(
        sentence("Chad PROPN nsubj 4", "and CCONJ cc 3", "Mali PROPN conj 1", "met VERB root 0", ". PUNCT punct 4")
    )
    assert words(roles, roles.subjects(3)) == ["Chad", "Mali"]


def test_roles_of_counted_people_are_the_people():
    roles = Roles(
        sentence("Chad PROPN nsubj 2", "attacked VERB root 0", "some DET obj 2", "of ADP case 5", "rebels NOUN nmod 3")
    )
    assert words(roles, roles.objects(1)) == ["rebels"]


def test_roles_second_verb_shares_the_subject_of_the_first():
    roles = Roles(
        sentence(
            "Chad PROPN nsubj 2",
            "attacked VERB root 0",
            "Mali PROPN obj 2",
            "and CCONJ cc 5",
            "bought VERB conj 2",
            "arms NOUN obj 5",
        )
    )
    assert words(roles, roles.subjects(4)) == ["Chad"] and words(roles, roles.objects(4)) == ["arms"]


def test_roles_days_are_nobody():
    roles = Roles(sentence("Chad PROPN nsubj 2", "called VERB root 0", "on ADP case 4", "Tuesday PROPN obl 2"))
    assert roles.obliques(1, "on") == []
