"""Events: who did what to whom, with what became of it, in whose words, when and where."""

import msgspec

from verbale.coding.events_confidence import against, chance_of, features_of
from verbale.coding.events_contexts import act_by_words, clause_of, contexts_of, mode_by_words
from verbale.coding.events_counted import is_counted
from verbale.coding.events_homes import place_in_clause, with_homes
from verbale.coding.events_parties import PRIVATE_PHRASE, THIRD, Parties, states_by_code
from verbale.coding.events_when import when_of
from verbale.coding.match import Act, Matcher
from verbale.coding.roles import Roles
from verbale.coding.rules import Rules, load_rules
from verbale.coding.status import Status, status_of
from verbale.model.actor import Actor
from verbale.model.evidence import evidence_for
from verbale.model.findings import Event, Party, Statement, finding_id
from verbale.model.reading import ROOT, Sentence
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span, covering
from verbale.model.when import TimeExpression
from verbale.tables.ontology import Coded

MUTUAL_TYPES = frozenset(("CONSULT",))
PRESS = "n.press"
"""A joint press conference is kept apart from the meeting before it."""
AT_PLACE = frozenset(("ASSAULT", "AID", "COERCE", "MOBILIZE", "SANCTION"))
"""Types that strike or help a land by striking or helping a place in it."""
VENUE = ("in", "at", "near", "on", "outside")
WHERE_ROLE = {"CONSULT": "venue", "AGREE": "venue", "SUPPORT": "venue", "COOPERATE": "venue", "RETREAT": "origin"}
ALONE = frozenset(("PROTEST", "RETREAT", "CONCEDE", "MOBILIZE"))
"""Types that one party does alone: "the minister resigned"."""
BARE_ENOUGH = frozenset(("ASSAULT", "COERCE", "ACCUSE", "REJECT", "SUPPORT"))
"""Types where one known party suffices for a bare verb: "the ambassador was expelled", "Chad condemned the raid"."""
NO_LONE_SUPPORT = (None, "rally")
"""Support that is none without whom: a vote for a budget; but "Chad ratified the treaty", "welcomed the accord" are."""
SPORT_TAKES = frozenset(("ASSAULT", "AGREE", "SUPPORT", "RETREAT", "THREATEN", "COERCE"))
"""Types whose words are at home in sport; with a word of sport in the sentence they are no events."""
IDLE = frozenset(("intended", "hypothetical"))


