"""Faults read off the register: rows short of a figure, points below a floor, findings on documents, each with its rows.

From figures that are counted only, the same faults come without rows: a table of all units lists none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from attrtrack.assessing.figures import shown
from attrtrack.domain.measures import AnyMeasure, Measure, MeasureState, Reading
from attrtrack.domain.register import OverviewRow
from attrtrack.domain.schemes import Deduction, Per, Scheme
from attrtrack.domain.scores import Fault, OpenRule

_HUNDRED = Decimal(100)
_PLACES = Decimal("0.01")

FoundDocuments = Sequence[OverviewRow] | Mapping[str, int]
"""The documents with what was found on them, or on how many each finding was."""


@dataclass(frozen=True, slots=True)
class RegisterFaults:
    """What the register says against a unit, and the rules of which it cannot say: silence is read neither way."""

    faults: tuple[Fault, ...]
    open: tuple[OpenRule, ...]


def register_faults(
    scheme: Scheme, class_code: str, *, measures: Sequence[AnyMeasure], documents: FoundDocuments
) -> RegisterFaults:
    """Return the faults of a unit's documents of a year by the rules of a scheme that ask measures or findings."""
    by_code = {measure.code: measure for measure in measures if measure.reading is Reading.DOCUMENT}
    faults: list[Fault] = []
    silent: list[OpenRule] = []
    for rule in scheme.deductions:
        if rule.kind == "entered" or (rule.indicator and not scheme.counts_for(rule.indicator, class_code)):
            continue
        if rule.kind == "finding":
            faults.extend(_of_findings(rule, documents))
            continue
        measure = by_code.get(rule.subject)
        why = _why(rule, measure)
        if why is not None:
            silent.append(OpenRule(rule.code, f"{rule.text}：{why}"))
        elif measure is not None:
            faults.extend(_of_measure(rule, measure))
    return RegisterFaults(tuple(faults), tuple(silent))


def _why(rule: Deduction, measure: AnyMeasure | None) -> str | None:
    """Say why a rule cannot be asked; where there is no row at all, no row can be at fault, but there is no rate either."""
    if measure is None:
        return "没有这项指标"
    if measure.state is MeasureState.NOT_ASSESSABLE:
        return f"{measure.name}资料不足，不能评定"
    if measure.state is MeasureState.UNDEFINED and rule.per is Per.POINT:
        return f"{measure.name}分母为空，没有比率"
    return None


def _of_measure(rule: Deduction, measure: AnyMeasure) -> Iterator[Fault]:
    numerator, denominator = len(measure.numerator), len(measure.denominator)
    parts, short = f"{measure.name} {numerator}/{denominator}", denominator - numerator
    if rule.per is Per.ROW:
        if short:
            yield Fault(rule.code, Decimal(short), f"{parts}，{short} 份未达到", _short_rows(measure))
        return
    below = below_floor(rule.floor or Decimal(0), numerator, denominator)
    if below > 0:
        reason = f"{parts}，低于 {shown((rule.floor or Decimal(0)) * _HUNDRED)}% 计 {shown(below)} 个百分点"
        yield Fault(rule.code, below, reason, _short_rows(measure))


def _short_rows(measure: AnyMeasure) -> tuple[str, ...]:
    if not isinstance(measure, Measure):
        return ()
    reached = set(measure.numerator)
    return tuple(row for row in measure.denominator if row not in reached)


def below_floor(floor: Decimal, reached: int, of: int) -> Decimal:
    """Return how many percentage points a share is below a floor, to two decimals; 0 where it is not."""
    return max((floor - Decimal(reached) / Decimal(of)) * _HUNDRED, Decimal(0)).quantize(_PLACES).normalize() + 0


def _of_findings(rule: Deduction, documents: FoundDocuments) -> Iterator[Fault]:
    rows: tuple[str, ...] = ()
    if isinstance(documents, Mapping):
        count = documents.get(rule.subject, 0)
    else:
        rows = tuple(row.id for row in documents if any(found.code == rule.subject for found in row.findings))
        count = len(rows)
    if count:
        yield Fault(rule.code, Decimal(count), f"{count} 份文件有此问题", rows)
