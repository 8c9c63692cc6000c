"""Quotations that no cue has claimed: carried on from the statement before, or left out as titles and scare quotes."""

from verbale.coding.content_setting import NOWHERE
from verbale.coding.draft import Draft
from verbale.coding.words import Words

FEWEST_WORDS = 4
"""A shorter quotation without a sentence of its own is a title, a nickname or a distancing mark."""
DASHES = ("-", "–", "—", "--")
QUOTED_THINGS = {"words", "remarks", "comments", "sentence", "message"}
CLOSERS = ".!?…,"


def unclaimed(words: Words, drafts: list[Draft]) -> list[int]:
    """Numbers of the quotations of which no draft holds a word, as content, cue or source."""
    held: set[int] = set()
    for draft in drafts:
        pieces = [*draft.content, *[span for span in (draft.cue_span, draft.source_span) if span]]
        for first, last in pieces:
            held.update(words.quote[first : last + 1])
    return [number for number in range(len(words.quotations)) if number not in held]


def is_clause(words: Words, number: int) -> bool:
    """Whether a quotation holds a sentence, and not just a phrase that is set apart."""
    places = words.places(words.quotations[number].inner)
    spoken = [place for place in places if words.is_word[place]]
    if len(spoken) < FEWEST_WORDS:
        return False
    return any(
        words.upos[place] in ("VERB", "AUX") and "VerbForm=Fin" in words.tokens[place].features for place in spoken
    )


def stands_alone(words: Words, number: int) -> bool:
    """Whether a quotation fills its sentences: nothing but marks stands before and after it in them."""
    places = words.places(words.quotations[number].outer)
    if not places:
        return False
    first, last = places[0], places[-1]
    start, after = words.bounds_of(first)[0], words.bounds_of(last)[1]
    outside = [*range(start, first), *range(last + 1, after)]
    return not any(words.is_word[place] for place in outside)


def _in_title(words: Words, number: int) -> bool:
    """Whether a quotation stands in a headline, where a dash or colon and other words may stand beside it."""
    places = words.places(words.quotations[number].outer)
    segments = words.reading.report.segments
    segment = words.reading.sentences[words.sentence[places[0]]].segment if places else 0
    return bool(places) and segment < len(segments) and segments[segment].kind == "title"


def _opens_title(words: Words, number: int) -> bool:
    """Whether a headline begins with a quotation and a dash behind it: "A new page" - talks in Oslo."""
    places = words.places(words.quotations[number].outer)
    first, after = words.bounds_of(places[0])
    spoken = [place for place in places if words.is_word[place]]
    behind = places[-1] + 1
    return places[0] == first and len(spoken) >= FEWEST_WORDS and behind < after and words.form[behind] in DASHES