class EventCoder:
    """Codes the events of one report; keeps the actors it had to add (the state a visited city lies in)."""

    def __init__(
        self, roster: Roster, statements: "list[Statement] | tuple[Statement, ...]" = (), rules: Rules | None = None
    ):
        self.roster = roster
        self.report = roster.reading.report
        self.statements = list(statements)
        self.rules = rules or load_rules()
        self.added: dict[str, Actor] = {}
        self.features: dict[str, tuple[str, ...]] = {}
        """What the confidence of each event rests on, by its id."""
        self._times: dict[int, list[TimeExpression]] = {}
        for expression in roster.reading.times:
            self._times.setdefault(expression.sentence, []).append(expression)

    def events(self) -> list[Event]:
        found: list[Event] = []
        for sentence in self.roster.reading.sentences:
            found += self.in_sentence(sentence)
        return merged(found)

    def in_sentence(self, sentence: Sentence) -> list[Event]:
        frames = self.rules.frames
        lemmas = self.rules.lemmas_of(sentence)
        if frames.keys().isdisjoint(lemmas):
            return []
        roles = Roles(sentence, lemmas)
        matcher = Matcher(roles, self.rules)
        acts = matcher.acts()
        if not acts:
            return []
        if self.rules.is_sport(lemmas):
            acts = [act for act in acts if act.coded.type not in SPORT_TAKES]
        parties = Parties(self.roster, roles, self.rules, self.statements)
        found = []
        for act in acts:
            if act.frame.row.status in ("inner", "abstract") or is_counted(act, roles) or _is_attribute(act, roles):
                continue
            if _is_told_in_fiction(act, roles, self.rules):
                continue
            status = status_of(act, roles, self.rules)
            if status.status in IDLE and _is_argument(act, acts, roles):
                continue
            event = self._event(act, status, roles, parties)
            if event is not None:
                found.append(event)
        self.added.update(parties.added)
        return _without_aims(_without_shadows(found))

    def _event(self, act: Act, status: Status, roles: Roles, parties: Parties) -> Event | None:
        ontology = self.rules.ontology
        coded, told = act.coded, status.status
        if status.refused and (refusal := _refusal(coded, status, ontology)) is not None:
            coded, told = refusal, "happened"
        elif status.refused:
            told = "denied"
        if coded.mode is None and (mode := mode_by_words(act, roles, self.rules)):
            coded = msgspec.structs.replace(coded, mode=mode)
        if (
            coded.act in (None, "appeal", "demand")
            and not coded.inner_act
            and (finer := act_by_words(act, roles, self.rules))
        ):
            coded = msgspec.structs.replace(coded, **{"inner_act" if coded.act else "act": finer})
        visits = coded.mode == "visit" or coded.act == "ties"
        who = parties.named(act.who)
        whom = tuple(
            party
            for party in parties.named(act.whom, visits or not AT_PLACE.isdisjoint((coded.type, coded.inner)))
            if party.actor is None or all(party.actor != other.actor for other in who)
        )
        whom = self._abroad(who, whom)
        if not whom and act.whom:
            whom = parties.second_choice(act.whom, who)
        if coded.type == "AGREE" and _is_of_promise(act, roles):
            whom = tuple(party for party in whom if party.actor)
        whom = tuple(party for party in whom if party.actor or party.words.lower() not in OWNERS)
        if coded.type == "CONSULT":
            whom = tuple(party for party in whom if party.actor or party.words.lower() not in THIRD)
        if coded.type == "CONSULT" and not visits:
            is_told = len(who) > 1 and all(party.actor for party in who)
            whom = tuple(party for party in whom if not self._is_mere_place(party) and (party.actor or not is_told))
        if not self._is_worth(act, coded, who, whom):
            return None
        who, whom = parties.with_company(who, whom), parties.with_company(whom, who)
        if not _is_public(act, coded, told, *parties.weights_of_sides(who, whom)):
            return None
        who, whom = with_homes(act, roles, parties, who, whom)
        contexts = contexts_of(act, roles, self.rules)
        when, when_words = when_of(act, status, roles, self.roster, self._times.get(roles.sentence.number, []))
        where, role = self._where(act, coded, roles, parties, bool(whom))
        span = _span_of(act, roles, who, whom)
        name = act.core().frame.row.name if act.is_transparent else act.frame.row.name
        asserted_by = self._asserted_by(roles.tokens[act.place].start)
        features = features_of(act, status, who, whom, len(roles.tokens), asserted_by is not None)
        reason = self._reason(act, status, roles, features)
        evidence = evidence_for(self.report.id, self.report.text, span, name, reason, chance_of(features))
        words = " ".join(roles.tokens[place].lemma for place in act.chain())
        event_id = finding_id("ev", self.report.id, span, coded.type, coded.mode, act.place)
        self.features[event_id] = tuple(features)
        return Event(
            event_id,
            evidence,
            coded.type,
            coded.mode,
            contexts,
            who,
            whom,
            told,
            status.background,
            act.mutual or coded.type in MUTUAL_TYPES,
            asserted_by,
            _cameo_of(act, coded, contexts, told, ontology),
            where,
            role,
            when,
            when_words,
            words,
        )

    def _is_worth(self, act: Act, coded: Coded, who: tuple[Party, ...], whom: tuple[Party, ...]) -> bool:
        """Whether the act has the parties that its type needs; at least one must be someone."""
        if not who and not whom:
            return False
        doers = who or whom
        if coded.type != "PROTEST" and all(party.how == PRIVATE_PHRASE for party in doers):
            return False
        if coded.type == "SUPPORT" and not whom and not act.mutual and coded.act in NO_LONE_SUPPORT:
            return False
        if coded.mode == "demo" and any(self._sector(party) == "GOV" for party in who):
            return False
        if coded.mode == "visit" and whom and self._is_at_home(who, whom):
            return False
        if coded.type == "CONSULT":
            return len(who) + len(whom) > 1 or (act.mutual and any(party.how.startswith("set") for party in who))
        if act.frame.is_noun and not act.is_transparent:
            return bool(whom and (who or (coded.type == "SANCTION" and any(party.actor for party in whom))))
        if coded.act == "ties-cut" and who:
            return True
        if self.rules.ontology.types[coded.type].needs_recipient and not whom and not (act.mutual and len(who) > 1):
            return False
        return bool(who) or coded.type in ("ASSAULT", "COERCE", "ACCUSE", "RETREAT", "SANCTION")

    def _is_mere_place(self, party: Party) -> bool:
        """A lake or a hall: where people met, not whom."""
        actor = self.roster.actor_by_id.get(party.actor or "")
        return party.how.startswith("place") and (actor is None or actor.kind == "place")

    def _sector(self, party: Party) -> str | None:
        actor = self.roster.actor_by_id.get(party.actor or "")
        return actor.sector if actor else None

    def _abroad(self, who: tuple[Party, ...], whom: tuple[Party, ...]) -> tuple[Party, ...]:
        """Without the own land of those who act, where only a place in it is told: "lifted the curfew in Nairobi"."""
        homes = {actor.country for party in who if (actor := self.roster.actor_by_id.get(party.actor or ""))}
        return tuple(
            party for party in whom if party.how != "place.state" or self._country(party.actor or "") not in homes
        )

    def _is_at_home(self, who: tuple[Party, ...], whom: tuple[Party, ...]) -> bool:
        """A visit to a place in one's own land is no diplomatic one."""
        homes = {actor.country for party in who if (actor := self.roster.actor_by_id.get(party.actor or ""))}
        return bool(homes) and all(
            party.how == "place.state" and party.actor is not None and self._country(party.actor) in homes
            for party in whom
        )

    def _country(self, actor_id: str) -> str | None:
        actor = self.roster.actor_by_id.get(actor_id) or next(
            (state for state in states_by_code().values() if state.id == actor_id), None
        )
        return actor.country if actor else None

    def _where(
        self, act: Act, coded: Coded, roles: Roles, parties: Parties, named: bool
    ) -> tuple[Party | None, str | None]:
        """Where it took place, in the text's words; None where no place stands with it."""
        taken = {*act.who, *(act.whom if named else ())}
        for place in act.chain():
            beside = [one for one in roles.obliques_around(place, *VENUE) if one not in taken]
            known = parties.place_beside(beside)
            if known is not None:
                return self._place(known[1]), WHERE_ROLE.get(coded.type, "target")
        mention = place_in_clause(clause_of(act, roles), roles, parties)
        return (self._place(mention), WHERE_ROLE.get(coded.type, "target")) if mention else (None, None)

    def _place(self, mention: Mention) -> Party:
        actor = mention.actors[0] if len(mention.actors) == 1 else None
        return Party(actor, mention.span.of(self.report.text), mention.span, mention.how, mention.certainty)

    def _asserted_by(self, letter: int) -> str | None:
        holding = [one for one in self.statements if any(span.start <= letter < span.stop for span in one.content)]
        inmost = max(holding, key=lambda one: one.level, default=None)
        return inmost.id if inmost else None

    def _reason(self, act: Act, status: Status, roles: Roles, features: list[str]) -> str:
        """The rule and its words, the way through the tree to both sides, the status and why, what speaks against."""
        core = act.core()
        words = " + ".join(roles.tokens[place].text for place in core.places)
        told = f", told through “{roles.tokens[act.place].text}”" if act.is_transparent else ""
        ways = ", ".join(f"{role} by {path}" for role, path in act.paths.items())
        doubts = against(features)
        return (
            f"“{words}” fits {core.frame.row.name}{told}{f' ({ways})' if ways else ''}; {status.status}: "
            f"{status.reason}{f'; against it: {doubts}' if doubts else ''}"
        )


