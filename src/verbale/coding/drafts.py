"""Statements as spans: each likely cue with its source and content, nested ones under the one that holds them."""

from verbale.coding.colons import introduced
from verbale.coding.content import choose_content, told_besides_hearer
from verbale.coding.content_setting import Piece, Setting
from verbale.coding.cue_spans import cue_span
from verbale.coding.cues import CueCounts, cue_features, frame, is_candidate, phrase_end
from verbale.coding.draft import Draft
from verbale.coding.nominal import settle_nominal
from verbale.coding.orphans import add_orphans, is_clause, unclaimed
from verbale.coding.participles import apart, claimed_once
from verbale.coding.reported_speech import in_words_of, quoted_as_saying, quoting_word, signed
from verbale.coding.sources import NONE_CANDIDATE, according_to_rest, choose_source, inverted_source, source_span
from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.transcripts import transcript_drafts, turns_in, within_turn
from verbale.coding.weights import Weights
from verbale.coding.words import NO_QUOTE, Words

LEVEL_ONE = 0.38
"""How likely a cue must be. On PolNeAR dev .33, .36, .39 and .42 give whole-triple F 54.8, 55.1, 55.4, 55.5 and recall
of indirect speech 74.2, 73.2, 72.4, 71.4; content overlap F is highest, 85.4, up to .39."""
LEVEL_TWO = 0.6
"""How likely a cue inside another's content must be, as if it stood alone."""
LEVEL_TWO_TONED = 0.2
"""The same for a listed verb with a tone that a named one is the subject of: "that President Berg appreciated X"."""
WEAK_FRAMES = {"object", "preposition", "bare"}
"""Frames without a clause or a quotation for content: they tell of deeds as often as of words."""
WEAK_KNOWN, WEAK_TONED, WEAK_UNKNOWN, WEAK_AGENTLESS = 0.05, -0.15, 0.35, 0.35
"""How much likelier a cue must be in a weak frame: a listed one; a listed one with a tone ("condemned", "welcomed");
one that no list has; a passive that names nobody. Without these, whole-triple F on PolNeAR dev is the same within half
a point, and our 200 sentences without speech give four statements instead of one."""
NAMED_PROMISE = -0.24
"""How much less likely a promise of somebody named may be: "Germany commits to build"."""
SET_PHRASE = 0.7
"""How likely a phrase of cue_phrases.csv is at least."""
RESCUE = 0.12
"""How likely a cue must be where its content is a quoted sentence that no likelier cue has claimed."""
RESCUE_FRAGMENT = 0.24
"""How likely a cue must be where its content holds quoted words, no sentence, that no likelier cue has claimed. On
PolNeAR dev .18, .24 and .3 find 92.6, 92.3 and 91.1 of 100 mixed statements; whole-triple F is the same within .1."""
SURE_OVER = 0.35
"""How much likelier a nested cue must be than the one around it to push it out."""


def drafts_in(words: Words, weights: Weights, counts: CueCounts, level_one: float = LEVEL_ONE) -> list[Draft]:
    """Every statement of a text, in text order: level 1 and, with `parent` set, those inside their content."""
    turns = transcript_drafts(words, turns_in(words))
    labels = {place for turn in turns for place in range(turn.place, turn.content[0][0])}
    found: list[Draft] = []
    doubtful: list[tuple[float, int]] = []
    inner: list[tuple[float, int]] = []
    spoken = {number for number in range(len(words.quotations)) if is_clause(words, number)}
    phrase_last = -1
    for place in range(len(words)):
        if place <= phrase_last or place in labels or not is_candidate(words, place, counts):
            continue
        if quoting_word(words, place) is not None:
            continue
        features = cue_features(words, place, counts)
        chance = weights.chance("cue", features)
        fixed = phrase_end(words, place)
        if fixed is not None:
            chance, phrase_last = max(chance, SET_PHRASE), fixed
        if chance >= LEVEL_TWO_TONED and _is_toned(words, place):
            inner.append((chance, place))
        if chance < level_one + (_caution(words, place) if fixed is None else 0):
            if chance >= RESCUE and words.quotations:
                doubtful.append((chance, place))
            continue
        if chance >= LEVEL_TWO and (chance, place) not in inner[-1:]:
            inner.append((chance, place))
        if words.quote[place] in spoken:
            continue
        draft = _draft(words, place, chance, weights, counts)
        if draft is not None:
            draft.reasons.insert(0, f"cue: {weights.telling('cue', features)}")
            found.append(draft)
    kept = _settled(_without_twins([*found, *in_words_of(words)]), turns)
    settle_nominal(words, kept)
    apart(words, kept)
    claimed_once(kept)
    kept += _signed(words, kept)
    kept += _rescued(words, kept, doubtful, weights, counts)
    introduced(words, kept, weights)
    kept += add_orphans(words, kept)
    kept += _nested(words, kept, inner, weights, counts)
    return sorted(kept, key=lambda draft: (draft.place, draft.level))


