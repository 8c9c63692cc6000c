"""The house has floors: a room may import only from the floors beneath it."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "verbale"

# For each room, the rooms it may import. A stage knows the types, the tables and itself, never another stage.
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "settings": {"errors"},
    "tables": {"model", "errors", "settings"},
    "ingest": {"model", "tables", "errors", "settings"},
    "language": {"model", "tables", "errors", "settings"},
    "world": {"model", "tables", "errors", "settings"},
    "coding": {"model", "tables", "errors", "settings"},
    "record": {"model", "tables", "errors", "settings"},
    "chain": {"model", "tables", "errors", "settings", "ingest", "language", "world", "coding", "record"},
    "lake": {"model", "tables", "errors", "settings", "ingest", "record", "chain"},
    "views": {"model", "tables", "errors", "settings", "ingest", "world", "record", "chain", "lake"},
    "__init__": {"model", "errors", "settings", "chain", "record", "world"},
}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full, not with dots"
            names = [node.module]
            if node.module == "verbale":
                names = [f"verbale.{alias.name}" for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("verbale.")}
    return rooms


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_from_below(path: Path):
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} has no floor yet: give it one in MAY_IMPORT"
    too_high = imports_of(path) - MAY_IMPORT[room] - {room}
    assert not too_high, f"{path.relative_to(SOURCE)} imports {sorted(too_high)}, which {room} must not know"
