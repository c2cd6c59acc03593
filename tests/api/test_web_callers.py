"""Whose address counts: the peer's own, or what a trusted proxy says; strangers' forwarding headers change nothing."""

import pytest
from starlette.types import Scope

from api.callers import Caller, Proxies, is_same_origin
from attrtrack.errors import UsageError

NETWORK = "10.0.0.0/24, unix, ::1"


def _scope(peer: str | None, *, scheme: str = "http", **headers: str) -> Scope:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = None if peer is None else (peer, 1)
    return {"type": "http", "client": client, "scheme": scheme, "headers": pairs}


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("10.0.0.1", "172.16.3.4", "172.16.3.4"),
        ("10.0.0.1", "1.1.1.1, 172.16.3.4", "172.16.3.4"),
        ("10.0.0.1", "172.16.3.4, 10.0.0.2", "172.16.3.4"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4, nonsense, 10.0.0.2", "10.0.0.2"),
        ("::ffff:10.0.0.1", "172.16.3.4", "172.16.3.4"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        (None, "172.16.3.4", "172.16.3.4"),
        ("192.168.1.1", "127.0.0.1", "192.168.1.1"),
    ],
)
def test_the_address_is_the_first_that_no_proxy_of_ours_has(peer: str | None, told: str, address: str) -> None:
    """Walked from the nearest proxy outwards; what cannot be read ends the walk."""
    found = Proxies(NETWORK).caller(_scope(peer, x_forwarded_for=told))
    assert found.address == address
    assert found.forwarded
    assert not found.is_local


@pytest.mark.parametrize(("peer", "secure"), [("10.0.0.1", True), ("192.168.1.1", False)])
def test_https_is_believed_of_a_trusted_proxy_only(peer: str, *, secure: bool) -> None:
    """A stranger cannot make the cookie's name change."""
    assert Proxies(NETWORK).caller(_scope(peer, x_forwarded_proto="https")).secure is secure
    assert not Proxies(NETWORK).caller(_scope(peer, x_forwarded_proto="http")).secure
    assert Proxies("").caller(_scope(peer, scheme="https")).secure


@pytest.mark.parametrize(
    "name", ["forwarded", "via", "x_forwarded_for", "x_forwarded_proto", "x_real_ip", "x_forwarded_host"]
)
def test_whoever_was_passed_on_is_not_at_this_desk(name: str) -> None:
    """A proxy on this machine speaks from 127.0.0.1; what it passes on must not be taken for the desk."""
    passed_on = _scope("127.0.0.1", **{name: "127.0.0.1"})
    assert not Proxies("").caller(passed_on).is_local
    assert not Proxies("127.0.0.1").caller(passed_on).is_local
    assert Proxies("").caller(_scope("127.0.0.1")).is_local
    assert Proxies("").caller(_scope("::ffff:127.0.0.1")).is_local


@pytest.mark.parametrize("peer", ["192.168.1.1", "testclient", None, ""])
def test_others_are_never_local(peer: str | None) -> None:
    """Neither another machine nor a socket nor what is no address."""
    assert not Proxies("").caller(_scope(peer)).is_local


def test_an_unreadable_setting_is_refused() -> None:
    """A name that is no address is not left out silently."""
    with pytest.raises(UsageError, match="ATTRTRACK_PROXIES"):
        Proxies("10.0.0.1, proxy.local")


def test_limits_count_a_network_of_ipv6_as_one() -> None:
    """A machine may take any of 2^64 addresses; of IPv4 each counts by itself."""
    assert Caller("2001:db8::1", secure=False, forwarded=False).counted_as == "2001:db8::/64"
    assert Caller("10.1.2.3", secure=False, forwarded=False).counted_as == "10.1.2.3"


@pytest.mark.parametrize(
    ("headers", "secure", "own"),
    [
        ({"host": "a:80"}, False, None),
        ({"host": "a:80", "origin": "http://a:80"}, False, True),
        ({"host": "a:80", "origin": "https://a:80"}, False, True),
        ({"host": "a:80", "origin": "http://a:80"}, True, False),
        ({"host": "a", "origin": "https://a.evil"}, True, False),
        ({"host": "a", "origin": "null"}, True, False),
        ({"host": "a", "origin": "https://a", "sec-fetch-site": "cross-site"}, True, False),
        ({"host": "a", "origin": "https://b", "sec-fetch-site": "same-origin"}, True, False),
        ({"host": "a", "sec-fetch-site": "same-origin"}, True, True),
        ({"host": "a", "sec-fetch-site": "same-site"}, True, False),
        ({"host": "a", "sec-fetch-site": "none"}, True, False),
    ],
)
def test_the_page_a_request_comes_from_is_known_by_two_headers(
    headers: dict[str, str], own: bool | None, *, secure: bool
) -> None:
    """Both must say that it is our own; with neither nothing is known."""
    assert is_same_origin(headers, secure=secure) is own