def _is_public(act: Act, coded: Coded, status: str, who: float, whom: float) -> bool:
    """Whether an act is one of public affairs, by its parties: the barer the rule, the better they must be known.

    "Officials cleared", "it still freezes" and "I want" are none, though their verbs are in the rules.
    """
    total = who + whom
    if status in ("denied", "hypothetical"):
        return total >= 3 or (total >= 2 and coded.type in ("ASSAULT", "CONSULT", "MOBILIZE") and bool(whom))
    is_bare = act.frame.need is None and not act.frame.beside
    if is_bare and coded.type not in ALONE:
        return total >= 3 or min(who, whom) >= 1 or (coded.type in BARE_ENOUGH and total >= 2)
    return max(who, whom) >= 1


OWNERS = frozenset(("its", "their", "his", "her"))
"""Owners of what is done to; where nothing says who they are, they are nobody."""


def _is_of_promise(act: Act, roles: Roles) -> bool:
    """Whether the other side stands in what is promised: "agreed to exchange all prisoners" is not given to them."""
    if act.inner is not None:
        return True
    return any(place in roles.sentence.subtree(clause) for clause in roles.clauses(act.place) for place in act.whom)


def _cameo_of(act: Act, coded: Coded, contexts: tuple[str, ...], status: str, ontology) -> str | None:
    """The CAMEO code by the crosswalk; a rule that holds one of its own keeps it where the act took place."""
    derived = ontology.cameo_of(coded, contexts, status)
    own = act.core().frame.row.cameo
    return own if own and status in ("happened", "ongoing") and coded.type == act.core().coded.type else derived


