"""From bytes to text: which encoding, broken encodings mended, and marks that are the wrong way round."""

import re
import unicodedata
from collections import Counter

import ftfy
from charset_normalizer import from_bytes

from verbale.errors import BadInput
from verbale.model.report import Repair
from verbale.model.span import Span

NO_TEXT = "is binary, not text; give the article as text, HTML or another format that `verbale read --help` names"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MOST_STRANGE = 0.1
"""The largest share of control and unassigned letters that a text may have; more is a binary file."""
GUESS_FROM_BYTES = 60_000
FIXES = ftfy.TextFixerConfig(uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False,
                             normalization="NFC", explain=False, unescape_html=False, max_decode_length=1_000_000)
"""ftfy's defaults turn curly quotation marks straight, and with them goes the direction that attribution needs."""


def decoded(raw: bytes, declared: str | None = None) -> str:
    """The text that bytes hold: byte-order mark, then UTF-8, then what was declared, then a guess.

    Raises BadInput for bytes that are no text in any encoding: says so and what to do.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _checked(raw.decode(encoding, "replace"))
    for likely in ("utf-8", declared):
        try:
            if likely:
                return _checked(raw.decode(likely))
        except (UnicodeDecodeError, LookupError):
            continue
    if raw[:GUESS_FROM_BYTES].count(0) > len(raw[:GUESS_FROM_BYTES]) // 4:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = raw.decode(encoding, "replace")
            if _strange_share(text) < 0.01 and "\ufffd" not in text:
                return text
        raise BadInput(NO_TEXT)
    nearly = raw.decode("utf-8", "replace")
    if nearly.count("\ufffd") <= max(2, len(nearly) // 2000):
        return _checked(nearly)
    best = from_bytes(raw[:GUESS_FROM_BYTES]).best()
    if best is None:
        raise BadInput("is in no encoding we know; save it as UTF-8")
    return _checked(raw.decode(best.encoding, "replace"))


def _strange_share(text: str) -> float:
    sample = text[:GUESS_FROM_BYTES]
    strange = sum(count for char, count in Counter(sample).items()  # a text has some sixty different letters
                  if char not in "\t\n\r\f\x85" and unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"))
    return strange / max(1, len(sample))


def _checked(text: str) -> str:
    if _strange_share(text) > MOST_STRANGE:
        raise BadInput(NO_TEXT)
    return text


def cleaned(text: str) -> tuple[str, list[Repair]]:
    """The text to store, and what was mended before storing.

    Broken encodings ("â€œ" for a quotation mark) are mended by ftfy, letters composed (NFC), line ends made one, NULs
    and other control letters dropped. Quotation marks are never changed. A mended place is noted with what stands there
    now; its reason holds what stood there. Nothing to mend: the text itself and no repairs.
    """
    notes: list[Repair] = []
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(plain):
        count = len(_CONTROL.findall(plain))
        notes.append(Repair(Span(0, 0), "", "", f"{count} control letters of the input left out before storing"))
        plain = _CONTROL.sub("", plain)
    if plain.isascii():
        return plain, notes
    found, place = [], 0
    for line in plain.split("\n"):
        mended = line if line.isascii() else ftfy.fix_text(line, FIXES)
        if mended != line and unicodedata.normalize("NFC", line) != mended:
            notes.append(_mended_at(line, mended, place))
        found.append(mended)
        place += len(mended) + 1
    return "\n".join(found), notes


def _mended_at(line: str, mended: str, place: int) -> Repair:
    """Where a line was mended: between the letters it shares with the input at its start and at its end."""
    start = _shared_head(line, mended)
    tail = _shared_head(line[start:][::-1], mended[start:][::-1])
    now, before = mended[start:len(mended) - tail], line[start:len(line) - tail]
    return Repair(Span(place + start, place + start + len(now)), now, now,
                  f"a broken encoding mended before storing; the input has {before[:80]!r}")


_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b\u2060\ufffe\uffff\ud800-\udfff]")


def _shared_head(one: str, other: str) -> int:
    """How many letters two texts share at their start."""
    return next((place for place, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))


_WRONG_CLOSING = re.compile(r"(?<=[\w.,!?…])\s{1,3}([“„«])[ \t]*(?=\n|$)")
_CLOSING_OF = {"“": "”", "„": "“", "«": "»"}


def mark_repairs(text: str) -> list[Repair]:
    """Opening quotation marks that can only close: at a paragraph's end, or right behind a word (“a draw“, he said)."""
    found = {match.start(1): Repair(Span(*match.span(1)), match.group(1), _CLOSING_OF[match.group(1)],
                                    "an opening mark at the end of a paragraph opens nothing: a closing one is meant")
             for match in _WRONG_CLOSING.finditer(text)}
    place = 0
    for line in text.splitlines(keepends=True):
        for here in _closing_behind_words(line):
            found.setdefault(place + here, Repair(
                Span(place + here, place + here + 1), "“", "”",
                "an opening mark behind a word of an open quotation: a closing one is meant"))
        place += len(line)
    return [found[here] for here in sorted(found)]


_BEHIND_WORD = re.compile(r"[\w.,!?…%)]“(?=[\s.,;:!?)\]—–-]|$)")


def _closing_behind_words(line: str) -> list[int]:
    """Where in a line “ stands behind a word, with no letter after it, while a “ before it is open.

    In German “ closes what „ opens: such marks are right.
    """
    found, opened = [], ""
    for here, mark in enumerate(line):
        if mark == "“" and opened == "“" and _BEHIND_WORD.match(line, max(0, here - 1)):
            found.append(here)
            opened = ""
        elif mark in "“„":
            opened = "" if opened == "„" and mark == "“" else mark
        elif mark == "”":
            opened = ""
    return found
