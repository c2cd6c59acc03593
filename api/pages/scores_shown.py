"""Scores in the words of the pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlencode

from api.pages.histories import local
from api.pages.scores_views import (
    ClassOfUnits,
    DecidedGrade,
    EnteredRule,
    GainView,
    LineView,
    LinkedRow,
    ScoredView,
    SheetOfUnit,
    TypedScore,
)
from api.pages.wording import link
from attrtrack.domain.schemes import Bonus, Per, Scheme
from attrtrack.domain.scores import Gain, Loss, LossLine, Score, Scores
from attrtrack.workflow.app import App
from attrtrack.workflow.grading import Graded, graded
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.score_sheets import NamedRow, named_rows, sheet_of

SHEET, FILE = "/scores/sheet", "/scores/sheets.xlsx"
_ON_A_SHEET, _MOST_SHEETS = 50, 12


@dataclass(frozen=True, slots=True)
class _Wording:
    """Scores being put into words: what was decided on them, the names of rows, the units of which a person entered something."""

    graded: Graded
    typed: TypedScore
    names: Mapping[str, NamedRow] = field(default_factory=dict)
    entered: Sequence[str] = ()

    @property
    def below(self) -> Sequence[str]:
        """The units whose sheets stand on the same page."""
        return self.entered[:_MOST_SHEETS]


def scored_view(app: App, scores: Scores, typed: TypedScore, *, entered: str | None = None) -> ScoredView:
    """Word the scores of a year; with an `entered` table the sheets of its units stand on the same page, for nothing is kept of it."""
    wording = _Wording(graded(app, scores), typed, entered=[one.unit for one in scores.scores if _is_entered(one)])
    units = len(scores.scores) + len(scores.left_out)
    classes = groupby(enumerate(scores.scores, start=1), key=lambda one: one[1].class_code)
    return ScoredView(
        scheme=scores.scheme.name,
        sample=scores.scheme.sample,
        method=scores.scheme.method_source,
        weights=scores.scheme.weights_source,
        year=scores.year,
        classes=tuple(
            ClassOfUnits(
                scores.scheme.assessed_class(code).name,
                tuple(_sheet(wording, one, f"u{place}") for place, one in of_class),
            )
            for code, of_class in classes
        ),
        left_out=scores.left_out,
        entered=entered,
        sheets_more=len(wording.entered) - len(wording.below),
        seen=units if app.access.units is not None else None,
        download=None if entered else f"{FILE}?{query_of(typed)}",
        rules=scores.rules_version,
    )


def sheet_view(app: App, scores: Scores, score: Score, typed: TypedScore) -> SheetOfUnit:
    """Word the sheet of one unit, with the names of the rows behind each loss."""
    return _sheet(_Wording(graded(app, scores), typed, _names(app, score)), score, "sheet")


def entered_rules(scheme: Scheme) -> tuple[EnteredRule, ...]:
    """Return the rules of a scheme that only a person can apply."""
    taken = ((rule.code, rule.text, f"每次扣 {rule.points:f}") for rule in scheme.deductions if rule.per is Per.CASE)
    given = ((rule.code, rule.text, _given(rule)) for rule in scheme.bonuses)
    return tuple(EnteredRule(*one) for one in (*taken, *given))


def _given(rule: Bonus) -> str:
    most = "" if rule.most is None else f"，最多 {rule.most:f}"
    return f"每次加 {rule.points:f}{most}"


def query_of(typed: TypedScore, **more: str) -> str:
    """Return the end of an address that asks for the same."""
    named = {"scheme": typed.scheme, "year": typed.year, "visit": typed.visit, "mend_by": typed.mend_by, **more}
    return urlencode({name: value for name, value in named.items() if value})


def _names(app: App, score: Score) -> Mapping[str, NamedRow]:
    return named_rows(app, [row for loss in _losses(score) for row in loss.rows[:_ON_A_SHEET]])


def _losses(score: Score) -> Iterator[Loss]:
    for section in score.sections:
        yield from section.losses
    yield from score.grave


def _is_entered(score: Score) -> bool:
    """Whether a person entered anything of a unit: what the register says has no evidence in words."""
    told = any(loss.evidence for loss in _losses(score)) or any(one.missing for one in score.sections)
    return told or bool(score.gains)


def _sheet(wording: _Wording, one: Score, key: str) -> SheetOfUnit:
    scores = wording.graded.scores
    lines = sheet_of(scores, one)
    return SheetOfUnit(
        key=key,
        unit=one.unit,
        class_name=scores.scheme.assessed_class(one.class_code).name,
        rank=f"{one.rank:f}" if one.complete and one.rank is not None else None,
        total=f"{one.total:f}" if one.complete else f"{one.lowest:f}—{one.total:f}",
        full=_plain(one.full_mark),
        grade=one.grade_proposed,
        decided=_decided(wording.graded, one),
        lost=_plain(sum((line.lost for line in lines), Decimal(0))),
        gained=_plain(sum((gain.points for gain in one.gains), Decimal(0))),
        lines=tuple(_line(wording, one, line) for line in lines),
        gains=tuple(map(_gain, one.gains)),
        open=tuple(rule.why for rule in one.open),
        tasks=tuple(_tasks(wording.graded, one.unit)),
        below=one.unit in wording.below,
        href=_opened(wording, one, key),
    )


def _opened(wording: _Wording, one: Score, key: str) -> str | None:
    """Return where a unit's sheet is; None where something was entered and the sheet has no room here."""
    if one.unit in wording.entered:
        return f"#{key}" if one.unit in wording.below else None
    return f"{SHEET}?{query_of(wording.typed, unit=one.unit)}"


