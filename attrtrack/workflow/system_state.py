"""How the system stands, for whoever looks after it: its parts, its register, the work under way; no word of a document."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import Job
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.readiness import Checked, readiness, standing

if TYPE_CHECKING:
    from attrtrack.storage.facts import RegisterFacts

_NEWEST = 100


@dataclass(frozen=True, slots=True)
class SystemState:
    """What there is: parts with their trouble, the register's facts and numbers, jobs that have not ended, the last backup."""

    parts: Sequence[Checked]
    register: "RegisterFacts"
    documents: Mapping[State, int]
    journal: int
    jobs: Sequence[Job]
    backup: dt.datetime | None


def system_state(app: App) -> SystemState:
    """Look at everything anew."""
    permitted(app, Right.MANAGE_SYSTEM)
    parts, numbers = readiness(app), standing(app)
    with app.store.reading() as work:
        jobs = [job for job in work.jobs.newest(limit=_NEWEST) if not job.state.ended]
        backup = work.journal_lists.last_backup()
    return SystemState(parts, app.store.described(), numbers.documents, numbers.journal, jobs, backup)
