"""Names as the later stages want them: without titles and possessives, pairs parted, one label a name in a report.

Word lists: data/lexicon/en/person_titles.csv, portfolios.csv, pair_nouns.csv, hyphen_names.csv.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from verbale.language.decode import Analysis, NameFound
from verbale.language.known_names import NO_NAME, Match, known_names
from verbale.tables.load import csv_rows, data_folder

POSSESSIVES = ("'s", "’s", "'", "’", "'S", "’S")
HYPHENS = ("-", "–", "‑", "−", "/")
BORROWED = 0.6  # confidence of a name that other sentences of the report taught
MANY, MOST = 4, 0.75  # a name that a report has so often, in most places with one label, has it everywhere
UNSURE = 0.6  # a name below this takes the label that the same words have elsewhere in the report


class Form(msgspec.Struct, frozen=True):
    """A word and where the list comes from."""

    form: str
    source: str


@cache
def _forms(file: str) -> frozenset[str]:
    return frozenset(row.form for row in csv_rows(data_folder() / "lexicon/en" / file, Form))


class Words(NamedTuple):
    """A sentence for the rules."""

    words: list[str]
    analysis: Analysis


Names = list[NameFound]


def without_possessive(sentence: Words, names: Names) -> Names:
    """ "Lavrov's" names Lavrov; a firm or a place may bear the mark in its name: "McDonald's"."""
    kept = []
    for name in names:
        if sentence.words[name.stop - 1] in POSSESSIVES and name.label in ("ORG", "LOC") and not (
                _owns_noun(sentence, name) or _is_known_before_mark(sentence.words, name)):
            kept.append(name)
            continue
        while name.stop > name.start + 1 and sentence.words[name.stop - 1] in POSSESSIVES:
            name = name._replace(stop=name.stop - 1)
        kept.append(name)
    return kept


def _owns_noun(sentence: Words, name: NameFound) -> bool:
    """Whether the tree hangs the name on a noun behind it as its owner: "the centre's staff"."""
    analysis = sentence.analysis
    return any(analysis.relations[place] == "nmod:poss" and analysis.heads[place] >= name.stop
               and analysis.upos[analysis.heads[place]] == "NOUN" for place in range(name.start, name.stop))


def _is_known_before_mark(words: list[str], name: NameFound) -> bool:
    """Whether the tables know the name without its possessive mark: "Russia's"."""
    return any(match.start == name.start and match.stop == name.stop - 1 for match in known_names(words))


def without_title(sentence: Words, names: Names) -> Names:
    """ "Foreign Minister Lavrov" names Lavrov; "the" belongs to no person."""
    titles = _forms("person_titles.csv")
    kept = []
    for name in names:
        while name.label == "PER" and name.stop > name.start + 1 and (
                sentence.words[name.start].capitalize() in titles or sentence.words[name.start].lower() == "the"):
            name = name._replace(start=name.start + 1)
        kept.append(name)
    return kept


def parted_pairs(sentence: Words, names: Names) -> Names:
    """ "Lavrov-Kuleba talks" names two: one word each, before a noun for what two sides share."""
    kept = []
    for name in names:
        pair = name.stop - name.start in (3, 4) and sentence.words[name.start + 1] in HYPHENS
        whole = pair and _second_stop(sentence, name.start + 2) == name.stop
        if whole and name.label in ("PER", "LOC") and _is_pair(sentence, name.start):
            kept += [name._replace(stop=name.start + 1), name._replace(start=name.start + 2)]
        else:
            kept.append(name)
    return kept


def with_partner(sentence: Words, names: Names) -> Names:
    """ "Lavrov-Kuleba talks" where the model saw only one of the two."""
    taken = {place for name in names for place in range(name.start, name.stop)}
    added = []
    for name in names:
        if name.stop - name.start != 1 or name.label not in ("PER", "LOC"):
            continue
        for first, other in ((name.start, name.start + 2), (name.start - 2, name.start - 2)):
            if 0 <= other < len(sentence.words) and other not in taken and _is_pair(sentence, first):
                added.append(NameFound(other, other + 1, name.label, min(name.confidence, BORROWED)))
    return sorted([*names, *added])


PARTICLES = ("bin", "ibn", "ben", "al", "el", "von", "van", "de", "der", "di", "da", "du")
"""Words in small letters with which a family name begins."""


def _second_stop(sentence: Words, start: int) -> int:
    """Where the second name of a pair ends: after its particle and one word more ("Raisi-bin Farhan meeting")."""
    return start + 2 if sentence.words[start].lower() in PARTICLES else start + 1


def _is_pair(sentence: Words, start: int) -> bool:
    """Whether "X - Y" at a place is two names: alone between other words, and what follows is a noun of two sides."""
    words = sentence.words
    if start < 0 or start + 3 >= len(words) or words[start + 1] not in HYPHENS:
        return False
    stop = _second_stop(sentence, start + 2)
    if stop >= len(words):
        return False
    first, second, following = words[start], words[stop - 1], words[stop].lower()
    if not (first[:1].isupper() and second[:1].isupper()) or f"{first}-{second}" in _forms("hyphen_names.csv"):
        return False
    longer = start > 1 and words[start - 1] in HYPHENS and words[start - 2][:1].isalnum()
    return not longer and following in _forms("pair_nouns.csv")


ALSO_FAMILY_NAMES = ("King", "Prince", "Marshal", "Judge", "Bishop", "Major", "Dean", "Baron", "Pope")


SON_OF = ("bin", "ibn", "bint")
BEHIND_NAMES = ("Jr.", "Jr", "Sr.", "II", "III", "IV", "V", "VI", "VII", "VIII")


def whole_names(sentence: Words, names: Names) -> Names:
    """ "Qaboos bin Said", "Abercrombie-Winstanley", "Lloyd Austin III": what belongs behind a person's name."""
    words = sentence.words
    kept: Names = []
    for name in names:
        if kept and name.start < kept[-1].stop:
            continue  # the end that an earlier name lacked
        if name.label == "PER" and words[name.start] in SON_OF and name.start and words[name.start - 1][:1].isupper():
            name = name._replace(start=name.start - 1)  # "Said [bin Taimur]"
        while name.label == "PER" and name.stop < len(words) and _goes_on(sentence, name):
            name = name._replace(stop=name.stop + 1)
        kept.append(name)
    return kept


