"""Exports of press archives (Nexis Uni, LexisNexis, Factiva) split into their articles, with what their heads say."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from verbale.errors import BadInput
from verbale.ingest.build import titled_report
from verbale.ingest.day_words import days_in
from verbale.ingest.inputs import Input
from verbale.model.report import Problem, Report


class ExportArticle(msgspec.Struct, frozen=True):
    """An article as an archive gives it."""

    title: str | None
    text: str
    source: str | None = None
    published: date | None = None
    author: str | None = None
    language: str | None = None


_NEXIS_END = re.compile(r"^\s*End of Document\s*$", re.MULTILINE)
_LEXIS_START = re.compile(
    r"^\s*(?:Document )?\d+ (?:of|von|de) \d+(?: DOCUMENTS?| DOCUMENTOS?| DOKUMENTEN?)?\s*$", re.MULTILINE
)
_FIELD = re.compile(
    r"^\s*(?P<name>Byline|Section|Length|Dateline|Highlight|Load-Date|Language|Publication-Type|Copyright|"
    r"Journal Code|Graphic|Subject|Industry|Geographic|Person|Company|Notes|Series|Correction|Body|"
    r"Classification|Organization|Ticker|Distribution|Acc-No|Update)\s*:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_COVER = re.compile(r"(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms?|Search Type|Narrowed by)\s*:"
                    r"|Documents? \(\d+\)$|About LexisNexis\b", re.IGNORECASE)
"""Lines of the cover that an export may begin with: who searched for what, how many articles there are."""
_OF_LIST = re.compile(r"\d+\.\s+\S|Page \d+ of \d+$|Client/Matter|Search |-None-", re.IGNORECASE)
"""Further lines of a cover, such as its list of articles."""
_HEAD_FIELDS = {
    "byline",
    "section",
    "length",
    "dateline",
    "highlight",
    "copyright",
    "journal code",
    "distribution",
    "series",
}
_FACTIVA_END = re.compile(r"^\s*(?:AN\s+)?(?:Document|Dokument)\s+[A-Za-z0-9]{15,40}\s*$", re.MULTILINE)
_FACTIVA_WORDS = re.compile(r"^\s*(?:WC\s+)?[\d,.]+ (?:words|mots|palabras|Wörter)\s*$", re.MULTILINE)
_FACTIVA_CODE = re.compile(
    r"^(?P<code>HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPD|IPC|PUB|AN|SE|CLM|VOL|CT|RF|ART)"
    r"(?:\s+(?P<value>.*))?$"
)


def export_kind(words: str) -> Callable[[Input], Iterator[Report | Problem]] | None:
    """The reader of the archive's export that a text is; None where it is none."""
    head = words[:200_000]
    if _FACTIVA_END.search(head) and _FACTIVA_WORDS.search(head):
        return read_factiva
    has_head = re.search(r"^\s*(?:LENGTH|Length)\s*:\s*[\d,]+ (?:words|Wörter|mots|palabras)", head, re.MULTILINE)
    if has_head and (_NEXIS_END.search(head) or _LEXIS_START.search(head)):
        return read_nexis
    return None


def read_nexis(input_: Input) -> Iterator[Report | Problem]:
    """A report for each article of a Nexis Uni or LexisNexis export."""
    yield from _read(input_, nexis_articles(input_.text()), "Nexis")


def read_factiva(input_: Input) -> Iterator[Report | Problem]:
    """A report for each article of a Factiva export."""
    yield from _read(input_, factiva_articles(input_.text()), "Factiva")


def articles_in(words: str, input_: Input) -> Iterator[Report | Problem]:
    """The reports of an export's text; none where the text is no export."""
    kind = export_kind(words)
    if kind is read_nexis:
        yield from _read(input_, nexis_articles(words), "Nexis")
    elif kind is read_factiva:
        yield from _read(input_, factiva_articles(words), "Factiva")


def _read(input_: Input, articles: Iterator[ExportArticle], archive: str) -> Iterator[Report | Problem]:
    number = 0
    for number, article in enumerate(articles, 1):
        place = f"{input_.place}#{number}"
        if not article.text.strip():
            yield Problem(place, "failed", f"an article of the {archive} export without a text: {article.title!r}")
            continue
        yield titled_report(article.title, article.text, source=article.source, published=article.published,
                            author=article.author, place=place, taken_for=f"{archive.lower()} export")
    if number == 0:
        raise BadInput(f"holds no article of a {archive} export")


def nexis_articles(words: str) -> Iterator[ExportArticle]:
    """The articles between "End of Document" lines, or after "3 of 50 DOCUMENTS" lines."""
    if _NEXIS_END.search(words):
        parts = _NEXIS_END.split(words)[:-1]
    else:
        parts = _LEXIS_START.split(words)[1:]
    for part in parts:
        lines = [line.strip() for line in part.split("\n")]
        if any(lines):
            yield _of_nexis(lines)


