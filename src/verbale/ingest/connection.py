"""One question to one machine: its address pinned, every wait cut at the deadline, the answer capped in size."""

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

import httpcore
import msgspec

from verbale.errors import BadInput
from verbale.ingest.address_guard import Target

LONGEST_WAIT = 10.0
"""Seconds for a single step (to connect, for the next bytes); the deadline is over all of them together."""
KEPT_OPEN = 8


class Answer(msgspec.Struct, frozen=True):
    """What a machine answered; header names are in lower case."""

    status: int
    headers: dict[str, str]
    raw: bytes


class _Stream(httpcore.NetworkStream):
    """A stream whose every step ends with the deadline, so that a host that drips bytes cannot hold us."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._inner, self._left = inner, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._left()), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the machine that was checked, whatever the name means by now."""

    def __init__(self, left: Callable[[], float]) -> None:
        self._inner, self._left = httpcore.SyncBackend(), left
        self.machine = ""

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(self.machine, port, self._left(), local_address, socket_options)
        return _Stream(stream, self._left)


class Connection:
    """Asks machines, one question at a time. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._until = clock, 0.0
        self._backend = _Pinned(self._left)
        self._pool = httpcore.ConnectionPool(max_connections=KEPT_OPEN, keepalive_expiry=LONGEST_WAIT, retries=0,
                                             network_backend=self._backend)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def _left(self) -> float:
        rest = self._until - self._clock()
        if rest <= 0:
            raise httpcore.ReadTimeout("the deadline is over")
        return min(rest, LONGEST_WAIT)

    def ask(self, target: Target, headers: Mapping[str, str], until: float, most_bytes: int) -> Answer:
        """The answer of a target. Raises BadInput where there is none by `until`, or more than `most_bytes` of it."""
        self._until, self._backend.machine = until, target.machine
        name = target.host if ":" not in target.host else f"[{target.host}]"
        port = "" if target.port in (80, 443) else f":{target.port}"
        sent = [(b"Host", (name + port).encode()), *((key.encode(), value.encode()) for key, value in headers.items())]
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        try:
            with self._pool.stream("GET", url, headers=sent) as answer:
                found = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in answer.headers}
                raw = b"" if answer.status in range(300, 400) else self._body(answer, target, most_bytes)
                return Answer(answer.status, found, raw)
        except httpcore.TimeoutException:
            raise BadInput(f"{target.url!r} took too long: no whole answer before the deadline") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
            raise BadInput(f"{target.url!r} cannot be fetched: {type(error).__name__}: {error}") from None

    def _body(self, answer: httpcore.Response, target: Target, most_bytes: int) -> bytes:
        raw = bytearray()
        for piece in answer.iter_stream():
            raw += piece
            if len(raw) > most_bytes:
                raise BadInput(f"{target.url!r} is larger than {most_bytes / 2**20:.0f} MB")
            if self._clock() > self._until:
                raise BadInput(f"{target.url!r} took too long: its bytes drip without an end")
        return bytes(raw)
