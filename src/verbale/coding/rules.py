"""The rules of event coding, read from `data/rules/en` and a user's overlay: frames, word classes, contexts,
statuses.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from verbale.errors import BadTable
from verbale.model.reading import Sentence
from verbale.settings import nearest_frames
from verbale.tables.load import Place, csv_rows, csv_rows_with_lines, data_folder
from verbale.tables.ontology import Ontology, load_ontology

ENDINGS = ("ing", "ed", "es", "s", "d", "er")
SCORING = frozenset(("beat", "defeat", "draw", "win", "lose", "thrash", "edge", "crush", "score"))
SCORE = re.compile(r"\b\d{1,3} ?[-–] ?\d{1,3}\b")
OWN_FIRST = 100
"""How much more a user's own rule weighs than ours, so that it is asked first."""
GROUPS = ("any", "coop", "conflict")
SAME = "="
NEAREST = "nearest"
CHECKS = (
    "peacekeeping",
    "labour",
    "progressive",
    "obliged_clause",
    "negated",
    "national_object",
    "no_object",
    "has_object",
    "labour_near",
    "arms_near",
    "no_complement",
    "own_clause",
    "lone_call",
    "future_clause",
    "plural_subject",
    "person_object",
    "measured_object",
    "passive",
)


class FrameRow(msgspec.Struct, frozen=True):
    """One rule as written in verbs.csv or nouns.csv.

    `words`: predicates; two words are a verb with its particle, or a noun after a modifier. `object`: what must stand
    beside it, any one of them: `word`, `@class`, `prep:word`, `prep:*`, `=TYPE` (an act told by a noun), `>TYPE` (an
    act
    told by a clause; TYPE may be `TYPE/mode`, any, coop, conflict), `>*` (any clause). `type`: a PLOVER type, or `=`
    for the type of the act
    inside. `who`, `whom`: where to look, in this order, till one is found. `check`: a named function that must agree.
    """

    name: str
    words: tuple[str, ...]
    object: tuple[str, ...]
    type: str
    mode: str | None
    act: str | None
    contexts: tuple[str, ...]
    who: tuple[str, ...]
    whom: tuple[str, ...]
    status: str | None
    check: str | None
    mutual: bool | None
    note: str | None
    cameo: str | None = None
    """A CAMEO code of the rule's own, for dictionaries that hold CAMEO; else the crosswalk gives one."""


class Need(msgspec.Struct, frozen=True):
    """One thing that must stand beside a predicate. `kind`: word, noun act, clause act, any."""

    kind: str
    preposition: str
    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    inner: str
    inner_detail: str
    weight: int


class Frame(msgspec.Struct, frozen=True):
    """A rule for one predicate with one need: what the matcher looks up."""

    row: FrameRow
    word: str
    beside: tuple[str, ...]
    """Particle or modifier words that must be there."""
    need: Need | None
    is_noun: bool
    weight: int
    is_nearest: bool = False
    """True for a word that no rule holds, read as the nearest one that a rule does."""


class NearestRow(msgspec.Struct, frozen=True):
    """A word that no rule holds, and the two verbs of ours nearest to it, which have one type."""

    word: str
    like: str
    also: str
    likeness: float


class ClassRow(msgspec.Struct, frozen=True):
    name: str
    words: tuple[str, ...]


class ContextRow(msgspec.Struct, frozen=True):
    context: str
    words: tuple[str, ...]


class StatusWord(msgspec.Struct, frozen=True):
    """A word that says whether an act happened; `stands`: before (an adjective), above (a noun or verb over it)."""

    status: str
    stands: str
    words: tuple[str, ...]


