"""What a name of the tables means in this report: Georgia the state or the American one."""

from collections import Counter

from verbale.world.gazetteer import NameEntry
from verbale.world.scene import Found, Line, Scene
from verbale.world.word_lists import word_table, words

NO_NAMES = frozenset({"VERB", "AUX", "ADV", "DET", "ADP", "SCONJ", "CCONJ", "PART", "INTJ"})


def choose_all(scene: Scene) -> None:
    """Decide every table name of the report; what is clear helps with what is not."""
    clear: Counter[str] = Counter()
    unclear: list[Found] = []
    for line in scene.lines:
        is_sport = len({bit.low for bit in line.bits} & words("sport", "words")) > 1
        for found in line.surfaces:
            options = _options(found)
            if (
                not options
                or _is_other_name(line, found)
                or (
                    found.entries[0].form.lower() in words("us_states", "names")
                    and all(option.entity.startswith("ct:") for option in options)
                )
            ):
                continue
            entities = {entry.entity for entry in options}
            if is_sport and all(entity.startswith("st:") for entity in entities):
                continue
            states = {scene.world.state_of(entity) for entity in entities}
            is_told_apart = found.entries[0].form.lower() in word_table()["contexts"]
            if is_told_apart:
                unclear.append(found)
            elif len(entities) == 1 or (len(states) == 1 and None not in states and not _is_doubtful(found)):
                _settle(found, options, options[0], "the only thing of that name in the tables")
                if not _is_doubtful(found):
                    clear.update({found.entity or ""} | {state for state in states if state})
            else:
                unclear.append(found)
    if unclear:
        around = _words_around(scene)
        for found in unclear:
            _decide(scene, found, clear, around)


def _options(found: Found) -> list[NameEntry]:
    """The entries that are no person's, states before cities."""
    options = [entry for entry in found.entries if not entry.entity.startswith("pe:")]
    people = len(found.entries) > len(options)
    if (
        found.label == "PER"
        and (people or all(entry.ambiguous for entry in options))
        and not any(entry.kind in ("adjective", "demonym") for entry in options)
    ):
        return []
    return sorted(
        options,
        key=lambda entry: (
            entry.kind != "metonym",
            entry.entity.startswith("ct:"),
            entry.ambiguous,
            entry.kind in ("adjective", "demonym"),
        ),
    )


def _is_doubtful(found: Found) -> bool:
    return any(entry.ambiguous for entry in found.entries)


def _is_other_name(line: Line, found: Found) -> bool:
    """A state's name inside another name ("Georgia Tech", "Lake Victoria"), or no name at all ("Let" as a verb)."""
    token = line.sentence.tokens[line.bits[found.first].token]
    if found.after - found.first == 1 and token.upos in NO_NAMES:
        return True
    after, before = line.low(found.after), line.low(found.first - 1)
    if after in words("companies", "waters"):
        return True
    if line.low(found.first).startswith("american") and before in words("companies", "americas"):
        return True
    follows = line.bits[found.after] if found.after < len(line.bits) else None
    if follows is not None and follows.raw[:1].isupper() and after in words("companies", "after"):
        return True
    if before in words("companies", "before") and found.first > 0 and line.bits[found.first - 1].raw[:1].isupper():
        return True
    covering = [
        (first, stop, label) for first, stop, label in line.names if first <= found.first and found.after <= stop
    ]
    return any(label == "PER" and stop - first > found.after - found.first for first, stop, label in covering)


def _settle(found: Found, options: list[NameEntry], entry: NameEntry, reason: str) -> None:
    found.entry, found.entity, found.reason = entry, entry.entity, reason
    found.others = tuple(dict.fromkeys(other.entity for other in options if other.entity != entry.entity))


def _words_around(scene: Scene) -> frozenset[str]:
    return frozenset(bit.low for line in scene.lines for bit in line.bits)


def _decide(scene: Scene, found: Found, clear: Counter[str], around: frozenset[str]) -> None:
    options = _options(found)
    scores: dict[str, tuple[float, str]] = {}
    contexts = word_table()["contexts"].get(found.entries[0].form.lower(), {})
    for place, entry in enumerate(options):
        state = scene.world.state_of(entry.entity)
        score, reason = -0.1 * place, "the usual meaning"
        if clear[entry.entity]:
            score, reason = score + 3, "the report speaks of it elsewhere"
        elif state and clear[state]:
            score, reason = score + 2, f"the report speaks of {scene.world.label(state)}"
        if word_table()["usual"].get(found.entries[0].form.lower()) == entry.entity:
            score += 0.5
        hits = [word for word in contexts.get(entry.entity, ()) if word in around]
        if hits:
            score, reason = score + len(hits), f"near the word {hits[0]}"
        place_row = scene.world.place(entry.entity) if entry.entity.startswith("ct:") else None
        if place_row is not None:
            score += min(0.9, (place_row.population or 0) / 10_000_000) - 1
        old = scores.get(entry.entity)
        if old is None or score > old[0]:
            scores[entry.entity] = (score, reason)
    strangers = [word for word in contexts.get("other", ()) if word in around]
    ranked = sorted(scores.items(), key=lambda item: -item[1][0])
    entity, (score, reason) = ranked[0]
    if strangers and len(strangers) > score:
        found.others = tuple(scores)
        found.reason = f"near the word {strangers[0]}: another thing of that name"
        return
    _settle(found, options, next(entry for entry in options if entry.entity == entity), reason)
