"""A person's name in a line: where it begins and ends, once titles, honorifics and particles are sorted out."""

from dataclasses import dataclass, field

from verbale.world.bodies import ARTICLES
from verbale.world.phrases import Phrase, longest_role
from verbale.world.scene import HYPHENS, Found, Line, Scene
from verbale.world.word_lists import given_names, honorifics, longest_honorific, words


@dataclass
class Run:
    """A person's name in a line, with what stands beside it."""

    line: int
    first: int
    after: int
    source: str
    """tables, model, title or honorific: what says that it is a person's name."""
    entities: tuple[str, ...] = ()
    """People of the tables whose name it may be."""
    phrases: list[Phrase] = field(default_factory=list)
    """Titles and appositions, the nearest first."""
    gender: str | None = None
    home: Found | None = None
    """The state that an adjective before the name tells, where no role does."""
    trimmed: int | None = None
    """The first bit of title words that the model took for a part of the name."""
    whole_first: int = 0
    whole_after: int = 0
    """Bits of the mention with its title."""

    def parts(self, scene: Scene) -> tuple[str, ...]:
        """The folded words of the name."""
        return tuple(bit.low for bit in scene.lines[self.line].bits[self.first : self.after] if bit.low.strip(".'"))


PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "abd",
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "ter",
        "zu",
        "ould",
        "ag",
        "e",
        "y",
        "o",
        "st",
        "san",
    ]
)


def reach_title(line: Line, run: Run, phrases: list[Phrase]) -> None:
    """A name starts right behind its title, though the model saw only its last words."""
    for phrase in phrases:
        between = range(phrase.after, run.first)
        if (
            0 < len(between) < 4
            and phrase.role_after == phrase.after
            and not phrase.plural
            and all(
                line.bits[place].raw[:1].isupper()
                and place not in line.starts
                and line.sentence.tokens[line.bits[place].token].upos == "PROPN"
                for place in between
            )
        ):
            run.first = phrase.after


def parted(scene: Scene, runs: list[Run]) -> list[Run]:
    """Runs with pairs taken apart: "the Lee-Berg meeting" names two, where the report names Lee and Berg elsewhere."""
    last = {parts[-1] for run in runs if not _is_hyphenated(scene, run) and (parts := run.parts(scene))}
    found = []
    for run in runs:
        line = scene.lines[run.line]
        if (
            not _is_hyphenated(scene, run)
            or run.phrases
            or not all(
                bit.low in last or _is_known_surname(scene, bit.low)
                for bit in (line.bits[run.first], line.bits[run.after - 1])
            )
        ):
            found.append(run)
            continue
        for first, after in ((run.first, run.first + 1), (run.first + 1, run.after)):
            found.append(Run(run.line, first, after, run.source, whole_first=first, whole_after=after))
    return found


def _is_hyphenated(scene: Scene, run: Run) -> bool:
    """Whether a name is two words with a hyphen between, or two names of which the second has its particle."""
    bits = scene.lines[run.line].bits[run.first : run.after]
    if len(bits) != 2 and not (len(bits) == 3 and bits[1].raw in PARTICLES):
        return False
    first, second = bits[:2]
    return scene.reading.report.text[first.stop : second.start] in HYPHENS and second.start > first.stop


def _is_known_surname(scene: Scene, low: str) -> bool:
    return low not in given_names() and bool(scene.world.people_named(low))


def trim(line: Line, run: Run) -> bool:
    """Leave titles, articles and clitics out of a name; False where nothing is left."""
    while run.after > run.first and (
        line.low(run.after - 1) in ("'s", "'", ",", ".") or not line.bits[run.after - 1].low[:1].isalnum()
    ):
        run.after -= 1
    while run.first < run.after and (line.low(run.first) in ARTICLES or not line.bits[run.first].low[:1].isalnum()):
        run.first += 1
    if not any(line.bits[place].raw[:1].isupper() for place in range(run.first, run.after)):
        return False
    if (
        run.after - run.first > 2
        and line.low(run.first) in words("us_states", "names")
        and line.low(run.first - 1)
        in (
            "from",
            "of",
        )
    ):
        run.first += 1
    while run.first < run.after:
        found = line.starts.get(run.first)
        if found is not None and found.after < run.after and longest_role(line, found.after) is not None:
            run.first = found.after
            continue
        match = longest_role(line, run.first)
        if line.low(run.first) == "q" and run.after - run.first > 1:
            run.first += 1
            continue
        if match is None or (run.after - run.first == match.length and run.entities):
            break
        if run.first + match.length > run.after:
            return False
        run.trimmed = run.first if run.trimmed is None else run.trimmed
        run.first += match.length
    extend(line, run)
    skipped = longest_honorific([bit.low for bit in line.bits[run.first : run.after]])
    run.first += skipped
    return run.after > run.first


def extend(line: Line, run: Run) -> None:
    """A name that the model cut goes on: "Thijs van" of "Thijs van der Plas", "Berg" of "Peter Berg"."""
    cut = line.low(run.after - 1) in PARTICLES and run.after - run.first > 1
    if cut or line.low(run.after) in PARTICLES - {"y", "e", "o"}:
        end = name_end(line, run.first)
        if cut or end > run.after + 1:
            run.after = max(run.after, end)
    while _goes_on(line, run):
        run.after += 1
    before = run.first - 1
    if (
        before >= 0
        and line.low(before) in given_names()
        and line.bits[before].raw[:1].isupper()
        and before not in line.starts
    ):
        run.first = before


def _goes_on(line: Line, run: Run) -> bool:
    """Whether the next word is the name's by its tree: "Phee", where the model saw "Molly" of "Molly Phee"."""
    if run.after >= len(line.bits) or run.after in line.starts:
        return False
    bit = line.bits[run.after]
    token = line.sentence.tokens[bit.token]
    inside = {line.bits[place].token for place in range(run.first, run.after)}
    is_name = bit.raw[:1].isupper() and token.upos == "PROPN" and token.bare_relation == "flat"
    return is_name and token.head in inside and bit.low not in honorifics()


def name_end(line: Line, first: int) -> int:
    """Where a run of capitalised words that can be a person's name ends."""
    here = first
    while here < len(line.bits) and here - first < 6:
        bit = line.bits[here]
        found = line.starts.get(here)
        if (
            found is not None
            and here > first
            and not any(entry.entity.startswith(("pe:", "ct:")) for entry in found.entries)
        ):
            break
        is_initial = bit.raw[:1].isupper() and bit.raw.rstrip(".").isalpha()
        follower = line.bits[here + 1] if here + 1 < len(line.bits) else None
        is_particle = (
            bit.low in PARTICLES and follower is not None and (follower.raw[:1].isupper() or follower.low in PARTICLES)
        )
        if not (is_initial or is_particle) or (bit.raw.isupper() and len(bit.raw) > 3):
            break
        upos = line.sentence.tokens[bit.token].upos
        if here > first and not is_particle and upos in ("VERB", "AUX", "PRON", "DET", "SCONJ", "ADV"):
            break
        here += 1
    return here


def take_honorific(line: Line, run: Run) -> None:
    here = run.first
    while here > 0:
        pair = f"{line.low(here - 2)} {line.low(here - 1)}"
        low = pair if pair in honorifics() else line.low(here - 1)
        if low not in honorifics():
            break
        here -= 2 if low == pair else 1
        run.gender = run.gender or honorifics()[low]
    run.whole_first = here
    if run.gender is None and run.after - run.first > 1:
        run.gender = given_names().get(line.bits[run.first].low)
