"""Files that hold many: ZIP, gzip, WARC and WET. Nothing is written to disk; what unpacks without end is cut off."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from verbale.errors import BadInput
from verbale.ingest.build import report_of
from verbale.ingest.clean import decoded
from verbale.ingest.dating import day_of
from verbale.ingest.inputs import LARGEST_BYTES, Input, needed
from verbale.ingest.pages import html_report
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue, Period

DEEPEST = 2
"""Archives may lie in archives so deep."""
MOST_FILES = 100_000
MOST_BYTES_UNPACKED = 4 * 2**30
"""Of one archive, over all its files."""
HTML_TYPES = ("text/html", "application/xhtml+xml")


def read_zip(input_: Input) -> Iterator[Report | Problem]:
    """Every report of every file in a ZIP. A file that is too large, locked or named to lead out of it is a Problem."""
    from verbale.ingest.kinds import reports_in  # the list of kinds names this reader

    if input_.depth >= DEEPEST:
        raise BadInput(f"is an archive {input_.depth} archives deep (at most {DEEPEST})")
    try:
        archive = zipfile.ZipFile(input_.path or io.BytesIO(input_.raw))
    except zipfile.BadZipFile as error:
        raise BadInput(f"is a broken ZIP: {error}") from None
    left = MOST_BYTES_UNPACKED
    with archive:
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
        if any(one.filename == "word/document.xml" for one in members):
            yield from reports_in(input_, "docx")
            return
        if len(members) > MOST_FILES:
            raise BadInput(f"holds {len(members):,} files (at most {MOST_FILES:,})")
        for member in members:
            place = f"{input_.place}!{member.filename}"
            reason = _refused(member, left)
            if reason:
                yield Problem(place, "failed", reason)
                continue
            if _is_hidden(member.filename):
                continue
            raw, reason = _unpacked_member(archive, member)
            left -= len(raw)
            if reason:
                yield Problem(place, "failed", reason)
            elif not raw:
                yield Problem(place, "failed", "the file is empty")
            else:
                yield from reports_in(input_.inside(raw, member.filename))


def _refused(member: zipfile.ZipInfo, left: int) -> str | None:
    """Why a file of an archive is not unpacked; None where it may be."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its name leads out of the archive"
    if member.flag_bits & 1:
        return "is locked with a password"
    if member.file_size > LARGEST_BYTES:
        return f"unpacks to {member.file_size / 2**20:.0f} MB (at most {LARGEST_BYTES // 2**20} MB)"
    if member.file_size > left:
        return f"the archive unpacks to more than {MOST_BYTES_UNPACKED // 2**30} GB"
    return None


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _unpacked_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[bytes, str | None]:
    """A file's bytes, or why there are none. Its size is not taken on trust."""
    try:
        with archive.open(member) as file:
            raw = file.read(LARGEST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        return b"", f"cannot be unpacked: {error}"
    return (b"", f"unpacks to more than {LARGEST_BYTES // 2**20} MB") if len(raw) > LARGEST_BYTES else (raw, None)


def read_gzip(input_: Input) -> Iterator[Report | Problem]:
    """What the one file in a gzip holds; a packed WARC is read as a WARC."""
    from verbale.ingest.kinds import reports_in

    if input_.depth >= DEEPEST:
        raise BadInput(f"is an archive {input_.depth} archives deep (at most {DEEPEST})")
    start = zlib.decompressobj(31).decompress(input_.head, 64)
    if start.startswith(b"WARC/"):
        yield from read_warc(input_)
        return
    raw = unpacked(input_.raw, "gzip")
    name = PurePosixPath(input_.place.replace("\\", "/")).name
    yield from reports_in(input_.inside(raw, name.removesuffix(".gz") if name.endswith(".gz") else name))


def unpacked(raw: bytes, encoding: str, most: int = LARGEST_BYTES) -> bytes:
    """Bytes unpacked from gzip, deflate, brotli or zstd. Raises BadInput beyond `most`, or where they are broken."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity", "none"):
        return raw
    try:
        if encoding in ("gzip", "x-gzip", "deflate"):
            return _inflated(raw, encoding, most)
        if encoding == "br":
            return _fed(needed("brotli", "reading brotli").Decompressor(), raw, most)
        if encoding == "zstd":
            reader = (
                needed("zstandard", "reading zstd")
                .ZstdDecompressor(max_window_size=2**27)
                .stream_reader(io.BytesIO(raw))
            )
            return _capped(reader.read(most + 1), most)
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(f"cannot be unpacked ({encoding}): {error}") from None
    raise BadInput(f"is packed in a way that is not read ({encoding})")


def _capped(found: bytes | bytearray, most: int) -> bytes:
    if len(found) > most:
        raise BadInput(f"unpacks to more than {most / 2**20:.0f} MB")
    return bytes(found)


def _inflated(raw: bytes, encoding: str, most: int) -> bytes:
    found, rest = bytearray(), raw
    while rest:
        try:
            machine = zlib.decompressobj(47 if encoding != "deflate" else 15)
            found += machine.decompress(rest, most + 1 - len(found))
        except zlib.error:
            if found or encoding != "deflate":
                raise
            machine = zlib.decompressobj(-15)
            found += machine.decompress(rest, most + 1)
        _capped(found, most)
        if not machine.eof:
            raise BadInput("is torn: the packed data ends too soon")
        rest = machine.unused_data.lstrip(b"\0")
    return bytes(found)


def _fed(machine: Any, raw: bytes, most: int) -> bytes:
    """Brotli in small bites, so that a bomb is seen before it fills the memory."""
    found = bytearray()
    for start in range(0, len(raw), 1024):
        found += machine.process(raw[start:start + 1024], output_buffer_limit=2**20)
        while not machine.can_accept_more_data():
            found += machine.process(b"", output_buffer_limit=2**20)
            _capped(found, most)
        _capped(found, most)
    if not machine.is_finished():
        raise BadInput("is torn: the packed data ends too soon")
    return bytes(found)


def read_warc(input_: Input) -> Iterator[Report | Problem]:
    """A report for each page of a WARC, and for each text of a WET, read as a stream.

    Answers that are no HTML, or not found, are Problems of outcome `skipped`. The day of the crawl bounds the day of
    publication from above and never names it.
    """
    warc = needed("fastwarc.warc", "reading WARC")
    kinds = warc.WarcRecordType
    file: IO[bytes] = input_.path.open("rb") if input_.path is not None else io.BytesIO(input_.raw)
    number = 0
    with file:
        try:
            wanted = kinds.response | kinds.conversion | kinds.resource
            for record in warc.ArchiveIterator(file, record_types=wanted, parse_http=True):
                number += 1
                place = record.headers.get("WARC-Target-URI") or f"{input_.place}#{number}"
                try:
                    yield _of_record(record, place, is_text=record.record_type == kinds.conversion)
                except BadInput as error:
                    yield Problem(place, "failed", str(error))
                except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
                    yield Problem(place, "failed", f"cannot be read: {type(error).__name__}: {error}")
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            yield Problem(input_.place, "failed", f"the WARC breaks off after {number} records: {error}")
    if number == 0:
        yield Problem(input_.place, "failed", "holds no WARC record with a page")


def _of_record(record: Any, url: str, is_text: bool) -> Report | Problem:
    raw = record.reader.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise BadInput(f"is larger than {LARGEST_BYTES // 2**20} MB")
    fetched = day_of(record.headers.get("WARC-Date") or "")
    clues: tuple[DateClue, ...] = ()
    if fetched:
        until = Period.day(fetched).until
        clues = (
            DateClue(
                "guess", Period(None, until), str(fetched), reason="fetched on this day, so published on or before it"
            ),
        )
    if is_text:
        return report_of(decoded(raw), url=url, place=url, clues=clues, taken_for="wet")
    http = record.http_headers
    if http is not None and http.status_code not in (200, 203, 206):
        return Problem(url, "skipped", f"the site answered {http.status_code}")
    kind = (record.http_content_type or "text/html").split(";")[0].strip().lower()
    if kind not in HTML_TYPES:
        return Problem(url, "skipped", f"is {kind}, not a page")
    body = unpacked(raw, (http.get("Content-Encoding") if http is not None else "") or "")
    return html_report(decoded(body, record.http_charset), Input(body, url, url=url), clues)
