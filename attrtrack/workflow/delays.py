"""Publication delay of a list of documents: JSON Lines (packed or not) or a ledger, counted apart from any register."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrtrack.domain.delays import CLASSES, Cohort, DatedRow, Delays, LeftOut, Spread
from attrtrack.errors import (
    BadRowError,
    ClassifiedMaterialError,
    EmptySourceError,
    SourceTooLargeError,
)
from attrtrack.metrics.delays import delays as counted
from attrtrack.reading.packed_lines import lines_of
from attrtrack.recording import refuse_classified_name
from attrtrack.rules import Rules
from attrtrack.workflow import batches
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import read_ledgers
from attrtrack.workflow.reading import load_bytes

MOST_ROWS = 1_000_000
"""Rows of one list."""
_LINES = re.compile(r"\.(?:jsonl|ndjson|json)(?:\.gz)?", re.IGNORECASE)
_GOVERNMENT = ("gov", "government")
_FIELDS = {"issued": ("date",), "published": ("published",), "government": ("unit", "issuer")}
_SIGN = re.compile(r"[绝机秘]\s*密")
_LONGEST = 80


def publication_delays(app: App, name: str) -> Delays:
    """Return what a list says of publication delay; a row that cannot be used is left out with its number.

    Raises `EmptySourceError` for a list without rows.
    """
    refuse_classified_name(name, app.rules)
    packed = _LINES.search(name)
    rows = _line_rows(app, name) if packed and packed.end() == len(name) else _ledger_rows(app, name)
    found = counted(_capped(rows), app.rules.calendar, today=app.today)
    if not found.rows:
        raise EmptySourceError("文件里没有行：请核对文件。")
    return found


def _capped(rows: Iterator[DatedRow]) -> Iterator[DatedRow]:
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise SourceTooLargeError(f"超过 {MOST_ROWS} 行：请拆分后分别统计。")
        yield row


def _line_rows(app: App, name: str) -> Iterator[DatedRow]:
    fields = _field_of(app.rules)
    for item in batches.parse_lines(lines_of(load_bytes(name))):
        if isinstance(item, batches.BadLine):
            yield DatedRow(item.number, fault=item.error.message)
        else:
            yield _line_row(app.rules, *item, fields)


def _line_row(rules: Rules, number: int, row: batches.Row, fields: Mapping[str, str]) -> DatedRow:
    try:
        if any(isinstance(value, str | list) and _SIGN.search(str(value)) for value in row.values()):
            batches.refuse_classified(row, rules)
        found: dict[str, str | None] = {}
        for key, value in row.items():
            field = fields.get(key.strip().lower())
            if field is not None and found.get(field) is None:
                found[field] = _text(key, value)
    except (BadRowError, ClassifiedMaterialError) as error:
        return DatedRow(number, fault=error.message)
    return DatedRow(number, **found)


def _field_of(rules: Rules) -> dict[str, str]:
    """Return by which names of a field its values go; the names of ledger headings are known, and `gov`."""
    named = {row.field: (row.field, row.name, *row.synonyms) for row in rules.headers}
    known = {word.lower(): field for field, codes in _FIELDS.items() for code in codes for word in named.get(code, ())}
    return {**known, **dict.fromkeys(_GOVERNMENT, "government")}


def _text(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else value[:_LONGEST]
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - not a number: how a table without value is written
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRowError(f"字段 {name[:20]} 应为文字。")
    return str(value)


def _ledger_rows(app: App, name: str) -> Iterator[DatedRow]:
    for ledger in read_ledgers(app, name):
        rows = [DatedRow(error.row, fault=error.message) for error in ledger.errors]
        for entry in ledger.entries:
            document = entry.document
            maker = entry.unit or next(iter(document.issuers or ()), None)
            rows.append(
                DatedRow(
                    entry.row,
                    government=maker,
                    issued=document.date.isoformat() if document.date else None,
                    published=entry.published.isoformat() if entry.published else None,
                )
            )
        yield from sorted(rows, key=lambda row: row.row)


def write_picture(found: Delays, out: Path, *, name: str) -> None:
    """Write the picture (SVG) of a list's delays to `out`; the file appears whole or not at all."""
    from attrtrack.reporting.delay_picture import delay_picture  # noqa: PLC0415 - a count without picture starts lighter
    from attrtrack.workflow.listing import write_whole  # noqa: PLC0415 - the same

    write_whole(out, delay_picture(found, name=name).encode(), what="图")


def delays_row(found: Delays) -> dict[str, object]:
    """Return the figures as a program reads them; the rows left out have rows of their own."""
    faults: dict[str, int] = {}
    for item in found.left_out:
        for fault in item.faults:
            faults[fault.value] = faults.get(fault.value, 0) + 1
    return {
        "rows": found.rows,
        "both_dates": found.both,
        "counted": found.counted,
        "excluded": len(found.left_out),
        "excluded_by": faults,
        "calendar": found.calendar,
        "provisional": found.provisional,
        "classes": [{"from": first, "to": last} for first, last in CLASSES],
        "cohorts": [_cohort_row(cohort) for cohort in found.cohorts],
        "years": [_spread_row(spread) for spread in found.years],
    }


def left_out_row(item: LeftOut) -> dict[str, object]:
    """Return a row left out as a program reads it."""
    row = item.row
    return {
        "row": row.row,
        "excluded": [fault.value for fault in item.faults],
        "government": row.government,
        "issued": row.issued,
        "published": row.published,
        "message": row.fault,
    }


def _cohort_row(cohort: Cohort) -> dict[str, object]:
    return {
        "since": cohort.since.isoformat(),
        "all": _spread_row(cohort.together),
        "governments": [_spread_row(spread) for spread in cohort.governments],
    }


def _spread_row(spread: Spread) -> dict[str, object]:
    return {
        "name": spread.name,
        "documents": spread.count,
        "within_20": spread.within,
        "share_within_20": spread.share,
        "median": spread.median,
        "ninth_decile": spread.ninth_decile,
        "longest": spread.longest,
        "classes": list(spread.classes),
    }
