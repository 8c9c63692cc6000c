"""Verb patterns of PETRARCH as frames of our rule language; what cannot be said so is left out, with the reason."""

import re
from collections.abc import Iterator

import msgspec

from verbale.tables.ontology import Ontology
from verbale.tables.petrarch_read import NO_CODE, Block, Pattern, Verb, VerbDictionary

# fmt: off
PREPOSITIONS = frozenset((
    "about", "across", "against", "along", "among", "around", "at", "before", "behind", "between", "beyond", "by",
    "despite", "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto",
    "out", "outside", "over", "through", "throughout", "to", "toward", "towards", "under", "until", "upon", "via",
    "with", "within",
))
# fmt: on
PARTICLES = frozenset(("up", "down", "off", "out", "away", "back", "over", "apart", "together", "aside", "in", "on"))
SIDES = ("obj", "iobj", "with", "to", "on", "against", "from", "at", "for", "into", "of", "in")
BESIDE_OBJECT = ("iobj", "to", "with", "on", "against", "from", "for", "obj.of", "obj.on", "obj.to", "obj.with", "in")
STATEMENT_ROOT = "01"
PREFIX = "petrarch"


class FrameLine(msgspec.Struct, frozen=True):
    """A row of verbs.csv as it will be written."""

    name: str
    words: str
    object: str
    type: str
    mode: str
    act: str
    contexts: str
    who: str
    whom: str
    status: str
    check: str
    mutual: str
    note: str
    cameo: str


class Skipped(msgspec.Struct, frozen=True):
    """A line of a dictionary that is not carried over."""

    line: int
    words: str
    reason: str


class Frames(msgspec.Struct, frozen=True):
    rows: tuple[FrameLine, ...]
    classes: dict[str, tuple[str, ...]]
    forms: dict[str, tuple[str, ...]]
    skipped: tuple[Skipped, ...]


def frames_of(verbs: VerbDictionary, ontology: Ontology) -> Frames:
    """Frames for every verb with a code and every pattern that our rule language can say."""
    rows: list[FrameLine] = []
    skipped = [Skipped(line, words, "no verb, pattern or word set") for line, words in verbs.unread]
    forms: dict[str, tuple[str, ...]] = {}
    used: set[str] = set()
    for block in verbs.blocks:
        for made in (*_alone(block, ontology), *_patterns(block, verbs, ontology, used)):
            (rows if isinstance(made, FrameLine) else skipped).append(made)  # type: ignore[arg-type]
        for verb in block.verbs:
            if verb.forms and "_" not in verb.name:
                forms[verb.name.lower()] = tuple(dict.fromkeys(form.lower().replace("_", " ") for form in verb.forms))
    classes = {_class_name(label): _class_words(verbs.synsets[label]) for label in sorted(used)}
    return Frames(tuple(_numbered(rows)), classes, forms, tuple(skipped))


def coded_as(code: str, ontology: Ontology) -> tuple[str, str | None, str | None] | None:
    """PLOVER type, mode and act of a CAMEO code by the crosswalk, or of the code it belongs under; None for none."""
    if code.startswith(STATEMENT_ROOT):
        return None
    for shorter in (code, code[:3], code[:2] + "0"):
        row = ontology.crossing_of(shorter)
        if row is not None:
            return row.type, row.mode, row.act
    return ("REQUEST", None, "demand") if code.startswith("10") else None


def _alone(block: Block, ontology: Ontology) -> Iterator[FrameLine | Skipped]:
    """Frames of verbs that tell an act without anything beside them."""
    by_code: dict[str, list[Verb]] = {}
    for verb in block.verbs:
        if verb.code not in (NO_CODE, ""):
            by_code.setdefault(verb.code, []).append(verb)
    for code, verbs in by_code.items():
        yield _row(verbs[0].line, verbs, code, "", SIDES, ontology)


def _patterns(block: Block, verbs: VerbDictionary, ontology: Ontology, used: set[str]) -> Iterator[FrameLine | Skipped]:
    for pattern in block.patterns:
        if pattern.code in (NO_CODE, ""):
            continue
        yield _of_pattern(pattern, block, verbs, ontology, used)


