"""What a ledger would change, told before it is imported."""

from collections import Counter
from collections.abc import Iterator

from api.pages.importing_views import LookedRow, LookedView
from api.pages.wording import shortened, without_commands
from api.uploads import MAX_LOOKED_AT, Upload
from attrtrack.errors import ClassifiedMaterialError, SourceTooLargeError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, summarise, try_ledger
from attrtrack.workflow.looked_ledgers import keep_looked_at

_CHANGED, _UNCHANGED = "将改动", "不按台账改"
_SHOWN = {_CHANGED: 40, _UNCHANGED: 40}
_OTHERS_SHOWN = 20
_LONGEST = 100


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
        _CHANGED: [_row(row, told) for row in rows for told in _changes(row, names, taken=True)],
        _UNCHANGED: [_row(row, told) for row in rows for told in _changes(row, names, taken=False)],
        "提示": [_row(row, flag.message) for row in rows for flag in row.flags],
        "不能收": [_row(row, row.error.message) for row in rows if row.error is not None],
    }
    secret = any(row.error is not None and row.error.code == ClassifiedMaterialError.code for row in rows)
    return LookedView(
        file.name,
        f"新登记 {found.imported} 行，改动 {found.updated} 行，没有变化 {found.unchanged} 行，不能收 {found.refused} 行",
        tuple(
            (name, len(told), tuple(told[: _SHOWN.get(name, _OTHERS_SHOWN)])) for name, told in groups.items() if told
        ),
        None if secret else keep_looked_at(app, file.name, file.data),
    )


def _row(row: ImportedRow, told: str) -> LookedRow:
    about = f"{row.known or ''} {row.title or ''}".strip()
    return LookedRow(f"第 {row.row} 行", shortened(about, _LONGEST), shortened(without_commands(told), 3 * _LONGEST))


def _changes(row: ImportedRow, names: dict[str, str], *, taken: bool) -> Iterator[str]:
    for change in row.changes:
        if change.taken is taken:
            yield f"{names.get(change.field, change.field)}：{_cell(change.before)} → {_cell(change.after)}"


def _cell(value: str | None) -> str:
    return shortened(value, _LONGEST) if value else "（空）"
