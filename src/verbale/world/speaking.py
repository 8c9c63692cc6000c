"""Who speaks at a place of the text: the subject of a verb of speech near a quotation, or a transcript's label."""

from verbale.world.salience import is_speaker, quotation_at
from verbale.world.scene import Draft, Scene


def speakers_near(scene: Scene, number: int, place: int) -> list[Draft]:
    """Subjects of verbs of speech outside the quotation, in this paragraph and beside it, the nearest first."""
    line = scene.lines[number]
    paragraph = line.sentence.paragraph
    quote = quotation_at(scene, number, place)
    found: list[tuple[float, Draft]] = []
    for here in range(max(0, number - 5), min(len(scene.lines), number + 3)):
        other = scene.lines[here]
        far = abs(here - number) + (1.5 if other.sentence.paragraph != paragraph else 0) + (0.5 if here > number else 0)
        for draft in other.drafts:
            if quotation_at(scene, here, draft.first) is not None and quote is not None:
                continue
            if (draft.actors or draft.candidates) and is_speaker(scene, draft):
                if quote is None and here == number and draft.first > place:
                    continue
                found.append((far, draft))
    found.sort(key=lambda one: (one[0], one[1].line, one[1].first))
    return [draft for _, draft in found]


def label_speaker(scene: Scene, number: int) -> Draft | None:
    """In a transcript, whoever's label opens the paragraph or an earlier one ("MR. LEE: ..."); None after "Q"."""
    if scene.labels is None:
        scene.labels = _labels(scene)
    return scene.labels[number]


def _labels(scene: Scene) -> list[Draft | None]:
    found: list[Draft | None] = []
    current: Draft | None = None
    for line in scene.lines:
        if line.low(0) in ("q", "question"):
            current = None
        for draft in line.drafts:
            if draft.first == 0 and line.low(draft.after) == ":" and draft.kind in ("name", "title", "role"):
                current = draft
        found.append(current)
    return found
