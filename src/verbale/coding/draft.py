"""A statement in the making: the spans that were chosen for it, and why."""

from dataclasses import dataclass, field

from verbale.coding.content_setting import NOWHERE, Piece


@dataclass
class Draft:
    """A statement in the making, by token numbers. `cue` is NOWHERE for a quotation that no word introduces."""

    cue: int
    cue_span: Piece | None
    source: int | None
    source_span: Piece | None
    content: list[Piece]
    chance: float
    how: str
    path: str = ""
    reasons: list[str] = field(default_factory=list)
    level: int = 1
    parent: "Draft | None" = None
    carried: "Draft | None" = None
    """The statement whose speaker goes on, for a quotation without a cue."""

    def holds(self, place: int) -> bool:
        for first, last in self.content:  # noqa: SIM110 - asked a hundred times a sentence, and any() takes thrice as long
            if first <= place <= last:
                return True
        return False

    @property
    def place(self) -> int:
        return self.cue if self.cue != NOWHERE else self.content[0][0]
