"""Whether a capital's name means its government: "Ankara said" does, "talks in Ankara" does not."""

from verbale.model.reading import ROOT, Token
from verbale.world.bodies import CLITICS
from verbale.world.scene import Found, Line, governor, head_token, top_of_group
from verbale.world.whereabouts import group_preposition, is_dateline
from verbale.world.word_lists import words


def capital_acts(line: Line, found: Found) -> tuple[bool, str]:
    """Whether a capital's name means the government, and why."""
    tokens = line.sentence.tokens
    head = tokens[head_token(line, found.first, found.after)]
    follower = line.low(found.after)
    if is_dateline(line, found.after):
        return False, "it opens the report as its dateline"
    preposition = group_preposition(line, found.first, found.after)
    if follower in ("based", "born", "area", "bound") or (
        follower == ","
        and line.ends.get(found.first) is None
        and line.starts.get(found.after + 1) is not None
        and line.starts[found.after + 1].entity == found.entity
    ):
        return False, "named as a place"
    if follower in CLITICS:
        return _owned(line, found)
    if (
        head.bare_relation in ("compound", "amod", "nmod")
        and not preposition
        and head.head != ROOT
        and head.head > head.place
    ):
        return _compound(line, tokens[head.head])
    if preposition in ("to", "from", "of", "for", "on"):
        return _after_loose_preposition(line, head, preposition)
    if preposition in words("capital", "place_prepositions"):
        return False, f"it stands after {preposition!r}"
    if preposition in words("capital", "government_prepositions"):
        return True, f"it stands after {preposition!r}"
    return _by_clause(line, head)


def _owned(line: Line, found: Found) -> tuple[bool, str]:
    here = found.after + 1
    while here < len(line.bits) and here < found.after + 5:
        token = line.sentence.tokens[line.bits[here].token]
        if line.low(here) in words("capital", "place_possessions"):
            return False, f"what it owns is a place: {line.bits[here].raw!r}"
        if token.upos in ("NOUN", "PROPN"):
            break
        here += 1
    return True, "it owns a deed or a policy"


def _compound(line: Line, noun: Token) -> tuple[bool, str]:
    lemma = noun.lemma.lower()
    if (
        lemma in words("capital", "place_nouns")
        or noun.text.lower() in words("capital", "place_nouns")
        or noun.upos == "PROPN"
    ):
        return False, f"it names the place of {noun.text!r}"
    return True, f"it stands before {noun.text!r}"


def _after_loose_preposition(line: Line, head: Token, preposition: str) -> tuple[bool, str]:
    above = governor(line.sentence, head.place)
    before = line.sentence.tokens[head.place - 2] if head.place > 1 else None
    if before is not None and before.upos == "NOUN" and before.lemma.lower() in words("capital", "government_nouns"):
        return True, f"{before.text!r} is between governments"
    if above == ROOT:
        return False, "named as a place"
    token = line.sentence.tokens[above]
    lemma = token.lemma.lower()
    if lemma in words("place_of", "motion"):
        return False, f"{token.text!r} goes to or from a place"
    if preposition in ("for", "on"):
        if lemma in ("leave", "depart", "head", "embark", "set"):
            return False, f"{token.text!r} goes to a place"
        return True, f"it stands after {preposition!r}"
    if lemma in words("capital", "government_nouns") or lemma in words("capital", "government_verbs"):
        return True, f"{token.text!r} is between governments"
    if (
        preposition == "of"
        and token.upos in ("NOUN", "VERB")
        and lemma in ("government", "accuse", "criticism", "ally", "part", "behalf")
    ):
        return True, f"{token.text!r} is of a government"
    return False, f"it stands after {preposition!r}"


def _by_clause(line: Line, head: Token) -> tuple[bool, str]:
    top = line.sentence.tokens[top_of_group(line.sentence, head.place)]
    if top.head == ROOT:
        return top.upos == "PROPN" and len(line.bits) > 3, "it is named among governments"
    verb = line.sentence.tokens[top.head]
    lemma = verb.lemma.lower()
    if top.bare_relation == "nsubj":
        passive = top.relation == "nsubj:pass"
        if passive and lemma in words("capital", "place_passives"):
            return False, f"a place is {verb.text}"
        if (
            not passive
            and lemma in words("capital", "place_verbs")
            and not line.sentence.below(verb.place, "compound:prt")
        ):
            return False, f"a place can {lemma}"
        has_copula = any(child.relation == "cop" for child in line.sentence.below(verb.place))
        if (
            has_copula
            and verb.upos in ("NOUN", "PROPN")
            and lemma in ("city", "capital", "place", "home", "venue", "town", "host")
        ):
            return False, "the sentence says that it is a place"
        return True, f"it is the subject of {verb.text!r}"
    if top.bare_relation in ("obj", "iobj"):
        if (
            lemma in words("place_of", "motion")
            or lemma in words("capital", "place_passives")
            or lemma in ("reach", "see", "hold")
        ):
            return False, f"{verb.text!r} takes a place"
        return True, f"it is the object of {verb.text!r}"
    return False, "nothing says that it acts"
