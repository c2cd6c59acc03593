"""Imports as jobs: ledgers a thousand rows a part, saved pages some dozens a part.

The cursor of ledgers is the file, the sheet, how many of its entries are done, and up to which file bad rows have been told;
that of pages is how many files are done.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from attrtrack.domain.jobs import Job, Told
from attrtrack.domain.ledgers import Ledger, LedgerEntry
from attrtrack.errors import InputRefusedError, SourceNotFoundError
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.workflow import importing
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import EntryBatch, ImportedRow, ImportScope, maker_of
from attrtrack.workflow.importing_pages import DOCUMENT_PAGE, ImportedPage, page_outcome
from attrtrack.workflow.job_files import ledgers_of
from attrtrack.workflow.job_parts import Part, Plan, number_at, whole, words
from attrtrack.workflow.reading_batch import LoadedPage, RefusedFile

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_PAGES = 20
_OUTCOMES = ("imported", "updated", "unchanged", "refused")


def plan_ledgers(app: App, job: Job) -> Plan:
    """Plan the import of the ledgers handed in."""
    with app.reading() as work:
        names = work.jobs.file_names(job.id)
    total = job.total
    if total is None:
        total = sum(_rows(ledger) for place in range(len(names)) for ledger in _ledgers(app, job, place))
    return Plan(total, _ledger_parts(app, job, len(names)))


def _rows(ledger: Ledger) -> int:
    return len(ledger.entries) + len(ledger.errors)


def _ledgers(app: App, job: Job, place: int) -> tuple[Ledger, ...]:
    with app.reading() as work:
        kept = work.jobs.file(job.id, place)
    return ledgers_of(app, kept)


def _ledger_parts(app: App, job: Job, files: int) -> Iterator[Part]:
    first, told = number_at(job.cursor, "file"), number_at(job.cursor, "told")
    for place in range(first, files):
        ledgers = _ledgers(app, job, place)
        start = (number_at(job.cursor, "sheet"), number_at(job.cursor, "entries")) if place == first else (0, 0)
        if told <= place:
            errors = [ImportedRow(item.name, bad.row, "refused", error=bad) for item in ledgers for bad in item.errors]
            yield Part({"file": place, "told": place + 1}, len(errors), _telling(errors))
        for sheet, ledger in list(enumerate(ledgers))[start[0] :]:
            for begin in range(start[1] if sheet == start[0] else 0, len(ledger.entries), importing.BATCH):
                part = ledger.entries[begin : begin + importing.BATCH]
                cursor = {"file": place, "sheet": sheet, "entries": begin + len(part), "told": place + 1}
                yield Part(cursor, len(part), _Written(app, job, ledger, part=part))


def _telling(rows: Sequence[ImportedRow]) -> "Callable[[UnitOfWork], Told]":
    return lambda _work: _told(rows)


class _Written:
    """The entries of one part, prepared; called with the open transaction it writes them."""

    def __init__(self, app: App, job: Job, ledger: Ledger, *, part: tuple[LedgerEntry, ...]) -> None:
        scope = ImportScope(words(job.parameters, "unit"), whole(job.parameters, "year"))
        maker = maker_of(app, ledger, scope)
        made = maker.part(part)
        self._batch = EntryBatch(app, ledger.name, made.taken, maker.wholes(made))

    def __call__(self, work: "UnitOfWork") -> Told:
        return _told(self._batch.write(work))


def _told(rows: Sequence[ImportedRow]) -> Told:
    """Count what became of rows, and list the refused ones and what is doubtful in those taken."""
    counted = Counter(row.outcome for row in rows)
    refused = [
        {"file": row.file, "row": row.row, "code": row.error.code, "message": row.error.message}
        for row in rows
        if row.error is not None
    ]
    told = [
        {"file": row.file, "row": row.row, "code": flag.code, "message": flag.message}
        for row in rows
        for flag in row.flags
    ]
    return {**{name: counted[name] for name in _OUTCOMES}, "errors": refused, "flags": told}


def plan_pages(app: App, job: Job) -> Plan:
    """Plan the import of the saved pages handed in."""
    with app.reading() as work:
        names = work.jobs.file_names(job.id)
    return Plan(len(names), _page_parts(app, job, len(names)))


def _page_parts(app: App, job: Job, files: int) -> Iterator[Part]:
    with IsolatedReader() as reader:
        for begin in range(number_at(job.cursor, "files"), files, _PAGES):
            places = range(begin, min(begin + _PAGES, files))
            read = [_read_page(app, job, place, reader=reader) for place in places]
            yield Part({"files": places.stop}, len(read), _KeptPages(app, read))


def _read_page(app: App, job: Job, place: int, *, reader: IsolatedReader) -> tuple[str, LoadedPage | RefusedFile]:
    with app.reading() as work:
        kept = work.jobs.file(job.id, place)
    if kept is None:
        raise SourceNotFoundError("任务的文件已经不在登记库里，不能继续：请重新提交文件。")
    try:
        return kept.name, LoadedPage(reader.page(kept.content, kept.name), "")
    except InputRefusedError as error:
        return kept.name, RefusedFile(error)


class _KeptPages:
    """The pages of one part, read; called with the open transaction it keeps them."""

    def __init__(self, app: App, read: Sequence[tuple[str, LoadedPage | RefusedFile]]) -> None:
        self._app, self._read = app, read

    def __call__(self, work: "UnitOfWork") -> Told:
        pages = [page_outcome(self._app, work, name, read) for name, read in self._read]
        counted = Counter(page.outcome for page in pages)
        refused = [{"file": page.file, **_error(page)} for page in pages if page.error is not None]
        told = {name: counted[name] for name in _OUTCOMES}
        return {**told, "document_pages": counted[DOCUMENT_PAGE], "errors": refused}


def _error(page: ImportedPage) -> dict[str, object]:
    assert page.error is not None  # noqa: S101 - asked by the caller
    return {"code": page.error.code, "message": page.error.message}