def _goes_on(sentence: Words, name: NameFound) -> bool:
    """Whether the word behind a person's name belongs to it."""
    words, analysis, place = sentence.words, sentence.analysis, name.stop
    last, following = words[place - 1], words[place]
    if not following[:1].isupper():
        return False
    open_end = name.stop - name.start > 1 and (last in HYPHENS or last.lower() in PARTICLES)
    is_flat = analysis.relations[place] == "flat" and name.start <= analysis.heads[place] < name.stop
    return open_end or following in BEHIND_NAMES or (is_flat and analysis.upos[place] == "PROPN")


def joined_firms(sentence: Words, names: Names) -> Names:
    """ "Johnson & Johnson" is a firm, not two people."""
    kept: Names = []
    for name in names:
        before = kept[-1] if kept else None
        if before and before.label == name.label == "PER" and sentence.words[before.stop:name.start] == ["&"]:
            kept[-1] = before._replace(stop=name.stop, label="ORG")
        else:
            kept.append(name)
    return kept


FACILITIES = {
    "LOC": ("Airport", "Prison", "Facility", "Bridge", "Square", "Park", "Stadium", "Hospital", "Palace", "Base",
            "Room", "Boulevard", "Avenue", "Street", "Highway", "Dam", "Museum"),
    "ORG": ("University", "Foundation", "Institute", "School", "College", "Center", "Centre", "Brigade", "Brigades"),
}


def named_after(sentence: Words, names: Names) -> Names:
    """ "John Donovan Prison" names a place, and "Carl Marsh Foundation" a body, not the person."""
    words, tags, kept = sentence.words, sentence.analysis.upos, []
    for name in names:
        stop = name.stop
        while name.label == "PER" and stop < len(words) and words[stop][:1].isupper() and tags[stop] == "PROPN":
            stop += 1
        label = next((label for label, nouns in FACILITIES.items() if words[stop - 1] in nouns), None)
        free = not any(other.start < stop and name.stop <= other.start for other in names)
        kept.append(name._replace(stop=stop, label=label) if label and free and stop > name.stop else name)
    return kept


