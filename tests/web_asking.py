"""Asking the pages as a browser would, without one; a chain that finds the same in every text; hostile texts."""

import asyncio
from urllib.parse import unquote

from made_reports import findings, report
from verbale.chain.chain import Coded
from verbale.model.reading import Reading
from verbale.model.roster import Roster


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.text = status, headers, body.decode("utf-8")


def ask(pages, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """One request to the ASGI app, as a browser on this machine would send it."""
    path, _, query = address.partition("?")
    path = unquote(path)
    sent = {"host": "127.0.0.1:8651", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if method == "POST":
        sent = {"content-length": str(len(body)), "content-type": "application/x-www-form-urlencoded"} | sent
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8651),
    }
    messages = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        messages.append(message)

    asyncio.run(pages(scope, receive, send))
    headers_back = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Answer(messages[0]["status"], headers_back, b"".join(one.get("body", b"") for one in messages[1:]))


class FakeChain:
    overlay = None

    def reports(self, sources):
        for source in sources:
            yield report(source.read_text(encoding="utf-8"))

    def code(self, reports):
        for one in reports:
            yield Coded(one, Roster(Reading(one, ()), (), (), one.window), findings(one))
