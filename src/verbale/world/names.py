"""Where people's names stand in the lines, and which title or apposition goes with each."""

from verbale.world.phrases import Phrase, longest_role
from verbale.world.runs import Run, name_end, reach_title, take_honorific, trim
from verbale.world.scene import HYPHENS, Line
from verbale.world.word_lists import honorifics, longest_honorific, word_table, words

CLOSERS = frozenset({",", ".", ";", ":", ")", "!", "?", "—", "–", "--", '"', "”", "’", "who", "whose", "whom"})


def runs_of(number: int, line: Line, phrases: list[Phrase]) -> list[Run]:
    """The people's names of a line in text order, each with the titles beside it."""
    runs = _merged(line, _from_model(number, line) + _from_tables(number, line))
    runs = [run for run in runs if run.after - run.first > 1 or not is_month(line, run.first)]
    runs = [run for run in runs if trim(line, run) and not is_facility(line, run) and not is_storm(line, run)]
    runs += _from_titles(number, line, phrases, runs)
    runs += _from_honorifics(number, line, runs)
    shared = _sharers(number, line, phrases, runs)
    runs += [run for run, _ in shared if run not in runs]
    runs.sort(key=lambda run: run.first)
    for run in runs:
        for phrase in phrases:
            if phrase.role_first < run.first < phrase.role_after == phrase.after:
                phrase.role_after = phrase.after = run.first
        reach_title(line, run, phrases)
        run.whole_first, run.whole_after = run.first, run.after
        take_honorific(line, run)
    for run in runs:
        if run.trimmed is not None and not any(phrase.role_first == run.trimmed for phrase in phrases):
            run.whole_first = min(run.whole_first, run.trimmed)
        take_titles(line, run, phrases)
        if not run.phrases:
            _take_nationality(line, run)
    for run, phrase in shared:
        _name_it(phrase, run, before=run.first == phrase.after)
    for run in runs:
        _take_apposition(line, run, runs, phrases)
    return [run for run in runs if not any(_swallows(other, run) for other in runs)]


def is_month(line: Line, place: int) -> bool:
    """Whether a word that may be a surname tells a time here: "in May", "on May 7", "May 2016", "since last March"."""
    if line.low(place) not in words("months", "names"):
        return False
    if line.low(place - 1) in words("months", "before") and line.low(place + 1) not in ("'s", "who"):
        return True
    return any(line.low(beside)[:1].isdigit() for beside in (place - 1, place + 1))


def is_facility(line: Line, run: Run) -> bool:
    """Whether a name goes on into what is named after somebody: "James S. Brady Press Briefing Room"."""
    here = run.after
    while here < len(line.bits) and here - run.after < 4 and line.bits[here].raw[:1].isupper():
        if line.low(here) in words("facilities", "ends"):
            return True
        here += 1
    return False


def is_storm(line: Line, run: Run) -> bool:
    """As in "Hurricane Lorenzo", "Operation Barkhane": what is named behind such a word is nobody."""
    return line.low(run.first - 1) in words("facilities", "before")


def _swallows(other: Run, run: Run) -> bool:
    """Whether a name lies in another's title or is a shorter reading of the same words."""
    return (
        other is not run
        and other.whole_first <= run.first
        and run.after <= other.whole_after
        and (run.after <= other.first or other.after <= run.first or other.after - other.first > run.after - run.first)
    )


def _from_model(number: int, line: Line) -> list[Run]:
    """The model's people, but for names that the tables know as places and as nobody's."""
    return [
        Run(number, first, after, "model")
        for first, after, label in line.names
        if label == "PER" and not _is_plain_place(line, first, after)
    ]


def _is_plain_place(line: Line, first: int, after: int) -> bool:
    """Whether the tables have the words as a place or a body, alone or within a longer name, and as nobody's name."""
    found = next((found for found in line.surfaces if found.first <= first and after <= found.after), None)
    if found is None:
        return False
    return not any(entry.entity.startswith("pe:") for entry in found.entries) and not all(
        entry.ambiguous for entry in found.entries
    )


