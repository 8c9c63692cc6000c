"""Which addresses may be fetched: http and https on their own ports, at hosts of the open internet only."""

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import msgspec

from verbale.errors import BadInput

PORTS = {"http": 80, "https": 443}
Resolver = Callable[[str, int], list[str]]
AS_WRITTEN = "/%:@!$&'()*+,;=~-._?[]|"
"""What stays in a path or query as it is written; other letters (Cyrillic, blanks) go as percent signs."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Target(msgspec.Struct, frozen=True):
    """An address that passed: what to ask, and the one machine to ask it of, so that no second look-up can move it."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    machine: str
    """The IP address to connect to."""


def resolved(host: str, port: int) -> list[str]:
    """Every IP address of a host. Raises BadInput where it has none."""
    try:
        return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{host} has no address: {error}") from None


def checked(url: str, resolver: Resolver = resolved, opens_loopback: bool = False) -> Target:
    """The target of an address. Raises BadInput for anything but the open internet, whatever it is spelt like.

    Every address of the host must be public: one private one among them refuses it. `opens_loopback` is for tests:
    127.0.0.1 and its ports are then allowed, and nothing else more.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise BadInput(f"{url!r} is no address: {error}") from None
    if parts.scheme not in PORTS:
        raise BadInput(f"{url!r} is not fetched: only http and https are")
    if not host or parts.username is not None or parts.password is not None:
        raise BadInput(f"{url!r} is not fetched: it {'names a user' if host else 'has no host'}")
    machines = resolver(host, port)
    is_home = opens_loopback and all(one in ("127.0.0.1", "::1") for one in machines)
    if not is_home:
        if port not in PORTS.values():
            raise BadInput(f"{url!r} is not fetched: port {port} is not 80 or 443")
        private = next((one for one in machines if not is_public(one)), None)
        if private is not None or not machines:
            raise BadInput(f"{url!r} is not fetched: {host} is {private or 'nowhere'}, not on the open internet")
    path = quote(parts.path or "/", AS_WRITTEN) + (f"?{quote(parts.query, AS_WRITTEN)}" if parts.query else "")
    return Target(url.strip(), parts.scheme, _in_ascii(host, url), port, path, machines[0])


def _in_ascii(host: str, url: str) -> str:
    """A host's name as the wire has it: `кремль.рф` in its letters of ASCII."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadInput(f"{url!r} is no address: its host has no name that can be asked for") from None


def is_public(machine: str) -> bool:
    """Whether an IP address is of the open internet; one that wraps another is judged by the inner one too."""
    try:
        address = ipaddress.ip_address(machine.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
