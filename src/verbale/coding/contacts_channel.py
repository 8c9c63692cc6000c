"""By which channel a contact went: in person, phone, video, letter, or unknown."""

from verbale.coding.contacts_lexicon import ContactWords
from verbale.model.reading import Sentence

OTHER_CLAUSES = ("ccomp", "advcl", "acl", "parataxis", "csubj")
ABOUT = frozenset(("about", "on", "over", "regarding", "concerning", "of", "for", "after", "before", "since"))
LINES = frozenset(("phone", "telephone", "line", "hotline", "video", "videolink"))


def clause_places(sentence: Sentence, place: int) -> list[int]:
    """A predicate with what stands beside it, without other clauses, coordinated verbs, or what the contact was
    about.
    """
    found, open_places = [], [place]
    while open_places:
        here = open_places.pop()
        found.append(here)
        for child in sentence.below(here):
            if child.bare_relation in OTHER_CLAUSES or (
                child.bare_relation == "conj" and child.upos in ("VERB", "AUX")
            ):
                continue
            if child.bare_relation in ("obl", "nmod", "nsubj") and _is_matter(sentence, child.place):
                continue
            open_places.append(child.place)
    return sorted(found)


def _is_matter(sentence: Sentence, place: int) -> bool:
    """Whether a phrase says what was talked about, not how: "on trade", but not "on the phone"."""
    cases = {token.lemma.lower() for token in sentence.below(place, "case")}
    return bool(cases & ABOUT) and sentence.tokens[place].lemma.lower() not in LINES


def told_channel(sentence: Sentence, places: list[int], words: ContactWords) -> str | None:
    """The channel that words among these places name outright; None where none does."""
    forms = [sentence.tokens[place].text.lower() for place in places]
    lemmas = [sentence.tokens[place].lemma.lower() for place in places]
    return words.phrase_in("channel", forms) or words.phrase_in("channel", lemmas)


def channel_of(sentence: Sentence, place: int, words: ContactWords, noun: int | None = None) -> str:
    """The channel of a contact told by a word: what its clause says outright, else what the word itself means."""
    told = told_channel(sentence, noun_phrase(sentence, noun), words) if noun is not None else None
    told = told or told_channel(sentence, clause_places(sentence, place), words)
    if told:
        return told
    for here in (noun, place):
        if here is None:
            continue
        token = sentence.tokens[here]
        row = (words.verbs if token.upos in ("VERB", "AUX") else words.nouns).get(token.lemma.lower())
        if row is not None:
            return row.channel
    return "unknown"


def noun_phrase(sentence: Sentence, noun: int) -> list[int]:
    """A noun with its modifiers before it: "telephone conversations", "video conference"."""
    near = [
        token.place for token in sentence.below(noun, "compound", "amod", "nmod", "flat", "fixed") if token.place < noun
    ]
    return sorted([*near, noun])
