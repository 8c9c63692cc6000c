"""What stands before every page: which hosts may ask, who may post, what a page may load."""

import base64
import hmac
from typing import Any

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Hosts of this machine alone. Another name that leads here is another site's trick (DNS rebinding)."""
BODY_BYTES = 8_000_000
"""Most that a post may hold: an article, not an archive."""
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Wraps an ASGI app. Refuses hosts that are not `hosts`, posts that another site sent, bodies that are too large,
    and, where there is a token, whoever does not give it (as the password of HTTP Basic).
    """

    def __init__(self, app: Any, hosts: tuple[str, ...] = LOOPBACK, token: str | None = None) -> None:
        self.app, self.hosts, self.token = app, hosts, token

    async def __call__(self, scope: dict, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)

        async def send_guarded(message: dict) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].decode().lower() not in HEADERS]
                message["headers"] = kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        if refusal:
            status, words, extra = refusal
            await send_guarded(
                {
                    "type": "http.response.start",
                    "status": status,
                    "headers": [(b"content-type", b"text/plain; charset=utf-8"), *extra],
                }
            )
            await send_guarded({"type": "http.response.body", "body": words.encode()})
            return
        await self.app(scope, receive, send_guarded)

    def _refusal(self, scope: dict, headers: dict[str, str]) -> tuple[int, str, list] | None:
        if host_name(headers.get("host", "")) not in self.hosts:
            return 403, "This host is not allowed here; ask for http://127.0.0.1 or give --host.", []
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "Only GET and POST are answered.", []
        if scope["method"] == "POST":
            if not same_site(headers):
                return 403, "This was sent by another site.", []
            length = headers.get("content-length", "")
            if not length.isdigit() or int(length) > BODY_BYTES:
                return 413, f"At most {BODY_BYTES:,} bytes, and their number must be given.", []
        if self.token and not self._gave_token(headers.get("authorization", "")):
            return 401, "The token is needed, as the password.", [(b"www-authenticate", b'Basic realm="verbale"')]
        return None

    def _gave_token(self, authorization: str) -> bool:
        try:
            kind, _, coded = authorization.partition(" ")
            given = base64.b64decode(coded, validate=True).decode().partition(":")[2] if kind == "Basic" else ""
        except ValueError:
            return False
        return hmac.compare_digest(given.encode(), (self.token or "").encode())


def host_name(host: str) -> str:
    """A Host header without its port: `[::1]:8000` is `[::1]`."""
    name, colon, port = host.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else host.strip().lower()


def same_site(headers: dict[str, str]) -> bool:
    """Whether a post comes from our own pages: by Sec-Fetch-Site where the browser says it, else by Origin.

    A program that sends neither is no browser, and no other site can make it do so.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True
    return origin.partition("://")[2] == headers.get("host", "")
