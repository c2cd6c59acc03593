"""Score the units of a year by a scheme, from the register's measures and findings and from what a person enters."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from attrtrack.assessing import (
    Entered,
    FoundDocuments,
    RegisterFaults,
    assessment_tasks,
    entered,
    ranked,
    register_faults,
    score_unit,
)
from attrtrack.domain.access import Right
from attrtrack.domain.ledgers import Table
from attrtrack.domain.measures import AnyMeasure
from attrtrack.domain.schemes import AssessedClass, Scheme
from attrtrack.domain.scores import OpenRule, Score, Scores
from attrtrack.domain.standings import Scope
from attrtrack.errors import BadRowError, UnknownRecordError
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.figures import Grouped, figures_by
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading import read_tables

_NOTHING = Entered("", (), ())


class _Known(NamedTuple):
    """What the register knows of a unit: its figures, and what was found on its documents."""

    measures: Sequence[AnyMeasure]
    documents: FoundDocuments


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit to be scored: its class, how the register is asked of it (None: it holds nothing), and what was entered."""

    name: str
    assessed: AssessedClass
    register: Callable[[], _Known] | None
    said: Entered


def scheme_named(app: App, code: str) -> Scheme:
    """Return a scheme; `UnknownRecordError` names those there are."""
    found = next((scheme for scheme in app.rules.schemes if scheme.code == code), None)
    if found is None:
        known = "、".join(f"{scheme.code}（{scheme.name}）" for scheme in app.rules.schemes)
        raise UnknownRecordError(f"没有细则 {code[:40]}：可用的有 {known}。本单位的细则放在规则文件夹的 schemes 下。")
    return found


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an assessor sets: of the visit, and until when those that fail have to mend (None: not set)."""

    visit: dt.date | None = None
    mend_by: dt.date | None = None


def score(
    app: App,
    code: str,
    *,
    year: int,
    unit: str | None = None,
    entries: str | tuple[Table, ...] | None = None,
    days: Days = Days(),
) -> Scores:
    """Score every unit that has documents of the year, or one; `entries` is a table of what a person found, named or read.

    A unit of the entries without documents is scored by them alone; what the register then cannot say is told.
    """
    permitted(app, Right.MEASURE)
    scheme = scheme_named(app, code)
    documents = _documents(app, year, unit)
    units = {name: partial(_with_rows, app, scheme, year, name, ids) for name, ids in documents.items()}
    return _scores(app, scheme, year=year, unit=unit, said=_entered(app, entries), units=units, days=days)


def counted_scores(
    app: App,
    code: str,
    *,
    year: int,
    entries: str | tuple[Table, ...] | None = None,
    days: Days = Days(),
    figures: Sequence[Grouped] | None = None,
) -> Scores:
    """Score every unit as `score` does, off counts: no loss names its rows, and a province is scored within a page's time.

    `figures`: those of the year by unit where the caller has them (None: they are counted here).
    """
    permitted(app, Right.MEASURE)
    scheme = scheme_named(app, code)
    asked = {rule.subject for rule in scheme.deductions if rule.kind == "measure"}
    found = _found(app, scheme, year)
    units = {
        str(group.key): partial(_Known, group.measures, found.get(str(group.key), {}))
        for group in figures or figures_by(app, Scope(year, None), "unit", only=asked)
        if group.key is not None
    }
    return _scores(app, scheme, year=year, unit=None, said=_entered(app, entries), units=units, days=days)


def _scores(
    app: App,
    scheme: Scheme,
    *,
    year: int,
    unit: str | None,
    said: Mapping[str, Entered],
    units: Mapping[str, Callable[[], _Known]],
    days: Days,
) -> Scores:
    scores: list[Score] = []
    left_out: list[tuple[str, str]] = []
    for name in sorted({*units, *said} if unit is None else {*units, *said} & {unit}):
        assessed = _class(app, scheme, name, said.get(name, _NOTHING))
        if assessed is None:
            left_out.append((name, "细则没有为这类单位设分值，未评分"))
            continue
        scores.append(_scored(scheme, _Unit(name, assessed, units.get(name), said.get(name, _NOTHING))))
    if not scores and not left_out:
        raise UnknownRecordError(
            f"登记库中没有 {year} 年有单位的文件，也没有录入扣分：请先导入台账，或写明 --entries。"
        )
    best_first = ranked(scheme, scores)
    tasks = tuple(assessment_tasks(scheme, best_first, visit=days.visit, mend_by=days.mend_by))
    return Scores(scheme, year, best_first, tuple(left_out), app.rules.version, tasks)


def _entered(app: App, entries: str | tuple[Table, ...] | None) -> Mapping[str, Entered]:
    if entries is None:
        return {}
    if not isinstance(entries, str):
        return entered(entries)
    refuse_classified_name(entries, app.rules)
    return entered(read_tables(entries))


def _documents(app: App, year: int, unit: str | None) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the year's documents by unit; those of no unit are nobody's."""
    found = defaultdict[str, list[str]](list)
    with app.reading() as work:
        for identifier, owner in work.queries.issued_documents(unit, year):
            if owner is not None:
                found[owner].append(identifier)
    return {name: tuple(ids) for name, ids in found.items()}


