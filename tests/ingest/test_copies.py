"""Copies of one wire text are found: cut from the bottom, reworded a little, given another head and foot."""

import random

from verbale.ingest.copies import Text, compared, copies, copy_groups, text_of
from verbale.ingest.read import read_text

WHO = ("minister", "envoy", "president", "ambassador", "spokesman", "delegation", "secretary", "governor")
DID = ("discussed", "signed", "rejected", "praised", "postponed", "welcomed", "criticised", "announced")
WHAT = ("ferry", "fishing", "border", "customs", "energy", "railway", "visa", "pension", "harbour", "grain", "water")
HOW = ("agreement", "treaty", "plan", "dispute", "law", "project", "report")
WHERE = ("Bergen", "Muscat", "Lima", "Tunis", "Hanoi", "Quito", "Accra", "Oslo", "Riga", "Cardiff", "Perth", "Galway")


def article(dice: random.Random, sentences: int = 12) -> list[str]:
    return [
        f"The {dice.choice(WHO)} of {dice.choice(WHERE)} {dice.choice(DID)} the {dice.choice(WHAT)} {dice.choice(HOW)} "
        f"with the {dice.choice(WHO)} of {dice.choice(WHERE)} after {dice.randrange(2, 900)} days of talks about "
        f"{dice.choice(WHAT)} and {dice.choice(WHAT)} in {dice.choice(WHERE)}."
        for _ in range(sentences)
    ]


def variants(base: list[str], dice: random.Random) -> list[str]:
    reworded = [sentence.replace(" after ", " following ") if dice.random() < 0.3 else sentence for sentence in base]
    dropped = [sentence for sentence in base if dice.random() < 0.8]
    return [" ".join(base[:4]), " ".join(dropped), "BERGEN, March 5 (Reuters) - " + " ".join(reworded),
            " ".join(base) + " Reporting by our staff. All rights reserved by the makers of this paper and its owners."]


def made(count: int) -> tuple[list[Text], set[frozenset[str]]]:
    dice, texts, pairs = random.Random(3), [], set()
    for number in range(count):
        base = article(dice)
        names = [f"{number}"]
        texts.append(Text(names[0], " ".join(base)))
        for place, words in enumerate(variants(base, dice)):
            names.append(f"{number}.{place}")
            texts.append(Text(names[-1], words))
        pairs |= {frozenset((one, other)) for one in names for other in names if one < other}
    return texts, pairs


def test_copies_are_found_and_nothing_else():
    texts, wanted = made(120)
    groups = copy_groups(texts)
    found = {frozenset((one, other)) for group in groups for one in group for other in group if one < other}
    right = len(found & wanted)
    assert right / len(found) >= 0.995 and right / len(wanted) >= 0.98


def test_a_text_cut_from_the_bottom_is_held_by_the_whole():
    base = article(random.Random(5))
    found = compared(Text("a", " ".join(base)), Text("b", " ".join(base[:3])))
    assert found is not None and found.held == 1.0 and found.likeness < 0.4
    assert found.shared == tuple(base[:3])


def test_the_order_of_texts_does_not_matter():
    texts, _ = made(15)
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    assert copy_groups(texts) == copy_groups(mixed)
    assert {(one.one, one.other) for one in copies(texts)} == {(one.one, one.other) for one in copies(mixed)}


def test_short_notices_are_copies_only_word_for_word():
    one, other = (
        Text("a", "No comment was given by the ministry on Monday."),
        Text("b", "No comment was given by the ministry on Friday."),
    )
    assert compared(one, other) is None
    assert compared(one, Text("c", one.words)) is not None


def test_furniture_does_not_make_copies():
    dice = random.Random(9)
    foot = "\n\nLatest News\n\nSubscribe to our newsletter\n\n© 2024 The Fjord Gazette. All rights reserved."
    reports = [read_text("\n\n".join(article(dice, 5)) + foot) for _ in range(2)]
    assert copy_groups(map(text_of, reports)) == []
