"""The ontology: PLOVER 0.8 as the primary code, CAMEO and the other scales derived from one versioned crosswalk."""

from functools import lru_cache

import msgspec

from verbale.errors import BadTable
from verbale.tables.load import Place, csv_rows, csv_rows_with_lines, data_folder, toml_table

COOPERATIVE_QUADS = (1, 2)
NO_STATUS = ("denied", "hypothetical", "failed")
"""Events with these statuses did not happen: only `told_as` may give them another type, else they have no CAMEO code.
"""


class EventType(msgspec.Struct, frozen=True):
    """A PLOVER type. `quad` is 1 to 4; `not_this` holds sentences that look like it, with the right code."""

    code: str
    quad: int
    score: float
    needs_recipient: bool
    definition: str
    examples: tuple[str, ...]
    not_this: tuple[str, ...]


class Mode(msgspec.Struct, frozen=True):
    """A mode of a type; `score` is None where PLOVER's manual gives none."""

    type: str
    mode: str
    score: float | None
    definition: str
    example: str
    source: str


class Context(msgspec.Struct, frozen=True):
    context: str
    definition: str
    source: str


class Sector(msgspec.Struct, frozen=True):
    sector: str
    definition: str
    source: str


class CameoCode(msgspec.Struct, frozen=True):
    """A CAMEO code: `quad` by its root (01-05, 06-08, 09-13, 14-20), Goldstein value from -10 to 10."""

    code: str
    name: str
    root: str
    is_leaf: bool
    quad: int
    goldstein: float
    source: str


class Crossing(msgspec.Struct, frozen=True):
    """A line of the crosswalk: what a coded event must have (empty: anything) for a CAMEO code to be meant.

    `act` is the finer word that a rule names (sign, praise, ease-curfew); `inner` the type of the act that is promised,
    asked for, refused or threatened. Of the lines that fit, the one that asks for most wins; then the first.
    """

    cameo: str
    type: str
    mode: str | None
    act: str | None
    inner: tuple[str, ...]
    inner_mode: str | None
    contexts: tuple[str, ...]
    flag: str | None
    note: str | None


class ToldAs(msgspec.Struct, frozen=True):
    """What a type counts as in views that have no status: a planned visit is AGREE there."""

    type: str
    status: str
    told_type: str
    note: str | None


class InnerMode(msgspec.Struct, frozen=True):
    type: str
    inner: str | None
    inner_mode: str | None
    inner_act: str | None
    mode: str


class Demand(msgspec.Struct, frozen=True):
    asked: str
    demanded: str
    note: str | None


class StatementAct(msgspec.Struct, frozen=True):
    act: str
    cameo: str
    note: str | None


class Coded(msgspec.Struct, frozen=True):
    """What a rule says of an act before anyone asks who: type, mode, finer act, and the act it speaks of."""

    type: str
    mode: str | None = None
    act: str | None = None
    inner: str | None = None
    inner_mode: str | None = None
    inner_act: str | None = None
    demanded: bool = False


