"""Whether the program can do its work now: register, guards, model, disk."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from attrtrack.domain.decisions import State
from attrtrack.errors import AttrtrackError, EnvironmentFailedError, told
from attrtrack.workflow.app import App

LEAST_FREE = 200 * 1024 * 1024
"""Bytes that must be free where the register lies: less, and the next import may not fit."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of the program: its name, and what is the matter with it (None: nothing)."""

    part: str
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of the register as a whole, with nothing of any document."""

    documents: dict[State, int]
    journal: int


def readiness(app: App) -> tuple[Checked, ...]:
    """Look at every part that can be seen from here; nobody needs to be acting."""
    return (
        _checked("database", lambda: _ask(app)),
        _checked("guards", lambda: _verify(app)),
        _checked("model", lambda: _load(app)),
        *_of_the_disk(app),
    )


def standing(app: App) -> Standing:
    """Count documents by state and entries of the journal."""
    with app.store.reading() as work:
        head = work.journal.head()
        return Standing(work.queries.count_by_state(), head.sequence if head else 0)


def _checked(part: str, look: Callable[[], None]) -> Checked:
    try:
        look()
    except AttrtrackError as error:
        return Checked(part, error.message)
    return Checked(part, None)


def _ask(app: App) -> None:
    with app.store.reading() as work:
        work.journal.head()


def _verify(app: App) -> None:
    app.store.verify()


def _load(app: App) -> None:
    """A register without a trained model works by rules and marks; one that does not fit the program is trouble."""
    app.proposer.model  # noqa: B018 - loading is what is asked


def _of_the_disk(app: App) -> tuple[Checked, ...]:
    """Look at the disk; of a server's disk, which is not seen from here, nothing is said rather than that it is well."""
    checked = _checked("disk", lambda: _measure(app))
    return () if checked.trouble is None and app.store.folder is None else (checked,)


def _measure(app: App) -> None:
    folder = app.store.folder
    if folder is None:
        return
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise EnvironmentFailedError(f"登记所在的磁盘看不到：{told(error)}。") from error
    if free < LEAST_FREE:
        raise EnvironmentFailedError(f"登记所在的磁盘只剩 {free // 1_048_576} MB：请尽快清理。")
