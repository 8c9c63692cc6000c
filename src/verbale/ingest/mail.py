"""E-mails: press releases and newsletters as they were sent."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from verbale.errors import BadInput
from verbale.ingest.build import titled_report
from verbale.ingest.inputs import Input
from verbale.ingest.pages import html_report
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue, Period

LEAST_PLAIN = 200
"""A plain part shorter than this beside an HTML one is a stub ("see the web version")."""
MOST_PARTS = 200
READ_ATTACHMENTS = (".txt", ".html", ".htm", ".docx", ".pdf", ".rtf", ".eml", ".zip")
_ANSWERED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|отв|пересл|ynt|ilt)\s*:\s*)+", re.IGNORECASE)


def read_mail(input_: Input) -> Iterator[Report | Problem]:
    """A report of an e-mail's text, and of each attachment that is a document.

    The day it was sent is the report's, unless it was forwarded: then it only bounds it from above.
    """
    from verbale.ingest.kinds import reports_in  # the list of kinds names this reader

    try:
        mail = message_from_bytes(input_.raw, policy=policy.default)
        if not isinstance(mail, EmailMessage):
            raise BadInput("is no e-mail")
        parts = list(mail.walk())
    except (MessageError, RecursionError) as error:
        raise BadInput(f"is no e-mail that can be read: {error}") from None
    if len(parts) > MOST_PARTS:
        raise BadInput(f"has {len(parts)} parts (at most {MOST_PARTS})")
    found = False
    text, page = _words(mail, "plain"), _words(mail, "html")
    if text.strip() or page.strip():
        found = True
        yield _report(mail, text, page, input_)
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        if name.lower().endswith(READ_ATTACHMENTS):
            found = True
            raw = part.get_payload(decode=True)
            yield from reports_in(input_.inside(raw if isinstance(raw, bytes) else b"", name))
    if not found:
        raise BadInput("is an e-mail without text or documents")


def _words(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _report(mail: EmailMessage, text: str, page: str, input_: Input) -> Report:
    if page.strip() and (saved := _saved_from(mail)) is not None:
        day = _moment(mail)
        bound = () if day is None else (
            DateClue("meta", Period(None, day.until), str(mail.get("Date")), reason="the page was saved on this day"),)
        return html_report(page, Input(b"", input_.place, url=saved or None, source=input_.source,
                                       published=input_.published), bound)
    subject = str(mail.get("Subject") or "").strip()
    title = _ANSWERED.sub("", subject) or None
    name, address = parseaddr(str(mail.get("From") or ""))
    source = input_.source or name or address or None
    clues = _sent(mail, is_forwarded=title != (subject or None))
    if page.strip() and len(text.strip()) < LEAST_PLAIN:
        known = Input(b"", input_.place, source=source, published=input_.published)
        found = html_report(page, known, clues)
        return found if found.title else html_report(
            page, Input(b"", input_.place, title=title, source=source, published=input_.published), clues)
    return titled_report(title, text, source=source, published=input_.published, place=input_.place, clues=clues,
                         taken_for="mail")


def _saved_from(mail: EmailMessage) -> str | None:
    """The address of a page that a browser saved as one file (MHTML), empty where it names none; None for a letter."""
    address = str(mail.get("Snapshot-Content-Location") or "")
    is_saved = bool(address) or str(mail.get("From") or "").strip().lower().startswith("<saved by")
    return address if is_saved else None


def _moment(mail: EmailMessage) -> Period | None:
    moment = getattr(mail.get("Date"), "datetime", None)
    return Period.day(moment.date()) if moment is not None else None


def _sent(mail: EmailMessage, is_forwarded: bool) -> tuple[DateClue, ...]:
    day, words = _moment(mail), str(mail.get("Date"))
    if day is None:
        return ()
    if is_forwarded:
        return (
            DateClue("meta", Period(None, day.until), words, reason="forwarded on this day: written then or before"),
        )
    return (DateClue("meta", day, words, reason="the day the e-mail was sent", decides=True),)
