"""Toward whom a statement takes a stand: an act with a tone and a target, or words of a tone beside a named actor."""

from verbale.coding.draft import Draft
from verbale.coding.speakers import Speakers
from verbale.coding.speech_lexicon import ActRow, SpeechLexicon
from verbale.coding.words import Words
from verbale.model.findings import Party, Stance
from verbale.model.roster import Mention

TURN = {"positive": "negative", "negative": "positive", "neutral": "neutral"}
TARGET_KINDS = ("state", "organisation", "person", "group", "bloc", "territory", "unnamed")
AIMED = {
    "accuse",
    "blame",
    "criticise",
    "condemn",
    "praise",
    "thank",
    "welcome",
    "support",
    "oppose",
    "threaten",
    "warn",
    "reject",
}
SUFFERED = ("on", "against", "at", "upon")
"""Who stands behind these suffers a deed: of an "attack on Sweden" nothing is said against Sweden."""
FAR = 9
"""How many words a toned word may stand from the actor it is said of."""


def stances(
    words: Words, draft: Draft, row: ActRow | None, speaker: Party | None, speakers: Speakers, lexicon: SpeechLexicon
) -> tuple[Stance, ...]:
    """One stance for each actor that the statement aims at or speaks of with a tone. No target, no stance."""
    found: dict[str, Stance] = {}
    own = {speaker.actor} if speaker else set()
    aimed = _aimed(words, draft, row, speakers)
    if aimed is not None and row is not None:
        for actor in aimed.actors:
            if actor not in own:
                tone = TURN[row.tone] if _negated(words, draft.cue) else row.tone
                found[actor] = Stance(actor, tone, words.words(draft.cue, draft.cue))
    for mention in _inside(words, draft, speakers):
        tone, place = _tone_beside(words, draft, mention, lexicon)
        for actor in mention.actors:
            if tone and actor not in own and actor not in found:
                found[actor] = Stance(actor, tone, words.words(place, place))
    return tuple(found[actor] for actor in sorted(found))


def _aimed(words: Words, draft: Draft, row: ActRow | None, speakers: Speakers) -> Mention | None:
    """Whom an act with a tone is done to: its object, or the owner of its object ("condemned Moscow's invasion")."""
    if row is None or row.act not in AIMED or row.tone == "neutral" or draft.cue < 0:
        return None
    for child in words.children[draft.cue]:
        if words.bare[child] in ("obj", "iobj") or (
            words.bare[child] == "obl" and words.case(child) in ("on", "at", "against", "with")
        ):
            mention = speakers.mention_of(child)
            if mention is not None and _may_be_target(mention, speakers):
                return mention
            for inner in words.children[child]:
                if words.relation[inner] == "nmod:poss" or words.bare[inner] == "nmod":
                    mention = speakers.mention_of(inner)
                    if mention is not None and _may_be_target(mention, speakers):
                        return mention
    return None


def _may_be_target(mention: Mention, speakers: Speakers) -> bool:
    actors = [speakers.roster.actor_by_id.get(one) for one in mention.actors]
    return (
        bool(actors) and mention.kind != "place" and all(one is not None and one.kind in TARGET_KINDS for one in actors)
    )


def _inside(words: Words, draft: Draft, speakers: Speakers) -> list[Mention]:
    """Mentions of actors in the content."""
    found = []
    for first, last in draft.content:
        for number in range(words.sentence[first], words.sentence[last] + 1):
            for mention in speakers.roster.mentions_by_sentence.get(number, []):
                if (
                    words.start[first] <= mention.span.start
                    and mention.span.stop <= words.stop[last]
                    and _may_be_target(mention, speakers)
                ):
                    found.append(mention)
    return found


def _tone_beside(words: Words, draft: Draft, mention: Mention, lexicon: SpeechLexicon) -> tuple[str, int]:
    """The tone of the words that govern a mention or that it governs, turned by a negation; "" where none has one."""
    places = words.places(mention.span)
    head = next((place for place in places if words.head[place] not in places), None)
    if head is None:
        return "", 0
    at, steps = words.head[head], 0
    suffers = words.case(head) in SUFFERED and at >= 0 and words.upos[at] == "NOUN"
    if suffers and lexicon.tones.get(words.lemma[at]) == "negative":
        return "", 0
    while at >= 0 and steps < 3 and draft.holds(at) and abs(at - head) <= FAR:
        if is_speech_verb(words, at, lexicon):
            break
        for place in [at, *words.children[at]]:
            tone = None if is_speech_verb(words, place, lexicon) else lexicon.tones.get(words.lemma[place])
            if (
                tone
                and draft.holds(place)
                and place not in places
                and words.bare[place]
                in ("amod", "obj", "obl", "nmod", "root", "ccomp", "xcomp", "conj", "acl", "advcl", "parataxis")
            ) or (tone and place == at):
                return (TURN[tone] if _negated(words, at) else tone), place
        if words.upos[at] == "VERB":
            break
        at, steps = words.head[at], steps + 1
    return "", 0


def is_speech_verb(words: Words, place: int, lexicon: SpeechLexicon) -> bool:
    """Whether a verb tells of somebody's words or feelings: its tone is that one's, not the speaker's."""
    if words.upos[place] != "VERB":
        return False
    row = lexicon.act(words.lemma[place], [], is_noun=False)
    return row is not None and row.cue_class in ("speech", "attitude") and words.has_below(place, "nsubj", "nsubj:pass")


def _negated(words: Words, place: int) -> bool:
    return any(words.form[child] in ("not", "n't", "n’t", "never", "no") for child in words.children[place])
