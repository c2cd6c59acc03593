"""What is kept of files handed in for a job: only what was read and bears no sign of secrecy.

Decision: a file is read when it is handed in, so that a broken one is refused to the person who has it at hand. Of a ledger
its cells are kept, rows that are refused as classified left out; of a saved page the page itself, which has passed the same
check. So nothing classified lies in the register while a job waits, and a job that is taken up again reads no file anew.
Of many pages those that cannot be taken are listed and the others kept; a ledger, or a page that comes alone, is refused whole.
"""

import json
import zlib
from collections.abc import Iterable, Sequence

from attrtrack.domain.jobs import JobKind, Upload
from attrtrack.domain.ledgers import Ledger, Table, TableRow
from attrtrack.errors import (
    BrokenSourceError,
    ClassifiedMaterialError,
    InputRefusedError,
    SourceNotFoundError,
    SourceTooLargeError,
    UsageError,
)
from attrtrack.reading.guarded import tables_guarded
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import recognise_tables
from attrtrack.workflow.importing_pages import accepted_page
from attrtrack.workflow.reading_batch import LoadedPage

MOST_FILES = 1_000
MOST_BYTES = 64 * 1024 * 1024
_MOST_CELLS = 512 * 1024 * 1024


def kept_files(
    app: App, kind: JobKind, uploads: Sequence[Upload]
) -> tuple[tuple[Upload, ...], list[dict[str, object]]]:
    """Return what may be kept of the files, and the rows that were refused as classified (by file and number).

    Raises the refusal of a ledger or a single page that cannot be read or is classified; of many pages, if none is taken.
    """
    if not uploads:
        raise UsageError(f"{kind.chinese}要有文件：请写明文件，如 attrtrack jobs start {kind.value} 文件名。")
    if len(uploads) > MOST_FILES:
        raise SourceTooLargeError(f"一次最多 {MOST_FILES} 个文件：请分几次提交。")
    kept: list[Upload] = []
    refused: list[dict[str, object]] = []
    alone = len(uploads) == 1 or kind is JobKind.IMPORT_LEDGER
    with IsolatedReader() as reader:
        for number, upload in enumerate(uploads, 1):
            try:
                kept.append(_kept(app, kind, upload, refused, reader=reader))
            except InputRefusedError as error:
                if alone:
                    raise
                refused.append(_refusal(app, error, upload, number=number))
            _check_size(kept)
    if not kept:
        raise UsageError(f"{len(uploads)} 个文件都没有收。第一个：{refused[0]['message']}")
    return tuple(kept), refused


def _kept(
    app: App, kind: JobKind, upload: Upload, refused: list[dict[str, object]], *, reader: IsolatedReader
) -> Upload:
    refuse_classified_name(upload.name, app.rules)
    if kind is JobKind.IMPORT_LEDGER:
        return _kept_ledger(app, upload, refused, reader=reader)
    accepted_page(app, upload.name, LoadedPage(reader.page(upload.content, upload.name), ""))
    return upload


def _refusal(app: App, error: InputRefusedError, upload: Upload, *, number: int) -> dict[str, object]:
    """List a page that is not taken; of a classified one the journal has the rule, and its name is kept if that is clean."""
    name = upload.name
    if isinstance(error, ClassifiedMaterialError):
        with app.store.unit_of_work(app.actor, app.origin) as work:
            work.journal.append("start-job", "-", "refused", {"rule": error.rule})
        name = f"第 {number} 个文件"
    return {"file": name, "code": error.code, "message": error.message}


def _check_size(kept: Iterable[Upload]) -> None:
    if sum(len(upload.content) for upload in kept) > MOST_BYTES:
        raise SourceTooLargeError(f"一次提交的文件合计超过 {MOST_BYTES // 1024 // 1024} 兆字节：请分几次提交。")


def _kept_ledger(app: App, upload: Upload, refused: list[dict[str, object]], *, reader: IsolatedReader) -> Upload:
    """Read a ledger and return its cells without classified rows; raises what makes the whole of it unusable."""
    tables = [table for table in tables_guarded(upload.content, upload.name, reader) if table.rows]
    secret: dict[str, set[int]] = {}
    for ledger in recognise_tables(app, tables):
        rows = [error for error in ledger.errors if error.code == ClassifiedMaterialError.code]
        secret.setdefault(ledger.sheet, set()).update(error.row for error in rows)
        refused.extend({"file": upload.name, "row": row.row, "code": row.code, "message": row.message} for row in rows)
    return Upload(upload.name, _packed(tables, secret))


def _packed(tables: Sequence[Table], secret: dict[str, set[int]]) -> bytes:
    sheets = [
        [table.sheet, [[row.number, row.cells] for row in table.rows if row.number not in secret.get(table.sheet, ())]]
        for table in tables
    ]
    return zlib.compress(json.dumps(sheets, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def ledgers_of(app: App, kept: Upload | None) -> tuple[Ledger, ...]:
    """Return the recognised sheets of a ledger that was kept.

    Raises `SourceNotFoundError` or `BrokenSourceError` when it is no longer there or no longer whole.
    """
    if kept is None:
        raise SourceNotFoundError("任务的文件已经不在登记库里，不能继续：请重新提交文件。")
    unpacking = zlib.decompressobj()
    try:
        sheets = json.loads(unpacking.decompress(kept.content, _MOST_CELLS))
        tables = [
            Table(kept.name, sheet, tuple(TableRow(number, tuple(cells)) for number, cells in rows))
            for sheet, rows in sheets
        ]
    except (zlib.error, ValueError, TypeError) as error:
        raise BrokenSourceError("任务的文件在登记库里已损坏，不能继续：请重新提交文件。") from error
    return recognise_tables(app, tables)
