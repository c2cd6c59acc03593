"""The rows behind one figure, by title."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from attrtrack.domain.access import Right
from attrtrack.domain.measures import Measure, MeasuredDocument
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.errors import UnknownRecordError
from attrtrack.metrics import measures
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import Scope, is_invented, known_choices, sample_notice
from attrtrack.workflow.permitting import permitted

PARTS = ("short", "numerator", "excluded")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row behind a figure: a document or an interpretation; `rule` says what left it out of the measure."""

    id: str
    title: str | None
    number: str | None
    invented: bool
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A list behind a figure: `short` (in the denominator, not in the numerator), `numerator` or `excluded`."""

    code: str
    count: int
    offset: int
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its definition, the paper it comes from, and the rows behind it."""

    scope: Scope
    measure: Measure
    definition: str
    source: str
    parts: tuple[FigurePart, ...]
    sample_notice: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Which part is shown (None: all, each from its start), how many rows of it, and from which row on."""

    part: str | None
    limit: int
    offset: int


def figure(app: App, scope: Scope, code: str, reading: str, *, window: Window) -> Figure:
    """Return the rows behind a figure; `UnknownRecordError` when there is no such measure and reading."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        rows = tuple(work.queries.measured_documents(unit=scope.unit, year=scope.year))
        found = measures(rows, year=scope.year, unit=scope.unit, rules=app.rules)
        measure = next((item for item in found if (item.code, item.reading) == (code, reading)), None)
        if measure is None:
            raise UnknownRecordError(f"没有指标 {code[:40]}（{reading[:20]}）：请从首页的数字点进来。")
        documents = {row.id: _document_row(row) for row in rows}
        parts = _parts(
            measure, window, lambda key: documents.get(key) or _interpretation_row(work.interpretations.get(key))
        )
        units = known_choices(work).units
    told = next(row for row in app.rules.measures if row.code == code)
    return Figure(scope, measure, told.definition, told.source, parts, sample_notice(units))


def _document_row(row: MeasuredDocument) -> FigureRow:
    return FigureRow(row.id, row.title or None, row.number, is_invented(row.unit))


def _interpretation_row(row: RecordedInterpretation) -> FigureRow:
    return FigureRow(row.id, row.interpretation.title or row.interpretation.url, None, is_invented(row.unit))


def _parts(measure: Measure, window: Window, look_up: Callable[[str], FigureRow]) -> tuple[FigurePart, ...]:
    counted = frozenset(measure.numerator)
    rules = {item.id: item.rule for item in measure.excluded}
    lists = {
        "short": [key for key in measure.denominator if key not in counted],
        "numerator": list(measure.numerator),
        "excluded": list(rules),
    }
    parts = []
    for code in PARTS:
        if window.part in {None, code}:
            offset = window.offset if window.part else 0
            shown = (look_up(key) for key in lists[code][offset : offset + window.limit])
            rows = tuple(replace(row, rule=rules.get(row.id) if code == "excluded" else None) for row in shown)
            parts.append(FigurePart(code, len(lists[code]), offset, rows))
    return tuple(parts)
