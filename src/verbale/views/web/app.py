"""The web pages of a record: for this machine alone, unless a token is set. They work without scripts."""

import io
import tempfile
import threading
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from verbale.errors import VerbaleError
from verbale.record.store import Record
from verbale.views.export.writers import write_csv
from verbale.views.templating import page as written
from verbale.views.web import (
    actor,
    articles,
    calendar,
    codebook,
    dyad,
    happenings,
    home,
    lists,
    network,
    reader,
    reviewing,
    runs,
    saying,
    venues,
)
from verbale.views.web.guard import LOOPBACK, Guard
from verbale.views.web.memory import Memory
from verbale.views.web.page import Asked, Missing, Page, Visit

Ask = Callable[[Visit], Page]
STATIC = {"verbale.css": "text/css", "keys.js": "text/javascript", "mark.svg": "image/svg+xml"}
NAME_COOKIE = "judge"
NAME_SECONDS = 180 * 24 * 3600
NAV = (
    ("/articles", "Articles"),
    ("/happenings", "Happenings"),
    ("/contacts", "Contacts"),
    ("/calendar", "Calendar"),
    ("/statements", "Statements"),
    ("/events", "Events"),
    ("/network", "Network"),
    ("/map", "Map"),
    ("/review", "Review"),
    ("/runs", "Runs"),
    ("/about-the-record", "Codebook"),
)
PAGES: dict[str, Ask] = {
    "/": home.home,
    "/articles": articles.articles,
    "/search": articles.search,
    "/statements": lists.listing("statement"),
    "/events": lists.listing("event"),
    "/contacts": lists.listing("contact"),
    "/calendar": calendar.calendar,
    "/a/{id}": reader.reader,
    "/f/{id}": reader.finding,
    "/actor/{id}": actor.actor,
    "/dyad/{one}/{other}": dyad.dyad,
    "/network": network.network,
    "/map": venues.venues,
    "/happenings": happenings.happenings,
    "/happening/{id}": happenings.happening,
    "/review": reviewing.review,
    "/runs": runs.runs,
    "/runs/{id}": runs.run,
    "/about-the-record": codebook.codebook,
}
"""Every page by its address; each has a twin in JSON, and in CSV where it is a table."""


class Site:
    """A record as web pages. `chain` reads what is pasted in; it and the world tables are made when first needed."""

    def __init__(self, path: Path, chain: Any = None) -> None:
        self.path, self._chain, self._reading = path, chain, threading.Lock()
        Record(path).close()
        self.memory = Memory(path)

    def world(self) -> Any:
        from verbale import settings
        from verbale.world.world import load_world

        return load_world(settings.overlay_folder(None))

    def answer(self, ask: Ask, asked: Asked, form: str, path: str = "/", by: str = "") -> Response:
        """A page in the form asked for: html, json or csv."""
        with Record(self.path, make=False) as record:
            try:
                page = ask(Visit(record, asked, self.memory, self.world, by, form))
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
        return HTMLResponse(written(page.template, **{"q": "", **page.values, **_common(path)}))

    def _said(self, words: str, status: int, form: str) -> Response:
        if form != "html":
            return PlainTextResponse(words + "\n", status)
        heading = {404: "Not here", 400: "That cannot be asked", 422: "Not read"}.get(status, "Refused")
        return HTMLResponse(written("said.html", words=words, heading=heading, q="", **_common("")), status)

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
        """Write down a verdict, and go on."""
        return self._change(form, lambda record: reviewing.give(record, form)[1])

    def pair(self, form: dict[str, str]) -> Response:
        """Write down whether two findings tell of one thing, and show what came of it."""
        return self._change(form, lambda record: reviewing.pair(record, form))

    def _change(self, form: dict[str, str], change: Callable[[Record], str]) -> Response:
        with Record(self.path, make=False) as record:
            try:
                where = change(record)
            except VerbaleError as refused:
                return self._said(str(refused), 400, "html")
        answer = RedirectResponse(where, 303)
        answer.set_cookie(
            NAME_COOKIE, quote(form.get("by", "").strip()[:200]), NAME_SECONDS, httponly=True, samesite="strict"
        )
        return answer


def _common(path: str) -> dict[str, Any]:
    """What every template may use."""
    return {
        "last_day": saying.last_day,
        "days": saying.days,
        "one_day": saying.one_day,
        "doing": saying.doing,
        "topic_name": saying.topic_name,
        "nav": NAV,
        "path": path,
    }


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
        Route("/judge", _posted(site.judge), methods=["POST"]),
        Route("/pair", _posted(site.pair), methods=["POST"]),
        Route("/static/{name}", _static),
    ]
    missing = {404: lambda request, error: site._said("Nothing is at this address.", 404, "html")}
    return Guard(Starlette(routes=routes, exception_handlers=missing), hosts, token)


def _endpoint(site: Site, ask: Ask, form: str) -> Callable:
    def endpoint(request: Request) -> Response:
        by = unquote(request.cookies.get(NAME_COOKIE, ""))
        return site.answer(ask, {**request.query_params, **request.path_params}, form, request.url.path, by)

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


def _posted(change: Callable[[dict[str, str]], Response]) -> Callable:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=40) as form:
            given = {name: str(value) for name, value in form.items()}
        return await run_in_threadpool(change, given)

    return endpoint


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("Nothing is at this address.\n", 404)
    content = (resources.files("verbale.views") / "static" / name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={"cache-control": "max-age=300"})
