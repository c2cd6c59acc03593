"""Scores on their way to a reader: the names of the rows behind a loss, and the sheets of all units as a workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from attrtrack.assessing import loss_sheet
from attrtrack.domain.access import Right
from attrtrack.domain.scores import LossLine, Score, Scores
from attrtrack.reporting.figure_tables import Cell, TableToKeep, table_workbook
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

_SAMPLE = "（示例细则，不得作为正式考核依据）"
_COLUMNS = (
    ("类别", 16), ("名次", 7), ("单位", 26), ("得分", 9), ("满分", 8), ("建议等次", 10), ("指标", 24), ("指标分值", 9), ("扣分", 8),
    ("失分原因", 60), ("整改情况", 24),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A document or interpretation behind a loss, by what people know it."""

    id: str
    title: str | None
    number: str | None


def sheet_of(scores: Scores, score: Score) -> tuple[LossLine, ...]:
    """Return the score sheet of a unit in four columns."""
    return loss_sheet(scores.scheme, score)


def named_rows(app: App, ids: Sequence[str]) -> Mapping[str, NamedRow]:
    """Return rows by id with their titles, of those that are seen; for as many as a page shows."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        found = work.queries.titles_of(list(dict.fromkeys(ids)))
    return {key: NamedRow(key, titled.title or None, titled.number) for key, titled in found.items()}


def scores_file(app: App, scores: Scores) -> bytes:
    """Return the score sheets of all units as a workbook, a line of the sheet a row."""
    permitted(app, Right.EXPORT)
    scheme = scores.scheme
    told = f"{scheme.name}{_SAMPLE if scheme.sample else ''}，{scores.year}年；等次为建议，由人审定；规则 {scores.rules_version}"
    return table_workbook(TableToKeep(told, _COLUMNS, [*_rows(scores), *_left_out(scores.left_out)]))


def _rows(scores: Scores) -> Iterator[Sequence[Cell]]:
    for one in scores.scores:
        assessed = scores.scheme.assessed_class(one.class_code)
        total: Cell = one.total if one.complete else f"{one.lowest:f}—{one.total:f}"
        head: tuple[Cell, ...] = (assessed.name, one.rank, one.unit, total, one.full_mark, one.grade_proposed)
        for line in sheet_of(scores, one):
            yield *head, line.indicator, line.weight, line.lost, line.reason, line.rectified or None
        for gain in one.gains:
            yield *head, "加分", None, -gain.points, gain.reason, None
        for rule in one.open:
            yield *head, "未定", None, None, rule.why, None
        if not (any(sheet_of(scores, one)) or one.gains or one.open):
            yield *head, None, None, None, "没有失分", None


def _left_out(left_out: Iterable[tuple[str, str]]) -> Iterator[Sequence[Cell]]:
    for unit, why in left_out:
        yield None, None, unit, None, None, None, None, None, None, why, None