class Rules:
    """Everything the event coder knows, indexed by the first word it meets."""

    def __init__(self, place: Place, ontology: Ontology, overlay: Path | None = None, nearest: bool = False):
        self.ontology = ontology
        own = rules_folder(overlay)
        places = [place, *([own] if own else [])]
        self.classes = _classes(places)
        self.frames: dict[str, list[Frame]] = {}
        self.count = 0
        names: set[str] = set()
        for here in places:
            for file, is_noun in (("verbs.csv", False), ("nouns.csv", True)):
                if (here / file).is_file():
                    self._add(here / file, is_noun, names, OWN_FIRST if here is not place else 0)
        if nearest:
            self._add_nearest(place / "nearest.csv")
        for found in self.frames.values():
            found.sort(key=lambda frame: -frame.weight)
        self.contexts = _contexts(places, ontology)
        self.context_phrases = {words: found for words, found in self.contexts.items() if " " in words}
        self.status_before, self.status_above = _statuses(places)
        self.acting_nouns = self.classes.get("acting", frozenset())
        self.sport = self.classes.get("sport", frozenset())
        self.sport_weak = self.classes.get("sport_weak", frozenset())
        self.political = self.classes.get("political", frozenset())
        self.organs = self.classes.get("organ", frozenset())
        self.persons = self.classes.get("person", frozenset())
        self.private = self.classes.get("private", frozenset())
        self.fiction = self.classes.get("fiction", frozenset())
        self.idioms = _idioms(places)
        self.mode_words = _mode_words(places, ontology)
        self.act_words = _act_words(places)
        self.forms = _forms(places)
        self.known = self._vocabulary()
        self._lemmas: dict[tuple[str, str, bool], str] = {}

    def _vocabulary(self) -> frozenset[str]:
        """Every word that the rules ask for."""
        words = {*self.frames, *self.contexts, *self.status_before, *self.status_above, *self.idioms}
        for found in self.classes.values():
            words |= found
        for table in (*self.mode_words.values(), *self.act_words.values()):
            for _, told in table:
                words |= told
        for frames in self.frames.values():
            for frame in frames:
                words.update(frame.beside)
                if frame.need is not None:
                    words |= frame.need.words
                    words.update(word for phrase in frame.need.phrases for word in phrase)
        return frozenset(words)

    def lemma_of(self, lemma: str, form: str, is_verb: bool = False) -> str:
        """The lemma, mended where the parser made one that no rule knows and a known one fits the form: "violat".

        A verb that kept its ending ("bombing") is mended too, though a noun of that form is known.
        """
        key = (lemma, form, is_verb)
        found = self._lemmas.get(key)
        if found is None:
            found = self._lemmas[key] = self._settled(lemma.lower(), form.lower(), is_verb)
        return found

    def lemmas_of(self, sentence: Sentence) -> list[str]:
        return [self.lemma_of(token.lemma, token.text, token.upos == "VERB") for token in sentence.tokens]

    def is_sport(self, lemmas: list[str]) -> bool:
        """Whether a sentence speaks of sport: one sure word, or two that also mean other things ("goal", "league")."""
        if not self.sport.isdisjoint(lemmas) or len(self.sport_weak.intersection(lemmas)) > 1:
            return True
        return not SCORING.isdisjoint(lemmas) and SCORE.search(" ".join(lemmas)) is not None

    def _settled(self, lemma: str, form: str, is_verb: bool) -> str:
        if is_verb and form in self.forms:
            return self.forms[form]
        kept_ending = is_verb and lemma == form and form.endswith(("ing", "ed"))
        if (lemma in self.known and not kept_ending) or (not form.isalpha() and "-" not in form):
            return lemma
        for ending in ENDINGS:
            if form.endswith(ending) and len(form) > len(ending) + 1:
                stem = form[: len(form) - len(ending)]
                for guess in (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem, stem[:-1] + "y"):
                    if guess in self.known:
                        return guess
        return lemma

    def _add(self, place: Place, is_noun: bool, names: set[str], more: int) -> None:
        for line, row in csv_rows_with_lines(place, FrameRow):
            self._check(place, line, row, names)
            for word in _expanded(row.words, self.classes):
                parts = word.split()
                head, beside = (parts[-1], tuple(parts[:-1])) if is_noun else (parts[0], tuple(parts[1:]))
                needs: list[Need | None] = list(self._needs(row))
                for need in needs or [None]:
                    weight = 10 * len(beside) + (need.weight if need else 0) + (1 if row.check else 0) + more
                    self.frames.setdefault(head, []).append(Frame(row, head, beside, need, is_noun, weight))
                self.count += 1

    def _add_nearest(self, place: Place) -> None:
        """Frames for words that no rule holds, those of the verb nearest in the encoder's space, marked so."""
        for row in csv_rows(place, NearestRow):
            bare = [frame for frame in self.frames.get(row.like, ()) if frame.need is None and not frame.is_noun]
            if row.word not in self.frames and bare:
                self.frames[row.word] = [
                    msgspec.structs.replace(
                        frame,
                        word=row.word,
                        is_nearest=True,
                        row=msgspec.structs.replace(frame.row, name=f"{NEAREST}.{frame.row.name}"),
                    )
                    for frame in bare
                ]

    def _check(self, place: Place, line: int, row: FrameRow, names: set[str]) -> None:
        if row.name in names:
            raise BadTable(f"{place}, line {line}, column name: {row.name!r} stands twice; wanted a name of its own")
        names.add(row.name)
        if row.type != SAME and row.type not in self.ontology.types:
            raise BadTable(f"{place}, line {line}, column type: found {row.type!r}; wanted a PLOVER type or =")
        if row.mode and row.mode not in (SAME, "~") and (row.type, row.mode) not in self.ontology.modes:
            raise BadTable(f"{place}, line {line}, column mode: found {row.mode!r}; wanted a mode of {row.type}")
        if row.check and row.check not in CHECKS:
            raise BadTable(
                f"{place}, line {line}, column check: found {row.check!r}; wanted one of {', '.join(CHECKS)}"
            )
        for context in row.contexts:
            if context not in self.ontology.contexts:
                raise BadTable(f"{place}, line {line}, column contexts: found {context!r}; wanted one of contexts.csv")
        for item in (*row.words, *row.object):
            word = item.rpartition(":")[2]
            if word.startswith("@") and word[1:] not in self.classes:
                raise BadTable(f"{place}, line {line}: found {word!r}; wanted a class of classes.csv")

    def _needs(self, row: FrameRow) -> list[Need]:
        plain: dict[str, list[str]] = {}
        needs = []
        for item in row.object:
            preposition, _, what = item.rpartition(":")
            if what[:1] in "=>":
                inner, _, detail = what[1:].partition("/")
                kind = "noun act" if what[0] == "=" else "clause act"
                weight = _weight_of(what[0], inner, detail)
                if preposition:
                    weight += 1
                needs.append(Need(kind, preposition, frozenset(), (), inner, detail, weight))
            elif what == "*":
                needs.append(Need("any", preposition, frozenset(), (), "", "", 2 if preposition else 1))
            else:
                plain.setdefault(preposition, []).append(what)
        for preposition, words in plain.items():
            whole = _expanded(words, self.classes)
            single = frozenset(word for word in whole if " " not in word)
            phrases = tuple(tuple(word.split()) for word in whole if " " in word)
            needs.append(Need("word", preposition, single, phrases, "", "", 8 if preposition else 7))
        return needs


