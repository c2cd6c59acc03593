"""What the provider's answers are checked for: every lie about a token is refused, every other fault is told as its own."""

import base64
import datetime as dt
import json
import time
from collections.abc import Callable, Iterator

import pytest
from joserfc.jwk import RSAKey
from oidc_server import CLIENT, SECRET, SUBJECT, Claims, LyingProvider, lying_provider

from api.oidc import Way, new_way
from api.provider import LARGEST, Provider
from attrtrack.errors import AttrtrackError, EnvironmentFailedError, SignInRefusedError, UsageError

HERE = "http://127.0.0.1:8000/sign-in/elsewhere/back"


@pytest.fixture(scope="module")
def served() -> Iterator[LyingProvider]:
    """Serve one provider to all tests of this file."""
    with lying_provider() as provider:
        yield provider


@pytest.fixture
def liar(served: LyingProvider) -> LyingProvider:
    """Return the provider with no lie told yet."""
    served.mint, served.metadata, served.answers = None, {}, {}
    return served


def _provider(liar: LyingProvider) -> Provider:
    return Provider(liar.issuer, CLIENT, SECRET)


def _way() -> Way:
    return new_way("/", _now())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _subject(liar: LyingProvider, way: Way | None = None, *, here: str = HERE) -> str:
    way = way or _way()
    provider = _provider(liar)
    back = liar.visited(provider.way_there(way, HERE))
    assert back["state"] == way.state
    return provider.subject(way, back["code"], redirect_uri=here, now=_now())


def test_an_honest_provider_names_the_person(liar: LyingProvider) -> None:
    """The whole way: challenge, code, verifier, token, signature, claims."""
    assert _subject(liar) == SUBJECT


def _unsigned(_: LyingProvider, claims: Claims) -> str:
    def part(value: Claims) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none', 'kid': 'one'})}.{part(claims)}."


def _signed_by_the_public_key(liar: LyingProvider, claims: Claims) -> str:
    import hashlib  # noqa: PLC0415 - only this lie needs it
    import hmac  # noqa: PLC0415 - the same

    def part(value: Claims) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    body = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(claims)}"
    digest = hmac.digest(liar.key.as_pem(private=False), body.encode(), hashlib.sha256)
    return f"{body}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _signed_by_another(liar: LyingProvider, claims: Claims) -> str:
    return liar.signed(claims, key=RSAKey.generate_key(2048, {"kid": "one"}))


def _changed_after_signing(liar: LyingProvider, claims: Claims) -> str:
    header, _, seal = liar.signed(claims).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "somebody-else"}).encode()).decode().rstrip("=")
    return f"{header}.{body}.{seal}"


def _with(**changed: object) -> Callable[[LyingProvider, Claims], str]:
    def mint(liar: LyingProvider, claims: Claims) -> str:
        return liar.signed({name: value for name, value in {**claims, **changed}.items() if value is not None})

    return mint


_NOW = int(time.time())
LIES: dict[str, Callable[[LyingProvider, Claims], str]] = {
    "no signature": _unsigned,
    "signed by the public key as a shared secret": _signed_by_the_public_key,
    "signed by another key": _signed_by_another,
    "changed after signing": _changed_after_signing,
    "another nonce": _with(nonce="another"),
    "no nonce": _with(nonce=None),
    "an empty nonce": _with(nonce=""),
    "another audience": _with(aud="another"),
    "several audiences and no party": _with(aud=[CLIENT, "another"]),
    "another party": _with(azp="another"),
    "no audience": _with(aud=None),
    "another issuer": _with(iss="https://another.example"),
    "no issuer": _with(iss=None),
    "expired": _with(exp=_NOW - 600),
    "no expiry": _with(exp=None),
    "expiry that is no number": _with(exp="tomorrow"),
    "made long ago": _with(iat=_NOW - 7200),
    "made in the future": _with(iat=_NOW + 7200),
    "not valid yet": _with(nbf=_NOW + 7200),
    "nobody": _with(sub=None),
    "an empty subject": _with(sub=""),
    "a subject that is no text": _with(sub=7),
    "no token at all": lambda _liar, _claims: "",
    "no token but words": lambda _liar, _claims: "not.a.token",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_token_is_refused(liar: LyingProvider, lie: str) -> None:
    """Nobody is let in, whichever part of the token is wrong."""
    liar.mint = LIES[lie]
    with pytest.raises(SignInRefusedError):
        _subject(liar)


def test_a_code_is_good_once_and_for_its_own_way_only(liar: LyingProvider) -> None:
    """Another browser's verifier, another address or a second use gets nothing."""
    provider, way = _provider(liar), _way()
    with pytest.raises(SignInRefusedError):
        provider.subject(_way(), liar.visited(provider.way_there(way, HERE))["code"], redirect_uri=HERE, now=_now())
    with pytest.raises(SignInRefusedError):
        _subject(liar, here="http://127.0.0.1:8000/elsewhere")
    code = liar.visited(provider.way_there(way, HERE))["code"]
    assert provider.subject(way, code, redirect_uri=HERE, now=_now()) == SUBJECT
    with pytest.raises(SignInRefusedError):
        provider.subject(way, code, redirect_uri=HERE, now=_now())


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/.well-known/openid-configuration", 500, b"{}"),
        ("/.well-known/openid-configuration", 200, b"[]"),
        ("/.well-known/openid-configuration", 200, b"\xff\xfe"),
        ("/.well-known/openid-configuration", 200, b'{"x": "' + b"x" * LARGEST + b'"}'),
        ("/.well-known/openid-configuration", 302, b"http://169.254.169.254/"),
        ("/token", 500, b"{}"),
        ("/token", 302, b"http://169.254.169.254/"),
        ("/jwks", 404, b"{}"),
    ],
)
def test_a_provider_that_fails_is_told_as_such(liar: LyingProvider, path: str, status: int, body: bytes) -> None:
    """No redirection is followed, nothing large is kept, nobody is let in."""
    liar.answers = {path: (status, body)}
    with pytest.raises(EnvironmentFailedError):
        _subject(liar)


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://another.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"token_endpoint": None},
        {"jwks_uri": "http://10.0.0.1/jwks"},
        {"authorization_endpoint": "http://10.0.0.1/authorize"},
    ],
)
def test_a_provider_that_names_unsafe_addresses_is_refused(liar: LyingProvider, lie: Claims) -> None:
    """Another issuer, plain http to another machine, or no web address."""
    liar.metadata = lie
    with pytest.raises(EnvironmentFailedError):
        _subject(liar)


def test_keys_that_are_none_let_nobody_in(liar: LyingProvider) -> None:
    """An empty or a broken set of keys."""
    for body in (b'{"keys": []}', b'{"keys": [{"kty": "RSA"}]}', b'{"keys": "none"}'):
        liar.answers = {"/jwks": (200, body)}
        with pytest.raises(AttrtrackError):
            _subject(liar)


def test_a_provider_that_is_not_there_is_told_as_such() -> None:
    """The sentence says that one may sign in by password."""
    with pytest.raises(EnvironmentFailedError, match="口令"):
        Provider("http://127.0.0.1:9", CLIENT, SECRET).way_there(_way(), HERE)


@pytest.mark.parametrize("issuer", ["http://idp.example", "ftp://idp.example", "idp.example", "https://"])
def test_an_issuer_must_be_https(issuer: str) -> None:
    """Over plain http anybody on the way could vouch for anybody."""
    with pytest.raises(UsageError, match="ATTRTRACK_OIDC_ISSUER"):
        Provider(issuer, CLIENT, SECRET)
