"""What a ledger would change, told before it is imported."""

import base64
import binascii
from collections import Counter
from collections.abc import Iterator

from api.pages.importing_views import LookedRow, LookedView
from api.pages.wording import without_commands
from api.uploads import MAX_LOOKED_AT, Upload
from attrtrack.errors import ClassifiedMaterialError, SourceTooLargeError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, summarise, try_ledger

_SHOWN = 100


def looked_at(app: App, file: Upload, scope: ImportScope) -> LookedView:
    """Try a ledger and tell its new rows, changed cells and bad rows; `SourceTooLargeError` above `MAX_LOOKED_AT`."""
    if len(file.data) > MAX_LOOKED_AT:
        raise SourceTooLargeError(
            f"先看改动只看 {MAX_LOOKED_AT // 1_048_576} MB 以内的台账：请拆分后再看，或直接导入，改了哪些在日志里可查。"
        )
    rows = try_ledger(app, file.name, file.data, scope)
    names = {row.field: row.name for row in app.rules.headers}
    found = summarise(Counter(row.outcome for row in rows))
    groups = {
        "将新登记": [_row(row, row.unit or "没有单位") for row in rows if row.outcome == "imported"],
        "将改动": [_row(row, told) for row in rows for told in _changes(row, names, taken=True)],
        "不按台账改": [_row(row, told) for row in rows for told in _changes(row, names, taken=False)],
        "提示": [_row(row, flag.message) for row in rows for flag in row.flags],
        "不能收": [_row(row, row.error.message) for row in rows if row.error is not None],
    }
    secret = any(row.error is not None and row.error.code == ClassifiedMaterialError.code for row in rows)
    return LookedView(
        file.name,
        f"新登记 {found.imported} 行，改动 {found.updated} 行，没有变化 {found.unchanged} 行，不能收 {found.refused} 行",
        tuple((name, len(told), tuple(told[:_SHOWN])) for name, told in groups.items() if told),
        None if secret else base64.b64encode(file.data).decode(),
    )


def _row(row: ImportedRow, told: str) -> LookedRow:
    about = f"{row.known or ''} {row.title or ''}".strip()
    return LookedRow(f"第 {row.row} 行", about, without_commands(told))


def _changes(row: ImportedRow, names: dict[str, str], *, taken: bool) -> Iterator[str]:
    for change in row.changes:
        if change.taken is taken:
            yield f"{names.get(change.field, change.field)}：{change.before or '（空）'} → {change.after or '（空）'}"


def carried(fields: dict[str, str]) -> tuple[Upload, ...]:
    """Return the ledger that a page carries on from the look at it; empty when it carries none."""
    if not fields.get("kept"):
        return ()
    try:
        return (Upload(fields.get("kept_name", "")[:255], base64.b64decode(fields["kept"], validate=True), {}),)
    except (binascii.Error, ValueError) as error:
        raise UsageError("页面不完整：请重新选择文件。") from error
