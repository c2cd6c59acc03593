"""The papers of an assessment: the unit's self-check report, the year's notice, the rectification list, as docx or HTML."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.grades import GradeDecision
from attrtrack.domain.measures import AnyMeasure, Measure, Reading
from attrtrack.domain.reports import Named, Report, ReportKind
from attrtrack.domain.scores import Score, Scores
from attrtrack.domain.standings import Scope
from attrtrack.errors import EmptyListError, UsageError
from attrtrack.reporting.measured_words import below, to_mend
from attrtrack.reporting.rectification_list import Rectification, ScoreSheet, Shortfall, rectification_list
from attrtrack.reporting.result_notice import NO_UNIT, RankedUnit, Ranking, ResultNotice, ScoredUnit, result_notice
from attrtrack.reporting.self_check_report import SelfCheck, self_check_report
from attrtrack.workflow.app import App
from attrtrack.workflow.figures import Grouped, figures_by
from attrtrack.workflow.listing import write_whole
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.mending import decided_grades, mending_orders
from attrtrack.workflow.overview import measures_in, sample_notice
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import reading_standings

if TYPE_CHECKING:
    from attrtrack.storage.queries import Titled

FORMS = (".docx", ".html")
MOST_NAMED = 30
_CATEGORIES = ("A", "B")
_Key = tuple[str, Reading]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: kind, year, unit (None: all), and what only a person can say; None is left blank in the paper.

    `scheme` is the code of the scheme by which units are scored, `entries` the table of what a person found for it;
    `all_units` asks which units of the assessment plan have handed in nothing.
    """

    kind: ReportKind
    year: int
    unit: str | None = None
    category: str | None = None
    deadline: dt.date | None = None
    addressee: str | None = None
    scheme: str | None = None
    entries: str | None = None
    all_units: bool = False


def report(app: App, wanted: Wanted) -> Report:
    """Return a report as a value; `EmptyListError` where the register has no document of the year and unit."""
    permitted(app, Right.MEASURE)
    _check(app, wanted)
    if wanted.kind is ReportKind.SELF_CHECK:
        return self_check_report(_self_check(app, wanted), app.rules)
    if wanted.kind is ReportKind.NOTICE:
        return result_notice(_result_notice(app, wanted), app.rules)
    return rectification_list(_rectification(app, wanted), app.rules)


def write_report(app: App, wanted: Wanted, out: Path) -> Report:
    """Write a report to `out`, docx or HTML by its ending, and return it; the file appears whole or not at all."""
    permitted(app, Right.EXPORT)
    if out.suffix.lower() not in FORMS or out.is_dir():
        raise UsageError("--out 应以 .docx 或 .html 结尾，如 --out 自查报告.docx。")
    made, data = report_file(app, wanted, out.suffix.lower())
    write_whole(out, data, what="报告")
    return made


def report_file(app: App, wanted: Wanted, form: str) -> tuple[Report, bytes]:
    """Return a report as a value, and written in one of `FORMS`."""
    permitted(app, Right.EXPORT)
    made = report(app, wanted)
    return made, rendered(made, form)


def rendered(made: Report, form: str) -> bytes:
    """Return a report in one of `FORMS`."""
    if form == ".docx":
        from attrtrack.reporting.report_word import report_word  # noqa: PLC0415 - python-docx is loaded when first needed

        return report_word(made)
    from attrtrack.reporting.report_page import report_page  # noqa: PLC0415 - the same manner

    return report_page(made).encode()


def _check(app: App, wanted: Wanted) -> None:
    if wanted.kind is ReportKind.SELF_CHECK and wanted.unit is None:
        raise UsageError("自查报告是一个单位的：请用 --unit 写明单位。")
    if wanted.kind is ReportKind.NOTICE and wanted.unit is not None:
        raise UsageError("通报说的是各单位：请去掉 --unit；一个单位的情况用 self-check 或 rectification。")
    if wanted.kind is ReportKind.SELF_CHECK and wanted.scheme is not None:
        raise UsageError("自查报告不评分：请去掉 --scheme；评分用 attrtrack score。")
    if wanted.all_units and wanted.kind is not ReportKind.NOTICE:
        raise UsageError("--all-units 用于通报：请去掉。")
    if wanted.entries is not None and wanted.scheme is None:
        raise UsageError("--entries 是评分用的录入表：请同时用 --scheme 写明细则。")
    if wanted.category not in {None, *_CATEGORIES}:
        raise UsageError("--class 应为 A 或 B。")
    if wanted.deadline is not None and wanted.deadline < app.today:
        raise UsageError(f"整改期限 {wanted.deadline} 已经过去：请核对 --deadline。")


