"""How letters are parted into seen and unseen: by whole writers, or by issuer and year; never by random rows."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attrtrack.nlp.corpus import LetterRow

_FOLDS = 5


def writer_groups(rows: Sequence[LetterRow], most: int | None = None) -> list[int]:
    """Return the group of each row: whole writers, in at most `most` groups of about equal size (None: one each).

    The writer with the most letters goes first, each to the group that has the fewest so far; ties go by name.
    """
    letters = Counter(row.writer for row in rows)
    writers = sorted(letters, key=lambda writer: (-letters[writer], writer))
    sizes = [0] * min(most or len(writers), len(writers))
    group_of: dict[str, int] = {}
    for writer in writers:
        group_of[writer] = sizes.index(min(sizes))
        sizes[group_of[writer]] += letters[writer]
    return [group_of[row.writer] for row in rows]


def issuer_year_groups(rows: Sequence[LetterRow]) -> list[int]:
    """Return the group of each row: all letters of one issuer and year go to one of five folds, by a hash of both."""
    return [int(hashlib.sha256(f"{row.issuer}{row.year}".encode()).hexdigest(), 16) % _FOLDS for row in rows]


@dataclass(frozen=True, slots=True)
class Split:
    """A way to hold letters out: its name, what people read, and the group of each row."""

    name: str
    chinese: str
    groups: Callable[[Sequence[LetterRow]], list[int]]


SPLITS = (
    Split("unseen-writers", "按撰写人留出（以此为准）", writer_groups),
    Split("unseen-issuer-years", "按发文机关和年份留出", issuer_year_groups),
)
