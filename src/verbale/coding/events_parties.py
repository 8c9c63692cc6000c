"""Parties: from the words where a role stands to the actors they mean, or to the words alone."""

import csv
from functools import lru_cache

from verbale.coding.roles import Roles
from verbale.coding.roles_words import RELATIVE
from verbale.coding.rules import Rules
from verbale.model.actor import Actor
from verbale.model.findings import Party, Statement
from verbale.model.reading import ROOT
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span, covering
from verbale.tables.load import data_folder

WE = frozenset(("we", "us", "our", "ours", "ourselves"))
THIRD = frozenset(("it", "they", "he", "she", "them", "him"))
TITLES = (
    "President ",
    "Prime Minister ",
    "Foreign Minister ",
    "King ",
    "Queen ",
    "General ",
    "Gen. ",
    "Chancellor ",
    "Ambassador ",
    "Minister ",
    "Secretary ",
    "Archbishop ",
    "Pope ",
    "Premier ",
    "Emir ",
    "Sultan ",
    "Marshal ",
)
PRIVATE = frozenset(("BUS", "CVL", "EDU", "JRN", "MED", "REL", "SOC", "LAB", "AGR"))
PRIVATE_PHRASE = "phrase.private"
"""People of no public affairs: visitors, players, a band."""
PHRASE_LINKS = frozenset(("det", "amod", "compound", "flat", "nummod", "nmod:poss", "fixed", "goeswith"))
MOST_LISTED = 6
ABOUT_OTHERS = ("pro-", "anti-", "non-")
"""How an adjective begins that says whom people are for or against, not whose they are: "pro-Iranian"."""
LEAST_CANDIDATE = 0.55
"""A pronoun whose first candidate scores less stays without actor: below it, our own cases are wrong every second
time.
"""


@lru_cache(maxsize=1)
def states_by_code() -> dict[str, Actor]:
    """States by ISO 3166 alpha-3, as actors: a visit to a city is a visit to its state."""
    place = data_folder() / "world" / "places.csv"
    with place.open(encoding="utf-8", newline="") as file:  # type: ignore[call-overload]
        rows = list(csv.DictReader(file))
    return {
        row["iso3"]: Actor(row["id"], "state", row["name"], row.get("cameo") or row["iso3"], row["iso3"])
        for row in rows
        if row.get("iso3") and row["id"].startswith("st:")
    }


def _rank(mention: Mention) -> tuple[bool, int]:
    """Of two mentions at a word, the one that means someone; then the shorter."""
    return (not mention.actors and not mention.candidates, len(mention.span))


