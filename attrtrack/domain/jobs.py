"""Long work (批量任务): what was asked, how far it has come, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.access import Access

Told = Mapping[str, object]
"""What JSON can say: parameters, cursors and results of jobs."""


class JobKind(StrEnum):
    """What a job does."""

    IMPORT_LEDGER = "import-ledger"
    IMPORT_PAGES = "import-pages"
    RE_PROPOSE = "re-propose"
    RE_LINK = "re-link"
    AUDIT = "audit"
    EXPORT = "export"

    @property
    def chinese(self) -> str:
        """The work as officials call it."""
        return _KINDS[self]


_KINDS = {
    JobKind.IMPORT_LEDGER: "导入台账",
    JobKind.IMPORT_PAGES: "导入解读网页",
    JobKind.RE_PROPOSE: "重新提建议",
    JobKind.RE_LINK: "重新找关联",
    JobKind.AUDIT: "审查公开属性",
    JobKind.EXPORT: "导出年度清单",
}


class JobState(StrEnum):
    """How a job stands; the last three are its ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def chinese(self) -> str:
        """The word that officials read."""
        return _STATES[self]

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


_STATES = {
    JobState.QUEUED: "排队",
    JobState.RUNNING: "办理中",
    JobState.DONE: "完成",
    JobState.FAILED: "失败",
    JobState.CANCELLED: "已取消",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in for a job."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is asked: for whom, with what rights, what is kept of the files handed in, and what was refused of them already."""

    kind: JobKind
    parameters: Told
    access: Access
    unit: str | None
    origin: str
    files: tuple[Upload, ...] = ()
    result: Told | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the register (`J3`).

    `done` counts rows, pages, documents or interpretations of `total` (None: not counted yet); `access` is what its
    starter might do when it was started; `attempts` counts how often it was taken up, `fruitless` those since it last
    came further; `rate` is how much is done a second since it was last taken up.
    """

    id: str
    kind: JobKind
    parameters: Told
    state: JobState
    done: int
    total: int | None
    message: str | None
    started_by: str
    origin: str
    unit: str | None
    access: Access
    created: dt.datetime
    started: dt.datetime | None = None
    finished: dt.datetime | None = None
    heartbeat: dt.datetime | None = None
    attempts: int = 0
    fruitless: int = 0
    rate: float | None = None
    cancel_asked_by: str | None = None
    cursor: Told | None = None
    result: Told | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """The file that a job has made: its bytes, and until when it is kept."""

    size: int
    until: dt.datetime
