"""Files kept with a recorded document: the original as it came, and the public versions made of it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

MAX_KEPT = 25 * 1024 * 1024
"""Bytes that a kept file may have, as uploads."""


class FileKind(StrEnum):
    """What a kept file is to its document."""

    ORIGINAL = "original"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class FileNote:
    """What is known of a kept file without its bytes; `id` is `F3`, `sha256` the hex digest of the bytes.

    `cut` is the last entry of the cuts on which a public version rests (`X5`), None for an original.
    """

    id: str
    kind: FileKind
    name: str
    format: str
    size: int
    sha256: str
    kept_at: dt.datetime
    kept_by: str
    cut: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file with its bytes, proven against the digest that the journal covers."""

    note: FileNote
    content: bytes