def add_orphans(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Quoted sentences without a cue: in the paragraph of a statement they belong to it, later they are its speaker's.

    A paragraph that a quotation left open reopens is part of the same statement. One that nothing leads to gets a
    draft of its own, without a speaker. What is put right into another sentence is left out.
    """
    added: list[Draft] = []
    for number in unclaimed(words, drafts):
        heads_title = _in_title(words, number) and (is_clause(words, number) or _opens_title(words, number))
        if not stands_alone(words, number) and not heads_title:
            continue
        places = words.places(words.quotations[number].outer)
        piece = (places[0], places[-1])
        earlier = _statement_before(words, [*drafts, *added], piece[0])
        if earlier is not None and _goes_on(words, earlier, number, piece[0]):
            earlier.content.append(piece)
            earlier.reasons.append("a quoted sentence right after it has no cue of its own")
        elif is_clause(words, number) or heads_title:
            told = None if heads_title else _told_after(words, piece)
            added.append(_orphan(words, earlier, piece) if told is None else told)
    return added


def _told_after(words: Words, piece: tuple[int, int]) -> Draft | None:
    """A quoted paragraph that the next sentence ascribes: "That was how Jan Novak summed up the day", "The words were
    Novak's"; None where the next sentence says nothing of it."""
    number = words.sentence[piece[1]] + 1
    if number >= len(words.bounds):
        return None
    first, after = words.bounds[number]
    if _paragraph(words, first) - _paragraph(words, piece[1]) > 1 or after - first < 3:
        return None
    forms = words.form[first:after]
    is_how = forms[0] in ("that", "this", "so") and any(form in forms[1:5] for form in ("how", "what", "said"))
    are_words = forms[0] in ("the", "these", "those") and any(form in forms[1:4] for form in QUOTED_THINGS)
    if not (is_how or are_words):
        return None
    person = next((place for place in range(first, after) if words.name[place] == "PER"), None)
    if person is None:
        return None
    while words.head[person] >= first and words.name[words.head[person]] == "PER":
        person = words.head[person]
    span = (person, person)
    for place in range(first, after):
        if words.name[place] == "PER" and abs(place - person) <= 2:
            span = (min(span[0], place), max(span[1], place))
    reason = "the next sentence says whose words the quotation is"
    return Draft(NOWHERE, None, person, span, [piece], 0.6, "quote", "", [reason])


def _orphan(words: Words, earlier: Draft | None, piece: tuple[int, int]) -> Draft:
    reason = "a quoted paragraph without a cue" + ("" if earlier is None else " carries on the speaker before")
    root = earlier.carried if earlier and earlier.carried else earlier
    return Draft(NOWHERE, None, None, None, [piece], 0.6 if earlier else 0.4, "quote", "", [reason], carried=root)


def _statement_before(words: Words, drafts: list[Draft], place: int) -> Draft | None:
    """The last statement of level 1 that ends before a token, in its own paragraph or the one before."""
    here = _paragraph(words, place)
    best = None
    for draft in drafts:
        end = _end(draft)
        if (
            draft.level == 1
            and end < place
            and here - _paragraph(words, end) <= 1
            and _zone(words, end) == _zone(words, place)
        ) and (best is None or end > _end(best)):
            best = draft
    return _main_in_sentence(words, drafts, best) if best is not None and _is_aside(words, best) else best


def _is_aside(words: Words, draft: Draft) -> bool:
    """Whether a statement is told only in a relative clause: "the islands, which Japan calls its own"."""
    return draft.cue != NOWHERE and words.relation[draft.cue] == "acl:relcl"


def _main_in_sentence(words: Words, drafts: list[Draft], aside: Draft) -> Draft:
    """The statement of the same sentence whose cue rules it; the one in the relative clause where there is none."""
    sentence = words.sentence[aside.place]
    main = [one for one in drafts if one.level == 1 and one.cue != NOWHERE and words.sentence[one.place] == sentence]
    return next((one for one in main if not _is_aside(words, one)), aside)


def _goes_on(words: Words, earlier: Draft, number: int, place: int) -> bool:
    """Whether a quotation is of one piece with a statement: right behind it in its paragraph, or reopened after it."""
    continues = words.quotations[number].continues
    if continues is not None:
        others = words.places(words.reading.quotations[continues].outer)
        if others and earlier.holds(others[-1]):
            return True
    same = _paragraph(words, place) == _paragraph(words, _end(earlier))
    return same and not _clause_between(words, _end(earlier), place)


def _clause_between(words: Words, end: int, place: int) -> bool:
    """Whether another sentence stands between a statement's last word and a token."""
    return words.sentence[place] - words.sentence[end] > 1


def _end(draft: Draft) -> int:
    ends = [last for _, last in draft.content] + [span[1] for span in (draft.cue_span, draft.source_span) if span]
    return max(ends)


def _paragraph(words: Words, place: int) -> int:
    return words.reading.sentences[words.sentence[place]].paragraph


def _zone(words: Words, place: int) -> int:
    return words.reading.sentences[words.sentence[place]].segment