def _decided(graded: Graded, one: Score) -> DecidedGrade | None:
    decision = graded.decided.get(one.unit)
    if decision is None or decision.grade is None:
        return None
    return DecidedGrade(decision.grade, local(decision.decided_at), outdated=not decision.rests_on(one))


def _tasks(graded: Graded, unit: str) -> Iterator[tuple[str, str]]:
    """Yield the tasks that are kept, those done said so, and then what nobody has decided on yet."""
    for task in graded.tasks:
        if task.unit == unit:
            yield task.due.isoformat() if task.due else "期限未定", f"{task.text}{'（已办结）' if task.ended else ''}"
    for foreseen in graded.foreseen:
        if foreseen.unit == unit:
            yield foreseen.due.isoformat(), foreseen.text


def _line(wording: _Wording, one: Score, line: LossLine) -> LineView:
    rows = line.loss.rows if line.loss else ()
    found = (wording.names.get(row) for row in rows[:_ON_A_SHEET])
    return LineView(
        indicator=line.indicator,
        weight="—" if line.weight is None else _plain(line.weight),
        lost=_plain(line.lost),
        reason=line.reason,
        rectified=line.rectified,
        rows=tuple(_row(row) for row in found if row),
        count=len(rows),
        more=_all_rows(wording.graded.scores, one, line.loss) if line.loss else None,
        evidence=line.loss.evidence if line.loss else (),
    )


def _all_rows(scores: Scores, one: Score, loss: Loss) -> str | None:
    """Return the address of every row behind a loss by a measure."""
    rule = next(rule for rule in scores.scheme.deductions if rule.code == loss.rule)
    if rule.kind != "measure":
        return None
    return link(f"/figures/{rule.subject}/document", Scope(scores.year, one.unit), part="short")


def _row(row: NamedRow) -> LinkedRow:
    place = "documents" if row.id.startswith("D") else "interpretations"
    number = f"（{row.number}）" if row.number else ""
    return LinkedRow(f"{row.title or '（无标题）'}{number}", f"/{place}/{row.id}")


def _gain(gain: Gain) -> GainView:
    cut = f"应加 {_plain(gain.asked)} 分，超过上限" if gain.asked > gain.points else None
    return GainView(_plain(gain.points), gain.reason, cut)


def _plain(points: Decimal) -> str:
    """Print points without the noughts that counting leaves behind."""
    return f"{points.normalize():f}"
