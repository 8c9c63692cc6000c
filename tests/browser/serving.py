"""Serving a record's pages from this process, and watching a browser page that looks at them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from verbale.views.web.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"


@contextmanager
def served(path: Path, chain: Any = None) -> Iterator[str]:
    """The address of a record's pages, while the context is open."""
    config = uvicorn.Config(app(path, chain=chain), host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


class Watched:
    """A page, and all that went wrong on it: errors, dialogs, what was blocked, requests to any other host."""

    def __init__(self, browser: Any, site: str, **how: Any) -> None:
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | how))
        self.page, self.site, self.wrong = self.context.new_page(), site, []
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda said: said.type == "error" and self.wrong.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((f"{self.site}/", "data:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def go(self, address: str) -> Any:
        """The page at an address; an answer that is no success is a failure here."""
        answer = self.page.goto(self.site + address)
        assert answer is not None and answer.ok, f"{address}: {answer and answer.status}"
        return self.page