def _of_nexis(lines: list[str]) -> ExportArticle:
    """The head runs to the line "Body", or to its last field; the tail begins at the first field after it."""
    lines = _without_cover(lines)
    start = next((number for number, line in enumerate(lines) if line.lower() in ("body", "body:")), None)
    if start is None:
        heads = [number for number, line in enumerate(lines[:40]) if _field(line) in _HEAD_FIELDS]
        start = heads[-1] if heads else -1
    stop = next((number for number in range(start + 1, len(lines)) if _field(lines[number]) == "load-date"), len(lines))
    stop = next((number for number in range(start + 1, stop) if _field(lines[number]) in
                 ("language", "publication-type", "subject", "classification", "graphic", "notes")), stop)
    head = [line for line in lines[:max(start, 0)] if line]
    fields = {match["name"].lower(): match["value"] for line in lines[:max(start, 0)] + lines[stop:]
              if (match := _FIELD.match(line))}
    plain = [line for line in head if not _FIELD.match(line) and not line.lower().startswith(("copyright", "page "))]
    dated = next((line for line in plain if days_in(line) and len(line) < 80), None)
    day = days_in(dated)[0].day if dated else _load_day(fields.get("load-date"))
    title, source = _title_and_source(plain, dated)
    return ExportArticle(title, "\n".join(lines[start + 1:stop]).strip(), source, day, fields.get("byline"),
                         fields.get("language"))


def _without_cover(lines: list[str]) -> list[str]:
    """The lines of the first article, without the cover above it."""
    stop = next((number for number, line in enumerate(lines) if _field(line) in ("length", "section", "copyright")
                 or line.lower().startswith("copyright")), 0)
    if not any(_COVER.match(line) for line in lines[:stop]):
        return lines
    last = max(number for number, line in enumerate(lines[:stop]) if _COVER.match(line) or _OF_LIST.match(line))
    return lines[last + 1:]


def _title_and_source(plain: list[str], dated: str | None) -> tuple[str | None, str | None]:
    """Nexis Uni writes title, source, day; LexisNexis of old source, day, title."""
    place = plain.index(dated) if dated else len(plain)
    above, below = plain[:place], plain[place + 1:]
    if len(above) == 1 and below:
        return below[0], above[0]
    return next(iter(above), None), above[1] if len(above) > 1 else None


def _field(line: str) -> str:
    match = _FIELD.match(line)
    return match["name"].lower() if match else ""


def _load_day(words: str | None) -> date | None:
    found = days_in(words or "")
    return found[0].day if found else None


def factiva_articles(words: str) -> Iterator[ExportArticle]:
    """The articles that end with a line "Document ABC…": with two-letter field codes, or with a plain head."""
    for part in _FACTIVA_END.split(words)[:-1]:
        lines = [line.rstrip() for line in part.strip().split("\n")]
        if any(re.match(r"(?:HD|PD|SN)\b", line) for line in lines):
            yield _of_codes(lines)
        elif any(lines):
            yield _of_plain(lines)


def _of_codes(lines: list[str]) -> ExportArticle:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _FACTIVA_CODE.match(line.strip())
        if match:
            code = match["code"]
            fields.setdefault(code, []).append(match["value"] or "")
        elif code:
            fields[code].append(line.strip())
    text = "\n\n".join(filter(None, ("\n".join(fields.get(name, [])).strip() for name in ("LP", "TD"))))
    found = {
        name: " ".join(part for part in fields.get(name, []) if part).strip() or None
        for name in ("HD", "SN", "BY", "PD", "LA")
    }
    days = days_in(found["PD"] or "")
    return ExportArticle(found["HD"], text, found["SN"], days[0].day if days else None,
                         re.sub(r"^(?:By|Von|Par|Por)\s+", "", found["BY"] or "") or None, found["LA"])


def _of_plain(lines: list[str]) -> ExportArticle:
    """Title lines, "By ...", "543 words", day, hour, source, its code, language, rights, and then the text."""
    count = next((number for number, line in enumerate(lines) if _FACTIVA_WORDS.match(line)), None)
    if count is None:
        return ExportArticle(next((line.strip() for line in lines if line.strip()), None), "\n".join(lines[1:]).strip())
    above = [line.strip() for line in lines[:count] if line.strip()]
    author = next((line for line in above if re.match(r"(?:By|Von|Par|Por) ", line)), None)
    title = [line for line in above if line != author]
    below = [(number, line.strip()) for number, line in enumerate(lines[count + 1:], count + 1) if line.strip()]
    rights = next(
        (number for number, line in below[:12] if re.match(r"(?:Copyright|\(c\)|©)", line, re.IGNORECASE)), None
    )
    day = next((days_in(line)[0].day for _, line in below[:3] if days_in(line)), None)
    source = next((line for _, line in below[1:5] if not days_in(line) and not re.match(r"\d\d:\d\d", line)), None)
    start = rights if rights is not None else (below[5][0] if len(below) > 5 else count)
    return ExportArticle(" ".join(title[-2:]) or None, "\n".join(lines[start + 1:]).strip(), source, day,
                         author[3:].strip() if author else None)
