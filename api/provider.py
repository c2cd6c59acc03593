"""The identity provider's side of an OIDC sign-in, through Authlib: addresses, the exchange of the code, the token's checks.

Decisions: only signatures by a public key are taken (never `none`, never a shared secret); the provider's addresses and
keys are asked for at each sign-in, so that a changed key needs no restart; answers are small, in time, and never redirected.
"""

import datetime as dt
import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.oidc import Way
from attrtrack.errors import EnvironmentFailedError, SignInRefusedError, UsageError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
SECONDS = 10.0
LARGEST = 512 * 1024
LEEWAY = dt.timedelta(seconds=60)
OLDEST = dt.timedelta(minutes=10)
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider that an office has set, and by which name and secret it knows this program."""

    issuer: str
    client_id: str
    secret: str

    def __post_init__(self) -> None:
        """Refuse an issuer whose answers anybody on the way could change."""
        if not _is_safe(urlsplit(self.issuer)):
            raise UsageError("ATTRTRACK_OIDC_ISSUER 须是 https 地址（只有本机可用 http）：请核对统一身份认证的地址。")

    def way_there(self, way: Way, redirect_uri: str) -> str:
        """Return the address at the provider to which the browser is sent."""
        return str(
            prepare_grant_uri(
                self._address("authorization_endpoint", self._metadata()),
                self.client_id,
                "code",
                redirect_uri=redirect_uri,
                scope="openid",
                state=way.state,
                nonce=way.nonce,
                code_challenge=create_s256_code_challenge(way.verifier),
                code_challenge_method="S256",
            )
        )

    def subject(self, way: Way, code: str, *, redirect_uri: str, now: dt.datetime) -> str:
        """Exchange the code for a token, check it, and return whom the provider vouches for.

        Raises `SignInRefusedError` where anything about the token is wrong, `EnvironmentFailedError` where nobody answers.
        """
        metadata = self._metadata()
        token = self._exchange(metadata, code, verifier=way.verifier, redirect_uri=redirect_uri)
        keys = _asked(self._address("jwks_uri", metadata))
        try:
            decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
            claims = CodeIDToken(decoded.claims, decoded.header, self._expected(), self._parameters(way))
            claims.validate(int(now.timestamp()), int(LEEWAY.total_seconds()))
            _ensure_fresh(claims, now)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise refused(type(error).__name__) from error
        return str(claims["sub"])

    def _expected(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True},
        }

    def _parameters(self, way: Way) -> dict[str, Any]:
        return {"nonce": way.nonce, "client_id": self.client_id}

    def _metadata(self) -> dict[str, Any]:
        found = _asked(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise EnvironmentFailedError("统一身份认证自报的 issuer 与设置不同：请管理员核对 ATTRTRACK_OIDC_ISSUER。")
        return found

    def _address(self, name: str, metadata: Mapping[str, Any]) -> str:
        address = metadata.get(name)
        if not isinstance(address, str) or not _is_safe(urlsplit(address)):
            raise EnvironmentFailedError(f"统一身份认证没有给出可用的 {name}：请联系管理员。")
        return address

    def _exchange(self, metadata: Mapping[str, Any], code: str, *, verifier: str, redirect_uri: str) -> str:
        address = self._address("token_endpoint", metadata)
        body = prepare_token_request("authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=verifier)
        known = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        uri, headers, body = ClientAuth(self.client_id, self.secret, method).prepare("POST", address, headers, body)
        token = _asked(uri, method="POST", headers=headers, body=body).get("id_token")
        if not isinstance(token, str):
            raise refused("no id_token")
        return token


def refused(why: str) -> SignInRefusedError:
    """Make the refusal; what exactly was wrong is for the log, not for who tries."""
    error = SignInRefusedError("统一身份认证没有通过，没有登录：请重新登录；仍不行时请联系系统管理员。")
    error.add_note(why)
    return error


def _ensure_fresh(claims: Mapping[str, Any], now: dt.datetime) -> None:
    """Refuse a token that was made for an earlier sign-in."""
    if now.timestamp() - float(claims["iat"]) > OLDEST.total_seconds():
        raise refused("token too old")


def _is_safe(parts: SplitResult) -> bool:
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL))


def _asked(
    address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: str | None = None
) -> dict[str, Any]:
    """Ask the provider and return the JSON object it answers; a refusal of the code is ours, all else is its failure."""
    parts = urlsplit(address)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = _connection(parts)
    try:
        connection.request(method, target, body=body, headers=dict(headers or {"Accept": "application/json"}))
        answer = connection.getresponse()
        data = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise EnvironmentFailedError("统一身份认证没有应答：请稍后再试，或用口令登录。") from error
    finally:
        connection.close()
    if method == "POST" and http.HTTPStatus.BAD_REQUEST <= answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise refused(f"token endpoint {answer.status}")
    try:
        found = json.loads(data) if answer.status == http.HTTPStatus.OK and len(data) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise EnvironmentFailedError("统一身份认证的应答读不懂：请稍后再试，或用口令登录。")
    return found


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
