"""Hashing of passwords with argon2id, and the secrets of sessions and tokens.

The parameters are above OWASP's least (19 MiB, two passes): 32 MiB, three passes, one lane, so that forty sign-ins at
once stay near one gigabyte. A hash made under weaker ones is renewed when its password is next right.
"""

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from attrtrack.domain.passwords import LONGEST, normal_password

TOKEN_MARK = "atk_"  # noqa: S105 - begins every API token, so that scanners for leaked secrets can know it
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)


def hashed_password(password: str) -> str:
    """Return the argon2id hash of a password, with its salt and parameters."""
    return _HASHER.hash(normal_password(password))


def fits(password: str, known_hash: str | None) -> bool:
    """Whether the password is that of the hash; None takes as long and fits nothing.

    What is longer than any password can be is cut before it is hashed, and fits nothing.
    """
    typed = normal_password(password[: 2 * LONGEST])
    try:
        right = _HASHER.verify(known_hash or _nobodys_hash(), typed[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False
    return right and known_hash is not None and len(typed) <= LONGEST


def is_outdated(known_hash: str) -> bool:
    """Whether a hash was made under other parameters than today's."""
    return _HASHER.check_needs_rehash(known_hash)


def temporary_password(shortest: int) -> str:
    """Return a random password that is read out or written down once: groups of five, no characters easily mixed up."""
    groups = max(4, -(-(shortest + 1) // 6))
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(5)) for _ in range(groups))


def new_secret() -> str:
    """Return 256 random bits for a session."""
    return secrets.token_urlsafe(32)


def new_token() -> tuple[str, str]:
    """Return an API token of 256 random bits, and the beginning by which people recognise it."""
    prefix = secrets.token_hex(4)
    return f"{TOKEN_MARK}{prefix}_{secrets.token_urlsafe(32)}", TOKEN_MARK + prefix


def secret_hash(secret: str) -> str:
    """Return what is stored of a random secret; long random bits need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _nobodys_hash() -> str:
    """Make the hash that unknown logins are measured against, under the same parameters as all others."""
    return _HASHER.hash(secrets.token_urlsafe(32))