def _refusal(coded: Coded, status: Status, ontology) -> Coded | None:
    """ "will not lift the ban": who denies an act ahead refuses it; who harms "no longer" gives his word to stop.
    None for other deeds of conflict, which are only denied: who will not attack has promised nothing yet.
    """
    if coded.type in ("REJECT", "THREATEN"):
        return coded
    type_ = "REJECT" if ontology.is_cooperative(coded.type) or coded.type == "REQUEST" else "AGREE"
    if type_ == "AGREE" and not status.ceases:
        return None
    return Coded(
        type_,
        ontology.mode_for(type_, coded.type, coded.mode),
        None,
        coded.type,
        coded.mode,
        coded.act or coded.inner_act,
    )


def _is_attribute(act: Act, roles: Roles) -> bool:
    """A participle that only describes: "the ousted president", "besieged towns"."""
    return roles.tokens[act.place].relation == "amod" and not act.who


def _is_told_in_fiction(act: Act, roles: Roles, rules: Rules) -> bool:
    """What a novel or a film tells, or its own title: "her novel tells how France invaded", "in the game, ..."."""

    def is_fiction(place: int) -> bool:
        before = f"{roles.lemmas[place - 1]} {roles.lemmas[place]}" if place else ""
        return roles.lemmas[place] in rules.fiction or before in rules.fiction

    here = act.place
    while here != ROOT:
        setting = [one for one in roles.below(here, "obl") if roles.case(one) == "in"]
        if any(is_fiction(one) for one in (*roles.below(here, "nsubj"), *setting, here)):
            return True
        here = roles.tokens[here].head
    return False


def _is_argument(act: Act, acts: list[Act], roles: Roles) -> bool:
    """Whether an act lies inside the object or other phrase of another: "praised Chad's wish to join"."""
    for other in acts:
        if other is act:
            continue
        phrases = {*other.whom, *other.places[1:], *roles.objects(other.place)}
        if any(act.place in roles.sentence.subtree(place) for place in phrases if place != act.place):
            return True
    return False


def _span_of(act: Act, roles: Roles, who: tuple[Party, ...], whom: tuple[Party, ...]) -> Span:
    spans = [roles.tokens[place].span for place in (*act.chain(), *act.core().places)]
    spans += [party.span for party in (*who, *whom) if party.span and roles.sentence.span.covers(party.span)]
    spans += [roles.tokens[place].span for place in roles.objects(act.core().place)]
    return covering(spans)


def _without_shadows(events: list[Event]) -> list[Event]:
    """A noun that repeats its own verb's act in the same words is one event: "the attack killed five"."""
    kept: list[Event] = []
    for event in events:
        twin = next(
            (
                other
                for other in kept
                if other.type == event.type
                and other.evidence.span.covers(event.evidence.span)
                and _same_side(event.who, other.who)
                and _same_side(event.whom, other.whom)
            ),
            None,
        )
        if twin is None:
            kept.append(event)
    return kept


def _without_aims(events: list[Event]) -> list[Event]:
    """An aim of the same kind as the deed is part of it: "went on strike to protest" is one event."""
    done = [event for event in events if event.status not in IDLE]
    return [
        event
        for event in events
        if event.status != "intended"
        or not any(other.type == event.type and _same_side(event.who, other.who) for other in done)
    ]


def _same_side(few: tuple[Party, ...], many: tuple[Party, ...]) -> bool:
    known = {party.actor or party.words for party in many}
    return all((party.actor or party.words) in known for party in few)


def merged(events: list[Event]) -> list[Event]:
    """Events that tell the same thing again in one report become one, with the other places as `also`."""
    kept: dict[tuple, Event] = {}
    for event in events:
        key = _key(event)
        first = kept.get(key)
        if first is None or key[1] == frozenset():
            kept[key if first is None else (*key, event.id)] = event
            continue
        kept[key] = _joined(first, event)
    return list(kept.values())


def _key(event: Event) -> tuple:
    who = frozenset(party.actor for party in event.who if party.actor)
    whom = frozenset(party.actor for party in event.whom if party.actor)
    if len(who) < len(event.who) or len(whom) < len(event.whom):
        return (event.id, frozenset())
    if event.mutual:
        who, whom = who | whom, frozenset()
    when = event.when if event.type != "CONSULT" else None
    return (event.type, who, whom, event.status, when, event.evidence.rule == PRESS)


def _joined(first: Event, second: Event) -> Event:
    also = (*first.evidence.also, second.evidence.span)
    evidence = msgspec.structs.replace(first.evidence, also=also)
    filled = {
        name: getattr(second, name)
        for name in ("mode", "where", "where_role", "when", "when_words")
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    return msgspec.structs.replace(first, evidence=evidence, **filled)
