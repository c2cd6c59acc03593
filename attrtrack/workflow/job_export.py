"""The year's list as a job: written into a temporary file, and kept with the job when it is whole.

Decision: a workbook cannot be taken up in the middle; one that was cut off is written again from the beginning, and its
progress goes on only where it had been. Whoever cancels it, or has a classified document removed meanwhile, leaves no file.
"""

import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from attrtrack.domain.jobs import Job, Told
from attrtrack.errors import ChangedMeanwhileError
from attrtrack.workflow.app import App
from attrtrack.workflow.job_parts import Part, Plan, whole, words
from attrtrack.workflow.listing import STEPS, YearListWriting, year_list_size

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_A_PART = 500 * STEPS
_PIECE = 1 << 20


def plan_export(app: App, job: Job) -> Plan:
    """Plan the year's list of a unit, or of all units that are seen; a document is done when all its steps are."""
    unit, year = words(job.parameters, "unit"), whole(job.parameters, "year") or 0
    total = year_list_size(app, year, unit=unit)
    return Plan(max(total, job.done), _parts(app, job, YearListWriting(app, year, unit=unit)))


def _parts(app: App, job: Job, writing: YearListWriting) -> Iterator[Part]:
    with app.reading() as work:
        removals = work.products.removals()
    seen = told = 0

    def part(write: "Callable[[UnitOfWork], Told]") -> Part:
        return Part({"steps": seen}, max(0, seen // STEPS - max(told, job.done)), write)

    with tempfile.TemporaryFile() as file:
        for seen, _ in enumerate(writing.steps(file), start=1):
            if seen % _A_PART == 0:
                yield part(lambda _work: {})
                told = seen // STEPS
        yield part(lambda work: _kept(work, job, file, removals=removals))


def _kept(work: "UnitOfWork", job: Job, file: BinaryIO, *, removals: int) -> Told:
    """Keep the file with its job; there is nothing more to tell."""
    if work.products.removals() != removals:
        raise ChangedMeanwhileError("生成期间有公文因涉密移除，这份清单没有留存：请重新生成。")
    file.seek(0)
    work.products.keep(job.id, iter(lambda: file.read(_PIECE), b""))
    return {}