def _caution(words: Words, place: int) -> float:
    """How much likelier a cue must be than others, for what its frame and its word are."""
    how = frame(words, place)
    if how in ("to-clause", "preposition to") and _promises(words, place):
        return NAMED_PROMISE
    if how.split(" ")[0] not in WEAK_FRAMES or words.upos[place] not in ("VERB", "AUX"):
        return 0.0
    if words.form[place + 1 : place + 2] == ["that"]:
        return 0.0
    row = speech_lexicon().act(words.lemma[place], words.lemma[place + 1 : place + 2], is_noun=False)
    caution = (
        WEAK_UNKNOWN
        if row is None
        else WEAK_TONED
        if row.tone != "neutral" and row.cue_class == "speech"
        else WEAK_KNOWN
    )
    if words.has_below(place, "nsubj:pass", "aux:pass") and not any(
        words.case(child) == "by" for child in words.children[place]
    ):
        caution += WEAK_AGENTLESS
    return caution


def _promises(words: Words, place: int) -> bool:
    """Whether a named one promises to do something: "Germany commits to build". Counted on home politics, such verbs
    seem rare; between states they are the news."""
    row = speech_lexicon().act(words.lemma[place], [], is_noun=False)
    if row is None or row.act != "promise" or words.upos[place] != "VERB" or words.has_below(place, "aux:pass"):
        return False
    subjects = [child for child in words.children[place] if words.bare[child] == "nsubj"]
    return any(words.name[one] in ("LOC", "ORG", "PER") or words.form[one] == "we" for one in subjects)


def _is_toned(words: Words, place: int) -> bool:
    """Whether a word is a listed verb with a tone, in a past or present form, with a named subject and an object."""
    if words.upos[place] != "VERB" or not words.has(place, "VerbForm=Fin") or not words.has_below(place, "obj"):
        return False
    subjects = [child for child in words.children[place] if words.relation[child] == "nsubj"]
    row = speech_lexicon().act(words.lemma[place], words.lemma[place + 1 : place + 2], is_noun=False)
    return row is not None and row.tone != "neutral" and any(words.name[one] for one in subjects)


def _without_twins(found: list[Draft]) -> list[Draft]:
    """Of two cues that claim mostly the same words, neither inside the other's content, the likelier."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda one: (-one.chance, one.cue)):
        mine = {place for first, last in draft.content for place in range(first, last + 1)}
        twin = False
        for other in kept:
            if other.holds(draft.cue) or draft.holds(other.cue):
                continue
            shared = sum(1 for first, last in other.content for place in range(first, last + 1) if place in mine)
            twin = twin or 2 * shared > len(mine)
        if not twin:
            kept.append(draft)
    return kept


def _signed(words: Words, kept: list[Draft]) -> list[Draft]:
    """Quotations that a dash and a name sign."""
    return [draft for number in unclaimed(words, kept) if (draft := signed(words, number)) is not None]


def _draft(
    words: Words, cue: int, chance: float, weights: Weights, counts: CueCounts, whole_quotes: bool = True
) -> Draft | None:
    quoted = quoted_as_saying(words, cue, chance)
    if quoted is not None:
        return quoted
    how = frame(words, cue)
    source, path, _ = choose_source(words, cue, weights)
    if source == NONE_CANDIDATE:
        source, path = inverted_source(words, cue), "obj"
    source_piece = source_span(words, source, cue, weights) if source != NONE_CANDIDATE else None
    source_piece = according_to_rest(words, cue) or source_piece
    piece = cue_span(words, cue, source_piece, how, weights)
    at = Setting(words, cue, piece, source_piece, how, counts)
    pieces, reasons, _ = choose_content(at, weights)
    pieces = told_besides_hearer(at, pieces)
    if not pieces:
        return None
    draft = Draft(
        cue, piece, None if source == NONE_CANDIDATE else source, source_piece, pieces, chance, how, path, reasons
    )
    if whole_quotes:
        draft.content = _whole_quotes(words, draft)
    draft.content = [(first, _closed(words, first, last)) for first, last in draft.content]
    return draft


def _closed(words: Words, first: int, last: int) -> int:
    """The last token of a piece, with the bracket behind it that closes one opened in it."""
    after = words.bounds_of(last)[1]
    if last + 1 < after and words.form[last + 1] in (")", "]"):
        forms = words.form[first : last + 1]
        if sum(forms.count(mark) for mark in "([") > sum(forms.count(mark) for mark in ")]"):
            return last + 1
    return last


def _rescued(
    words: Words, kept: list[Draft], doubtful: list[tuple[float, int]], weights: Weights, counts: CueCounts
) -> list[Draft]:
    """Doubtful cues whose content holds quoted words that are nobody's yet: first sentences, then mere fragments."""
    loose = unclaimed(words, kept)
    clauses = {number for number in loose if is_clause(words, number)}
    found: list[Draft] = []
    for free, least in ((clauses, RESCUE), (set(loose) - clauses, RESCUE_FRAGMENT)):
        for chance, place in sorted(doubtful, key=lambda one: (-one[0], one[1])):
            if not free or chance < least:
                break
            if words.quote[place] in free | clauses or not _near_quotes(words, place, free):
                continue
            draft = _draft(words, place, chance, weights, counts)
            if draft is None or any(other.level == 1 and other.holds(place) for other in [*kept, *found]):
                continue
            claimed = {words.quote[at] for first, last in draft.content for at in range(first, last + 1)} & free
            if claimed and not (least > RESCUE and draft.source is None):
                draft.reasons.insert(0, "a doubtful cue, taken since the quotation has no other")
                found.append(draft)
                free -= claimed
    return found


