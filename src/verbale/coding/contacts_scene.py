"""What one report says of its contacts: where each is told, by which word, through which channel."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from verbale.coding.contacts_channel import channel_of, clause_places, told_channel
from verbale.coding.contacts_lexicon import ContactWords
from verbale.coding.contacts_parties import is_named, is_several
from verbale.coding.contacts_when import report_days
from verbale.model.findings import Event, Party, Statement
from verbale.model.reading import ROOT, Sentence, Token
from verbale.model.roster import Roster
from verbale.model.when import Period

RELEASE_HEAD_LETTERS = 600  # a release says what it is in its first lines; further down the words are a writer's
LEAD_PARAGRAPHS = 3  # office, who it is attributable to, a dateline; then the news
FOLLOW_UPS = frozenset(
    ("discuss", "review", "exchange", "negotiate", "consult", "talk", "speak", "confer", "agree", "explore", "consider")
)
DEEPEST_TITLE = 4
GREETING = frozenset(("welcome", "receive", "greet"))
MATTERS = frozenset(("discuss", "review", "explore", "consider"))
"""Their "with" belongs to the matter: "discussed cooperation with partners"."""
SPOKEN = frozenset(("speak", "talk", "conversation", "call"))


class Telling(msgspec.Struct, frozen=True):
    """One event as its sentence tells it: the word that carries it, the clause around it, the channel it names."""

    event: Event
    sentence: Sentence
    token: Token
    places: tuple[int, ...]
    channel: str

    @property
    def is_occasion(self) -> bool:
        """Whether it is told as the occasion of words ("at a joint press conference with"), not as the contact
        itself.
        """
        return self.token.lemma.lower() in ("conference", "statement", "briefing")


def _is_object(sentence: Sentence, head: Token, verb: Token) -> bool:
    """Whether a word is what the verb greets, by itself, in a list, or beside its title; not the owner of what is."""
    here = head
    for _ in range(DEEPEST_TITLE):
        if here.relation == "nmod:poss":
            return False
        if here.head == verb.place:
            return True
        if here.head < 0 or (
            here.bare_relation not in ("conj", "appos", "flat", "compound") and here.relation != "nmod:desc"
        ):
            return False
        here = sentence.tokens[here.head]
    return False


def surname(words: str) -> str | None:
    """The last capitalised word of a name, folded in case: "Sherman" of "Deputy Secretary Sherman"; None where
    none stands.
    """
    capitalised = [word.strip(".,'’()") for word in words.split() if word[:1].isupper()]
    return capitalised[-1].lower() if capitalised else None


class Scene:
    """A report with its statements, asked for what stands around its contacts."""

    def __init__(self, roster: Roster, statements: Sequence[Statement], words: ContactWords):
        self.roster = roster
        self.statements = list(statements)
        self.words = words
        self.text = roster.reading.report.text
        self.is_release = self._is_release()

    def _is_release(self) -> bool:
        """Whether a ministry or an office tells of its own doings: there "spoke with" means by telephone."""
        head = self.text[:RELEASE_HEAD_LETTERS].lower()
        title = (self.roster.reading.report.title or "").lower()
        words = [word.strip('.,:;()“”"') for word in f"{title} {head}".split()]
        return self.words.phrase_in("release", words) is not None

    def news_days(self, event: Event) -> Period | None:
        """The days of what a release tells as its news without a time: its own day or the one before. None for
        other reports.
        """
        days = report_days(self.roster)
        if (
            not self.is_release
            or not days.is_one_day
            or event.status != "happened"
            or event.background
            or days.since is None
        ):
            return None
        first = min(
            (one.span.start for one in self.roster.reading.sentences if one.span.covers(event.evidence.span)),
            default=None,
        )
        told_before = self.text[:first].count("\n\n") if first is not None else LEAD_PARAGRAPHS + 1
        return Period(days.since - timedelta(days=1), days.until) if told_before <= LEAD_PARAGRAPHS else None

    def parties(self, event: Event) -> list[Party]:
        """Both sides, each actor once; what was discussed is no side, nor whose thing was welcomed."""
        found: list[Party] = []
        for party in (*event.who, *event.whom):
            if not is_named(party, found) and not self._is_matter(event, party) and not self._is_occasion(party):
                found.append(party)
        return found

    def _is_occasion(self, party: Party) -> bool:
        """Whether the words are a meeting themselves and nobody: "a summit of leaders hosted by X"."""
        sentence = self.roster.reading.sentence_at(party.span.start) if party.span and party.actor is None else None
        head = sentence.head_of(party.span) if sentence is not None and party.span is not None else None
        return head is not None and head.upos == "NOUN" and head.lemma.lower() in self.words.nouns

    def _is_matter(self, event: Event, party: Party) -> bool:
        sentence = self.roster.reading.sentence_at(event.evidence.span.start)
        if sentence is None or party.span is None or party in event.who or not sentence.span.covers(party.span):
            return False
        token = self._carrier(event, sentence)
        if token.upos != "VERB" or party.span.start < token.stop:
            return False
        if token.lemma.lower() in MATTERS:
            return " with " not in self.text[token.stop : party.span.start] + " "
        if token.lemma.lower() in GREETING:
            head = sentence.head_of(party.span)
            return head is None or not _is_object(sentence, head, token)
        return False

    def is_several(self, party: Party) -> bool:
        sentence = self.roster.reading.sentence_at(party.span.start) if party.span else None
        return sentence is not None and is_several(self.roster, sentence, party)

    def tells_on(self, telling: Telling) -> bool:
        """Whether it tells on what was begun ("they also discussed"), by a verb that names no new occasion and no
        new day.
        """
        if telling.token.lemma.lower() not in FOLLOW_UPS or telling.token.upos != "VERB":
            return False
        has_partner = any(
            case.text.lower() in ("with", "to")
            for child in telling.sentence.below(telling.token.place, "obl")
            for case in telling.sentence.below(child.place, "case")
        )
        return telling.token.lemma.lower() in MATTERS or not has_partner

    def is_within(self, few: Sequence[Party], many: Sequence[Party], may_be_vague: bool = False) -> bool:
        """Whether each of some parties is one of others, by actor or surname; `may_be_vague`: or may be ("the
        two", "the minister").
        """
        return all(
            any(self._is_one(party, other) for other in many) or (may_be_vague and self._may_be(party, many))
            for party in few
        )

    def _is_one(self, party: Party, other: Party) -> bool:
        if party.actor is not None and party.actor == other.actor:
            return True
        name, other_name = surname(party.words), surname(other.words)
        return name is not None and name == other_name and not self._differ(party, other)

    def _differ(self, party: Party, other: Party) -> bool:
        """Whether two parties are people the tables tell apart, both by name."""
        return all(one.certainty == "high" and (one.actor or "").startswith("pe:") for one in (party, other))

    def _may_be(self, party: Party, many: Sequence[Party]) -> bool:
        """Whether words too vague to tell may mean one of others: an office, a pronoun, a state for its people."""
        if party.actor is None or party.how.startswith(("pronoun", "set", "role", "generic", "phrase", "plural")):
            return True
        actor = self.roster.actor_by_id.get(party.actor)
        if actor is None or actor.kind == "unnamed":
            return True
        countries = {
            other.country for one in many if (other := self.roster.actor_by_id.get(one.actor or "")) and other.country
        }
        return actor.kind == "state" and actor.country in countries

    def is_match(self, telling: Telling, parties: Sequence[Party]) -> bool:
        """ "Chile met Peru in the final": states alone, and a word of sport in the sentence."""
        kinds = {actor.kind for party in parties if (actor := self.roster.actor_by_id.get(party.actor or ""))}
        forms = [token.text.lower() for token in telling.sentence.tokens]
        return kinds == {"state"} and self.words.phrase_in("sport", forms) is not None

    def telling(self, event: Event) -> Telling:
        sentence = self.roster.reading.sentence_at(event.evidence.span.start) or self.roster.reading.sentences[0]
        token = self._carrier(event, sentence)
        places = tuple(clause_places(sentence, token.place))
        return Telling(event, sentence, token, places, self._channel(event, sentence, token))

    def _carrier(self, event: Event, sentence: Sentence) -> Token:
        """The word that carries the event: the last of its predicate's lemmas that stands in its words."""
        inside = sentence.tokens_in(event.evidence.span) or list(sentence.tokens)
        for lemma in reversed((event.predicate or "").split()):
            for token in inside:
                if token.lemma == lemma:
                    return token
        return inside[0]

    def _channel(self, event: Event, sentence: Sentence, token: Token) -> str:
        noun = self._object_noun(sentence, token)
        told = told_channel(sentence, clause_places(sentence, token.place), self.words)
        if told is None and token.bare_relation == "obj" and token.head != ROOT:
            told = told_channel(sentence, clause_places(sentence, token.head), self.words)  # "held talks by video"
        if told:
            return told
        if event.mode == "phone":
            by_word = channel_of(sentence, token.place, self.words, noun)
            return by_word if by_word in ("video", "letter") else "phone"
        found = channel_of(sentence, token.place, self.words, noun)
        if found == "in person" and token.lemma.lower() in ("talk",) and token.upos == "VERB":
            found = "unknown"
        if found == "unknown" and event.mode == "visit":
            return "in person"
        if found == "unknown" and self.is_release and token.lemma.lower() in SPOKEN:
            return "phone"
        return found

    def _object_noun(self, sentence: Sentence, token: Token) -> int | None:
        """The contact noun that a light verb has: "held a telephone conversation"."""
        if token.upos not in ("VERB", "AUX"):
            return token.place
        for thing in sentence.below(token.place, "obj", "obl"):
            if thing.upos == "NOUN" and thing.lemma.lower() in self.words.nouns:
                return thing.place
        return None