def _self_check(app: App, wanted: Wanted) -> SelfCheck:
    unit = wanted.unit or ""
    found = coverage(app, year=wanted.year, unit=unit)
    if not _documents(found):
        raise _nothing(app, wanted)
    return SelfCheck(
        unit=unit,
        year=wanted.year,
        made=app.today,
        category=wanted.category or _category(app, unit),
        measures=found,
        short=_short(app, found),
        deadline=wanted.deadline,
        addressee=wanted.addressee,
        notice=sample_notice((unit,)),
    )


def _category(app: App, unit: str) -> str | None:
    return next((row.category for row in app.rules.units if unit in {row.code, row.name, *row.aliases}), None)


def _documents(measures: Iterable[AnyMeasure]) -> int:
    return max((len(item.denominator) + len(item.excluded) for item in measures), default=0)


def _nothing(app: App, wanted: Wanted) -> EmptyListError:
    with app.reading() as work:
        years = "、".join(str(known) for known in work.queries.years()) or "无"
    whose = f"单位“{wanted.unit}”" if wanted.unit else ""
    return EmptyListError(f"登记中没有{whose} {wanted.year} 年的文件，未生成报告。已有年度：{years}。")


def _short(app: App, found: Iterable[Measure], *, briefly: bool = False) -> Mapping[_Key, tuple[Named, ...]]:
    """Return by measure and reading the rows of the denominator that are not in the numerator, as many as are named."""
    missing: dict[_Key, list[str]] = {}
    for measure in filter(below, found):
        reached = set(measure.numerator)
        rows = [key for key in measure.denominator if key not in reached]
        missing[measure.code, measure.reading] = sorted(rows, key=_newest_last)[: MOST_NAMED + 1]
    with app.reading() as work:
        titles = work.queries.titles_of(list({key for rows in missing.values() for key in rows}))
    return {
        key: tuple(Named(_called(titles[row], briefly=briefly), row) for row in rows if row in titles)
        for key, rows in missing.items()
    }


def _newest_last(identifier: str) -> tuple[int, str]:
    return len(identifier), identifier


def _called(found: "Titled", *, briefly: bool) -> str:
    """Name a document by its title and number; briefly by its number alone where it has one."""
    if briefly and found.number:
        return found.number
    title = (found.title or "").replace("《", "〈").replace("》", "〉")
    name = f"《{title}》" if title else "（无标题）"
    return f"{name}（{found.number}）" if found.number else name


def _result_notice(app: App, wanted: Wanted) -> ResultNotice:
    grouped = figures_by(app, Scope(wanted.year, None), "unit")
    named = [group for group in grouped if group.key is not None]
    if not named:
        raise _nothing(app, wanted)
    with reading_standings(app) as (_, standings):
        whole = measures_in(app, standings, Scope(wanted.year, None))
    scores = _scores(app, wanted, grouped)
    decided = _decided(app, wanted)
    return ResultNotice(
        year=wanted.year,
        made=app.today,
        issuer=app.access.home or app.unit,
        units=len(named),
        rankings=tuple(_ranking(measure, named) for measure in whole if measure.target is not None),
        whole=whole,
        absent=_absent(app, {str(group.key) for group in named}) if wanted.all_units else (),
        scores=tuple(_scored(scores, one, decided) for one in scores.scores) if scores else (),
        unscored=scores.left_out if scores else (),
        scheme=_scheme(scores),
        orders=mending_orders(app, decided, scores),
        deadline=wanted.deadline,
        addressee=wanted.addressee,
        notice=sample_notice(str(group.key) for group in named),
    )


def _absent(app: App, known: Collection[str]) -> tuple[str, ...]:
    """Return the units of the assessment plan of which the register holds no document of the year."""
    return tuple(row.name for row in app.rules.units if not {row.code, row.name, *row.aliases} & {*known})


def _scores(app: App, wanted: Wanted, figures: Sequence[Grouped] | None = None) -> Scores | None:
    """Return the scores by the scheme that was asked for; None where none was."""
    if wanted.scheme is None:
        return None
    from attrtrack.workflow.assessing import counted_scores, score  # noqa: PLC0415 - a paper without scores starts lighter

    if wanted.unit is None:
        return counted_scores(app, wanted.scheme, year=wanted.year, entries=wanted.entries, figures=figures)
    return score(app, wanted.scheme, year=wanted.year, unit=wanted.unit, entries=wanted.entries)