def with_titled(sentence: Words, names: Names) -> Names:
    """ "Secretary Marsh": who stands behind a title, and hangs on it, is a person, though the network saw none."""
    words, analysis = sentence.words, sentence.analysis
    titles, portfolio = _forms("person_titles.csv"), _forms("portfolios.csv")
    taken = {place for name in names for place in range(name.start, name.stop)}
    added = []
    for place in range(1, len(words)):
        hangs = analysis.relations[place] == "flat" and analysis.heads[place] == place - 1
        titled = hangs and words[place - 1] in titles and _may_be_family(sentence, place)
        if not titled or words[place] in portfolio | titles:
            continue
        stop = place + 1
        while stop < len(words) and analysis.relations[stop] == "flat" and _may_be_family(sentence, stop):
            stop += 1
        if not taken & set(range(place - 1, stop)):
            added.append(NameFound(place, stop, "PER", BORROWED))
    return sorted([*names, *added])


def _may_be_family(sentence: Words, place: int) -> bool:
    word = sentence.words[place]
    return word.istitle() and word.isalpha() and sentence.analysis.upos[place] == "PROPN"


def without_government_of(sentence: Words, names: Names) -> Names:
    """ "The Government of Ukraine" names Ukraine."""
    kept = []
    for name in names:
        inside = sentence.words[name.start:name.stop]
        if name.label == "ORG" and [word.lower() for word in inside[:2]] == ["government", "of"]:
            start = name.start + (3 if inside[2:3] == ["the"] else 2)
            if start < name.stop:
                kept.append(name._replace(start=start, label="LOC"))
        else:
            kept.append(name)
    return kept


def with_initials(sentence: Words, names: Names) -> Names:
    """ "the Movement for Democratic Change (MDC)": initials in brackets behind a name are of its kind."""
    words, taken = sentence.words, {place for name in names for place in range(name.start, name.stop)}
    added = [
        NameFound(name.stop + 1, name.stop + 2, name.label, min(name.confidence, BORROWED))
        for name in names
        if name.label in ("ORG", "LOC") and name.stop + 2 < len(words) and words[name.stop] == "("
        and words[name.stop + 2] == ")" and name.stop + 1 not in taken
        and _are_initials(words[name.stop + 1], words[name.start:name.stop])
    ]
    return sorted([*names, *added])


def _are_initials(word: str, words: list[str]) -> bool:
    """Whether a word of capitals begins as the words do."""
    letters = word.replace(".", "")
    return letters.isupper() and letters.isalpha() and len(letters) > 1 and letters[0] == words[0][:1].upper()


def _is_common(sentence: Words, name: NameFound) -> bool:
    """Whether a name is one common noun in small letters: "the parliament"."""
    return (name.stop == name.start + 1 and sentence.words[name.start].islower()
            and sentence.analysis.upos[name.start] == "NOUN")


MAIL = re.compile(r"\S+@\S+\.\w+")
PACTS = ("Agreement", "Treaty", "Pact", "Accord", "Accords", "Act", "Convention", "Declaration", "Protocol", "Summit")


def without_pacts(sentence: Words, names: Names) -> Names:
    """ "The Paris Agreement" and "the Madrid Summit" are no organisations; nor are "us" or an address."""
    return [name for name in names
            if not (name.label == "ORG" and sentence.words[name.stop - 1] in PACTS)
            and not (sentence.words[name.start:name.stop] == ["us"] and sentence.analysis.upos[name.start] == "PRON")
            and not (name.label == "ORG" and _is_common(sentence, name))
            and not (name.stop == name.start + 1 and MAIL.fullmatch(sentence.words[name.start]))]


