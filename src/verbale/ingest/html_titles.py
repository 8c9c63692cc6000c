"""The title of an HTML page: what its metadata and headings call it, without the site's name."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec
from lxml import html

from verbale.ingest.likeness import bare

_BETWEEN = re.compile(r"\s+(?:[|–—»•·:-]|::|\|\||//|/)\s+|\s*[|»]\s*")
MOST_HEADINGS = 12
LONGEST_SITE = 40
"""Letters and digits of a site's name at most."""
LONGEST_TITLE = 300


class PageNames(msgspec.Struct, frozen=True):
    """What a page calls itself and its parts, taken before an HTML reader changes its tree."""

    named: tuple[str, ...]
    """By its metadata, names made for sharing first, then the title element."""
    element: str | None
    """The title element."""
    headings: tuple[str, ...]
    lines: frozenset[str]
    """Short lines of the page, as `bare` gives them."""

    def title(self, guess: str | None, site: str | None, url: str | None) -> str | None:
        """The page's title; None where it has none. `guess` is what the HTML reader takes for it.

        Of the names that metadata, the title element and the reader give, the first whose words a heading of the page
        says too; else the first that is not the site's own name.
        """
        said = {bare(heading) for heading in self.headings}
        not_titles = self._site_parts(said, site, url)
        named = dict.fromkeys(" ".join(one.split()) for one in (*self.named, guess or "") if one.strip())
        plain = [plain_title(one, site, url, self.headings, self.lines) for one in named if len(one) < LONGEST_TITLE]
        told = [one for one in plain if one and bare(one) not in not_titles]
        rest = [one for one in self.headings if bare(one) not in not_titles]
        return next((one for one in told if bare(one) in said), None) or next(iter([*told, *rest]), None)

    def _site_parts(self, said: set[str], site: str | None, url: str | None) -> set[str]:
        """What of the title element is the site's name: the part beside another that a heading says."""
        found = set()
        for start, stop in _cuts(self.element or ""):
            head, tail = (self.element or "")[:start].strip(), (self.element or "")[stop:].strip()
            for one, other in ((head, tail), (tail, head)):
                if bare(other) in said and len(bare(other)) > len(bare(one)) and \
                        _names_site(one, site, url, self.lines):
                    found.add(bare(one))
        return found


def names_of(tree: html.HtmlElement, text: str) -> PageNames:
    """The names of a page; `text` is its visible text."""
    lines = frozenset(bare(line) for line in text.split("\n") if 0 < len(line) < 80)
    element = _element_title(tree)
    return PageNames(tuple(_named(tree, element)), element, tuple(_headings(tree)), lines)


def _named(tree: html.HtmlElement, element: str | None) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title", "dc.title"):
            yield meta.get("content") or ""
    yield element or ""


def _element_title(tree: html.HtmlElement) -> str | None:
    found = next(iter(tree.iter("title")), None)
    return " ".join((found.text or "").split()) or None if found is not None else None


def _headings(tree: html.HtmlElement) -> list[str]:
    """The words of its first headings, the highest first."""
    found = [(int(one.tag[1]), number, " ".join(one.text_content().split()))
             for number, one in enumerate(tree.iter("h1", "h2", "h3"))]
    return [words for _, _, words in sorted(found)[:MOST_HEADINGS] if words]


def _cuts(title: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in _BETWEEN.finditer(title)]


def plain_title(title: str | None, site: str | None, url: str | None, headings: Sequence[str],
                lines: frozenset[str] = frozenset()) -> str | None:
    """A title without the site's name at its end or head; None where the page has none.

    The name is known by the page's own word for its site, by its address, because a heading says all the rest, or
    because it stands on a line of its own on the page (`lines`, as `bare` gives them).
    """
    if not title or not title.strip():
        return headings[0] if len(headings) == 1 and headings[0] else None
    title = " ".join(title.split())
    said = {bare(heading) for heading in headings}
    for start, stop in reversed(_cuts(title)):
        head, tail = title[:start].strip(), title[stop:].strip()
        if bare(head) in said or _names_site(tail, site, url, lines):
            title = head
        elif bare(tail) in said or _names_site(head, site, url, lines):
            return tail
    return title


def _names_site(words: str, site: str | None, url: str | None, lines: frozenset[str]) -> bool:
    key = _unmarked(bare(words))
    if not 2 <= len(key) <= LONGEST_SITE:
        return False
    host = _unmarked(bare((urlsplit(url).hostname or "").removeprefix("www."))) if url else ""
    known = _unmarked(bare(site or ""))
    by_site = bool(known) and (key in known or known in key)
    by_address = bool(host) and len(key) > 3 and (key in host or host in key)
    by_page = len(words.split()) <= 4 and bare(words) in lines
    return by_site or by_address or by_page


def _unmarked(key: str) -> str:
    """Letters without their marks, as addresses write them: `bogazpostasi` for Boğaz Postası."""
    letters = unicodedata.normalize("NFKD", key)
    return "".join(one for one in letters if not unicodedata.combining(one)).replace("ı", "i")
