"""`score`: scores by a scheme, or somebody's published table recomputed."""

import argparse
from typing import TYPE_CHECKING

from attrtrack.assessing import loss_sheet
from attrtrack.bootstrap import build_app
from attrtrack.cli.grade_words import decided_words, left_words, then_words
from attrtrack.cli.output import print_row, say, told
from attrtrack.domain.grades import GradeDecision
from attrtrack.domain.score_checks import ScoreCheck, TableCheck
from attrtrack.domain.scores import Score, Scores
from attrtrack.errors import UsageError
from attrtrack.workflow import score_shapes
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.workflow.grading import Graded

_FOUND = 1


def score(options: argparse.Namespace) -> int:
    """Check a table, score the units of a year, or do an act on grades and tasks; 1 where a check found something."""
    if options.act:
        from attrtrack.cli.grading import act  # noqa: PLC0415 - a check of a table needs no register

        return act(options)
    app = build_app(options.db, options.actor)
    if options.check:
        if options.scheme or options.year or options.entries or options.visit or options.mend_by:
            raise UsageError("--check 复核别人的成绩表，不与计分的选项合用：请分两次运行。")
        return _check(app, options)
    if not options.scheme or not options.year:
        schemes = "、".join(f"{one.code}（{one.name}）" for one in app.rules.schemes)
        raise UsageError(f"请写明 --check 成绩表，或 --scheme 细则 和 --year 年度。可用的细则：{schemes}。")
    return _score(app, options)


def _check(app: App, options: argparse.Namespace) -> int:
    from attrtrack.workflow.score_checking import check_scores  # noqa: PLC0415 - readers are loaded when first needed

    checked = check_scores(app, options.check)
    if options.json:
        print_row(score_shapes.check_row(checked))
    else:
        _print_check(checked)
    return 0 if checked.sound else _FOUND


def _print_check(checked: ScoreCheck) -> None:
    for table in checked.tables:
        print(f"{told(table.name) or '成绩表'}：{table.units} 个单位")
        for line in _lines(table):
            print(f"  {told(line)}")


def _lines(table: TableCheck) -> list[str]:
    wrong, caps = table.totals_wrong, table.caps_exceeded
    lines = []
    if wrong is not None:
        right = table.units - len(wrong) - len({cell.row for cell in table.unread})
        lines.append(f"总分（{table.formula}）：{right} 个对，{len(wrong)} 个不对")
        lines.extend(f"✗ {one.message}" for one in wrong)
    if caps is not None:
        lines.append(f"满分：{len(caps)} 处超过" if caps else "满分：没有超过的")
        lines.extend(f"✗ {one.message}" for one in caps)
    if table.rank_method is not None:
        lines.append(f"名次：{table.rank_method.chinese}；{len(table.rank_findings)} 处不符")
        lines.extend(f"✗ {one.message}" for one in table.rank_findings)
    lines.extend(f"! {cell.message}" for cell in table.unread)
    lines.extend(f"· {note}" for note in table.notes)
    return lines


def _score(app: App, options: argparse.Namespace) -> int:
    from attrtrack.workflow.assessing import Days  # noqa: PLC0415 - the register is loaded when first needed
    from attrtrack.workflow.assessing import score as scored  # noqa: PLC0415 - the register is loaded when first needed
    from attrtrack.workflow.grade_shapes import graded_rows  # noqa: PLC0415 - the same
    from attrtrack.workflow.grading import graded  # noqa: PLC0415 - the same

    days = Days(options.visit, options.mend_by)
    scores = scored(app, options.scheme, year=options.year, unit=options.unit, entries=options.entries, days=days)
    found = graded(app, scores)
    if options.json:
        for row in graded_rows(app, found):
            print_row(row)
    else:
        _print_scores(app, found)
    if scores.scheme.sample:
        say("这是示例细则：指标、分值和扣分标准为演示而编，不得作为正式考核依据。")
    return 0


def _print_scores(app: App, graded: "Graded") -> None:
    scores, scheme = graded.scores, graded.scores.scheme
    print(f"{scheme.name}，{scores.year} 年" + ("【示例，不作依据】" if scheme.sample else ""))
    for one in scores.scores:
        _print_score(one, scores, graded.decided.get(one.unit))
        _print_tasks(app, graded, one.unit)
    for unit, why in scores.left_out:
        print(f"{told(unit)}：{why}")


def _print_score(one: Score, scores: Scores, decision: GradeDecision | None) -> None:
    assessed = scores.scheme.assessed_class(one.class_code)
    grade = (
        f"，建议等次：{one.grade_proposed}" + ("（由人审定）" if decision is None else "") if one.grade_proposed else ""
    )
    if one.complete:
        print(f"{assessed.name} 第{one.rank}名 {told(one.unit)}：{one.total:f} 分（满分 {one.full_mark:f}）{grade}")
    else:
        span = f"{one.lowest:f} 到 {one.total:f} 分之间"
        print(f"{assessed.name} {told(one.unit)}：{span}，{len(one.open)} 条规则未定，暂不排名")
    if decision is not None:
        print(f"  {decided_words(decision)}" + _changed(one, decision))
    for line in loss_sheet(scores.scheme, one):
        weight = "—" if line.weight is None else f"{line.weight:f}"
        print(
            f"  {line.indicator} | 指标分值 {weight} | 扣分 {line.lost:f} | {told(line.reason)} | 整改情况：{line.rectified or '（待填）'}"
        )
    for gain in one.gains:
        cut = f"（应加 {gain.asked:f} 分，超过上限）" if gain.asked > gain.points else ""
        print(f"  加分 {gain.points:f} {told(gain.reason)}{cut}")
    for rule in one.open:
        print(f"  · 未定 {rule.rule}：{told(rule.why)}")


def _changed(one: Score, decision: GradeDecision) -> str:
    """Tell where a unit has not the score any more with which its grade was decided."""
    return "" if decision.rests_on(one) else f"　! 得分与审定时（{then_words(decision)}）不同：请核对是否重新审定"


def _print_tasks(app: App, graded: "Graded", unit: str) -> None:
    from attrtrack.workflow.assessment_tasks import listed_task  # noqa: PLC0415 - the register is loaded when first needed

    for task in graded.tasks:
        if task.unit == unit:
            print(
                f"  ▸ {task.id} {task.due or '期限未定'} {task.text}　{left_words(listed_task(app, task, app.today))}"
            )
    for one in graded.foreseen:
        if one.unit == unit:
            print(f"  ▸ {one.due.isoformat()} {one.text}")
