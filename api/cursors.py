"""Cursors: where a list goes on, told by the key of the last row shown, so that rows added meanwhile shift nothing.

Decision: a cursor is no secret and bears no signature: it holds a place, never a right (who asks is asked again on every
page), and it names the list and the filters that it belongs to, so that one of another list or of other filters is refused.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

from attrtrack.errors import UsageError

_FOREIGN = "cursor 不是这个列表给出的：请从第一页重新读，筛选条件也要与上一页相同。"
_DIGEST = 12
_LARGEST = 10**15

CursorText = Annotated[
    str | None,
    Query(max_length=200, pattern="^[A-Za-z0-9_-]+$", description="从哪里接着读：上一页答复中的 next；不写为第一页"),
]
PageSize = Annotated[int, Query(ge=1, le=500, description="最多几行")]
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list under one set of filters; its cursors open no other."""

    name: str
    filters: Mapping[str, object]

    def cursor(self, *key: int) -> str:
        """Return the cursor of the rows after the one with this key."""
        body = json.dumps([self._mark(), *key], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(body).rstrip(b"=").decode()

    def after(self, cursor: str | None, *, parts: int = 1) -> tuple[int, ...] | None:
        """Return the key that a cursor of this list holds, None for the first page; `UsageError` for a foreign one."""
        if cursor is None:
            return None
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            mark, *key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise UsageError(_FOREIGN) from error
        whole = len(key) == parts and all(type(part) is int and 0 <= part < _LARGEST for part in key)
        if mark != self._mark() or not whole:
            raise UsageError(_FOREIGN)
        return tuple(key)

    def _mark(self) -> str:
        told = json.dumps([self.name, sorted(self.filters.items())], ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:_DIGEST]


@dataclass(frozen=True, slots=True)
class Part(Generic[_Item]):
    """The rows of one page and the cursor of the next, None on the last."""

    rows: Sequence[_Item]
    next: str | None


def part_of(
    found: Sequence[_Item], limit: int, listing: Listing, key: Callable[[_Item], tuple[int, ...]]
) -> Part[_Item]:
    """Cut a page out of rows of which one more than `limit` was asked for."""
    rows = found[:limit]
    return Part(rows, listing.cursor(*key(rows[-1])) if len(found) > limit else None)


def number_of(identifier: str) -> int:
    """Return the key in an id (`D12` is 12)."""
    return int(identifier[1:])