def _scheme(scores: Scores | None) -> str | None:
    if scores is None:
        return None
    return f"{scores.scheme.name}（示例，不得作为正式考核依据）" if scores.scheme.sample else scores.scheme.name


def _decided(app: App, wanted: Wanted) -> Mapping[str, GradeDecision]:
    return decided_grades(app, wanted.year, scheme=wanted.scheme, unit=wanted.unit)


def _scored(scores: Scores, one: Score, decided: Mapping[str, GradeDecision]) -> ScoredUnit:
    """Print a score: a total with its rank, or the span in which it lies while rules are open; then it has no rank."""
    total = f"{one.total:f}" if one.complete else f"{one.lowest:f}—{one.total:f}"
    decision = decided.get(one.unit)
    proposed = f"拟定{one.grade_proposed}" if one.grade_proposed else ""
    grade = proposed if decision is None or decision.grade is None else decision.grade
    remark = "；".join(filter(None, (grade, f"{len(one.open)}条规则未定" if one.open else "")))
    rank = f"{one.rank:f}" if one.rank is not None and one.complete else None
    return ScoredUnit(one.unit, scores.scheme.assessed_class(one.class_code).name, total, rank, remark)


def _ranking(whole: AnyMeasure, groups: Iterable[Grouped]) -> Ranking:
    """Rank the units by a measure: equal values share a rank, the ranks after them are left out."""
    found = [
        (str(group.key or NO_UNIT), item)
        for group in groups
        for item in group.measures
        if (item.code, item.reading) == (whole.code, whole.reading)
    ]
    valued = sorted((row for row in found if row[1].value is not None), key=lambda row: (-_exact(row[1]), row[0]))
    ranked, before = list[RankedUnit](), 0
    for _, tied in groupby(valued, key=lambda row: _exact(row[1])):
        rows = list(tied)
        ranked += [RankedUnit(unit, item, before + 1) for unit, item in rows]
        before += len(rows)
    without = sorted((row for row in found if row[1].value is None), key=lambda row: row[0])
    return Ranking(whole, (*ranked, *(RankedUnit(unit, item, None) for unit, item in without)))


def _exact(measure: AnyMeasure) -> Fraction:
    return Fraction(len(measure.numerator), len(measure.denominator))


def _rectification(app: App, wanted: Wanted) -> Rectification:
    units = [wanted.unit] if wanted.unit is not None else [one.unit for one in units_to_mend(app, wanted)]
    shortfalls = list[Shortfall]()
    for unit in units:
        found = coverage(app, year=wanted.year, unit=unit)
        if wanted.unit is not None and not _documents(found):
            raise _nothing(app, wanted)
        short = _short(app, found, briefly=True)
        shortfalls += [Shortfall(unit, measure, short[measure.code, measure.reading]) for measure in to_mend(found)]
    scores = _scores(app, wanted)
    return Rectification(
        year=wanted.year,
        made=app.today,
        scope=wanted.unit,
        shortfalls=tuple(shortfalls),
        measures=tuple({(item.measure.code, item.measure.reading): item.measure for item in shortfalls}.values()),
        sheets=_sheets(scores),
        orders=mending_orders(app, _decided(app, wanted), scores),
        deadline=wanted.deadline,
        notice=sample_notice(units),
    )


@dataclass(frozen=True, slots=True)
class UnitToMend:
    """A unit with the measures that are below their targets."""

    unit: str
    measures: tuple[AnyMeasure, ...]

    @property
    def short(self) -> int:
        """How many rows are short, counted again in each measure."""
        return sum(len(one.denominator) - len(one.numerator) for one in self.measures)


def units_to_mend(app: App, wanted: Wanted) -> tuple[UnitToMend, ...]:
    """Return the units that the rectification list of a year tells of, in its order, with what is short counted only."""
    permitted(app, Right.MEASURE)
    _check(app, wanted)
    groups = figures_by(app, Scope(wanted.year, None), "unit")
    if not groups:
        raise _nothing(app, wanted)
    found = (UnitToMend(str(one.key), tuple(to_mend(one.measures))) for one in groups if one.key is not None)
    return tuple(one for one in found if one.measures)


def _sheets(scores: Scores | None) -> tuple[ScoreSheet, ...]:
    if scores is None:
        return ()
    from attrtrack.assessing import loss_sheet  # noqa: PLC0415 - the same

    found = ((one.unit, loss_sheet(scores.scheme, one)) for one in scores.scores)
    scheme = _scheme(scores) or ""
    return tuple(ScoreSheet(unit, scheme, lines) for unit, lines in found if lines)
