"""The two digests of the journal, SHA-256 and SM3 (GB/T 32905), and the functions that SQLite's triggers call.

SQLite has no digest of its own. Its triggers therefore call functions of the connection, which only this program's
engine registers: a plain connection may read, and every write of it fails with "no such function: attrtrack_hash".
PostgreSQL computes the same in its own functions (see `guards_0008_postgresql`).
"""

import datetime as dt
import functools
import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.columns import moment_text

SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)
OUTSIDE = "outside:"
"""How the actor of an entry begins that no unit of work of this program wrote."""


@dataclass(slots=True)
class Acting:
    """Who writes on a connection, from where, and when; as it stands here nobody of this program does."""

    actor: str = f"{OUTSIDE}sqlite"
    origin: str = OUTSIDE
    at: str | None = None
    sealed: str = ""

    def begin(self, actor: str, origin: str, now: dt.datetime | None) -> None:
        """Let one transaction be somebody's; the database's own clock speaks where no time is given."""
        self.actor, self.origin, self.at = actor, origin, None if now is None else moment_text(now)

    def end(self) -> None:
        """Let the connection be nobody's again."""
        self.actor, self.origin, self.at = f"{OUTSIDE}sqlite", OUTSIDE, None

    def seal(self, algorithm: str, told: str) -> str:
        """Return the hash of an entry and keep it, so that the journal takes none that was not computed here and now."""
        self.sealed = digest_of(algorithm, told)
        return self.sealed


def digest_of(algorithm: str, told: str) -> str:
    """Return the digest of a text's UTF-8 as 64 hex digits; an unknown algorithm is a ValueError."""
    if algorithm == SHA256:
        return hashlib.sha256(told.encode()).hexdigest()
    return str(hasher(algorithm)(told.encode()).hexdigest())


def hasher(algorithm: str) -> Callable[[bytes], Any]:
    """Return the constructor of a digest; `StorageUnusableError` where this machine cannot compute SM3."""
    if algorithm == SHA256:
        return hashlib.sha256
    if algorithm != SM3:
        raise ValueError(f"no such digest: {algorithm[:20]}")
    return _sm3()


@functools.cache
def _sm3() -> Callable[[bytes], Any]:
    if SM3 in hashlib.algorithms_available:
        return functools.partial(hashlib.new, SM3)
    try:
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - only where OpenSSL of Python lacks SM3
    except ImportError as error:
        raise StorageUnusableError(
            "本机的 Python 不支持 SM3：请安装 cryptography，或把 ATTRTRACK_JOURNAL_HASH 设为 sha256。"
        ) from error
    return functools.partial(_Sm3OfCryptography, hashes)


class _Sm3OfCryptography:
    """SM3 by OpenSSL of `cryptography`, as hashlib would give it."""

    def __init__(self, hashes: Any, data: bytes) -> None:  # noqa: ANN401 - a module imported where it is needed
        self._hash = hashes.Hash(hashes.SM3())
        self._hash.update(data)

    def hexdigest(self) -> str:
        """Return the digest as hex."""
        return str(self._hash.finalize().hex())


def float_bits(value: float | None) -> str | None:
    """Print a number by its bits, since the two databases print the same number in different words."""
    return None if value is None else struct.pack(">d", value).hex()


def register_functions(connection: Any, acting: Acting) -> None:  # noqa: ANN401 - a driver's connection has no common type
    """Give a SQLite connection the functions that the journal's triggers call."""
    connection.create_function("attrtrack_hash", 2, digest_of, deterministic=True)
    connection.create_function("attrtrack_float", 1, float_bits, deterministic=True)
    connection.create_function("attrtrack_seal", 2, acting.seal)
    connection.create_function("attrtrack_sealed", 0, lambda: acting.sealed)
    connection.create_function("attrtrack_actor", 0, lambda: acting.actor)
    connection.create_function("attrtrack_origin", 0, lambda: acting.origin)
    connection.create_function("attrtrack_now", 0, lambda: acting.at)
