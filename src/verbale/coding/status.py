"""Whether an act happened: ongoing, planned, intended, called for, hypothetical, denied, failed, postponed,
cancelled.
"""

from typing import NamedTuple

from verbale.coding.match import Act
from verbale.coding.roles import Roles
from verbale.coding.rules import Rules
from verbale.model.reading import ROOT

NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "hardly"))
FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
MAYBE = frozenset(("may", "might", "could", "can", "ca"))
DUTY = frozenset(("must", "should", "ought"))
IF = frozenset(("if", "unless", "whether", "lest", "should", "in case", "provided"))
BEFORE_NEWS = frozenset(
    (
        "despite",
        "amid",
        "amidst",
        "after",
        "following",
        "since",
        "over",
        "because of",
        "in response to",
        "in protest at",
        "in retaliation for",
        "in the wake of",
        "ahead of",
        "under",
    )
)
"""Prepositions that bring in what is known already: "despite sanctions on Iran"."""
OPPORTUNITY = frozenset(("opportunity", "chance", "occasion", "honour", "honor", "pleasure", "privilege", "time"))
TAKING = frozenset(("have", "get", "take", "use", "enjoy", "find"))
BRINGING_ABOUT = frozenset(
    ("force", "compel", "oblige", "persuade", "convince", "lead", "cause", "prompt", "manage", "get", "help", "proceed")
)
"""Verbs whose infinitive came about when they did: "persuaded Chad to sign"."""
HANGING = frozenset(("", "of", "for", "to", "about", "that", "against", "from", "whether"))
HIGHEST_CLIMB = 5


class Status(NamedTuple):
    """What became of an act, whether the clause denies it and looks ahead, and the words that say so."""

    status: str
    refused: bool
    """Denied and ahead: "will not lift the ban" is a refusal."""
    background: bool
    reason: str
    tense: str | None
    ceases: bool = False
    """Denied by "no longer": what was done till now will stop."""


def status_of(act: Act, roles: Roles, rules: Rules) -> Status:
    chain = act.chain()
    status = act.status if act.status and act.status not in ("inner", "abstract") else None
    reason = f"rule {act.frame.row.name}" if status else ""
    negated, ahead, tense = False, False, None
    for place in chain:
        said, word, is_negated, is_ahead, here = _of_word(place, roles, rules, place == chain[0])
        negated, ahead = negated or is_negated, ahead or is_ahead
        tense = tense or here
        if said and status in (None, "happened", "ongoing"):
            status, reason = said, f"“{word}”"
    shared = _shared(chain[0], roles, rules)
    if shared and status in (None, "happened"):
        status, reason = shared
    over, word = _from_above(chain[0], roles, rules)
    if over and (
        status in (None, "happened", "ongoing") or (over in ("hypothetical", "denied") and status == "planned")
    ):
        status, reason = over, f"“{word}”"
    if negated and not ahead:
        status, reason = "denied", "negated"
    return Status(
        status or "happened",
        negated and ahead,
        _is_background(act, chain[0], roles),
        reason or "told as done",
        tense,
        negated and any(_is_no_longer(child, roles) for place in chain for child in roles.children[place]),
    )


IS = frozenset(("is", "are", "was", "were", "’s", "'s", "’re", "'re"))
"""Forms of `be` that, with `to` and a verb, tell a plan: "is to meet", "was to fly"."""


def _of_word(place: int, roles: Roles, rules: Rules, is_outer: bool) -> tuple[str | None, str, bool, bool, str | None]:
    """What the words around one predicate say: status, the word, negated, looking ahead, tense."""
    token = roles.tokens[place]
    status, word, negated, ahead, tense = None, "", False, False, None
    is_verb = token.upos in ("VERB", "AUX") or bool(roles.below(place, "cop"))
    has_progressive, has_present = False, False
    for child in roles.children[place]:
        other = roles.tokens[child]
        lemma, form = other.lemma.lower(), other.text.lower()
        if lemma in NEGATIONS or form in NEGATIONS or _is_no_longer(child, roles):
            negated = True
        if other.relation in ("aux", "aux:pass", "cop"):
            if lemma == "be" and form in IS and other.relation in ("aux", "cop") and roles._has_to(place):
                status, word, ahead, tense = "planned", f"{form} to", True, "future"
            elif lemma in FUTURE or form in FUTURE:
                status, word, ahead, tense = "planned", form, True, "future"
            elif lemma == "would" or form in ("would", "'d"):
                ahead = True
                status, word = ("planned" if _is_reported(place, roles) else "hypothetical"), form
            elif lemma in MAYBE or form in MAYBE or form == "could":
                status, word = "hypothetical", form
                ahead = ahead or form in ("cannot", "ca", "can")
            elif lemma in DUTY:
                status, word = "called for", form
            elif (lemma == "be" and "VerbForm=Ger" in token.features) or (
                lemma == "be" and form in ("is", "are", "am", "been", "being") and token.text.lower().endswith("ing")
            ):
                has_progressive, has_present = True, form in ("is", "are", "am", "'s", "'re", "been")
            elif lemma == "have" and form == "had":
                tense = "past"
        elif other.relation in ("mark", "case") and lemma in ("due", "about") and roles.below(child, "fixed"):
            status, word, ahead, tense = "planned", f"{form} to", True, "future"
        elif other.relation == "mark" and lemma in IF:
            status, word = "hypothetical", form
        elif not is_verb and other.relation == "det" and lemma == "no":
            negated = True
        elif not is_verb and lemma in rules.status_before and other.relation in ("amod", "advmod", "acl", "compound"):
            status, word = rules.status_before[lemma], form
    if is_verb and any(
        roles.lemmas[child] == "no" and roles.tokens[child].relation == "det"
        for thing in roles.objects(place)
        for child in roles.children[thing]
    ):
        negated = True
    if has_progressive and has_present and status is None:
        status, word, tense = "ongoing", token.text, "present"
    if (
        status is None
        and is_verb
        and token.relation == "xcomp"
        and token.head != ROOT
        and roles.lemmas[token.head] == "be"
    ):
        status, word, ahead, tense = "planned", "is to", True, "future"
    if status is None and is_verb and is_outer and _is_purpose(place, roles):
        status, word = "intended", "to " + token.text
    if tense is None and is_verb:
        tense = "past" if "Tense=Past" in token.features else "present" if "Tense=Pres" in token.features else None
    return status, word, negated, ahead, tense