def without_bare_titles(sentence: Words, names: Names) -> Names:
    """ "The President" names nobody by name; nor does "Minister" alone."""
    titles = _forms("person_titles.csv")
    kept = []
    for name in names:
        inside = sentence.words[name.start:name.stop]
        before = sentence.words[name.start - 1].lower() if name.start else ""
        is_title = all(
            {word.capitalize(), word.capitalize().removesuffix("s")} & titles or word in ("-", "State", "General")
            for word in inside)
        may_be_family = len(inside) == 1 and inside[0] in ALSO_FAMILY_NAMES and before not in ("the", "a", "his", "her")
        if name.label != "PER" or not is_title or may_be_family:
            kept.append(name)
    return kept


LIST_WORDS = (",", "and", "&", "the")


def without_portfolios(sentence: Words, names: Names) -> Names:
    """ "Minister for Foreign Affairs", "Secretary of Defense": what an office is for is no organisation."""
    titles, portfolio = _forms("person_titles.csv"), _forms("portfolios.csv")
    kept = []
    for name in names:
        start = name.start
        while start and sentence.words[start - 1] not in ("of", "for") and (
                sentence.words[start - 1][:1].isupper() or sentence.words[start - 1] in LIST_WORDS):
            start -= 1  # "for Economic Growth, Energy, and the Environment"
        before = [word.lower() for word in sentence.words[max(0, start - 2):start]]
        after_title = len(before) == 2 and before[1] in ("of", "for") and before[0].capitalize() in titles
        if not (name.label == "ORG" and after_title and set(sentence.words[name.start:name.stop]) <= portfolio):
            kept.append(name)
    return kept


TRANSCRIPT_WORDS = ("Q", "QUESTION", "MODERATOR", "REPORTER", "OPERATOR", "UPDATE", "NOTE", "CORRECTION", "THE", "AIDE",
                    "OFFICIAL", "STAFF", "PRESS")


def speaker_of_turn(sentence: Words, names: Names) -> Names:
    """ "MR. PRICE: So, ..." and "BERG: Yes." in a transcript; the Q of a question belongs to no name."""
    words = sentence.words
    if words[0] == "Q":
        names = [name._replace(start=1) if name.start == 0 and name.stop > 1 else name for name in names]
    colon = words.index(":") if ":" in words[:6] else 0
    start = 0
    while start < colon - 1 and (words[start].capitalize() in _forms("person_titles.csv") or words[start] == "."):
        start += 1
    speaker = words[start:colon]
    if speaker and all(word.isupper() and word.isalpha() and len(word) > 2 for word in speaker) and len(
            speaker) < 4 and not set(speaker) & set(TRANSCRIPT_WORDS):
        names = [name for name in names if name.start >= colon]
        return [NameFound(start, colon, "PER", BORROWED), *names]
    return names


BEFORE_PLACES = ("in", "from", "to", "at", "near", "across", "outside", "around")


def settled_by_tables(sentence: Words, names: Names) -> Names:
    """Names that the tables know get the tables' label and extent; one known for sure is found even where unseen."""
    for match in known_names(sentence.words):
        names = _settled(sentence, names, match)
    return sorted(names)


def _settled(sentence: Words, names: Names, match: Match) -> Names:
    touching = [name for name in names if name.start < match.stop and match.start < name.stop]
    if any(name.start <= match.start and match.stop <= name.stop and name.stop - name.start > match.stop - match.start
           for name in touching):
        return names  # part of a longer name: "Bank of China"
    single = match.stop - match.start == 1
    before = sentence.words[match.start - 1].lower() if match.start else ""
    if single and match.known.label == "LOC" and before not in BEFORE_PLACES and any(
            name.label == "PER" for name in touching):
        return names  # Jordan and Georgia are people too, but not in "from Jordan"
    tags = sentence.analysis.upos[match.start:match.stop]
    if not touching and not (match.known.sure and ("PROPN" in tags or match.known.label == "NORP")):
        return names
    if any(name.start < match.start or match.stop < name.stop for name in touching):
        return names
    rest = [name for name in names if name not in touching]
    if match.known.label == NO_NAME:
        return rest
    confidence = max((name.confidence for name in touching), default=BORROWED)
    return [*rest, NameFound(match.start, match.stop, match.known.label, confidence)]


