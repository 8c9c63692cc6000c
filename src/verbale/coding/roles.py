"""Who does what in a clause: subjects, objects and obliques through passives, control, relative clauses and lists.

All answers are places of words in one sentence: the head word of each party, lists taken apart.
"""

from verbale.coding.roles_words import (
    HANGS_BY_CASE,
    NO_OBJECTS,
    NO_SIDE,
    NOMINAL,
    NOMINAL_OR_ADJ,
    OBJECT_CONTROL,
    PARTITIVE,
    RELATIVE,
    TEMPORAL,
)
from verbale.model.reading import ROOT, Sentence, Token


class Roles:
    """The grammar of one sentence, asked word by word; every answer is kept."""

    __slots__ = ("_cases", "_objects", "_phrases", "_subjects", "bare", "children", "lemmas", "sentence", "tokens")

    def __init__(self, sentence: Sentence, lemmas: list[str] | None = None):
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.lemmas = lemmas if lemmas is not None else [token.lemma.lower() for token in sentence.tokens]
        self.children = sentence.children
        self.bare = [token.bare_relation for token in sentence.tokens]
        self._cases: dict[int, str] = {}
        self._phrases: dict[int, list[tuple[int, str]]] = {}
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._objects: dict[int, tuple[int, ...]] = {}

    @property
    def is_headline(self) -> bool:
        """No full stop at the end: there "Two killed in blast" is a passive."""
        return not any(token.text in (".", "?", "!", "…") for token in self.tokens[-3:])

    # --- small questions ---------------------------------------------------------------------------------------

    def below(self, place: int, *relations: str) -> list[int]:
        """Children by bare relation or full relation."""
        children = self.children[place]
        if not children:
            return []
        tokens, bare = self.tokens, self.bare
        return [child for child in children if bare[child] in relations or tokens[child].relation in relations]

    def case(self, place: int) -> str:
        """The preposition before a nominal, in lower case: `against`, `because of`; empty where none stands."""
        known = self._cases.get(place)
        if known is None:
            known = self._cases[place] = self._find_case(place)
        return known

    def _find_case(self, place: int) -> str:
        words = []
        for child in self.children[place]:
            token = self.tokens[child]
            if token.relation in ("case", "mark") and child < place and token.lemma not in ("'s", "’s"):
                words.append(self.lemmas[child])
                words += [self.lemmas[more] for more in self.children[child] if self.tokens[more].relation == "fixed"]
        return " ".join(words)

    def is_each_other(self, place: int) -> bool:
        """ "each other", "one another": those who act are also those acted on."""
        return "PronType=Rcp" in self.tokens[place].features

    def is_year(self, place: int) -> bool:
        return self.tokens[place].upos == "NUM" and len(self.tokens[place].text) == 4

    def listed(self, place: int) -> list[int]:
        """A word and those coordinated with it, where they are nominals; "some of its troops" are the troops."""
        found = [place]
        if self.lemmas[place] in PARTITIVE:
            parts = [child for child in self.below(place, "nmod") if self.case(child) == "of"]
            found = [one for child in parts for one in self.listed(child)] or found
        for child in self.children[place]:
            token = self.tokens[child]
            if token.relation == "conj" and token.upos in NOMINAL_OR_ADJ:
                found += self.listed(child)
            elif token.relation == "flat" and self._begins_with_and(child):
                found.append(child)  # a second name that the tree took for a part of the first
        return found

    def _begins_with_and(self, place: int) -> bool:
        first = self.tokens[min(self.sentence.subtree(place))]
        return first.upos == "CCONJ" and first.lemma == "and"

    def is_passive(self, place: int) -> bool:
        token = self.tokens[place]
        relations = {self.tokens[child].relation for child in self.children[place]}
        if "aux:pass" in relations or ("obl:agent" in relations and self.agents(place)):
            return True
        if not relations.isdisjoint(("nsubj:pass", "csubj:pass")):
            return "aux" in relations or self.is_headline
        if token.upos not in ("VERB", "ADJ"):
            return False
        if token.relation == "acl" and self._is_lost_root(token.head) and not self.agents(place):
            return False
        if token.relation in ("acl", "amod", "advcl") and "VerbForm=Part" in token.features:
            is_past = "Tense=Past" in token.features or token.text.lower().endswith(("ed", "en"))
            return is_past and not self.below(place, "obj")
        if token.relation == "conj" and token.head != ROOT and "VerbForm=Part" in token.features:
            return (
                not self.below(place, "nsubj", "aux") and not self.below(place, "obj") and self.is_passive(token.head)
            )
        return False

    def _is_lost_root(self, place: int) -> bool:
        """A bare name as the root of a full sentence: the parser took its verb for a participle ("Chad mediated.")."""
        return self.tokens[place].head == ROOT and self.tokens[place].upos == "PROPN" and not self.is_headline

    # --- subjects and objects ----------------------------------------------------------------------------------

    def subjects(self, place: int) -> tuple[int, ...]:
        """Who does it: the active subject, the agent of a passive, or who is understood."""
        known = self._subjects.get(place)
        if known is None:
            self._subjects[place] = ()
            known = self._subjects[place] = tuple(self._find_subjects(place))
        return known

    def _find_subjects(self, place: int) -> list[int]:
        if self.is_passive(place):
            return self.agents(place)
        own = self.below(place, "nsubj", "csubj")
        if own:
            before = [one for one in own if one < place]
            return self._through_relative(place, before or own)
        return self._understood(place)

    def agents(self, place: int) -> list[int]:
        """The `by` phrases of a passive."""
        found = [child for child in self.below(place, "obl") if self.case(child) == "by"]
        return [one for agent in found for one in self.listed(agent)]

    def _through_relative(self, place: int, own: list[int]) -> list[int]:
        found: list[int] = []
        for subject in own:
            token = self.tokens[subject]
            head = self.relative_head(place) if token.lemma.lower() in RELATIVE else None
            if head is not None:
                named = self._named_before_which(subject, head)
                found += self.listed(head) if named is None else [named]
            elif token.lemma.lower() != "there":
                found += self.listed(subject)
        return found

    def _named_before_which(self, relative: int, head: int) -> int | None:
        """The name right before ", which", where the tree hung the clause on the noun over it: "the sanctions against
        Cuba, which has sold sugar". None where "which" may mean the noun itself.
        """
        name = relative - 2
        if self.lemmas[relative] != "which" or name <= head or self.tokens[relative - 1].text != ",":
            return None
        token = self.tokens[name]
        hangs = token.upos == "PROPN" and token.bare_relation in ("nmod", "obl") and self.tokens[head].upos == "NOUN"
        return name if hangs and self.case(name) in ("against", "on", "of", "from", "with", "by", "between") else None

    def goes_on_from(self, place: int) -> int:
        """The verb that a coordinated verb goes on from. A past cannot share the auxiliary of an infinitive: in
        "said that both would begin talks, and thanked Chad" who thanked is who said."""
        first = self.tokens[place].head
        verb = self.tokens[first]
        if "Tense=Past" not in self.tokens[place].features or "VerbForm=Inf" not in verb.features:
            return first
        if not self.below(first, "aux") or self.below(place, "aux", "aux:pass", "nsubj", "nsubj:pass"):
            return first
        while verb.bare_relation == "conj" and verb.head != ROOT:
            verb = self.tokens[verb.head]
        return verb.head if verb.bare_relation == "ccomp" and verb.head != ROOT else first

    def relative_head(self, place: int) -> int | None:
        """The noun that a relative clause hangs on; climbs coordinated clauses."""
        here = place
        for _ in range(6):
            token = self.tokens[here]
            if token.relation in ("acl:relcl", "acl") and token.head != ROOT:
                return token.head
            if token.relation in ("conj", "xcomp", "ccomp") and token.head != ROOT:
                here = token.head
                continue
            return None
        return None

    def _understood(self, place: int) -> list[int]:
        token = self.tokens[place]
        if token.head == ROOT:
            return []
        head = self.tokens[token.head]
        relation = token.relation
        if relation == "conj":
            first = self.goes_on_from(place)
            if self.is_passive(first) and self.objects(first):
                return list(self.objects(first))
            return list(self.subjects(first))
        if relation == "acl:relcl":
            return self.listed(token.head)
        if token.bare_relation == "acl":
            if "VerbForm=Inf" in token.features or self._has_to(place):
                return self.owner(token.head)
            return self.listed(token.head) if head.upos in NOMINAL else []
        if token.bare_relation in ("xcomp", "ccomp"):
            return self._controller(token.head)
        if token.bare_relation == "advcl":
            if self._has_to(place) and self.lemmas[token.head] in OBJECT_CONTROL:
                return self._controller(token.head)
            if self.is_passive(token.head) and not self._has_to(place) and self.agents(token.head):
                return self.agents(token.head)
            return self._subject_above(token.head)
        if relation == "parataxis":
            return list(self.subjects(token.head))
        return []

    def _has_to(self, place: int) -> bool:
        return any(
            self.tokens[child].relation in ("mark", "aux") and self.tokens[child].lemma == "to"
            for child in self.children[place]
        )

    def _controller(self, governor: int) -> list[int]:
        self.tokens[governor]
        if self.lemmas[governor] in OBJECT_CONTROL:
            if self.is_passive(governor):
                return list(self.objects(governor))
            objects = self.objects(governor) or self.obliques(governor, "on", "upon", "to")
            if objects:
                return list(objects)
        return self._subject_above(governor)

    def _subject_above(self, governor: int) -> list[int]:
        if self.tokens[governor].upos in ("NOUN", "PROPN") and not self.below(governor, "nsubj", "cop"):
            return self.owner(governor)
        return list(self.objects(governor)) if self.is_passive(governor) else list(self.subjects(governor))

    def owner(self, noun: int) -> list[int]:
        """Whose a noun is: its possessor, its `of` or `by` phrase, or the subject of the verb it is the object of."""
        for relation, prepositions in (("nmod:poss", ()), ("nmod", ("by", "of", "from"))):
            found = [
                child for child in self.below(noun, relation) if not prepositions or self.case(child) in prepositions
            ]
            if found:
                return [one for child in found for one in self.listed(child)]
        return list(self.governing_subjects(noun))

    def governing_subjects(self, place: int) -> tuple[int, ...]:
        """The subject of the nearest verb above a word that has one."""
        verb = self.governing_verb(place)
        if verb is None:
            return ()
        found = tuple(self._subject_above(verb))
        return () if place in found else found

    def governing_verb(self, place: int) -> int | None:
        """The nearest verb (or predicate with a subject) above a word."""
        here = self.tokens[place].head
        while here != ROOT:
            token = self.tokens[here]
            if token.upos == "VERB" or self.below(here, "nsubj"):
                return here
            here = token.head
        return None

    def _lacks_relative(self, place: int) -> bool:
        """Whether a verb hangs on the noun it is done to without a pronoun: "the sanctions it imposed on Chad"."""
        token = self.tokens[place]
        if token.relation != "acl:relcl" or token.upos != "VERB" or token.head == ROOT or token.head > place:
            return False
        if self.lemmas[token.head] in TEMPORAL | NO_OBJECTS or not self.below(place, "nsubj"):
            return False
        if any(self.lemmas[one] in RELATIVE for one in self.sentence.subtree(place)):
            return False
        return self.tokens[min(self.sentence.subtree(place)) - 1].upos != "PUNCT"

    def objects(self, place: int) -> tuple[int, ...]:
        """What is done to: the object, the subject of a passive, or the noun that a participle hangs on."""
        known = self._objects.get(place)
        if known is None:
            self._objects[place] = ()
            known = self._objects[place] = tuple(self._find_objects(place))
        return known

    def _find_objects(self, place: int) -> list[int]:
        token = self.tokens[place]
        if self.is_passive(place):
            own = self.below(place, "nsubj:pass", "nsubj")
            if own:
                return self._through_relative(place, own)
            if token.relation in ("acl", "amod") and token.head != ROOT:
                return self.listed(token.head)
            if token.relation == "acl:relcl":
                return self.listed(token.head)
            if token.relation == "conj" and token.head != ROOT:
                return list(self.objects(token.head))
            if token.bare_relation in ("xcomp", "advcl") and token.head != ROOT:
                return self._subject_above(token.head)
            return []
        own = self.below(place, "obj") or self.below(place, "iobj")
        found: list[int] = []
        for child in own:
            if self.lemmas[child] in RELATIVE and token.relation == "acl:relcl":
                found += self.listed(token.head)
            elif self.lemmas[child] not in TEMPORAL or self.obliques(child, "of"):
                found += self.listed(child)
        if not own and self._lacks_relative(place):
            return self.listed(token.head)
        if not own and token.relation == "conj" and token.head != ROOT and self.tokens[token.head].upos == "VERB":
            later = [child for child in self.below(token.head, "obj") if child > place]
            found += [one for child in later for one in self.listed(child)]
        return found

    def recipients(self, place: int) -> list[int]:
        return [one for child in self.below(place, "iobj") for one in self.listed(child)]

    def obliques(self, place: int, *prepositions: str) -> list[int]:
        """Phrases with one of these prepositions, on a verb or noun, lists taken apart."""
        phrases = self._phrases.get(place)
        if phrases is None:
            phrases = self._phrases[place] = self._find_phrases(place)
        return [one for one, case in phrases if case in prepositions]

    def _find_phrases(self, place: int) -> list[tuple[int, str]]:
        """The nominals that hang on a word behind a preposition, with it."""
        found: list[tuple[int, str]] = []
        for child in self.children[place]:
            token = self.tokens[child]
            if self.bare[child] not in HANGS_BY_CASE or token.relation == "nmod:poss":
                continue
            if token.upos not in NOMINAL_OR_ADJ or self.lemmas[child] in TEMPORAL:
                continue
            case = self.case(child)
            if self.lemmas[child] in NO_SIDE and case in ("with", "in", "at"):
                continue
            found += [(one, case) for one in self.listed(child) if not self.is_year(one)]
        return found

    def obliques_around(self, place: int, *prepositions: str) -> list[int]:
        """The same on a verb or on its object: parsers hang "imposed sanctions on Iran" either way."""
        found = self.obliques(place, *prepositions)
        if not found:
            for child in (*self.objects(place), *self.below(place, "obl")):
                found += self.obliques(child, *prepositions)
        return found

    def possessors(self, noun: int) -> list[int]:
        """`Turkey's` and `his` before a noun."""
        return [one for child in self.below(noun, "nmod:poss") for one in self.listed(child)]

    def modifiers(self, noun: int) -> list[int]:
        """Words before a noun that may name whose it is: "US sanctions", "the Israeli strike"."""
        return [
            child
            for child in self.below(noun, "amod", "compound", "nmod")
            if child < noun
            and self.tokens[child].upos in ("PROPN", "ADJ", "NOUN")
            and self.tokens[child].relation != "nmod:poss"
            and not self.below(child, "case")
        ]

    def particles(self, place: int) -> set[str]:
        """Particles and close adverbs of a verb: `off` in "called off"; bare prepositions too."""
        return {
            self.lemmas[child]
            for child in self.children[place]
            if self.tokens[child].relation in ("compound:prt", "advmod", "case", "mark", "obl")
        }

    def clauses(self, place: int) -> list[int]:
        """Complement clauses, and infinitives that hang on the verb as adverbials."""
        found = self.below(place, "xcomp", "ccomp")
        found += [child for child in self.below(place, "advcl", "acl") if self._has_to(child) and child > place]
        return found
