"""Scores and checked score tables as JSON rows of the contract."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrtrack.assessing import loss_sheet
from attrtrack.domain.score_checks import RankFault, ScoreCheck, TableCheck
from attrtrack.domain.scores import Gain, Loss, Score, Scores


def check_row(checked: ScoreCheck) -> dict[str, Any]:
    """Return the one object of `score --check`."""
    totals, caps, method = checked.totals_wrong, checked.caps_exceeded, checked.rank_method
    return {
        "units": checked.units,
        "totals_wrong": None
        if totals is None
        else [
            {
                "table": one.table,
                "row": one.row,
                "unit": one.unit,
                "published": number(one.published),
                "recomputed": number(one.recomputed),
                "message": one.message,
            }
            for one in totals
        ],
        "caps_exceeded": None
        if caps is None
        else [
            {
                "table": one.table,
                "row": one.row,
                "unit": one.unit,
                "section": one.section,
                "value": number(one.value),
                "full_mark": number(one.full_mark),
                "message": one.message,
            }
            for one in caps
        ],
        "rank_method": None if method is None else method.value,
        "rank_findings": [_rank_fault(one) for one in checked.rank_findings],
        "unread": [
            {"table": one.table, "row": one.row, "unit": one.unit, "column": one.column, "message": one.message}
            for one in checked.unread
        ],
        "tables": [_table(one) for one in checked.tables],
    }


def _rank_fault(fault: RankFault) -> dict[str, Any]:
    return {
        "table": fault.table,
        "units": list(fault.units),
        "rows": list(fault.rows),
        "published": _numbers(fault.published),
        "expected": _numbers(fault.expected),
        "follows": [
            {"unit": one.unit, "row": one.row, "published": number(one.published), "expected": number(one.expected)}
            for one in fault.follows
        ],
        "message": fault.message,
    }


def _table(table: TableCheck) -> dict[str, Any]:
    method = table.rank_method
    return {
        "name": table.name,
        "units": table.units,
        "formula": table.formula,
        "rank_method": None if method is None else method.value,
        "notes": list(table.notes),
    }


def score_rows(scores: Scores) -> Iterable[dict[str, Any]]:
    """Yield one object a unit, then one for each unit that was left out."""
    scheme = scores.scheme
    for one in scores.scores:
        yield {
            "scheme": scheme.code,
            "sample": scheme.sample,
            "year": scores.year,
            "unit": one.unit,
            "class": one.class_code,
            "full_mark": number(one.full_mark),
            "score": number(one.total) if one.complete else None,
            "rank": number(one.rank),
            "grade_proposed": one.grade_proposed,
            "sections": _sections(one),
            "bonus": [_gain(gain) for gain in one.gains],
            "grave": [_loss(loss) for loss in one.grave],
            "sheet": [
                {
                    "indicator": line.indicator,
                    "weight": number(line.weight),
                    "lost": number(line.lost),
                    "reason": line.reason,
                    "rectified": line.rectified,
                }
                for line in loss_sheet(scheme, one)
            ],
            "complete": one.complete,
            "range": None if one.complete else [number(one.lowest), number(one.total)],
            "tasks": [
                {"due": task.due.isoformat(), "message": task.text} for task in scores.tasks if task.unit == one.unit
            ],
            "open": [{"rule": rule.rule, "message": rule.why} for rule in one.open],
            "rules_version": scores.rules_version,
        }
    for unit, why in scores.left_out:
        yield {"scheme": scheme.code, "year": scores.year, "unit": unit, "score": None, "message": why}


def _sections(score: Score) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "weight": number(one.weight),
            "asked": number(one.asked),
            "lost": number(one.lost),
            "score": number(one.score),
            "missing": one.missing,
            "losses": [_loss(loss) for loss in one.losses],
        }
        for one in score.sections
    ]


def _loss(loss: Loss) -> dict[str, Any]:
    return {**_points(loss), "indicator": loss.indicator}


def _gain(gain: Gain) -> dict[str, Any]:
    return {**_points(gain), "indicator": gain.indicator}


def _points(one: Loss | Gain) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "asked": number(one.asked),
        "points": number(one.points),
        "reason": one.reason,
        "rows": list(one.rows),
        "evidence": list(one.evidence),
    }


def _numbers(values: Iterable[Decimal | None]) -> list[int | float | None]:
    return [number(value) for value in values]


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON's number: whole where it is, else the shortest that reads back the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