def _from_tables(number: int, line: Line) -> list[Run]:
    runs = []
    for found in line.surfaces:
        people = tuple(dict.fromkeys(entry.entity for entry in found.entries if entry.entity.startswith("pe:")))
        if not people:
            continue
        others = [entry for entry in found.entries if not entry.entity.startswith("pe:")]
        whole = any(entry.kind == "full name" for entry in found.entries)
        if found.label not in (None, "PER") and (others or not whole):
            continue
        if others and found.label != "PER":
            continue
        if not whole and found.label is None and not _looks_like_name(line, found.first, found.after):
            continue
        people = (
            tuple(dict.fromkeys(entry.entity for entry in found.entries if entry.kind == "full name")) if whole else ()
        )
        runs.append(Run(number, found.first, found.after, "tables", people))
    return runs


def _looks_like_name(line: Line, first: int, after: int) -> bool:
    """A bare surname of the tables that the model left out: a proper noun, and no part of a longer name."""
    token = line.sentence.tokens[line.bits[first].token]
    if token.upos != "PROPN":
        return False
    covered = any(start <= first < stop for start, stop, _ in line.names)
    beside = [
        line.bits[place].raw[:1].isupper() and place not in (0,)
        for place in (first - 1, after)
        if 0 <= place < len(line.bits) and line.bits[place].raw[:1].isalpha()
    ]
    return not covered and not any(beside)


def _hyphen_before(line: Line, place: int) -> bool:
    """Whether a hyphen ties a bit to the one before: "Peter Berg-Lund" that the model cut in two."""
    before = line.sentence.tokens[line.bits[place].token - 1]
    return (
        before.text in HYPHENS and before.stop == line.bits[place].start and before.start == line.bits[place - 1].stop
    )


def _merged(line: Line, runs: list[Run]) -> list[Run]:
    """One run where two overlap: the longer words, the tables' people."""
    merged: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.first, -run.after)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.after - last.first > 1
            and run.first == last.after
            and _hyphen_before(line, run.first)
        ):
            last.after, last.entities = run.after, ()
            continue
        if last is None or run.first >= last.after:
            merged.append(run)
            continue
        if run.source == "model":
            last.source = "model"
        same_end = run.after == last.after and min(run.after - run.first, last.after - last.first) > 1
        last.entities = (last.entities or run.entities) if same_end else ()
        last.after = max(last.after, run.after)
    return merged


def _from_titles(number: int, line: Line, phrases: list[Phrase], runs: list[Run]) -> list[Run]:
    """Names that only their title tells: "Foreign Minister Nguyen Xuan Phuc" where neither model nor tables saw one."""
    made = []
    for phrase in phrases:
        start = phrase.role_after if phrase.after == phrase.role_after else phrase.after
        start += longest_honorific([bit.low for bit in line.bits[start : start + 4]])
        if start >= len(line.bits) or longest_role(line, start) is not None:
            continue
        if (
            phrase.plural
            or not line.bits[start].raw[:1].isupper()
            or (
                start in line.starts
                and not any(entry.entity.startswith(("pe:", "ct:")) for entry in line.starts[start].entries)
            )
        ):
            continue
        if any(first <= start < after and label != "PER" for first, after, label in line.names):
            continue
        capital = line.bits[phrase.role_first].raw[:1].isupper()
        after = name_end(line, start)
        if any(run.first < after and start < run.after for run in runs):
            continue
        token = line.sentence.tokens[line.bits[start].token]
        if after > start and token.upos == "PROPN" and (capital or after - start > 1 or phrase.states):
            made.append(Run(number, start, after, "title"))
    return made


def _sharers(number: int, line: Line, phrases: list[Phrase], runs: list[Run]) -> list[tuple[Run, Phrase]]:
    """As in "Foreign Ministers Lavrov and Wang": every name behind a title in the plural bears it."""
    found = []
    for phrase in phrases:
        if not phrase.plural or phrase.counterpart or phrase.after != phrase.role_after or phrase.organ:
            continue
        here, bearers = phrase.after, []
        while (run := _name_at(number, line, here, runs)) is not None:
            bearers.append(run)
            here = run.after
            here += line.low(here) == ","
            here += line.low(here) in ("and", "&")
            if here == run.after:
                break
        if len(bearers) > 1:
            found += [(run, phrase) for run in bearers]
    return found


