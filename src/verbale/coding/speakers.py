"""Who speaks, settled in the order of the text: names and roles from the roster, pronouns by who spoke last."""

import re
import unicodedata
from dataclasses import dataclass, field

import msgspec

from verbale.coding.content_setting import NOWHERE
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.actor import Actor
from verbale.model.findings import Party
from verbale.model.reading import ROOT
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
FIRST_PERSON = {"i", "me", "my", "we", "us", "our"}
THIRD_PERSON = {*PERSONAL, "they", "them", "their"}
RELATIVE = {"who", "which", "that", "whom"}
PERSON_KINDS = ("person", "unnamed")
NO_FIRST_NAMES = {"secretary", "minister", "president", "ambassador", "mr.", "ms.", "mrs.", "dr.", "by", "and", "with"}
CLAUSE_RELATIONS = ("acl:relcl", "acl")


def fold(name: str) -> str:
    """A name in small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isascii())


@dataclass
class Speakers:
    """The speakers of a report so far. `last` is whoever spoke last on level 1, outside quotations."""

    roster: Roster
    words: Words
    last: Party | None = None
    last_sentence: int = -1
    settled: dict[int, tuple[Party | None, tuple[Party, ...]]] = field(default_factory=dict)
    """By identity of the draft: its speaker and co-speakers."""

    def settle(self, draft: Draft) -> tuple[Party | None, tuple[Party, ...]]:
        """The speaker of a draft and those who speak with him; None where the text names nobody."""
        found = self._settle(draft)
        self.settled[id(draft)] = found
        if draft.level == 1 and found[0] is not None:
            self.last = found[0]
            self.last_sentence = self.words.sentence[draft.place]
        return found

    def _settle(self, draft: Draft) -> tuple[Party | None, tuple[Party, ...]]:
        if draft.cue == NOWHERE and draft.source is None:
            return self._carried(draft), ()
        if draft.source is None:
            return None, ()
        head = self._antecedent(draft.source)
        form = self.words.form[head]
        if draft.level == 2 and form in FIRST_PERSON and draft.parent is not None:
            return self._of_parent(draft, head), ()
        mention = self.mention_of(head)
        if draft.level == 2 and form in THIRD_PERSON and self._in_direct_speech(draft, head):
            return self._other_than_speaker(draft, head, mention), ()
        if form in PERSONAL:
            return self._pronoun(draft, head, mention), ()
        party = self._party(draft, head, mention)
        if draft.cue == NOWHERE:
            return msgspec.structs.replace(party, how="told.next-sentence", certainty="medium"), ()
        return party, () if draft.how == "transcript" else self._beside(head, mention, party)

    # -- quotations without a cue

    def _carried(self, draft: Draft) -> Party | None:
        before = self.settled.get(id(draft.carried), (None, ()))[0] if draft.carried else None
        if before is None:
            return None
        newcomer = self._new_subject(draft)
        certainty = "low" if newcomer else "medium"
        others = dict.fromkeys([*before.alternatives, *(newcomer.actors if newcomer else ())])
        alternatives = tuple(actor for actor in others if actor != before.actor)
        return Party(before.actor, before.words, None, "continuity.quoted-paragraph", certainty, alternatives)

    def _new_subject(self, draft: Draft) -> Mention | None:
        """Somebody else who was made a subject between the carried statement and the quotation."""
        assert draft.carried is not None
        speaker = self.settled[id(draft.carried)][0]
        last = max(self.words.sentence[last] for _, last in draft.carried.content)
        for number in range(last + 1, self.words.sentence[draft.place]):
            subject = self._subject_of(number)
            if subject and speaker and subject.actors and speaker.actor not in subject.actors:
                return subject
        return None

    # -- pronouns

    def _of_parent(self, draft: Draft, head: int) -> Party:
        speaker = self.settled.get(id(draft.parent), (None, ()))[0]
        plural = self.words.form[head] in ("we", "us", "our")
        how = "pronoun.speaker-side" if plural else "pronoun.speaker"
        return Party(
            speaker.actor if speaker else None,
            self.words.words(head, head),
            self.words.span(head, head),
            how,
            "medium" if plural else "high",
        )

    def _in_direct_speech(self, draft: Draft, head: int) -> bool:
        """Whether a word stands in what another says letter by letter, in marks or in a transcript."""
        return draft.parent is not None and (draft.parent.how == "transcript" or self.words.quote[head] != NO_QUOTE)

    def _other_than_speaker(self, draft: Draft, head: int, mention: Mention | None) -> Party:
        """He, she, they in somebody's own words: never the one who speaks; the nearest subject there who fits, else
        whom the roster offers, else open."""
        form, span = self.words.words(head, head), self.words.span(head, head)
        speaker = self.settled.get(id(draft.parent), (None, ()))[0]
        label = self.mention_of(draft.parent.source) if draft.parent and draft.parent.source is not None else None
        barred = {speaker.actor if speaker else None, *(label.actors if label else ())}
        gender = PERSONAL.get(self.words.form[head])
        if gender is not None:
            here = self.words.sentence[head]
            offered = self._subjects_between(max(0, here - 2), here, head, gender)
            near = [one for one in offered if one.actors[0] not in barred]
            if near:
                return Party(near[-1].actors[0], form, span, "pronoun.in-speech", "medium")
        others = [one for one in (mention.actors if mention else ()) if one not in barred]
        if len(others) == 1:
            return Party(others[0], form, span, mention.how if mention else "", "medium")
        return Party(None, form, span, "pronoun.open", "low", tuple(others))

    def _pronoun(self, draft: Draft, head: int, mention: Mention | None) -> Party:
        """He or she: whoever spoke last if he fits, else the nearest subject who fits; people met only in what was said
        rank lower."""
        gender = PERSONAL[self.words.form[head]]
        span, form = self.words.span(head, head), self.words.words(head, head)
        here = self.words.sentence[head]
        subjects = self._subjects_between(max(0, here - 2), here, head, gender)
        newer = [
            one
            for one in subjects
            if one.sentence > self.last_sentence and one.actors[0] != (self.last.actor if self.last else None)
        ]
        if self.last is not None and self._fits_party(self.last, gender) and here - self.last_sentence <= 12:
            if not newer:
                certainty = "high" if here - self.last_sentence <= 2 else "medium"
                return Party(
                    self.last.actor,
                    form,
                    span,
                    "pronoun.last-speaker",
                    certainty,
                    self._others(mention, self.last.actor),
                )
            others = tuple(dict.fromkeys(one for one in (self.last.actor,) if one))
            return Party(newer[-1].actors[0], form, span, "pronoun.new-subject", "medium", others)
        if subjects:
            best = subjects[-1]
            rivals = self._rivals(best, gender)
            return Party(best.actors[0], form, span, "pronoun.nearest-subject", "low" if rivals else "medium", rivals)
        if mention is not None and mention.actors:
            return Party(
                mention.actors[0], form, span, mention.how, mention.certainty, self._others(mention, mention.actors[0])
            )
        return Party(None, form, span, "pronoun.open", "low", self._others(mention, None))

    def _subjects_between(self, first: int, here: int, head: int, gender: str) -> list[Mention]:
        """Mentions of one fitting person that are subjects before the pronoun, here and in the sentences before."""
        found = []
        for number in range(first, here + 1):
            for mention in self.roster.mentions_by_sentence.get(number, []):
                if (
                    mention.span.start >= self.words.start[head]
                    or len(mention.actors) != 1
                    or mention.kind == "pronoun"
                ):
                    continue
                place = self._head_word(mention)
                if (
                    place is not None
                    and self.words.bare[place] in ("nsubj", "root")
                    and self._fits(mention.actors[0], gender, mention)
                ):
                    found.append(mention)
        return found

    def _rivals(self, best: Mention, gender: str) -> tuple[str, ...]:
        others = [
            mention.actors[0]
            for mention in self.roster.mentions_by_sentence.get(best.sentence, [])
            if len(mention.actors) == 1
            and mention.actors[0] != best.actors[0]
            and self._fits(mention.actors[0], gender, mention)
        ]
        return tuple(dict.fromkeys(others))

    def _others(self, mention: Mention | None, chosen: str | None) -> tuple[str, ...]:
        if mention is None:
            return ()
        return tuple(one.actor for one in mention.candidates[:4] if one.actor != chosen)

    def _fits(self, actor_id: str, gender: str, mention: Mention | None = None) -> bool:
        actor = self.roster.actor_by_id.get(actor_id)
        if actor is None or actor.kind not in PERSON_KINDS:
            return False
        known = actor.gender or (mention.gender if mention else None)
        return known in (None, gender)

    def _fits_party(self, party: Party, gender: str) -> bool:
        if party.actor is None:
            return self._looks_like_person(party)
        return self._fits(party.actor, gender)

    def _looks_like_person(self, party: Party) -> bool:
        """A speaker the roster does not know: a name of a person, or a pronoun for one."""
        if party.words.lower() in PERSONAL:
            return True
        return any(
            name.label == "PER" and party.span and name.span.overlaps(party.span) for name in self.words.reading.names
        )

    # -- names, roles, sets

    def mention_of(self, head: int) -> Mention | None:
        """The mention that a source's head word belongs to, places left out."""
        place = self.words.start[head]
        holding = [
            one
            for one in self.roster.mentions_by_sentence.get(self.words.sentence[head], [])
            if one.span.start <= place < one.span.stop and one.kind != "place"
        ]
        heading = [one for one in holding if self._heads(one, head)]
        return min(
            heading or holding,
            key=lambda one: (not one.head.start <= place < one.head.stop, len(one.span)),
            default=None,
        )

    def _heads(self, mention: Mention, head: int) -> bool:
        """Whether a word leads a mention, and is no mere part of it ("Turkey" in "the president of Turkey")."""
        places = self.words.places(mention.span)
        return bool(places) and self.words.head[head] not in places

    def _head_word(self, mention: Mention) -> int | None:
        places = self.words.places(mention.span)
        return next((place for place in places if self.words.head[place] not in places), None)

    def _antecedent(self, head: int) -> int:
        """What a relative pronoun stands for: the noun its clause hangs on."""
        if self.words.form[head] not in RELATIVE:
            return head
        at = head
        while at != ROOT:
            if self.words.relation[at] in CLAUSE_RELATIONS and self.words.head[at] != ROOT:
                return self.words.head[at]
            at = self.words.head[at]
        return head

    def _party(self, draft: Draft, head: int, mention: Mention | None) -> Party:
        span = self._name_span(draft, head)
        words = span.of(self.words.text)
        if draft.how == "transcript" and (mention is None or not mention.actors or self._is_namesake(words, mention)):
            return self._labelled(words, span)
        if mention is None:
            return Party(None, words, span, "source.no-mention", "medium")
        if mention.how == "pronoun.signer":
            signer, *others = (one.actor for one in mention.candidates)
            return Party(signer, words, span, mention.how, "medium", tuple(others))
        if not mention.actors:
            known = {one.actor for one in mention.candidates}
            if self.last is not None and self.last.actor in known:
                return Party(
                    self.last.actor,
                    mention.span.of(self.words.text),
                    mention.span,
                    "role.last-speaker",
                    "medium",
                    tuple(sorted(known - {self.last.actor or ""})),
                )
            return Party(
                None,
                mention.span.of(self.words.text),
                mention.span,
                mention.how or "source.open",
                "low",
                tuple(sorted(known)),
            )
        return Party(
            mention.actors[0],
            mention.span.of(self.words.text),
            mention.span,
            mention.how,
            mention.certainty,
            self._others(mention, mention.actors[0]),
        )

    def _is_namesake(self, label: str, mention: Mention) -> bool:
        """Whether the report's title gives a label's surname another first name than the actor's: "Press Secretary Jay
        Carney" is not Mark Carney."""
        actor = self.roster.actor_by_id.get(mention.actors[0])
        surname = label.split("(")[0].split()[-1:]
        title = self.roster.reading.report.title or ""
        if actor is None or not surname or actor.kind not in PERSON_KINDS:
            return False
        found = re.search(rf"([A-Z][\w'’.-]+) {re.escape(surname[0])}\b", title, re.IGNORECASE)
        if found is None or found[1].casefold() in NO_FIRST_NAMES:
            return False
        return fold(found[1]) not in fold(actor.name).split()

    def _labelled(self, words: str, span: Span) -> Party:
        """A transcript's label: the one person of the report with that surname."""
        surname = words.split("(")[0].split()[-1].casefold() if words.split("(")[0].split() else ""
        title = fold(self.roster.reading.report.title or "")
        people = [
            actor.id
            for actor in self.roster.actors
            if actor.kind in PERSON_KINDS
            and actor.name.casefold().split()[-1:] == [surname]
            and not (surname in title.split() and fold(actor.name) not in title)
        ]
        if len(people) == 1:
            return Party(people[0], words, span, "label.surname", "high")
        return Party(None, words, span, "label.open", "low", tuple(people[:4]))

    def _name_span(self, draft: Draft, head: int) -> Span:
        """The source's own words, up to its apposition."""
        first, last = (
            draft.source_span
            if draft.source_span and draft.source_span[0] <= head <= draft.source_span[1]
            else (head, head)
        )
        for child in self.words.children[head]:
            if (
                self.words.bare[child] in ("appos", "acl", "conj", "cc", "punct")
                and head < self.words.left[child] <= last
            ):
                last = self.words.left[child] - 1
        while last > head and not self.words.is_word[last]:
            last -= 1
        return self.words.span(min(first, head), max(last, head))

    def _beside(self, head: int, mention: Mention | None, party: Party) -> tuple[Party, ...]:
        """Others who speak with the speaker: the rest of a set, and names joined by "and"."""
        found: list[Party] = []
        if mention is not None and len(mention.actors) > 1:
            words = mention.span.of(self.words.text)
            found += [Party(actor, words, mention.span, mention.how, mention.certainty) for actor in mention.actors[1:]]
        for child in self.words.children[head]:
            if self.words.bare[child] == "conj" and self.words.upos[child] in ("PROPN", "NOUN"):
                other = self.mention_of(child)
                if other is not None and other is not mention and other.actors and other.actors[0] != party.actor:
                    found.append(
                        Party(other.actors[0], other.span.of(self.words.text), other.span, other.how, other.certainty)
                    )
                elif other is None:
                    span = self.words.span(self.words.left[child], self.words.right[child])
                    found.append(Party(None, span.of(self.words.text), span, "source.no-mention", "medium"))
        return tuple(found)

    def _subject_of(self, number: int) -> Mention | None:
        for mention in self.roster.mentions_by_sentence.get(number, []):
            place = self._head_word(mention)
            if place is not None and self.words.bare[place] == "nsubj" and mention.actors:
                return mention
        return None

    def actor(self, party: Party | None) -> Actor | None:
        return self.roster.actor_by_id.get(party.actor) if party and party.actor else None
