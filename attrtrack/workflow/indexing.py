"""The search index, made again along the journal before somebody searches.

Decision: whoever searches pays for what was written since somebody last searched. A first index of many records is not
waited for at a page: it is made for a few seconds at each search, which says that it is not whole yet, until it is.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.errors import StorageUnusableError
from attrtrack.workflow.app import App

_ACTOR = "system"
_PATIENCE = 2.0


class IndexState(StrEnum):
    """How far the index tells of the register: all, all but the newest changes, only a part."""

    CURRENT = "current"
    BEHIND = "behind"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many records have been indexed of how many."""

    done: int
    total: int


def indexed(app: App, *, seconds: float) -> IndexState:
    """Bring the index to the register as it is now, for so long at most; say how far it is then.

    A register that cannot be written, or whose writer does not give way, is searched as it was last indexed.
    """
    until = time.monotonic() + seconds
    try:
        with app.store.reading() as work:
            if not work.search_renewal.behind():
                return IndexState.CURRENT
        for _ in indexing(app):
            if time.monotonic() > until:
                break
    except StorageUnusableError:
        pass
    with app.store.reading() as work:
        renewal = work.search_renewal
        if not renewal.whole():
            return IndexState.PARTIAL
        return IndexState.BEHIND if renewal.behind() else IndexState.CURRENT


def indexing(app: App, *, patience: float | None = _PATIENCE) -> Iterator[Indexed]:
    """Index what is behind, part by part, each a transaction of its own; yield how far it is."""
    with app.store.reading() as work:
        total = 0 if work.search_renewal.whole() else work.search_renewal.count()
    done = 0
    while True:
        with app.store.unit_of_work(_ACTOR, _ACTOR, patience=patience) as work:
            made = work.search_renewal.step()
            more = made is not None and work.search_renewal.behind()
        done += made or 0
        yield Indexed(done, max(total, done))
        if not more:
            return


def indexed_anew(app: App) -> Iterator[Indexed]:
    """Empty the index and make it from the first, for an administrator who doubts it; searches meanwhile say that they are partial."""
    with app.store.unit_of_work(_ACTOR, _ACTOR) as work:
        work.search_renewal.forget_all()
    yield from indexing(app, patience=None)


def index_settled(app: App) -> Iterator[Indexed]:
    """Do the same after an import; a register that cannot be written now is indexed by whoever searches."""
    with suppress(StorageUnusableError):
        yield from indexing(app)