def _name_at(number: int, line: Line, place: int, runs: list[Run]) -> Run | None:
    """The person's name that starts at a bit: as found, else capitalised words that are no place's and no role's."""
    known = next((run for run in runs if run.first == place), None)
    if known is not None or place >= len(line.bits) or longest_role(line, place) is not None:
        return known
    found = line.starts.get(place)
    is_other = found is not None and not any(entry.entity.startswith("pe:") for entry in found.entries)
    if is_other or not line.bits[place].raw[:1].isupper() or any(run.first < place < run.after for run in runs):
        return None
    after = name_end(line, place)
    token = line.sentence.tokens[line.bits[place].token]
    return Run(number, place, after, "title") if after > place and token.upos == "PROPN" else None


def _from_honorifics(number: int, line: Line, runs: list[Run]) -> list[Run]:
    made = []
    for place, bit in enumerate(line.bits):
        if bit.low not in honorifics() or not bit.raw[:1].isupper():
            continue
        start = place + 1
        if longest_role(line, start) is not None:
            continue
        if start >= len(line.bits) or any(run.first <= start < run.after for run in runs):
            continue
        if line.bits[start].raw[:1].isupper() and line.bits[start].low not in honorifics() and start not in line.starts:
            after = name_end(line, start)
            if after > start:
                made.append(Run(number, start, after, "honorific"))
    return made


def take_titles(line: Line, run: Run, phrases: list[Phrase]) -> None:
    """Role phrases right before the name, or one comma away: "Russia's foreign minister, Sergei Lavrov,"."""
    taken = _abbreviated_title(line, run)
    for phrase in reversed(phrases):
        if phrase.plural or phrase.named:
            continue
        if phrase.after == run.whole_first and phrase.role_after <= run.whole_first:
            _name_it(phrase, run, before=True)
            _take_second_title(line, run, phrase, phrases)
            return
        if _is_joined_noun(line, phrase.after, run.whole_first) and phrase.determiner != "the":
            _name_it(phrase, run, before=True)
            return
        comma = phrase.after == run.whole_first - 1 and line.low(phrase.after) == ","
        if (
            comma
            and not taken
            and phrase.determiner != "a"
            and _is_closed(line, run)
            and not _is_joined(line, run, phrase)
        ):
            _name_it(phrase, run, before=True)
            return


def _is_joined_noun(line: Line, after: int, first: int) -> bool:
    """As in "US singer and lyricist Robert Hunter": "and" and a noun or two between a role and the name."""
    if line.low(after) != "and" or not after + 1 < first <= after + 3:
        return False
    return all(
        line.sentence.tokens[line.bits[place].token].upos in ("NOUN", "ADJ") for place in range(after + 1, first)
    )


def _take_second_title(line: Line, run: Run, near: Phrase, phrases: list[Phrase]) -> None:
    """Further titles before the nearest: "Deputy Prime Minister and Foreign Minister X", "Chairman General X"."""
    for phrase in phrases:
        if phrase.plural or phrase.named or near.determiner is not None:
            continue
        joined = phrase.after == near.first - 1 and line.low(phrase.after) in ("and", "&") and phrase.determiner is None
        if joined or (phrase.after == near.first and phrase.role_after == phrase.after):
            near.adjectives = near.adjectives or phrase.adjectives
            phrase.adjectives = phrase.adjectives or near.adjectives
            _name_it(phrase, run, before=True)
            _take_second_title(line, run, phrase, phrases)
            return


def _take_nationality(line: Line, run: Run) -> None:
    """Where somebody is from, by an adjective and a noun that is no role word: "Turkish violinist Ayla Erduran"."""
    here = run.whole_first
    while here > 0 and run.whole_first - here < 3:
        token = line.sentence.tokens[line.bits[here - 1].token]
        if (
            token.upos not in ("NOUN", "ADJ")
            or here in line.ends
            or not line.bits[here - 1].low.isalpha()
            or not line.bits[here - 1].raw.islower()
        ):
            break
        here -= 1
    found = line.ends.get(here)
    if (
        found is not None
        and here < run.whole_first
        and any(entry.kind in ("adjective", "demonym", "abbrev") for entry in found.entries)
    ):
        run.home = found
        run.whole_first = found.first