def _is_no_longer(place: int, roles: Roles) -> bool:
    """ "no longer", "any longer" after "not" is caught by "not"."""
    return roles.tokens[place].text.lower() == "longer" and place > 0 and roles.tokens[place - 1].text.lower() == "no"


def _shared(place: int, roles: Roles, rules: Rules) -> tuple[str, str] | None:
    """What the auxiliary of a first verb says of the verbs listed after it: "will travel to Oslo and meet the king"."""
    here = place
    for _ in range(HIGHEST_CLIMB):
        token = roles.tokens[here]
        if token.relation != "conj" or token.head == ROOT or roles.below(here, "nsubj", "aux", "aux:pass"):
            return None
        here = roles.goes_on_from(here)
        said, word, _, _, _ = _of_word(here, roles, rules, True)
        if said:
            return said, f"“{word}”, shared"
    return None


def _is_reported(place: int, roles: Roles) -> bool:
    """Whether a clause is what someone said or decided: there `would` is a future told in the past."""
    token = roles.tokens[place]
    steps = 0
    while token.head != ROOT and steps < HIGHEST_CLIMB:
        if token.relation in ("ccomp", "parataxis"):
            return True
        token = roles.tokens[token.head]
        steps += 1
    return False


def _is_purpose(place: int, roles: Roles) -> bool:
    """An infinitive that tells an aim: "sent troops to fight". Whether it came about is not said."""
    token = roles.tokens[place]
    if token.relation not in ("advcl", "acl", "xcomp") or "VerbForm=Inf" not in token.features:
        return False
    return roles._has_to(place) and not _came_about(place, roles)


def _came_about(place: int, roles: Roles) -> bool:
    """Whether the word above says that the aim was reached: "had the opportunity to meet", "was forced to land"."""
    token = roles.tokens[place]
    above = roles.tokens[token.head]
    if token.relation == "acl":
        taken = above.head != ROOT and roles.lemmas[above.head] in TAKING and above.bare_relation == "obj"
        return roles.lemmas[token.head] in OPPORTUNITY and taken and "Tense=Past" in roles.tokens[above.head].features
    return roles.lemmas[token.head] in BRINGING_ABOUT


def _from_above(place: int, roles: Roles, rules: Rules) -> tuple[str | None, str]:
    """What words over a predicate say of it: "the possibility of an attack", "if troops enter", "denies that"."""
    here = place
    for _ in range(HIGHEST_CLIMB):
        token = roles.tokens[here]
        if token.head == ROOT:
            return None, ""
        if here != place and token.relation in ("advcl", "ccomp"):
            for child in roles.children[here]:
                if roles.tokens[child].relation == "mark" and roles.lemmas[child] in IF:
                    return "hypothetical", roles.tokens[child].text
        if token.bare_relation in ("nsubj", "conj", "parataxis", "appos") or token.relation == "acl:relcl":
            if token.bare_relation != "conj":
                return None, ""
            here = token.head
            continue
        above = roles.tokens[token.head]
        lemma = above.lemma.lower()
        case = roles.case(here)
        if token.bare_relation == "acl" and any(roles.lemmas[child] == "no" for child in roles.children[token.head]):
            return "denied", f"no {above.text}"
        if lemma in rules.status_above and case in HANGING and _hangs(here, case, roles):
            return rules.status_above[lemma], above.text
        if token.bare_relation in ("obl", "advcl") and case not in ("", "to"):
            return None, ""
        here = token.head
    return None, ""


def _hangs(place: int, case: str, roles: Roles) -> bool:
    """Whether a word is what the one above it speaks of, and not only beside it."""
    token = roles.tokens[place]
    if case or token.bare_relation in ("xcomp", "ccomp", "acl", "nmod", "obj"):
        return True
    return token.relation == "advcl" and roles._has_to(place)


def _is_background(act: Act, place: int, roles: Roles) -> bool:
    """Known before this report's news: in a `despite` phrase, a relative clause in the past, or the past perfect."""
    here, steps = place, 0
    had = any(
        roles.tokens[child].text.lower() == "had" and roles.tokens[child].relation == "aux"
        for child in roles.children[place]
    )
    if had and not _is_reported(place, roles):
        return True
    while steps < HIGHEST_CLIMB:
        token = roles.tokens[here]
        if token.head == ROOT:
            return False
        if token.relation == "acl:relcl":
            return True
        if token.bare_relation in ("obl", "nmod", "advcl") and roles.case(here) in BEFORE_NEWS:
            return True
        if token.bare_relation in ("ccomp", "parataxis"):
            return False
        here = token.head
        steps += 1
    return False
