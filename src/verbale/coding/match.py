"""Predicates found in a sentence: which rule fits which word, what it speaks of, and who stands where."""

from collections.abc import Iterator

from verbale.coding.events_checks import CHECK
from verbale.coding.events_paths import PATHS
from verbale.coding.roles import Roles
from verbale.coding.rules import SAME, Frame, Need, Rules
from verbale.model.reading import ROOT
from verbale.tables.ontology import Coded

PREDICATE_TAGS = frozenset(("VERB", "ADJ", "AUX"))
NOUN_TAGS = frozenset(("NOUN", "PROPN"))
EMPTY_HEADS = frozenset(
    (
        *("hour", "measure", "order", "effort", "activity", "regime", "requirement", "policy", "rule"),
        *("program", "programme", "package"),
    )
)
DEEPEST = 6
"""Acts inside acts: "refused to call on Chad to stop selling arms" has four; deeper ones are parser errors."""


class Act:
    """An act told by a word: what it is, who and whom (places of words), and the act it speaks of, if any."""

    __slots__ = ("coded", "contexts", "frame", "inner", "mutual", "paths", "place", "places", "status", "who", "whom")

    def __init__(
        self,
        place: int,
        frame: Frame,
        coded: Coded,
        who: list[int],
        whom: list[int],
        inner: "Act | None",
        places: list[int],
    ):
        self.place = place
        self.frame = frame
        self.coded = coded
        self.who = who
        self.whom = whom
        self.inner = inner
        self.places = places
        self.status: str | None = frame.row.status
        self.contexts: tuple[str, ...] = frame.row.contexts
        self.mutual = bool(frame.row.mutual)
        self.paths: dict[str, str] = {}
        """Where who and whom were found, by the paths of the rule language."""

    @property
    def is_transparent(self) -> bool:
        return self.frame.row.type == SAME

    def chain(self) -> list[int]:
        """This predicate, and those inside it as far as they tell the same act."""
        found, here = [self.place], self
        while here.is_transparent and here.inner is not None:
            here = here.inner
            found.append(here.place)
        return found

    def core(self) -> "Act":
        """The act itself, under verbs that only say that it is held, planned or cancelled."""
        here = self
        while here.is_transparent and here.inner is not None:
            here = here.inner
        return here


