"""Chromium without a window, driven over the pages of a record that a server in this process shows.

Without Playwright (the extra `browser`) or a Chromium these tests are skipped, and say so; with VERBALE_NEEDS_BROWSER
set, as CI has it, that is a failure.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import EXAMPLES, Watched, served

from verbale.record.merge import merge
from verbale.record.store import Record

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NEEDED = bool(os.environ.get("VERBALE_NEEDS_BROWSER"))
PROGRAM = os.environ.get("VERBALE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
MISSING = [
    what
    for what, is_there in (
        (
            "Playwright and axe (pip install 'verbale[browser]')",
            importlib.util.find_spec("playwright") is not None
            and importlib.util.find_spec("axe_playwright_python") is not None,
        ),
        ("Chromium (Debian: apt-get install chromium)", PROGRAM is not None),
    )
    if not is_there
]

if MISSING and NEEDED:
    raise pytest.UsageError(f"VERBALE_NEEDS_BROWSER is set, and there is no {' and no '.join(MISSING)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is here where there is no browser, and say what is missing."""
    if MISSING:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=f"there is no {' and no '.join(MISSING)}"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Closed after each file: while it is open, this thread has an event loop that other tests would trip over."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def chain() -> Any:
    from verbale.chain.chain import Chain

    return Chain()


@pytest.fixture(scope="session")
def record_path(tmp_path_factory, chain) -> Path:
    """A record of three of the examples, with happenings."""
    from verbale.chain.keep import kept

    path = tmp_path_factory.mktemp("browser") / "examples.db"
    names = ("lahore-1999.txt", "agra-2001-page.txt", "santa-marta-2010.txt")
    with Record(path) as record:
        assert len(list(kept(chain.code(chain.reports([EXAMPLES / name for name in names])), record, chain))) == 3
        merge(record)
    return path


@pytest.fixture(scope="session")
def site(record_path, chain) -> Iterator[str]:
    with served(record_path, chain) as address:
        yield address


@pytest.fixture
def watch(browser, site) -> Iterator[Any]:
    """A function to a watched page; at the end nothing may have gone wrong on any."""
    opened: list[Watched] = []

    def watch_page(at: str = site, **how: Any) -> Watched:
        opened.append(Watched(browser, at, **how))
        return opened[-1]

    yield watch_page
    for one in opened:
        one.context.close()
    assert [wrong for one in opened for wrong in one.wrong] == []