def _nested(
    words: Words, kept: list[Draft], inner: list[tuple[float, int]], weights: Weights, counts: CueCounts
) -> list[Draft]:
    """Statements inside the content of others: cues that would be likely if they stood alone."""
    found = []
    taken = {other.cue for other in kept}
    for chance, place in inner:
        around = [other for other in kept if other.level == 1 and other.holds(place) and place not in taken]
        draft = _draft(words, place, chance, weights, counts, whole_quotes=False) if around else None
        if draft is None or draft.source is None or _is_polite(words, place) or words.form[draft.source] == "you":
            continue
        if words.quote[place] != NO_QUOTE and not around[0].holds(draft.source):
            continue
        draft.level, draft.parent = 2, around[0]
        draft.content = _clipped(words, draft.content, around[0].content)
        if draft.content:
            draft.reasons.insert(0, "a cue inside what another says")
            if around[0].how == "transcript":
                within_turn(draft, around[0])
            found.append(draft)
    return found


def _is_polite(words: Words, place: int) -> bool:
    """ "Would like to" says nothing of liking."""
    return words.lemma[place] in ("like", "love") and any(words.bare[child] == "aux" for child in words.children[place])


def _clipped(words: Words, pieces: list[Piece], limits: list[Piece]) -> list[Piece]:
    """The parts of some pieces that lie inside others."""
    parts = [(max(first, low), min(last, high)) for first, last in pieces for low, high in limits]
    return [(first, last) for first, last in parts if any(words.is_word[first : last + 1])]


def _near_quotes(words: Words, place: int, numbers: set[int]) -> bool:
    first, after = words.bounds_of(place)
    return any(words.quote[at] in numbers for at in range(max(0, first - 1), min(len(words), after + 1)))


def _whole_quotes(words: Words, draft: Draft) -> list[Piece]:
    """A draft's content with each quotation that it touches taken whole, but for its own cue and source."""
    pieces = []
    for first, last in draft.content:
        while first > 0 and words.quote[first] != NO_QUOTE and words.quote[first - 1] == words.quote[first]:
            if _taken(draft, first - 1):
                break
            first -= 1
        while last + 1 < len(words) and words.quote[last] != NO_QUOTE and words.quote[last + 1] == words.quote[last]:
            if _taken(draft, last + 1):
                break
            last += 1
        pieces.append((first, last))
    return pieces


def _taken(draft: Draft, place: int) -> bool:
    spans = [span for span in (draft.cue_span, draft.source_span) if span]
    return any(first <= place <= last for first, last in spans)


def _settled(found: list[Draft], turns: list[Draft]) -> list[Draft]:
    """Drafts with nesting told: one whose cue lies in another's content is level 2, unless it is much the likelier."""
    order = sorted(found, key=lambda draft: (-sum(last - first for first, last in draft.content), draft.cue))
    kept: list[Draft] = [*turns]
    for draft in order:
        around = [other for other in kept if other.level == 1 and other.holds(draft.cue)]
        weak = [other for other in around if draft.chance - other.chance > SURE_OVER and not draft.holds(other.cue)]
        if around and len(weak) == len(around):
            for other in weak:
                kept.remove(other)
            around = []
        if around:
            draft.level, draft.parent = 2, around[0]
        kept.append(draft)
    for draft in kept:
        if draft.parent is not None and draft.parent not in kept:
            draft.parent, draft.level = None, 1
        if draft.parent is not None and draft.parent.how == "transcript":
            within_turn(draft, draft.parent)
    return [draft for draft in kept if draft.content]
