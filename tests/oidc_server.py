"""An identity provider on this machine that checks what a real one checks, and lies in the way a test asks for."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET, SUBJECT = "attrtrack", "a secret of the client's own", "person-7"
Claims = dict[str, Any]
Minted = Callable[["LyingProvider", Claims], str]


@dataclass
class LyingProvider:
    """What the provider knows, and the lies it tells: about the token, its own addresses, the answer's bytes."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    mint: Minted | None = None
    metadata: Claims = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def visited(self, address: str) -> dict[str, str]:
        """Do what the browser and the person would do at the provider: return what it sends back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}-{time.monotonic_ns()}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def claims(self, asked: dict[str, str]) -> Claims:
        """Return what an honest token says."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }

    def signed(self, claims: Claims, *, key: RSAKey | None = None, **header: str) -> str:
        """Return a token as an honest provider signs it."""
        return jwt.encode({"alg": "RS256", "kid": "one", **header}, claims, key or self.key)

    def told(self, path: str) -> tuple[int, bytes]:
        """Answer a GET."""
        if path in self.answers:
            return self.answers[path]
        if path == "/jwks":
            return 200, json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()
        if path == "/.well-known/openid-configuration":
            own = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            }
            return 200, json.dumps({**own, **self.metadata}).encode()
        return 404, b"{}"

    def exchanged(self, authorization: str, form: dict[str, str]) -> tuple[int, bytes]:
        """Give a token for a code: once, to the right client, by the right verifier, for the same address."""
        if "/token" in self.answers:
            return self.answers["/token"]
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if authorization != f"Basic {expected}":
            return 401, b'{"error": "invalid_client"}'
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, b'{"error": "invalid_grant"}'
        claims = self.claims(asked)
        token = self.mint(self, claims) if self.mint else self.signed(claims)
        return 200, json.dumps({"access_token": "unused", "token_type": "Bearer", "id_token": token}).encode()


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Serve a provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(*provider.told(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*provider.exchanged(self.headers.get("Authorization", ""), form))

        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status in {301, 302}:
                self.send_header("Location", body.decode())
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = LyingProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