def _class(app: App, scheme: Scheme, name: str, said: Entered) -> AssessedClass | None:
    """Return the class of a unit: by the table of units, else the one class that all its entered rules count for."""
    category = next((row.category for row in app.rules.units if name in {row.name, *row.aliases}), None)
    assessed = scheme.class_of_category(category)
    if assessed is not None:
        return assessed
    of_rule = {rule.code: rule.indicator for rule in scheme.rules}
    asked = {of_rule.get(fault.rule) for fault in said.faults} | {one.indicator for one in said.missing}
    known = {one.code for one in scheme.indicators}
    fitting = [
        one for one in scheme.classes if all(scheme.counts_for(code, one.code) for code in asked & known if code)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _scored(scheme: Scheme, unit: _Unit) -> Score:
    """Score one unit; what a person entered settles the rules that the register leaves open."""
    found = _silent(scheme, unit.assessed)
    if unit.register is not None:
        known = unit.register()
        found = register_faults(scheme, unit.assessed.code, measures=known.measures, documents=known.documents)
    settled = {fault.rule for fault in unit.said.faults}
    _refuse_doubled(scheme, settled - {one.rule for one in found.open})
    return score_unit(
        scheme,
        unit.assessed.code,
        unit=unit.name,
        faults=(*found.faults, *unit.said.faults),
        missing=unit.said.missing,
        open_rules=[one for one in found.open if one.rule not in settled],
    )


def _silent(scheme: Scheme, assessed: AssessedClass) -> RegisterFaults:
    """Leave open every rule that asks the register, for a unit of which it holds no document."""
    asked = [rule for rule in scheme.deductions if rule.kind != "entered"]
    counting = [rule for rule in asked if not rule.indicator or scheme.counts_for(rule.indicator, assessed.code)]
    return RegisterFaults(
        (), tuple(OpenRule(rule.code, f"{rule.text}：登记库中没有这个单位本年度的文件") for rule in counting)
    )


def _refuse_doubled(scheme: Scheme, codes: set[str]) -> None:
    """A rule that the register has answered is not entered a second time."""
    doubled = sorted(rule.code for rule in scheme.deductions if rule.kind != "entered" and rule.code in codes)
    if doubled:
        raise BadRowError(f"规则 {'、'.join(doubled)} 由登记计算，不能另行录入：请先更正登记，或从录入表中删去。")


def _with_rows(app: App, scheme: Scheme, year: int, unit: str, ids: tuple[str, ...]) -> _Known:
    """Return the figures of a unit with the rows behind them, and its documents where the scheme asks for findings."""
    measures = coverage(app, year=year, unit=unit)
    if not _asks_findings(scheme):
        return _Known(measures, ())
    with app.reading() as work:
        return _Known(measures, work.queries.overview_of(ids))


def _found(app: App, scheme: Scheme, year: int) -> Mapping[str, Mapping[str, int]]:
    """Return by unit on how many documents each finding was, where the scheme asks for findings."""
    if not _asks_findings(scheme):
        return {}
    with app.reading() as work:
        return work.queries.found_by_unit(year)


def _asks_findings(scheme: Scheme) -> bool:
    return any(rule.kind == "finding" for rule in scheme.deductions)