def _weight_of(mark: str, inner: str, detail: str) -> int:
    """How much an act inside tells: a mode more than a type, a type more than a group, any clause least."""
    if detail:
        return 9
    if inner in GROUPS:
        return 3 if inner == "any" else 4
    return 1 if inner == "*" else 8 if mark == ">" else 5


def _expanded(words: Iterable[str], classes: dict[str, frozenset[str]]) -> list[str]:
    found: list[str] = []
    for word in words:
        found += sorted(classes[word[1:]]) if word.startswith("@") else [word]
    return found


def _classes(places: list[Place]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place in places:
        if (place / "classes.csv").is_file():
            for row in csv_rows(place / "classes.csv", ClassRow):
                found.setdefault(row.name, set()).update(row.words)
    return {name: frozenset(words) for name, words in found.items()}


def _contexts(places: list[Place], ontology: Ontology) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for place in places:
        if not (place / "contexts.csv").is_file():
            continue
        for line, row in csv_rows_with_lines(place / "contexts.csv", ContextRow):
            if row.context not in ontology.contexts:
                raise BadTable(f"{place}, line {line}: found {row.context!r}; wanted a context of PLOVER")
            for word in row.words:
                found[word] = (*found.get(word, ()), row.context)
    return found


def _statuses(places: list[Place]) -> tuple[dict[str, str], dict[str, str]]:
    before: dict[str, str] = {}
    above: dict[str, str] = {}
    for place in places:
        if (place / "statuses.csv").is_file():
            for row in csv_rows(place / "statuses.csv", StatusWord):
                (before if row.stands == "before" else above).update(dict.fromkeys(row.words, row.status))
    return before, above


class ModeRow(msgspec.Struct, frozen=True):
    """Words that tell a mode where the predicate does not: "killed ... with machetes"; the first row that fits
    counts.
    """

    type: str
    mode: str
    words: tuple[str, ...]


def _mode_words(places: list[Place], ontology: Ontology) -> dict[str, list[tuple[str, frozenset[str]]]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for place in places:
        if (place / "modes.csv").is_file():
            for line, row in csv_rows_with_lines(place / "modes.csv", ModeRow):
                if (row.type, row.mode) not in ontology.modes:
                    raise BadTable(
                        f"{place}, line {line}, column mode: found {row.mode!r}; wanted a mode of {row.type}"
                    )
                found.setdefault(row.type, []).append((row.mode, frozenset(row.words)))
    return found


class ActRow(msgspec.Struct, frozen=True):
    """Words that tell the finer act of a type: marched "for higher wages" is for rights; the first row that fits
    counts.
    """

    type: str
    act: str
    words: tuple[str, ...]


def _act_words(places: list[Place]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for place in places:
        if (place / "acts.csv").is_file():
            for row in csv_rows(place / "acts.csv", ActRow):
                found.setdefault(row.type, []).append((row.act, frozenset(row.words)))
    return found


class FormRow(msgspec.Struct, frozen=True):
    """An irregular form of a verb, for where the parser makes a lemma of its own of it: "lent" is of lend."""

    lemma: str
    forms: tuple[str, ...]


def _forms(places: list[Place]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in places:
        if (place / "forms.csv").is_file():
            for row in csv_rows(place / "forms.csv", FormRow):
                found.update(dict.fromkeys(row.forms, row.lemma))
    return found


class IdiomRow(msgspec.Struct, frozen=True):
    """Words that look like an act and are none: "war on inflation", "struck a chord"; any of `beside` near `word`."""

    word: str
    beside: tuple[str, ...]
    note: str | None


def _idioms(places: list[Place]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place in places:
        if (place / "idioms.csv").is_file():
            for row in csv_rows(place / "idioms.csv", IdiomRow):
                found.setdefault(row.word, set()).update(row.beside)
    return {word: frozenset(beside) for word, beside in found.items()}


OVERLAY_ROOM = "rules"


def rules_folder(overlay: Path | None) -> Path | None:
    """Where a user's folder keeps rules: its room `rules`, or the folder itself where it has none."""
    if overlay is None:
        return None
    return overlay / OVERLAY_ROOM if (overlay / OVERLAY_ROOM).is_dir() else overlay


_loaded: dict[tuple[Path | None, bool], Rules] = {}


def load_rules(overlay: Path | None = None, nearest: bool | None = None) -> Rules:
    """The package's rules, and a user's from a folder laid over them (same file names; rows are added).

    `nearest`: also read words that no rule holds as the nearest that one does; as the settings say where not given.
    Raises BadTable with file, line and column where a row is wrong.
    """
    wanted = (overlay, nearest_frames() if nearest is None else nearest)
    if wanted not in _loaded:
        _loaded[wanted] = Rules(data_folder() / "rules" / "en", load_ontology(), *wanted)
    return _loaded[wanted]