def _of_pattern(
    pattern: Pattern, block: Block, verbs: VerbDictionary, ontology: Ontology, used: set[str]
) -> FrameLine | Skipped:
    shown = " ".join(pattern.words)
    words = [part for word in pattern.words for part in re.findall(r"[^(){}]+", word)]
    places = [number for number, word in enumerate(words) if word in ("*", "**")]
    if len(places) != 1:
        return Skipped(pattern.line, shown, "no single mark for the verb")
    if any(word != "$" for word in words[: places[0]]):
        return Skipped(pattern.line, shown, "words before the verb")
    behind = words[places[0] + 1 :]
    if any(word in ("$", "%", "^") for word in behind):
        return Skipped(pattern.line, shown, "a source or skip mark behind the verb")
    particle, preposition, whom, things = "", "", [], []
    for number, word in enumerate(behind):
        plain = word.lower().replace("_", " ").strip()
        if word == "+":
            whom.append(preposition or "obj")
            preposition = ""
        elif word.startswith("&"):
            label = word[1:].strip("_")
            if label not in verbs.synsets:
                return Skipped(pattern.line, shown, f"the word set {word} is not defined")
            things.append((preposition, f"@{_class_name(label)}"))
            used.add(label)
            preposition = ""
        elif plain in PARTICLES and number == 0 and (number + 1 == len(behind) or plain not in PREPOSITIONS):
            particle = plain
        elif plain in PREPOSITIONS:
            preposition = plain
        else:
            things.append((preposition, plain))
            preposition = ""
    if preposition and not whom:
        whom.append(preposition)
    if len(things) == 2 and not things[1][0] and not any(one.startswith("@") for _, one in things):
        things = [(things[0][0], f"{things[0][1]} {things[1][1]}")]
    if len(things) > 1:
        return Skipped(pattern.line, shown, "more than one thing beside the verb")
    need = ";".join(_need(*one) for one in things) or ";".join(f"{one}:*" for one in whom if one != "obj")
    sides = (*(one for one in whom if one != "obj"), *BESIDE_OBJECT) if things else (*whom, *SIDES)
    return _row(pattern.line, list(block.verbs), pattern.code, need, sides, ontology, particle, shown)


def _need(preposition: str, words: str) -> str:
    singular = [words] if words.startswith("@") else [words, *_singular(words)]
    return ";".join(f"{preposition}:{one}" if preposition else one for one in dict.fromkeys(singular))


def _singular(words: str) -> list[str]:
    """The singular of a regular plural: dictionaries hold whole words, our rules hold lemmas."""
    if words.endswith("ies"):
        return [words[:-3] + "y"]
    if words.endswith(("sses", "xes", "ches", "shes")):
        return [words[:-2]]
    return [words[:-1]] if words.endswith("s") and not words.endswith("ss") else []


def _row(
    line: int,
    verbs: list[Verb],
    code: str,
    need: str,
    sides: tuple[str, ...],
    ontology: Ontology,
    particle: str = "",
    shown: str = "",
) -> FrameLine | Skipped:
    known = coded_as(code, ontology)
    if known is None:
        reason = "said, not done: statements have it" if code.startswith(STATEMENT_ROOT) else f"no CAMEO code {code}"
        return Skipped(line, shown or verbs[0].name, reason)
    names = [verb.name.lower().strip("_").replace("_", " ") for verb in verbs]
    words = ";".join(dict.fromkeys(f"{name} {particle}".strip() for name in names))
    whom = ";".join(dict.fromkeys(sides))
    type_, mode, act = known
    cameo = code if code in ontology.cameo else ""
    return FrameLine(
        f"{PREFIX}.{line}", words, need, type_, mode or "", act or "", "", "subj", whom, "", "", "", shown, cameo
    )


def _numbered(rows: list[FrameLine]) -> Iterator[FrameLine]:
    """Rows with names of their own, where one line gave several."""
    seen: dict[str, int] = {}
    for row in rows:
        number = seen[row.name] = seen.get(row.name, 0) + 1
        yield row if number == 1 else msgspec.structs.replace(row, name=f"{row.name}.{number}")


def _class_name(label: str) -> str:
    return f"{PREFIX}_{label.strip('_').lower()}"


def _class_words(phrases: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for phrase in phrases:
        plain = phrase.lower().replace("_", " ").strip()
        found += [plain, *_singular(plain)]
    return tuple(dict.fromkeys(found))