class Ontology:
    """All tables of `data/ontology`, checked against each other when read."""

    def __init__(self, place: Place):
        table = toml_table(place / "types.toml")
        self.version: str = table["version"]
        self.types = {row["code"]: msgspec.convert(row, EventType) for row in table["type"]}
        self.modes = {(row.type, row.mode): row for row in csv_rows(place / "modes.csv", Mode)}
        self.contexts = {row.context: row for row in csv_rows(place / "contexts.csv", Context)}
        self.sectors = {row.sector: row for row in csv_rows(place / "sectors.csv", Sector)}
        self.cameo = {row.code: row for row in csv_rows(place / "cameo.csv", CameoCode)}
        self.statement_acts = {row.act: row.cameo for row in csv_rows(place / "statement_acts.csv", StatementAct)}
        self._demands = {row.asked: row.demanded for row in csv_rows(place / "demands.csv", Demand)}
        self._crossings: dict[str, list[Crossing]] = {}
        for line, row in csv_rows_with_lines(place / "crosswalk.csv", Crossing):
            self._check(place / "crosswalk.csv", line, row)
            self._crossings.setdefault(row.type, []).append(row)
        self._told_as = {
            (row.type, status.strip()): row.told_type
            for row in csv_rows(place / "told_as.csv", ToldAs)
            for status in row.status.split(";")
        }
        self._inner_modes = csv_rows(place / "inner_modes.csv", InnerMode)

    def _check(self, place: Place, line: int, row: Crossing) -> None:
        if row.cameo not in self.cameo:
            raise BadTable(f"{place}, line {line}, column cameo: found {row.cameo!r}; wanted a code of cameo.csv")
        if row.type not in self.types:
            raise BadTable(f"{place}, line {line}, column type: found {row.type!r}; wanted a code of types.toml")
        if row.mode and (row.type, row.mode) not in self.modes:
            raise BadTable(f"{place}, line {line}, column mode: found {row.mode!r}; wanted a mode of {row.type}")
        for context in row.contexts:
            if context not in self.contexts:
                raise BadTable(f"{place}, line {line}, column contexts: found {context!r}; wanted one of contexts.csv")

    def is_cooperative(self, type_: str) -> bool:
        return self.types[type_].quad in COOPERATIVE_QUADS

    def mode_for(
        self, type_: str, inner: str | None, inner_mode: str | None, inner_act: str | None = None
    ) -> str | None:
        """The mode of REQUEST, REJECT or THREATEN by the act it speaks of; None for other types."""
        rows = [
            row
            for row in self._inner_modes
            if row.type == type_
            and row.inner in (None, inner)
            and row.inner_mode in (None, inner_mode)
            and row.inner_act in (None, inner_act)
        ]
        best = max(rows, key=lambda row: (row.inner, row.inner_mode, row.inner_act).count(None) * -1, default=None)
        return best.mode if best else None

    def told_type(self, type_: str, status: str) -> str:
        """The type in a view without status, as the PLOVER manual has it: a planned visit is AGREE."""
        return self._told_as.get((type_, status), type_)

    def told(self, coded: Coded, status: str) -> Coded | None:
        """An act as a view without status takes it; None where nothing happened and nothing was promised."""
        type_ = self.told_type(coded.type, status)
        if type_ == coded.type:
            return None if status in NO_STATUS else coded
        return Coded(
            type_, self.mode_for(type_, coded.type, coded.mode, coded.act), None, coded.type, coded.mode, coded.act
        )

    def cameo_of(self, coded: Coded, contexts: tuple[str, ...], status: str = "happened") -> str | None:
        """The most specific CAMEO code that the crosswalk supports; None where nothing happened or was promised."""
        told = self.told(coded, status)
        if told is None:
            return None
        best, most = None, -1
        for row in self._crossings.get(told.type, ()):
            asks = _asked_for(row, told, contexts)
            if asks is not None and asks > most:
                best, most = row.cameo, asks
        if best and coded.demanded and told.type == "REQUEST":
            return self._demands.get(best, best)
        return best

    def crossing_of(self, cameo: str) -> Crossing | None:
        """The plainest line of the crosswalk that gives a CAMEO code; None where no line does."""
        rows = [row for found in self._crossings.values() for row in found if row.cameo == cameo]
        asks = lambda row: sum(map(bool, (row.mode, row.act, row.inner, row.inner_mode, row.contexts)))  # noqa: E731
        return min(rows, key=asks, default=None)

    def plv_root(self, type_: str, status: str, cameo: str | None) -> str | None:
        """The view of the PLV data, a mid-version of PLOVER: YIELD not split, international sanctions under COERCE."""
        if status in NO_STATUS and (type_, status) not in self._told_as:
            return None
        told = self.told_type(type_, status)
        if told in ("CONCEDE", "RETREAT"):
            return "YIELD"
        if told == "SANCTION" and cameo == "163":
            return "COERCE"
        if told == "SANCTION" and cameo == "116":
            return "ACCUSE"
        return told

    def plv_quad(self, root: str) -> int:
        """Quad of a root of that view: YIELD counts as material cooperation there."""
        return 2 if root == "YIELD" else self.types[root].quad

    def score(self, type_: str, mode: str | None) -> float | None:
        """PLOVER's score of a type and mode; of the type alone where the mode has none."""
        row = self.modes.get((type_, mode)) if mode else None
        if row is not None and row.score is not None:
            return row.score
        return self.types[type_].score

    def goldstein(self, cameo: str | None) -> float | None:
        return self.cameo[cameo].goldstein if cameo in self.cameo else None

    def quad_class(self, cameo: str | None) -> int | None:
        return self.cameo[cameo].quad if cameo in self.cameo else None


def _asked_for(row: Crossing, told: Coded, contexts: tuple[str, ...]) -> int | None:
    """How much a line asks for and finds; None where it asks for something that is not there."""
    asks = 0
    if row.mode:
        if row.mode != told.mode:
            return None
        asks += 2
    if row.act:
        if row.act not in (told.act, told.inner_act):
            return None
        asks += 3
    if row.inner:
        if told.inner not in row.inner:
            return None
        asks += 2
    if row.inner_mode:
        if told.inner_mode != row.inner_mode:
            return None
        asks += 1
    if row.contexts:
        if not any(context in contexts for context in row.contexts):
            return None
        asks += 1
    return asks


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The package's own ontology. Raises BadTable with file, line and column where a row is wrong."""
    return Ontology(data_folder() / "ontology")
