"""Statements: who is said to have said what, where, to whom and about whom, each with the words it rests on.

Order: cues with their sources and contents (drafts.py), quotations without a cue (orphans.py), speakers settled in the
order of the text (speakers.py), then act, addressee, occasion, medium, stance, and the links between equal words.
"""

from functools import lru_cache

from verbale.coding.content_setting import NOWHERE
from verbale.coding.cues import CueCounts, load_cue_counts
from verbale.coding.draft import Draft
from verbale.coding.drafts import drafts_in
from verbale.coding.headlines import linked_to_body, of_title_copies, speaker_of_headline
from verbale.coding.speakers import Speakers
from verbale.coding.speech_acts import act_of, class_of, cue_lemma_of, is_hypothetical, polarity_of, row_of
from verbale.coding.speech_lexicon import SpeechLexicon, speech_lexicon
from verbale.coding.speech_setting import Carried, addressee, medium, occasion, press_name, time_of
from verbale.coding.stance import stances
from verbale.coding.weights import Weights, load_weights
from verbale.coding.wording import bare_content, defects_of, kind_of, outer_content, verbatim_parts
from verbale.coding.words import Words
from verbale.coding.worth import says_something
from verbale.model.evidence import evidence_for
from verbale.model.findings import Party, Statement, finding_id
from verbale.model.roster import Roster
from verbale.model.span import covering

WRITING = {"write", "tweet", "post"}
WRITTEN = {"X", "Facebook", "Telegram", "Instagram", "letter", "email", "article", "blog", "website"}


@lru_cache(maxsize=1)
def _tables() -> tuple[Weights, CueCounts, SpeechLexicon]:
    return load_weights(), load_cue_counts(), speech_lexicon()


def statements_in(roster: Roster, rules: object = None) -> list[Statement]:
    """All statements of a report, in text order: level 1, and level 2 with the id of the one around it.

    Works on a roster without mentions too: speakers then have words and no actor. A conditional one ("if Novak says
    no", "might say") is none. `rules` is not used: what this room knows lies in data/lexicon/en.
    """
    weights, counts, lexicon = _tables()
    words = Words(roster.reading)
    if not words.tokens:
        return []
    speakers = Speakers(roster, words)
    found: list[Statement] = []
    ids: dict[int, str] = {}
    carried = Carried()
    drafts = [
        draft
        for draft in drafts_in(words, weights, counts)
        if not is_hypothetical(words, draft, lexicon) and says_something(words, draft)
    ]
    for draft in sorted(drafts, key=lambda one: (_first(words, one), one.level)):
        if draft.parent is not None and id(draft.parent) not in ids:
            draft.parent, draft.level = None, 1
        statement = _statement(words, draft, roster, speakers, lexicon, ids, carried)
        ids[id(draft)] = statement.id
        found.append(statement)
    found = linked_to_body(words.text, found)
    return found + of_title_copies(roster.reading.report, found)


def _first(words: Words, draft: Draft) -> int:
    """Where a draft begins in the text; a carried quotation counts from itself."""
    spans = [*draft.content, *[span for span in (draft.cue_span, draft.source_span) if span]]
    return min(first for first, _ in spans)


def _statement(
    words: Words,
    draft: Draft,
    roster: Roster,
    speakers: Speakers,
    lexicon: SpeechLexicon,
    ids: dict[int, str],
    carried: Carried,
) -> Statement:
    report = roster.reading.report
    row = row_of(words, draft, lexicon)
    speaker, beside = speakers.settle(draft)
    zone = _zone(words, draft)
    if speaker is None and draft.cue == NOWHERE and zone == "headline":
        speaker = speaker_of_headline(words, draft, speakers)
    outer = outer_content(words, draft)
    cue = words.span(*draft.cue_span) if draft.cue_span else None
    source = words.span(*draft.source_span) if draft.source_span else None
    whole = covering([*outer, *[span for span in (cue, source) if span]])
    held = occasion(words, draft, lexicon, roster)
    lasting = None
    lemma = cue_lemma_of(words, draft, lexicon)
    hearer = addressee(words, draft, row, speakers)
    via = _via(words, draft, lexicon, hearer, speakers)
    cue_class = class_of(words, draft, row, lexicon)
    if draft.level == 1 and zone == "body":
        is_spoken = cue_class == "speech" and via not in WRITTEN and lemma not in WRITING
        lasting = carried.carry(held, speaker, words, lexicon, is_spoken)
    return Statement(
        id=finding_id("st", report.id, whole, lemma or "", cue.start if cue else -1, draft.level),
        evidence=evidence_for(report.id, report.text, whole, _rule(draft), "; ".join(draft.reasons), draft.chance),
        kind=kind_of(words, draft),
        act=act_of(words, draft, row),
        content=bare_content(words, draft),
        content_outer=outer,
        speaker=speaker,
        co_speakers=beside,
        cue=cue,
        cue_lemma=lemma,
        cue_class=cue_class,
        verbatim=verbatim_parts(words, draft),
        addressee=hearer,
        occasion=held or lasting,
        occasion_carried=held is None and lasting is not None,
        via=via,
        stance=stances(words, draft, row, speaker, speakers, lexicon),
        polarity=polarity_of(words, draft, row),
        level=draft.level,
        parent=ids.get(id(draft.parent)) if draft.parent is not None else None,
        zone=zone,
        defects=defects_of(words, draft),
        when=time_of(words, draft, roster),
        source_span=source,
    )


def _via(words: Words, draft: Draft, lexicon: SpeechLexicon, hearer: Party | None, speakers: Speakers) -> str | None:
    """The medium, where it is no person who was spoken to; of a statement inside a paper's report, the paper."""
    actor = speakers.actor(hearer)
    found = medium(words, draft, lexicon)
    if found is not None and hearer is not None and found == hearer.words and actor and actor.kind == "person":
        found = None
    if found is None and draft.parent is not None:
        found = press_name(words, draft.parent, lexicon)
    return found


def _zone(words: Words, draft: Draft) -> str:
    sentence = words.reading.sentences[words.sentence[draft.place]]
    segments = words.reading.report.segments
    kind = segments[sentence.segment].kind if sentence.segment < len(segments) else "body"
    return "headline" if kind.startswith("title") else "body"


def _rule(draft: Draft) -> str:
    """The rule's name: how the cue takes its content, and how the source was reached."""
    if draft.cue == NOWHERE:
        return "statement.quotation.carried" if draft.carried else "statement.quotation.alone"
    how = draft.how.replace(" ", "-")
    return (
        f"statement.{how}"
        if not draft.path
        else f"statement.{how}.{draft.path.split('>')[-1].replace(' ', '-').replace(':', '-')}"
    )
