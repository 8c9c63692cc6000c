"""Lists of addresses: site maps, and plain lists with one address a line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from lxml import etree

from verbale.errors import BadInput
from verbale.ingest.dating import day_of
from verbale.ingest.inputs import Input
from verbale.model.report import Problem
from verbale.model.when import DateClue, Period

MAP_START = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}\?>\s*){0,5}"
                       rb"(?:<!DOCTYPE\s.{0,2000}?)?<(?:\w+:)?(?:urlset|sitemapindex)\b", re.DOTALL)
MOST_ADDRESSES = 50_000
"""So many a file: what the protocol of site maps allows."""
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|at_(?:medium|campaign)|ocid|cmpid)", re.IGNORECASE)


class Address(msgspec.Struct, frozen=True):
    """An address to visit, and what its list says of it."""

    url: str
    is_map: bool = False
    """True for a site map that another one names."""
    changed: date | None = None
    published: date | None = None
    title: str | None = None

    @property
    def clues(self) -> tuple[DateClue, ...]:
        """What the list says of the day: its day of publication names it, the day of a change only bounds it."""
        if self.published:
            day = Period.day(self.published)
            return (DateClue("meta", day, str(self.published), reason="the site map's day of publication",
                             decides=True),)
        if self.changed:
            return (DateClue("meta", Period(None, self.changed + timedelta(days=1)), str(self.changed),
                             reason="by the site map changed on this day, so published on or before it"),)
        return ()


def is_map(raw: bytes) -> bool:
    """Whether bytes are a site map, or a map of site maps."""
    return MAP_START.match(raw.removeprefix(b"\xef\xbb\xbf")) is not None


def addresses_in(raw: bytes, place: str) -> list[Address]:
    """The addresses of a site map, or of a list with one a line (`#` begins a remark).

    Raises BadInput where a line is no address, a map is broken or declares entities, or nothing is listed.
    """
    found = _of_map(raw, place) if is_map(raw) else _of_lines(raw, place)
    if not found:
        raise BadInput(f"{place} lists no address")
    if len(found) > MOST_ADDRESSES:
        raise BadInput(f"{place} lists {len(found):,} addresses (at most {MOST_ADDRESSES:,}); cut it into several")
    return found


def _of_lines(raw: bytes, place: str) -> list[Address]:
    found = []
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
        words = line.split("#", 1)[0].strip() if line.lstrip().startswith("#") else line.strip()
        if words and not words.startswith(("http://", "https://")):
            raise BadInput(f"{place}, line {number}: found {words[:80]!r}; wanted an address that starts with https://")
        if words:
            found.append(Address(words))
    return found


def _of_map(raw: bytes, place: str) -> list[Address]:
    if re.search(rb"<!ENTITY", raw, re.IGNORECASE):
        raise BadInput(f"{place} declares XML entities, which no site map needs; refused: they can grow without end")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{place} is a broken site map: {error}") from None
    if tree is None:
        raise BadInput(f"{place} is a broken site map")
    return [address for child in tree for address in _of_element(child)]


def _of_element(element: etree._Element) -> Iterator[Address]:
    """The address of a <url> or <sitemap> element; none of any other."""
    kind = _name(element)
    if kind not in ("url", "sitemap"):
        return
    words = {_name(one): (one.text or "").strip() for one in element.iter() if isinstance(one.tag, str)}
    url = words.get("loc", "")
    if url.startswith(("http://", "https://")):
        yield Address(url, kind == "sitemap", day_of(words.get("lastmod", "")),
                      day_of(words.get("publication_date", "")), words.get("title") or None)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_map(input_: Input) -> Iterator[Problem]:
    """A site map holds addresses and no texts: skipped, with what to do with it."""
    found = addresses_in(input_.raw, "the site map")
    count = f"{len(found)} address{'es' if len(found) > 1 else ''}"
    yield Problem(input_.place, "skipped", f"is a site map of {count} and holds no texts; "
                                           "`verbale fetch --list FILE` fetches them")


def same_address(url: str) -> str:
    """What two addresses of one page share: no scheme, no `www.`, no fragment, no marks of campaigns, no last slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name)]
    host = (parts.netloc or "").lower().removeprefix("www.")
    return host + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")
