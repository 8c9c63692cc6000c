"""The web pages of a record: for this machine alone, unless a token is set. They work without scripts."""

import io
import tempfile
import threading
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from verbale.errors import VerbaleError
from verbale.record import judge
from verbale.record.store import Record
from verbale.record.wire import plain
from verbale.tables.ontology import load_ontology
from verbale.views.export.writers import write_csv
from verbale.views.templating import page as written
from verbale.views.web import pages
from verbale.views.web.dyad import dyad
from verbale.views.web.guard import LOOPBACK, Guard
from verbale.views.web.pages import Asked, Missing, Page

Ask = Callable[[Record, Asked], Page]
STATIC = {"verbale.css": "text/css", "keys.js": "text/javascript"}


def about(record: Record, asked: Asked) -> Page:
    ontology = load_ontology()
    values = {"types": list(ontology.types.values()), "version": ontology.version}
    return Page("about.html", values, {"version": ontology.version, "types": plain(values["types"])})


PAGES: dict[str, Ask] = {
    "/": pages.home,
    "/articles": pages.articles,
    "/search": pages.search,
    "/statements": pages.listing("statement"),
    "/events": pages.listing("event"),
    "/contacts": pages.listing("contact"),
    "/a/{id}": pages.reader,
    "/f/{id}": pages.finding,
    "/actor/{id}": pages.actor,
    "/dyad/{one}/{other}": dyad,
    "/runs": pages.runs,
    "/happenings": pages.happenings,
    "/review": pages.review,
    "/about-the-record": about,
}
"""Every page by its address; each has a twin in JSON, and in CSV where it is a table."""


class Site:
    """A record as web pages. `chain` reads what is pasted in; it is made when first needed."""

    def __init__(self, path: Path, chain: Any = None) -> None:
        self.path, self._chain, self._reading = path, chain, threading.Lock()
        Record(path).close()

    def answer(self, ask: Ask, asked: Asked, form: str) -> Response:
        """A page in the form asked for: html, json or csv."""
        with Record(self.path, make=False) as record:
            try:
                page = ask(record, asked)
            except Missing as missing:
                return self._said(str(missing), 404, form)
            except VerbaleError as refused:
                return self._said(str(refused), 400, form)
        if form == "json":
            return Response(msgspec.json.encode(page.data), media_type="application/json")
        if form == "csv":
            if page.rows is None:
                return self._said("This page is no table.", 404, form)
            out = io.StringIO()
            write_csv(page.rows, out, spreadsheet_safe=True)
            return Response(out.getvalue(), media_type="text/csv")
        return HTMLResponse(written(page.template, **{"q": "", **page.values, "last_day": pages.last_day}))

    def _said(self, words: str, status: int, form: str) -> Response:
        if form != "html":
            return PlainTextResponse(words + "\n", status)
        return HTMLResponse(written("said.html", words=words, q=""), status)

    def read(self, text: str, file_name: str, content: bytes) -> Response:
        """Read what was pasted or handed in, keep it, and show it."""
        from verbale.chain.chain import Chain, Coded
        from verbale.chain.keep import kept

        with self._reading:
            self._chain = self._chain or Chain()
            with tempfile.TemporaryDirectory() as folder:
                name = Path(file_name).name or "pasted.txt"
                place = Path(folder) / f"input{Path(name).suffix if content else '.txt'}"
                place.write_bytes(content or text.encode("utf-8", "replace"))
                found = [msgspec.structs.replace(one, place=name) for one in self._chain.reports([place])]
            with Record(self.path) as record:
                results = list(kept(self._chain.code(found), record, self._chain))
        coded = [one for one in results if isinstance(one, Coded)]
        if coded:
            return RedirectResponse(f"/a/{coded[0].report.id}" if len(coded) == 1 else "/articles", 303)
        reasons = "; ".join(one.reason for one in results if not isinstance(one, Coded)) or "nothing was given"
        return self._said(f"No article was read: {reasons}", 422, "html")

    def judge(self, form: dict[str, str]) -> Response:
        with Record(self.path, make=False) as record:
            try:
                given = judge.judge(
                    record, form.get("finding", ""), form.get("verdict", ""), form.get("by", ""), form.get("reason", "")
                )
            except VerbaleError as refused:
                return self._said(str(refused), 400, "html")
        back = form.get("back", "")
        where = "/review" if back == "review" else f"/f/{given.finding}"
        return RedirectResponse(f"{where}?by={pages.quote(given.by)}", 303)


def app(path: Path, hosts: tuple[str, ...] = LOOPBACK, token: str | None = None, chain: Any = None) -> Guard:
    """The pages of a record as an ASGI app, guarded."""
    site = Site(path, chain)
    routes = []
    for address, ask in PAGES.items():
        stem = "/index" if address == "/" else address
        routes += [Route(f"{stem}.{form}", _endpoint(site, ask, form)) for form in ("json", "csv")]
        routes.append(Route(address, _endpoint(site, ask, "html")))
    routes += [
        Route("/read", _read(site), methods=["POST"]),
        Route("/judge", _judge(site), methods=["POST"]),
        Route("/static/{name}", _static),
    ]
    return Guard(Starlette(routes=routes), hosts, token)


def _endpoint(site: Site, ask: Ask, form: str) -> Callable:
    def endpoint(request: Request) -> Response:
        return site.answer(ask, {**request.query_params, **request.path_params}, form)

    return endpoint


def _read(site: Site) -> Callable:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=4, max_part_size=8_000_000) as form:
            file: Any = form.get("file")
            content = b"" if file is None or isinstance(file, str) else await file.read()
            name = getattr(file, "filename", "") or ""
            text = str(form.get("text") or "")
        return await run_in_threadpool(site.read, text, name if content else "", content)

    return endpoint


def _judge(site: Site) -> Callable:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=8) as form:
            given = {name: str(value) for name, value in form.items()}
        return await run_in_threadpool(site.judge, given)

    return endpoint


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("Nothing is at this address.\n", 404)
    content = (resources.files("verbale.views") / "static" / name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={"cache-control": "max-age=300"})
