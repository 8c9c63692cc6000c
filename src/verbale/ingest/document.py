"""Office documents: docx, rtf, pdf. Their text is cut like any page's, or into articles where it is a press export."""

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

from verbale.errors import BadInput
from verbale.ingest.build import titled_report
from verbale.ingest.clean import decoded
from verbale.ingest.inputs import LARGEST_BYTES, LONGEST_TEXT, Input, needed
from verbale.ingest.press_exports import articles_in
from verbale.model.report import Problem, Report

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # a broken file is a Problem, not a line on the screen

MOST_PAGES = 1_000
MOST_PARTS = 5_000


def read_docx(input_: Input) -> Iterator[Report | Problem]:
    """The report of a Word document, or one for each article of a press export."""
    _check_size(input_)
    docx = needed("docx", "reading Word documents")
    try:
        document = docx.Document(io.BytesIO(input_.raw))
    except Exception as error:
        raise BadInput(f"is no Word document that can be read: {error}") from None
    lines, title = [], None
    for item in document.iter_inner_content():
        words = _words_of(item)
        if title is None and words and getattr(item.style, "name", "") in ("Title", "Heading 1"):
            title = words
        lines.append(words)
    yield from _reports("\n\n".join(filter(None, lines)), title, input_, "docx")


def _words_of(item: Any) -> str:
    """A paragraph's words, or a table's, a line a row."""
    if hasattr(item, "rows"):
        return "\n".join("  ".join(cell.text.strip() for cell in row.cells) for row in item.rows)
    return item.text.strip()


def _check_size(input_: Input) -> None:
    """Refuses a document whose parts unpack to more than any article's."""
    try:
        with zipfile.ZipFile(io.BytesIO(input_.raw)) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
    except zipfile.BadZipFile as error:
        raise BadInput(f"is a broken Word document: {error}") from None
    if total > 4 * LARGEST_BYTES or len(parts) > MOST_PARTS:
        raise BadInput(
            f"unpacks to {total / 2**20:.0f} MB in {len(parts)} parts (at most {4 * LARGEST_BYTES // 2**20} MB)"
        )


def read_rtf(input_: Input) -> Iterator[Report | Problem]:
    """The report of an RTF document, or one for each article of a press export."""
    striprtf = needed("striprtf.striprtf", "reading RTF")
    words = striprtf.rtf_to_text(input_.raw.decode("ascii", "replace"), errors="replace")
    yield from _reports(words, None, input_, "rtf")


def read_pdf(input_: Input) -> Iterator[Report | Problem]:
    """The report of a PDF with text in it. A scan without text is refused, and so is a locked one."""
    pypdf = needed("pypdf", "reading PDF")
    try:
        document = pypdf.PdfReader(io.BytesIO(input_.raw))
        if document.is_encrypted and not document.decrypt(""):
            raise BadInput("is locked with a password")
        if len(document.pages) > MOST_PAGES:
            raise BadInput(f"has {len(document.pages):,} pages (at most {MOST_PAGES:,}); cut it into articles")
        pages = []
        for page in document.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST_TEXT:
                raise BadInput(f"holds more than {LONGEST_TEXT:,} letters; cut it into articles")
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(f"is no PDF that can be read: {type(error).__name__}: {error}") from None
    words = "\n\n".join(pages)
    if not words.strip():
        raise BadInput("is a PDF without text (a scan); recognise its letters first")
    yield from _reports(words, None, input_, "pdf")


def _reports(words: str, title: str | None, input_: Input, kind: str) -> Iterator[Report | Problem]:
    if not words.strip():
        raise BadInput("is empty: no words in it")
    if len(words) > LONGEST_TEXT * 4:
        raise BadInput(f"holds more than {LONGEST_TEXT * 4:,} letters; cut it into articles")
    found = list(articles_in(words, input_))
    if found:
        yield from found
    else:
        yield titled_report(input_.title or title, decoded(words.encode("utf-8", "replace")), url=input_.url,
                            source=input_.source, published=input_.published, place=input_.place, clues=input_.clues,
                           taken_for=kind)


