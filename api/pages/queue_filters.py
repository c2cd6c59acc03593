"""What a queue is narrowed to, in addresses: every page and form of the queue carries it along, so that the way back is the same list."""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from api.cursors import Listing
from attrtrack.domain.worklist import WaitsFor
from attrtrack.errors import UsageError
from attrtrack.workflow.queueing import Place, Wanted

_PARTS = 3
_FIRST, _LAST = 1949, 2100
_Code = Annotated[str, Query(max_length=40)]
_Name = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A queue as an address names it."""

    wanted: Wanted

    @property
    def named(self) -> dict[str, str]:
        """The filters that are set, as an address writes them."""
        wanted = self.wanted
        given = {
            "waits": wanted.waits_for.value if wanted.waits_for else None,
            "unit": wanted.unit,
            "year": str(wanted.year) if wanted.year else None,
            "genre": wanted.genre,
            "reason": wanted.reason,
            "drafter": wanted.drafter,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set beside the tab."""
        return bool(set(self.named) - {"waits"})

    def link(self, path: str = "/queue", **more: str) -> str:
        """Return an address with the same filters."""
        query = urlencode({**self.named, **more})
        return f"{path}?{query}" if query else path

    def waiting_for(self, waits_for: WaitsFor | None) -> "Narrowed":
        """Return the same filters under another tab."""
        return Narrowed(replace(self.wanted, waits_for=waits_for))

    def cursor(self, place: Place) -> str:
        """Write a place of this queue as a cursor."""
        return Listing("queue", self.named).cursor(*place)

    def place(self, cursor: str | None) -> Place | None:
        """Read a cursor of this queue; `UsageError` for another's."""
        return Listing("queue", self.named).after(cursor, parts=_PARTS)


def the_narrowed(
    *, waits: _Code = "", unit: _Name = "", year: _Code = "", genre: _Code = "", reason: _Code = "", drafter: _Name = ""
) -> Narrowed:
    """Read the filters of an address; empty means not narrowed."""
    if waits and waits not in set(WaitsFor):
        raise UsageError("没有这种待办：请从“办理”页的分类进入。")
    if year and not (year.isascii() and year.isdecimal() and _FIRST <= int(year) <= _LAST):
        raise UsageError(f"年度应是 {_FIRST}—{_LAST} 之间的四位数字，例如 2023。")
    return Narrowed(
        Wanted(
            WaitsFor(waits) if waits else None,
            unit=unit or None,
            year=int(year) if year else None,
            genre=genre or None,
            reason=reason or None,
            drafter=drafter or None,
        )
    )


TheQueue = Annotated[Narrowed, Depends(the_narrowed)]