RULES: list[Callable[[Words, Names], Names]] = [
    without_possessive, speaker_of_turn, without_bare_titles, without_title, without_portfolios, without_government_of,
    whole_names, named_after, joined_firms, with_titled, parted_pairs, with_partner, without_pacts, settled_by_tables,
    with_initials,
]


def names_of(words: list[str], analysis: Analysis) -> list[NameFound]:
    """Names of one sentence, in text order, without overlap."""
    sentence, names = Words(words, analysis), list(analysis.names)
    for rule in RULES if words else []:
        names = rule(sentence, names)
    return names


def name_tags(words: list[str], analysis: Analysis) -> list[str]:
    """One IOB2 tag a word."""
    tags = ["O"] * len(words)
    for name in names_of(words, analysis):
        tags[name.start:name.stop] = [f"B-{name.label}"] + [f"I-{name.label}"] * (name.stop - name.start - 1)
    return tags


def names_across(sentences: list[Words]) -> list[list[NameFound]]:
    """Names of a report's sentences: each sentence's own, then what the others teach.

    An unsure name takes the label that its words have elsewhere. A surname that stood with a given name once, and a
    headline in capitals, are recognised by names found in other sentences.
    """
    found = [names_of(sentence.words, sentence.analysis) for sentence in sentences]
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    loud = [_is_shouted(sentence.words) for sentence in sentences]
    for sentence, names, shouted in zip(sentences, found, loud):
        for name in names:
            if name.confidence >= UNSURE and not shouted:
                labels[_key(sentence.words, name)][name.label] += 1
    sure = {key: counts.most_common(1)[0][0] for key, counts in labels.items()}
    settled = {key: sure[key] for key, counts in labels.items()
               if sum(counts.values()) >= MANY and counts[sure[key]] >= MOST * sum(counts.values())}
    surnames = {key[-1] for key, label in sure.items() if label == "PER" and len(key) > 1 and len(key[-1]) > 2}
    result = []
    for sentence, names, shouted in zip(sentences, found, loud):
        names = [_relabelled(sentence.words, name, sure, surnames, shouted) for name in names]
        names = [name._replace(label=settled.get(_key(sentence.words, name), name.label)) for name in names]
        result.append(sorted([*names, *_recognised(sentence, names, sure, surnames, shouted)]))
    return result


def _key(words: list[str], name: NameFound) -> tuple[str, ...]:
    return tuple(word.lower() for word in words[name.start:name.stop])


def _relabelled(
    words: list[str], name: NameFound, sure: dict[tuple[str, ...], str], surnames: set[str], shouted: bool
) -> NameFound:
    """The name with the label that the report's other sentences give it, where its own is unsure or the line shouts."""
    if name.confidence >= UNSURE and not shouted:
        return name
    key = _key(words, name)
    label = "PER" if shouted and len(key) == 1 and key[0] in surnames else sure.get(key)
    return name._replace(label=label) if label else name


def _recognised(
    sentence: Words, names: Names, sure: dict[tuple[str, ...], str], surnames: set[str], shouted: bool
) -> Iterator[NameFound]:
    """Names that this sentence's own reading missed: single surnames, and any known name in a line of capitals."""
    taken = {place for name in names for place in range(name.start, name.stop)}
    words = sentence.words
    longest = max((len(key) for key in sure), default=0) if shouted else 0
    for place, word in enumerate(words):
        if place in taken or not word[:1].isupper():
            continue
        for length in range(min(longest, len(words) - place), 0, -1):
            label = sure.get(tuple(one.lower() for one in words[place:place + length]))
            if label and not taken & set(range(place, place + length)):
                taken |= set(range(place, place + length))
                yield NameFound(place, place + length, label, BORROWED)
                break
        else:
            if word.lower() in surnames and sentence.analysis.upos[place] == "PROPN":
                taken.add(place)
                yield NameFound(place, place + 1, "PER", BORROWED)


def _is_shouted(words: list[str]) -> bool:
    """Whether a line is written in capitals."""
    if sum(map(str.isupper, words)) < 3:
        return False
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    return len(letters) > 2 and sum(word.isupper() for word in letters) >= 0.8 * len(letters)
