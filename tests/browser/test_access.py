"""Every page for everyone: with a screen reader, in light and dark, on a narrow screen."""

from importlib import resources
from itertools import pairwise

import pytest
from every_page import every_page

SERIOUS = ("serious", "critical")
WIDTHS = (320, 360, 768, 1280)
AXE = "async only => (await axe.run(document, { resultTypes: ['violations'], ...only })).violations"
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What differs between light and dark."""


@pytest.fixture(scope="module")
def axe() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def test_no_page_shuts_anyone_out(watch, record_path, axe):
    """No serious finding of axe in light or dark, nothing wider than its screen, landmarks and headings in order."""
    seen, found = watch(), []
    for address in every_page(record_path):
        seen.page.emulate_media(color_scheme="light")
        page = seen.go(address)
        found += [f"{address} at {width}: {over} too wide" for width in WIDTHS if (over := _too_wide(page, width)) > 0]
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(axe)
        faults = page.evaluate(AXE, {})
        page.emulate_media(color_scheme="dark")
        faults += page.evaluate(AXE, COLOURS)
        found += [
            f"{address}: {fault['id']}, {fault['help']}: {fault['nodes'][0]['html'][:160]}"
            for fault in faults
            if fault["impact"] in SERIOUS
        ]
        levels = page.evaluate("() => [...document.querySelectorAll('h1, h2, h3, h4')].map(one => +one.tagName[1])")
        if page.locator("main").count() != 1 or levels.count(1) != 1 or any(b - a > 1 for a, b in pairwise(levels)):
            found.append(f"{address}: main or headings out of order, {levels}")
        if not page.title().endswith("· verbale"):
            found.append(f"{address}: no title of its own")
    assert found == []


def _too_wide(page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