class Parties:
    """The parties of one sentence's acts."""

    def __init__(self, roster: Roster, roles: Roles, rules: Rules, statements: list[Statement]):
        self.roster = roster
        self.roles = roles
        self.rules = rules
        self.statements = statements
        self.text = roster.reading.report.text
        self.added: dict[str, Actor] = {}
        self._of_word: dict[int, Mention] = {}
        self._place_of: dict[int, Mention] = {}
        for mention in roster.mentions_by_sentence.get(roles.sentence.number, ()):
            for token in roles.sentence.tokens_in(mention.span):
                known = self._place_of if mention.kind == "place" else self._of_word
                before = known.get(token.place)
                if before is None or _rank(mention) < _rank(before):
                    known[token.place] = mention

    def named(self, places: list[int], allow_places: bool = False) -> tuple[Party, ...]:
        """The parties that these words mean, each once, in text order."""
        found: list[Party] = []
        for place in places:
            for party in self.of(place, allow_places):
                if not any(
                    party.actor == other.actor and (party.actor or party.words == other.words) for other in found
                ):
                    found.append(party)
        return tuple(found)

    def of(self, place: int, allow_places: bool = False, depth: int = 0) -> list[Party]:
        """Who a word stands for: its mention, its apposition, who owns or does it, or the phrase itself."""
        token = self.roles.tokens[place]
        mention = self._head_mention(place)
        if self.roles.lemmas[place] in self.rules.private and not (
            mention and any(map(self._has_code, mention.actors))
        ):
            span = self.phrase_span(place)
            return [Party(None, span.of(self.text), span, PRIVATE_PHRASE, "low")]
        if mention is not None:
            found = self._of_mention(mention, place)
            if found[0].actor is None and mention.kind != "pronoun" and (people := self._apposed(place)):
                return people
            if mention.kind != "pronoun" or found[0].actor is not None:
                return [*self._listed_lands(place, mention), *found]
        if depth > 3:
            return []
        if token.upos == "PRON" and token.lemma.lower() in THIRD:
            return self._reported_subject(place, depth) or ([] if mention is None else found)
        if token.relation == "appos" and token.head != ROOT:
            before = self._named_just_before(place)
            return list(self._of_mention(*before)) if before else self.of(token.head, allow_places, depth + 1)
        for child in self.roles.below(place, "appos"):
            if self._head_mention(child) is not None:
                return self._of_mention(self._head_mention(child), child)  # type: ignore[arg-type]
            if allow_places and child in self._place_of:
                return self._of_place(self._place_of[child], child)
        if self.roles.lemmas[place] in RELATIVE:
            head = self.roles.relative_head(place) if token.head == ROOT else self.roles.relative_head(token.head)
            return self.of(head, allow_places, depth + 1) if head is not None else []
        if token.upos == "ADJ" and place in self._of_word:
            return self._land_of(self._of_word[place], place)
        if place in self._place_of:
            mention = self._place_of[place]
            is_state = any(actor.startswith("st:") for actor in mention.actors)
            allowed = allow_places or (is_state and self.roles.case(place) not in ("in", "at"))
            return self._of_place(mention, place) if allowed else []
        if token.upos == "PRON":
            return []
        return self._inside(place, allow_places, depth)

    def _listed_lands(self, place: int, mention: Mention) -> list[Party]:
        """The lands listed before the one of the mention itself: "French and Egyptian warships" are French ones too."""
        if mention.kind != "nationality" or self.roles.tokens[place].upos not in ("NOUN", "PROPN"):
            return []
        before = self._mentions_before(place, MOST_LISTED)
        if not self._are_listed(before):
            return []
        homes = [party for one in before if one[0] is not mention for party in self._of_mention(*one) if party.actor]
        return [party for home in homes for party in self._phrase(place, home)]

    def _apposed(self, place: int) -> list[Party]:
        """The people whose names follow their office: "Foreign ministers Sergei Lavrov and Wang Yi"."""
        found: list[Party] = []
        for child in self.roles.below(place, "appos", "flat"):
            for one in self.roles.listed(child):
                mention = self._head_mention(one)
                if mention is not None and mention.actors and mention is not self._head_mention(place):
                    found += self._of_mention(mention, one)
        return found

    def _named_just_before(self, place: int) -> tuple[Mention, int] | None:
        """The mention that ends right before an apposition and its comma: "against Turkey, a member that ..."."""
        first = min(self.roles.sentence.subtree(place))
        if first < 2 or self.roles.tokens[first - 1].text not in (",", "(", "-", "–", "—"):
            return None
        mention = self._of_word.get(first - 2) or self._place_of.get(first - 2)
        return (mention, first - 2) if mention is not None and mention.kind != "pronoun" else None

    def _land_of(self, mention: Mention, place: int) -> list[Party]:
        """The state an adjective names: "Russian" in "Russian jets"."""
        span = self.roles.tokens[place].span
        for actor in mention.actors:
            known = self.roster.actor_by_id.get(actor)
            state = states_by_code().get(known.country or "") if known else None
            if state is not None:
                self.added.setdefault(state.id, state)
                return [Party(state.id, span.of(self.text), span, "adjective.state", "high")]
        return []

    def _reported_subject(self, place: int, depth: int) -> list[Party]:
        """Who a pronoun under a verb of saying is, where nobody else is known: "Chad said it would"."""
        clause = self.roles.governing_verb(place)
        if clause is None or self.roles.tokens[clause].bare_relation not in ("ccomp", "advcl", "conj", "parataxis"):
            return []
        words = self.roles.tokens[place].span
        return [
            Party(party.actor, words.of(self.text), words, "pronoun.reported", "low", party.alternatives)
            for one in self.roles.governing_subjects(clause)
            if self.roles.tokens[one].upos != "PRON"
            for party in self.of(one, False, depth + 1)
        ]

    def _head_mention(self, place: int) -> Mention | None:
        """The mention that a word heads, or that covers it as its name."""
        mention = self._of_word.get(place)
        if mention is None:
            return None
        token = self.roles.tokens[place]
        if mention.head.start <= token.start < mention.head.stop or mention.kind != "nationality":
            head = self.roles.sentence.head_of(mention.span)
            if head is None or head.place == place or mention.head.start <= token.start < mention.head.stop:
                return mention
        return None

    def _of_mention(self, mention: Mention, place: int) -> list[Party]:
        words = mention.span.of(self.text)
        actors = mention.actors
        certainty = mention.certainty
        if not actors and mention.kind == "pronoun":
            actors, certainty = self._pronoun(mention)
        if not actors:
            alternatives = tuple(one.actor for one in mention.candidates)
            return [Party(None, words, mention.span, mention.how, "low", alternatives)]
        homes = self._homes_in(mention) if not any(self._has_code(actor) for actor in actors) else ()
        return [Party(actor, words, mention.span, mention.how, certainty, homes) for actor in actors]

    def _has_code(self, actor: str) -> bool:
        known = self.roster.actor_by_id.get(actor)
        return known is not None and known.code is not None

    def _homes_in(self, mention: Mention) -> tuple[str, ...]:
        """States named inside a mention whose actor the tables do not know: "Pakistan President ..."."""
        found = []
        for other in self.roster.mentions_by_sentence.get(self.roles.sentence.number, ()):
            if (
                other is not mention
                and other.actors
                and mention.span.start - 25 <= other.span.start < mention.span.stop
            ):
                inside = mention.span.covers(other.span) or other.span.stop + 1 >= mention.span.start
                if inside and other.kind in ("name", "nationality", "capital") and self._has_code(other.actors[0]):
                    found.append(other.actors[0])
        return tuple(dict.fromkeys(found))

    def _pronoun(self, mention: Mention) -> tuple[tuple[str, ...], str]:
        if mention.head.of(self.text).lower() in WE:
            speaker = self._speaker_at(mention.span.start)
            country = self.roster.actor_by_id[speaker].country if speaker in self.roster.actor_by_id else None
            state = states_by_code().get(country or "")
            if state is not None:
                self.added[state.id] = state
                return (state.id,), "medium"
        best = mention.candidates[0] if mention.candidates else None
        return ((best.actor,), "low") if best and best.score >= LEAST_CANDIDATE else ((), "low")

    def _speaker_at(self, letter: int) -> str | None:
        holding = [one for one in self.statements if any(span.start <= letter < span.stop for span in one.content)]
        inmost = max(holding, key=lambda one: one.level, default=None)
        return inmost.speaker.actor if inmost and inmost.speaker else None

    def _of_place(self, mention: Mention, place: int) -> list[Party]:
        """A place as a party: the state it lies in."""
        words = mention.span.of(self.text)
        for actor_id in mention.actors:
            actor = self.roster.actor_by_id.get(actor_id)
            state = states_by_code().get(actor.country or "") if actor else None
            if state is not None:
                self.added[state.id] = state
                return [Party(state.id, words, mention.span, "place.state", "medium")]
        return [Party(None, words, mention.span, "place.unknown", "low")]

    def _beyond_border(self, place: int, depth: int) -> list[Party]:
        """Whose the other side of a border is, where the tree hung it on the verb: "along the border with Belarus"."""
        tokens = self.roles.tokens
        if self.roles.lemmas[place] not in ("border", "frontier", "boundary") or place + 1 >= len(tokens):
            return []
        behind = tokens[place + 1]
        return self.of(behind.head, True, depth + 1) if behind.text == "with" and behind.head > place else []

    def _inside(self, place: int, allow_places: bool, depth: int) -> list[Party]:
        """Who a phrase without a mention of its own belongs to: "Chad's decision" is Chad's, "Turkish police"
        Turkey's.
        """
        roles = self.roles
        token = roles.tokens[place]
        acts = roles.lemmas[place] in self.rules.acting_nouns or token.upos == "PROPN"
        if token.upos == "PROPN" and len(token.text) == 1:
            return []  # the "A" that a tree cut from "SPLM/A"
        before = self._mentions_before(place)
        if acts:
            homes = [party for one in before for party in self._of_mention(*one) if party.actor]
            if len(homes) > 1 and self._are_listed(before):
                return [party for home in homes for party in self._phrase(place, home)]
            home = next(iter(homes), None)
            if home is None:
                around = roles.obliques(place, "of", "in", "from", "at")
                home = next((party for one in around for party in self.of(one, True, depth + 1) if party.actor), None)
            return self._phrase(place, home)
        found = [party for one in before for party in self._of_mention(*one)] + self._beyond_border(place, depth)
        if not any(party.actor for party in found):
            for prepositions in (("by",), ("of", "from"), ("for", "against", "on", "with", "to", "in")):
                inner = [
                    party
                    for one in roles.obliques(place, *prepositions)
                    for party in self.of(one, allow_places, depth + 1)
                ]
                if inner:
                    return inner
        return found

    def _mentions_before(self, place: int, most: int = 2) -> list[tuple[Mention, int]]:
        """Mentions among the words before a noun, nearest owner first: "the Israeli army's raid", "U.N. resolution"."""
        found, waiting = [], [place]
        while waiting:
            here = waiting.pop(0)
            for child in self.roles.children[here]:
                token = self.roles.tokens[child]
                if child < place and (
                    token.relation in PHRASE_LINKS or (token.relation == "conj" and token.upos in ("ADJ", "PROPN"))
                ):
                    mention = self._of_word.get(child)
                    if mention is not None and not token.text.lower().startswith(ABOUT_OTHERS):
                        found.append((mention, child))
                    waiting.append(child)
        seen: list[Mention] = []
        kept = []
        for mention, child in sorted(found, key=lambda one: one[0].kind == "pronoun"):
            if mention not in seen:
                seen.append(mention)
                kept.append((mention, child))
        return kept[:most]

    def _are_listed(self, before: list[tuple[Mention, int]]) -> bool:
        """Adjectives side by side: "French and Egyptian warships" are two parties."""
        places = {place for _, place in before}
        return any(
            self.roles.tokens[place].relation == "conj" and self.roles.tokens[place].head in places for place in places
        )

    def _phrase(self, place: int, home: Party | None) -> list[Party]:
        """The phrase itself. An organ of a state stands for it; other people only live there: then `alternatives`
        says where.
        """
        span = self.phrase_span(place)
        words = span.of(self.text)
        if home is None or home.actor is None:
            is_common = self.roles.tokens[place].upos == "NOUN"
            return [Party(None, words, span, "phrase.people" if is_common else "phrase", "low")]
        if self.roles.lemmas[place] in self.rules.organs:
            return [Party(home.actor, words, span, "phrase.organ", "medium")]
        return [Party(None, words, span, "phrase.home", "low", (home.actor,))]

    def phrase_span(self, place: int) -> Span:
        """A noun with its modifiers and names, without relative clauses and appositions."""
        spans = [self.roles.tokens[place].span]
        for child in self.roles.children[place]:
            token = self.roles.tokens[child]
            if token.relation in PHRASE_LINKS:
                spans.append(self.roles.sentence.subtree_span(child))
            elif (
                token.relation == "nmod"
                and self.roles.case(child) in ("of", "for", "in")
                and self.roles.case(child) == "of"
            ):
                spans.append(self.phrase_span(child))
        return covering(spans)

    def weight(self, parties: tuple[Party, ...]) -> float:
        """How much these parties make an act one of public affairs: 2 a known actor with a code, 1 a group or a home
        known.
        """
        return max((self._weight_of(party) for party in parties), default=0.0)

    def weights_of_sides(self, who: tuple[Party, ...], whom: tuple[Party, ...]) -> tuple[float, float]:
        """The weights of both sides; those of a list that acts on itself are its two heaviest members."""
        if whom or len(who) < 2:
            return self.weight(who), self.weight(whom)
        first, second, *_ = sorted((self._weight_of(party) for party in who), reverse=True)
        return first, second

    def _weight_of(self, party: Party) -> float:
        if party.actor is not None:
            actor = self.roster.actor_by_id.get(party.actor) or self.added.get(party.actor)
            if actor is not None and actor.code is None and actor.id.startswith("pe:"):
                return 1.5  # someone of our tables whose office on that day is not known
            if actor is None or actor.code is None:
                return 1.5 if party.alternatives or any(title in party.words for title in TITLES) else 0.5
            if actor.sector in PRIVATE:
                return 0.5 if actor.kind in ("person", "organisation") else 1.0
            return 1.0 if party.certainty == "low" else 2.0
        if party.how == PRIVATE_PHRASE:
            return 0.0
        if party.alternatives:
            return 1.0
        head = party.words.rsplit(" of ", 1)[0].rsplit(" ", 1)[-1].lower()
        return 1.0 if head in self.rules.political or head.rstrip("s") in self.rules.political else 0.0

    def second_choice(self, places: list[int], taken: tuple[Party, ...]) -> tuple[Party, ...]:
        """Whom a pronoun means when its first choice does the act itself: "Chad condemned Mali and expelled its
        envoy".
        """
        known = {party.actor for party in taken}
        for place in places:
            for owner in (place, *self.roles.possessors(place)):
                mention = self._of_word.get(owner)
                if mention is None or mention.kind != "pronoun" or not known.intersection(mention.actors or [None]):
                    continue
                other = next((one for one in mention.candidates if one.actor not in known), None)
                if other is not None:
                    span = self.phrase_span(place)
                    return (Party(other.actor, span.of(self.text), span, "pronoun.second", "low"),)
        return ()

    def with_company(self, parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
        """Unnamed people beside one state alone are taken to live there: "rebels ... the Mozambique government"."""
        homes = {state for other in others for state in self._states_of(other)}
        if len(homes) != 1:
            return parties
        home = next(iter(homes))
        return tuple(
            Party(party.actor, party.words, party.span, party.how + ".company", "low", (home,))
            if not party.alternatives and (party.how == "phrase.people" or self._is_lone_official(party))
            else party
            for party in parties
        )

    def _is_lone_official(self, party: Party) -> bool:
        """An official whom the tables do not know and whose state the text leaves to be understood: "President
        Nkosi".
        """
        return (
            bool(party.actor)
            and not self._has_code(party.actor or "")
            and party.words.startswith(("President ", "Prime Minister ", "King "))
        )

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor of an id, of the roster or added here; None for no id."""
        return self.roster.actor_by_id.get(actor_id or "") or self.added.get(actor_id or "")

    def state_of(self, country: str | None) -> str | None:
        """The id of a state by its ISO code, known to the findings from now on."""
        state = states_by_code().get(country or "")
        if state is None:
            return None
        self.added.setdefault(state.id, state)
        return state.id

    def state_at(self, place: int) -> str | None:
        """The state that the mention at a word belongs to: of a place, a nationality, an organ or a name."""
        mention = self._of_word.get(place) or self._place_of.get(place)
        if mention is None or mention.kind in ("pronoun", "unnamed", "counterpart"):
            return None
        known = self.roster.actor_by_id.get(next(iter(mention.actors), ""))
        return self.state_of(known.country) if known is not None else None

    def place_at(self, place: int) -> Mention | None:
        return self._place_of.get(place)

    def _states_of(self, party: Party) -> list[str]:
        actor = self.roster.actor_by_id.get(party.actor or next(iter(party.alternatives), ""))
        state = states_by_code().get(actor.country or "") if actor else None
        if state is None:
            return []
        self.added.setdefault(state.id, state)
        return [state.id]

    def place_beside(self, places: list[int]) -> tuple[int, Mention] | None:
        """The first of these words that is a place, with its mention."""
        for place in places:
            mention = self._place_of.get(place) or self._of_word.get(place)
            if mention is not None:
                return place, mention
        return None
