"""Names with wrong letters: a run of another script inside a Latin word stands for any letters."""

import re
import unicodedata

from verbale.world.cast import Person
from verbale.world.scene import Scene
from verbale.world.spellings import fold


def repair_names(scene: Scene, cast: list[Person]) -> None:
    """Join people whose name has letters of two scripts to those of the report, else of the tables, whom it fits."""
    for person in list(cast):
        pattern = _pattern(scene, person)
        if pattern is None:
            continue
        fitting = [
            other for other in cast if other is not person and any(pattern.fullmatch(name[-1]) for name in other.names)
        ]
        if len(fitting) == 1:
            known = fitting[0]
            known.runs += person.runs
            known.claims += person.claims
            cast.remove(person)
            continue
        forms = [form for form in scene.world.gazetteer.by_form if pattern.fullmatch(form)]
        entities = {
            entry.entity
            for form in forms
            for entry in scene.world.gazetteer.by_form[form]
            if entry.entity.startswith("pe:")
        }
        if len(entities) == 1:
            person.entity = entities.pop()
            person.repaired, person.certainty = True, "medium"
            person.reason = f"letters of another script read as any letters: {scene.world.label(person.entity)}"


def _pattern(scene: Scene, person: Person) -> re.Pattern[str] | None:
    """What the last word of the name may be, foreign letters open; None where all its letters are of one script."""
    run = person.runs[0]
    raw = scene.lines[run.line].bits[run.after - 1].raw
    kinds = [_script(letter) for letter in raw if letter.isalpha()]
    if len(set(kinds)) < 2 or kinds.count("LATIN") < 3:
        return None
    parts, inside = [], False
    for letter in raw:
        if letter.isalpha() and _script(letter) != "LATIN":
            parts.append("" if inside else ".{1,4}")
            inside = True
        else:
            parts.append(re.escape(fold(letter)))
            inside = False
    return re.compile("".join(parts))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").split(" ")[0]
