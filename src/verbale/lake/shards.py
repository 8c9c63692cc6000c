"""How inputs are cut: into tasks, which a process is given, and into shards, which are done whole or not at all.

A task is one large file, or neighbouring small ones. Its reports, in the order they are read, are cut into shards of so
many. A shard's id is a hash of what the task's files hold, of its place among them, and of the versions of all that
codes it: done twice it is one shard, and a changed table gives another shard, never a stale one.
"""

import glob
import hashlib
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

import msgspec

from verbale.errors import BadInput
from verbale.ingest.read import NO_ARTICLES, read
from verbale.model.ids import content_id
from verbale.model.report import Problem, Report

REPORTS_A_SHARD = 500
"""Some 75 seconds of one core: what a kill costs. At a hundred million reports 5,000 make fewer, larger files."""
LARGE_BYTES = 2**20
"""A file from this size on is a task of its own; smaller ones go together until they reach it."""
STRIPE_BYTES = 4 * 2**20
"""A single large file is shared by several tasks, which each read it all and code only their own shards of it; pieces
smaller than this would be read more often than they are worth."""
_BLOCK = 2**20


class Piece(msgspec.Struct, frozen=True):
    """A file of a task, and whether a folder gave it (so that settings and pictures in it are no articles)."""

    path: str
    in_folder: bool = False


class Task(msgspec.Struct, frozen=True):
    """Files to read one after the other, and which of their shards to code: every `stripes`-th, from `stripe` on."""

    pieces: tuple[Piece, ...]
    stripe: int = 0
    stripes: int = 1


class Shard(msgspec.Struct, frozen=True):
    """So many reports (and problems) in a row, of one task. `inputs` is None where another stripe has it."""

    id: str
    number: int
    inputs: tuple[Report | Problem, ...] | None


def tasks(sources: Iterable[str | Path], workers: int = 1, reports_a_shard: int = REPORTS_A_SHARD) -> Iterator[Task]:
    """The tasks of files, folders and patterns (`news/*.warc.gz`), the same for any order in which these are named.

    Raises BadInput for a source that is not there: a run of hours must not begin with a misspelt name.
    """
    pieces = sorted({piece.path: piece for source in sources for piece in _pieces(str(source))}.values(),
                    key=lambda piece: piece.path)
    sizes = {piece.path: Path(piece.path).stat().st_size for piece in pieces}
    large = [piece for piece in pieces if sizes[piece.path] >= LARGE_BYTES]
    few = len(large) < 2 * workers
    for piece in large:
        stripes = min(workers, sizes[piece.path] // STRIPE_BYTES + 1) if few else 1
        yield from (Task((piece,), stripe, stripes) for stripe in range(stripes))
    small = [piece for piece in pieces if sizes[piece.path] < LARGE_BYTES]
    for group in _groups(small, sizes, reports_a_shard):
        yield Task(tuple(group))


def _pieces(source: str) -> Iterator[Piece]:
    path = Path(source)
    if path.is_dir():
        inside = (one for one in path.rglob("*") if one.is_file())
        yield from (Piece(str(one), True) for one in inside
                    if not any(part.startswith(".") for part in one.relative_to(path).parts))
    elif path.is_file():
        yield Piece(source)
    else:
        found = [one for one in glob.glob(source, recursive=True) if Path(one).is_file()]
        if not found:
            raise BadInput(f"{source}: there is no such file or folder, and no file matches it as a pattern")
        yield from map(Piece, found)


def _groups(pieces: list[Piece], sizes: dict[str, int], most: int) -> Iterator[list[Piece]]:
    """Small files in groups. Where a group ends is decided by a file's own name, so that a new file changes one group
    and not all behind it."""
    group: list[Piece] = []
    filled = 0
    for piece in pieces:
        group.append(piece)
        filled += sizes[piece.path]
        by_name = int.from_bytes(hashlib.blake2b(Path(piece.path).name.encode(), digest_size=4).digest())
        if len(group) >= most or filled >= LARGE_BYTES or by_name % max(1, most // 4) == 0:
            yield group
            group, filled = [], 0
    if group:
        yield group


def contents(task: Task) -> str:
    """A hash of what the task's files hold, and of their names, which say what kind of input each is."""
    digest = hashlib.blake2b(digest_size=20)
    for piece in task.pieces:
        digest.update(Path(piece.path).name.encode("utf-8", "surrogateescape") + b"\0")
        with open(piece.path, "rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        digest.update(b"\0\0")
    return digest.hexdigest()


def shard_id(content: str, number: int, reports_a_shard: int, versions: str) -> str:
    return content_id("sh", content, number, reports_a_shard, versions)


def inputs(task: Task, kind: str | None = None) -> Iterator[Report | Problem]:
    """What the files of a task give, in order."""
    for piece in task.pieces:
        ending = Path(piece.path).suffix.lower()
        if piece.in_folder and kind is None and ending in NO_ARTICLES:
            yield Problem(piece.path, "skipped", f"a {ending} file is no article; name it by itself to read it")
        else:
            yield from read(piece.path, kind)


def shards(task: Task, content: str, kind: str | None, reports_a_shard: int, versions: str) -> Iterator[Shard]:
    """Every shard of a task, in order; those of other stripes come without their inputs. `content` is its hash."""
    stream = inputs(task, kind)
    for number in count():
        part = tuple(islice(stream, reports_a_shard))
        if not part:
            return
        is_ours = number % task.stripes == task.stripe
        yield Shard(shard_id(content, number, reports_a_shard, versions), number, part if is_ours else None)