class Matcher:
    """The acts of one sentence; each word is asked once."""

    def __init__(self, roles: Roles, rules: Rules):
        self.roles = roles
        self.rules = rules
        self.lemmas = roles.lemmas
        self._acts: dict[int, Act | None] = {}
        self._depth = 0

    def acts(self) -> list[Act]:
        """The outermost acts, in text order: what another act speaks of is inside that one."""
        frames = self.rules.frames
        found = [
            act
            for place, lemma in enumerate(self.lemmas)
            if lemma in frames
            for act in (self.act_at(place),)
            if act is not None
        ]
        inside = {place for act in found for place in _inside(act)}
        return [act for act in found if act.place not in inside]

    def act_at(self, place: int) -> Act | None:
        if place in self._acts:
            return self._acts[place]
        self._acts[place] = None
        if self._depth < DEEPEST:
            self._depth += 1
            self._acts[place] = self._find(place)
            self._depth -= 1
        return self._acts[place]

    def _find(self, place: int, is_modifier: bool = False) -> Act | None:
        frames = self.rules.frames.get(self.lemmas[place])
        if not frames:
            return None
        tag = self.roles.tokens[place].upos
        is_noun = tag in NOUN_TAGS
        if is_noun and not is_modifier and self.roles.tokens[place].relation in ("compound", "amod", "flat"):
            return None
        if tag == "PROPN" and place and not self.roles.is_headline:
            return None
        if not is_noun and tag not in PREDICATE_TAGS:
            return None
        if (
            tag == "ADJ"
            and not _is_verbal(self.roles.tokens[place])
            and not self.roles.clauses(place)
            and not self.roles.children[place]
        ):
            return None
        if self._is_idiom(place):
            return None
        for frame in frames:
            if frame.is_noun is not is_noun or (
                tag == "ADJ" and frame.need is None and not _is_verbal(self.roles.tokens[place])
            ):
                continue
            act = self._fits(place, frame)
            if act is not None:
                return act
        return None

    def _is_idiom(self, place: int) -> bool:
        beside = self.rules.idioms.get(self.lemmas[place])
        if not beside:
            return False
        near = {self.lemmas[child] for child in self.roles.children[place]}
        for child in self.roles.children[place]:
            near |= {self.lemmas[under] for under in self.roles.children[child]}
        head = self.roles.tokens[place].head
        if head != ROOT:
            near.add(self.lemmas[head])
        return not near.isdisjoint(beside)

    def _fits(self, place: int, frame: Frame) -> Act | None:
        if frame.beside and not self._has_beside(place, frame):
            return None
        inner, places = None, [place]
        need = frame.need
        if need is not None:
            met = self._meets(place, need)
            if met is None:
                return None
            inner, more = met
            places += more
        if frame.row.check and not CHECK[frame.row.check](self, place, inner):
            return None
        return self._made(place, frame, inner, places)

    def _has_beside(self, place: int, frame: Frame) -> bool:
        if frame.is_noun:
            here = {self.lemmas[child] for child in self.roles.children[place]}
            if place:
                here.add(self.lemmas[place - 1])
        else:
            here = self.roles.particles(place)
            if place + 1 < len(self.lemmas):
                here = here | {self.lemmas[place + 1]}
        return all(word in here for word in frame.beside)

    # --- needs -------------------------------------------------------------------------------------------------

    def _meets(self, place: int, need: Need) -> tuple[Act | None, list[int]] | None:
        if need.kind == "clause act":
            return self._meets_clause(place, need)
        candidates = self._beside(place, need.preposition)
        if need.kind == "any":
            return (self._noun_act(candidates[0]), []) if candidates else None
        if need.kind == "word":
            for one in candidates:
                if self.lemmas[one] in need.words or self._has_phrase(one, need.phrases) or self._has_core(one, need):
                    return self._noun_act(one), [one]
            return None
        for one in candidates:
            act = self._noun_act(one)
            if act is not None and self._is_kind(act, need):
                return act, [one]
        return None

    def _has_core(self, place: int, need: Need) -> bool:
        """An empty head noun whose modifier is the word: "curfew hours"."""
        if self.lemmas[place] not in EMPTY_HEADS:
            return False
        return any(self.lemmas[child] in need.words for child in self.roles.below(place, "compound", "amod"))

    def _noun_act(self, place: int) -> Act | None:
        """The act that a noun tells; an empty head tells what its modifier says: "an aid program"."""
        if self.roles.tokens[place].upos not in NOUN_TAGS:
            return None
        act = self.act_at(place)
        if act is None and self.lemmas[place] in EMPTY_HEADS:
            for child in self.roles.below(place, "compound"):
                act = self._acts.get(child) or self._find(child, is_modifier=True)
                if act is not None:
                    self._acts[child] = act
                    break
        return act

    def _beside(self, place: int, preposition: str) -> list[int]:
        roles = self.roles
        if preposition == "subj":
            return roles.below(place, "nsubj")
        if preposition:
            words = preposition.split("|")
            found = roles.obliques_around(place, *words)
            return found or (self._light_verb(place, words) if roles.tokens[place].upos in NOUN_TAGS else [])
        if roles.tokens[place].upos in NOUN_TAGS:
            return roles.obliques(place, "of", "for", "to")
        said_of = [one for one in roles.below(place, "xcomp") if roles.tokens[one].upos in ("ADJ", "NOUN", "PROPN")]
        return [*roles.objects(place), *said_of]

    def _meets_clause(self, place: int, need: Need) -> tuple[Act | None, list[int]] | None:
        roles = self.roles
        clauses = roles.clauses(place)
        for thing in roles.objects(place):
            if roles.tokens[thing].upos in NOUN_TAGS and thing > place:
                clauses = clauses + [child for child in roles.below(thing, "acl") if roles._has_to(child)]
        if need.preposition:
            clauses = [
                child
                for child in roles.below(place, "advcl", "xcomp", "ccomp", "obl", "acl")
                if roles.case(child) in need.preposition.split("|")
            ]
        for clause in clauses:
            if need.inner == "*":
                if roles.tokens[clause].upos in ("VERB", "AUX") or roles.below(clause, "nsubj", "cop"):
                    return self._clause_act(clause), []
                continue
            act = self._clause_act(clause)
            if act is not None and self._is_kind(act, need):
                return act, []
        return None

    def _clause_act(self, clause: int) -> Act | None:
        act = self.act_at(clause)
        if act is not None:
            return act
        for child in self.roles.below(clause, "conj", "xcomp"):
            if self.roles.tokens[child].upos in PREDICATE_TAGS:
                act = self.act_at(child)
                if act is not None:
                    return act
        for child in (*self.roles.objects(clause), *self.roles.below(clause, "obl")):
            act = self._noun_act(child)
            if act is not None and not act.is_transparent:
                return act
        return None

    def _is_kind(self, act: Act, need: Need) -> bool:
        wanted = need.inner
        if wanted in ("any", "*"):
            return True
        cooperative = self.rules.ontology.is_cooperative(act.coded.type)
        if wanted in ("coop", "conflict"):
            return cooperative is (wanted == "coop")
        if act.coded.type != wanted:
            return False
        return not need.inner_detail or need.inner_detail in (act.coded.mode, act.coded.act)

    def _has_phrase(self, place: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
        if not phrases:
            return False
        near: set[str] | None = None
        for phrase in phrases:
            head = phrase[0] if "of" in phrase else phrase[-1]
            if self.lemmas[place] != head:
                continue
            if near is None:
                near = {self.lemmas[child] for child in self.roles.children[place]}
                for child in self.roles.children[place]:
                    near |= {self.lemmas[under] for under in self.roles.children[child]}
            if all(word == head or word in near for word in phrase if word != "of"):
                return True
        return False

    # --- the act -----------------------------------------------------------------------------------------------

    def _made(self, place: int, frame: Frame, inner: Act | None, places: list[int]) -> Act | None:
        row = frame.row
        if row.type == SAME:
            if inner is None or inner.frame.row.status == "abstract":
                return None
            coded = inner.coded
            if row.act and not coded.act:
                coded = Coded(
                    coded.type, coded.mode, row.act, coded.inner, coded.inner_mode, coded.inner_act, coded.demanded
                )
        else:
            coded = self._coded(row, inner)
        act = Act(place, frame, coded, [], [], inner, places)
        act.who = self._who(act)
        act.whom = self._whom(act)
        if any(self.roles.is_each_other(one) for one in (*act.whom, *self.roles.objects(place))):
            act.mutual = True
        if row.type == SAME and inner is not None:
            act.mutual = act.mutual or inner.mutual
            act.contexts = (*act.contexts, *inner.contexts)
            if act.status is None:
                act.status = inner.status
        return act

    def _coded(self, row, inner: Act | None) -> Coded:
        if inner is None:
            mode = None if row.mode == "~" else row.mode
            if row.mode == "~":
                mode = self.rules.ontology.mode_for(row.type, None, None)
            return Coded(row.type, mode, row.act, demanded=row.act == "demand")
        kept = inner.coded
        if kept.type in ("AGREE", "REQUEST") and kept.inner and row.type in ("REJECT", "AGREE", "REQUEST"):
            kept = Coded(kept.inner, kept.inner_mode, kept.inner_act)
        mode = row.mode
        if row.mode == "~":
            mode = self.rules.ontology.mode_for(row.type, kept.type, kept.mode, kept.act or kept.inner_act)
        elif row.mode == SAME:
            mode = kept.mode if kept.type == row.type else None
        inner_act = kept.act or kept.inner_act
        return Coded(row.type, mode, row.act, kept.type, kept.mode, inner_act, demanded=row.act == "demand")

    def _who(self, act: Act) -> list[int]:
        row, inner = act.frame.row, act.inner
        if act.is_transparent and inner is not None and not row.who:
            act.paths["who"] = f"inner.{inner.paths.get('who', 'who')}" if inner.who else "subj"
            return list(inner.who) or self._at(act, "subj")
        paths = row.who or (("poss", "by", "mod", "gov") if act.frame.is_noun else ("subj",))
        return self._first(act, "who", paths)

    def _whom(self, act: Act) -> list[int]:
        row, inner = act.frame.row, act.inner
        if act.is_transparent and inner is not None and not row.whom:
            found = list(inner.whom)
            if found:
                act.paths["whom"] = f"inner.{inner.paths.get('whom', 'whom')}"
            return found or self._first(act, "whom", ("with", "on", "against", "to"), act.who)
        paths = row.whom or (("on", "against", "of") if act.frame.is_noun else ("obj",))
        found = self._first(act, "whom", paths, act.who)
        if found or act.frame.is_noun or inner is not None:
            return found
        wares = act.places if row.type == "COOPERATE" else []  # what is bought is no party
        beside = [one for ware in wares[1:] for one in self.roles.modifiers(ware) if self._is_recipient(one)]
        return self._first(act, "whom", ("object",), [*act.who, *wares]) or beside

    def _first(
        self, act: Act, role: str, paths: tuple[str, ...], barred: list[int] | tuple[int, ...] = ()
    ) -> list[int]:
        """The words at the first path that leads to someone not barred."""
        for path in paths:
            found = [one for one in self._at(act, path) if one not in barred]
            if found:
                act.paths[role] = path
                return found
        return []

    def _at(self, act: Act, path: str) -> list[int]:
        """The words at a place named by a path: subj, obj, with, obj.of, inner.whom, clause.subj ..."""
        roles, place = self.roles, act.place
        named = PATHS.get(path)
        if named is not None:
            return list(named(self, act))
        if path.startswith("obj."):
            for thing in roles.objects(place):
                found = self._noun_path(thing, path[4:])
                if path == "obj.mod" and act.frame.row.type == "COOPERATE":
                    found = [one for one in found if self._names_land(one)]
                if found:
                    return found
            return []
        preposition = path.replace("_", " ").split("|")
        if act.frame.is_noun:
            return (
                roles.obliques(place, *preposition)
                or self._light_verb(place, preposition)
                or [one for thing in roles.obliques(place, "of", "by") for one in roles.obliques(thing, *preposition)]
            )
        return roles.obliques_around(place, *preposition)

    def _names_land(self, place: int) -> bool:
        """Whether a modifier may name a land or maker: "Chinese" in "Chinese jets", not the "F" of "F-16"."""
        text = self.roles.tokens[place].text
        return text[:1].isupper() and len(text) > 1 and not any(letter.isdigit() for letter in text)

    def _is_recipient(self, place: int) -> bool:
        """A name that the tree took for a part of the goods: "sold Ethiopia planes"."""
        return self.roles.tokens[place].upos == "PROPN" and self._names_land(place)

    def _light_verb(self, noun: int, preposition: list[str]) -> list[int]:
        """Phrases that the parser hung on the verb that has the noun for object: "held talks with Chad"."""
        token = self.roles.tokens[noun]
        if (
            token.bare_relation in ("obj", "nsubj", "obl")
            and token.head != ROOT
            and self.roles.tokens[token.head].upos == "VERB"
        ):
            return [one for one in self.roles.obliques(token.head, *preposition) if one > noun]
        return []

    def _noun_path(self, noun: int, path: str) -> list[int]:
        if path == "poss":
            return self.roles.possessors(noun)
        if path == "mod":
            return self.roles.modifiers(noun)
        return self.roles.obliques(noun, *path.split("|"))


def _is_verbal(token) -> bool:
    """An adjective that is a participle by its form: "accused", "striking"."""
    return token.text.lower().endswith(("ed", "ing", "en"))


def _inside(act: Act) -> Iterator[int]:
    """Places that belong to an act without being acts of their own: what it speaks of, and its object noun."""
    inner = act.inner
    while inner is not None:
        yield inner.place
        inner = inner.inner
    yield from act.places[1:]
