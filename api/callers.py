"""Where a request comes from: the peer itself, or what a trusted proxy says of whom it speaks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from attrtrack.errors import UsageError

SOCKET = "unix"
"""How a peer on a socket file is named, in the setting and as an address."""

FORWARDING = frozenset(
    {"forwarded", "via", "x-forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)
"""Headers that only a program between browser and server adds; whoever sends one is not at this desk."""

_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """The address a request comes from, whether it came by https, and whether somebody passed it on."""

    address: str
    secure: bool
    forwarded: bool

    @property
    def is_local(self) -> bool:
        """Whether a person at this machine asks, with nobody between."""
        found = _address(self.address)
        return not self.forwarded and found is not None and found.is_loopback

    @property
    def origin(self) -> str:
        """How the journal names the place."""
        return f"web {self.address}"

    @property
    def counted_as(self) -> str:
        """Whom limits count: the address; of IPv6 its network, since a machine has as many addresses as it likes."""
        found = _address(self.address)
        if isinstance(found, IPv6Address):
            return str(IPv6Network((found, _IPV6_NETWORK), strict=False))
        return self.address


class Proxies:
    """The machines whose forwarding headers are believed (`ATTRTRACK_PROXIES`: addresses, networks, `unix`)."""

    def __init__(self, setting: str) -> None:
        names = [name.strip() for name in setting.split(",") if name.strip()]
        self._socket = SOCKET in names
        self._networks = [_network(name) for name in names if name != SOCKET]

    def caller(self, scope: Scope) -> Caller:
        """Return who asks; forwarding headers of a stranger change neither address nor scheme."""
        client = scope.get("client")
        peer = str(client[0]) if client and client[0] else SOCKET
        headers = Headers(scope=scope)
        forwarded = any(name in headers for name in FORWARDING)
        secure = scope.get("scheme") == "https"
        if forwarded and self._trusts(peer):
            told = headers.getlist("x-forwarded-proto")
            secure = secure or (bool(told) and told[-1].rpartition(",")[2].strip().lower() == "https")
            return Caller(self._first_stranger(peer, headers), secure, forwarded=True)
        return Caller(_plain(peer), secure, forwarded)

    def _first_stranger(self, peer: str, headers: Headers) -> str:
        """Walk back from the nearest proxy to the first address that is none of ours."""
        told = ",".join(headers.getlist("x-forwarded-for"))
        seen = peer
        for item in reversed([part.strip() for part in told.split(",")]):
            found = _address(item)
            if found is None:
                break
            seen = str(found)
            if not self._trusts(seen):
                break
        return _plain(seen)

    def _trusts(self, peer: str) -> bool:
        if peer == SOCKET:
            return self._socket
        found = _address(peer)
        return found is not None and any(found in network for network in self._networks)


def is_same_origin(headers: Mapping[str, str], *, secure: bool) -> bool | None:
    """Say whether a browser sent the request from our own page; None when no browser says anything.

    `Origin` of a page opened through a proxy that is not trusted names https where we see http: the name decides then.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    if origin is None:
        return True if site == "same-origin" else None
    schemes = ("https",) if secure else ("http", "https")
    return origin.lower() in {f"{scheme}://{headers.get('host', '').lower()}" for scheme in schemes}


def _network(name: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(name, strict=False)
    except ValueError as error:
        raise UsageError(
            f"ATTRTRACK_PROXIES 中的“{name[:50]}”不是地址：请写代理服务器的 IP 地址或网段，以逗号分隔。"
        ) from error


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _plain(text: str) -> str:
    found = _address(text)
    return str(found) if found is not None else text[:50]


def addresses(names: Iterable[str]) -> frozenset[str]:
    """Return names of hosts as they are compared: trimmed, in lower case, none empty."""
    return frozenset(name.strip().lower() for name in names if name.strip())