def _name_it(phrase: Phrase, run: Run, before: bool) -> None:
    phrase.named = True
    run.phrases.append(phrase)
    if before:
        run.whole_first = min(run.whole_first, phrase.first)
    else:
        run.whole_after = max(run.whole_after, phrase.after)


def _abbreviated_title(line: Line, run: Run) -> bool:
    low = line.low(run.whole_first - 1)
    if low in word_table()["abbreviated_titles"] and run.whole_first > 0:
        run.whole_first -= 1
        return True
    return False


def _is_closed(line: Line, run: Run) -> bool:
    """Whether a name between commas ends its apposition here."""
    after = line.low(run.after)
    return after in CLOSERS or after == "" or line.low(run.after) in ("'s", "'")


def _is_joined(line: Line, run: Run, phrase: Phrase) -> bool:
    """Whether a role before a comma is one of a list, as in "the minister, Lee and Park"."""
    if phrase.determiner == "the" and line.low(run.after) == "," and line.low(run.after + 1) not in ("and", "or"):
        return False
    token = line.sentence.tokens[line.bits[phrase.role_after - 1].token]
    return token.bare_relation == "conj" or line.low(phrase.first - 1) == "and"


def _take_apposition(line: Line, run: Run, runs: list[Run], phrases: list[Phrase]) -> None:
    """A role phrase after the name: ", Russia's top diplomat,", "(foreign minister)", "is the foreign minister"."""
    for phrase in phrases:
        if phrase.named or phrase.plural:
            continue
        opener = line.low(run.after)
        start = run.after + 1
        if opener in (",", "(", "—", "–", "--") and phrase.first == start:
            if any(other is not run and other.first == phrase.after for other in runs):
                continue
            if _is_apposition(line, run, phrase):
                _name_it(phrase, run, before=False)
                _take_further(line, run, phrase, phrases)
                return
        elif _is_predicate(line, run, phrase):
            phrase.named = True
            run.phrases.append(phrase)
            return


def _take_further(line: Line, run: Run, near: Phrase, phrases: list[Phrase]) -> None:
    for phrase in phrases:
        if (
            not phrase.named
            and not phrase.plural
            and phrase.first == near.after + 1
            and line.low(near.after) == "and"
            and _closes(line, phrase.after)
        ):
            _name_it(phrase, run, before=False)
            return


def _closes(line: Line, place: int) -> bool:
    low = line.low(place)
    return low == "" or low in CLOSERS or not low[:1].isalnum()


def _is_apposition(line: Line, run: Run, phrase: Phrase) -> bool:
    token = line.sentence.tokens[line.bits[phrase.role_after - 1].token]
    if _has_verb_of_its_own(line, phrase):
        return False
    if token.bare_relation == "appos" and run.first > 1:
        return True
    if line.low(phrase.after) in ("and",) or token.bare_relation in ("nsubj", "obj"):
        return False
    if _closes(line, phrase.after):
        return token.bare_relation != "conj" or line.low(phrase.after) in (",", ")")
    return line.low(phrase.after) in ("in", "at", "since", "on", "during", "until", "under", "from", "for", "who")


def _has_verb_of_its_own(line: Line, phrase: Phrase) -> bool:
    """Whether a role is the subject of what follows: somebody is addressed in "Well, Ann, the President has said"."""
    if phrase.after >= len(line.bits):
        return False
    token = line.sentence.tokens[line.bits[phrase.after].token]
    return token.upos == "AUX" or (token.upos == "VERB" and token.has("VerbForm=Fin"))


def _is_predicate(line: Line, run: Run, phrase: Phrase) -> bool:
    """As in "Lavrov is Russia's top diplomat": the role is what the sentence says that the name is."""
    tokens = line.sentence.tokens
    head = tokens[line.bits[phrase.role_after - 1].token]
    children = line.sentence.children[head.place]
    has_copula = any(tokens[child].relation == "cop" and tokens[child].lemma == "be" for child in children)
    if not has_copula:
        return False
    inside = {line.bits[place].token for place in range(run.first, run.after)}
    return any(child in inside and tokens[child].bare_relation == "nsubj" for child in children) and not any(
        tokens[child].lemma in ("not", "never") for child in children
    )
