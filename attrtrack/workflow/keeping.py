"""Files to keep of what the pages of figures show: the rows behind a figure, and the table by unit, year, quarter or genre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from attrtrack.domain.access import Right
from attrtrack.domain.measures import AnyMeasure, Reading
from attrtrack.reporting.figure_tables import Cell, Share, TableToKeep, table_csv, table_workbook
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing_views import all_rows, lacking
from attrtrack.workflow.figures import Grouped, Grouping, figures_by
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.permitting import permitted

Kind = Literal["xlsx", "csv"]
_MARK = "\ufeff"
"""By this spreadsheets know that a csv is UTF-8."""
_COUNTED = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}
_NAMED: Mapping[Grouping, str] = {"unit": "单位", "year": "年度", "quarter": "季度", "genre": "文种"}
_ROWS = (("归入", 15), ("编号", 10), ("标题", 60), ("文号", 22), ("单位", 24), ("不计入的规则", 28))
_GROUPED = (
    ("公文份数", 10), ("指标", 22), ("口径", 8), ("现值", 10), ("分子", 8), ("分母", 8), ("目标", 8), ("与目标相比", 12),
    ("还差", 8), ("不计入", 8),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What a table says in words: of which part of the register it speaks, the rules of exclusion by code, how a figure stands to its target."""

    subject: str
    rules: Mapping[str, str]
    verdict: Callable[[AnyMeasure], str]
    kind: Kind


def figure_file(app: App, scope: Scope, code: str, reading: str, *, words: Words) -> bytes:
    """Return the rows behind a figure, each with where it was counted."""
    permitted(app, Right.EXPORT)
    measure, rows = all_rows(app, scope, code, reading)
    numerator, denominator = len(measure.numerator), len(measure.denominator)
    told = f"{measure.name}（{_COUNTED[measure.reading]}） {words.subject}：分子 {numerator}，分母 {denominator}，"
    told += f"不计入 {len(measure.excluded)}；指标词典 {measure.dictionary_version}，规则 {measure.rules_version}"
    lines = [
        (
            "不计入" if row.rule else "分子" if row.reached else "分母（未达到）",
            row.id,
            row.title,
            row.number,
            row.unit,
            words.rules.get(row.rule, row.rule) if row.rule else None,
        )
        for row in rows
    ]
    return _written(TableToKeep(told, _ROWS, lines), words)


def grouped_file(app: App, scope: Scope, by: Grouping, *, named: Callable[[Grouped], str], words: Words) -> bytes:
    """Return every figure of every unit, year, quarter or genre, one line each; `named` says what a line is called."""
    permitted(app, Right.EXPORT)
    rows = [
        (named(one), one.documents, *_figures(measure, words))
        for one in figures_by(app, scope, by)
        for measure in one.measures
    ]
    told = f"各项指标 {words.subject}；指标词典 {app.rules.hashes['measures']}，规则 {app.rules.version}"
    return _written(TableToKeep(told, ((_NAMED[by], 28), *_GROUPED), rows), words)


def _written(table: TableToKeep, words: Words) -> bytes:
    return table_workbook(table) if words.kind == "xlsx" else (_MARK + "".join(table_csv(table))).encode()


def _figures(measure: AnyMeasure, words: Words) -> tuple[Cell, ...]:
    return (
        measure.name,
        _COUNTED[measure.reading],
        None if measure.value is None else Share(measure.value),
        len(measure.numerator),
        len(measure.denominator),
        Share(measure.target.value) if measure.target else None,
        words.verdict(measure),
        lacking(measure),
        len(measure.excluded),
    )
