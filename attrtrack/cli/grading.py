"""`score` with an act: a person decides a grade or takes it back, sets a visit, and looks after the tasks that follow."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.grade_words import decided_words, left_words, then_words
from attrtrack.cli.output import print_row, say, told
from attrtrack.domain.grades import GradeDecision
from attrtrack.errors import UsageError
from attrtrack.workflow import assessment_tasks as dated
from attrtrack.workflow import grade_shapes, grading
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import scheme_named
from attrtrack.workflow.assessment_tasks import ListedTask


def act(options: argparse.Namespace) -> int:
    """Do what stands after `score`."""
    app = build_app(options.db, options.actor)
    _ACTS[options.act](app, options)
    return 0


def _words(options: argparse.Namespace, *names: str) -> list[str]:
    if len(options.words) != len(names):
        wanted = " ".join(("attrtrack score", options.act, *names))
        raise UsageError(f"写法是 {wanted}：请核对。")
    return list(options.words)


def _asked(options: argparse.Namespace, unit: str) -> grading.Asked:
    if not options.scheme or not options.year:
        raise UsageError(f"attrtrack score {options.act} 要写明 --scheme 细则 和 --year 年度。")
    return grading.Asked(unit, options.year, options.scheme, options.entries)


def _decide(app: App, options: argparse.Namespace) -> None:
    unit, grade = _words(options, "单位", "等次")
    asked = _asked(options, unit)
    made = grading.decide_grade(app, asked, grade, because=options.because, mend_by=options.mend_by)
    _print_decision(made, as_json=options.json)
    if scheme_named(app, made.scheme).sample:
        say("这是示例细则：审定的等次只供演示，不得作为正式考核结果。")
    if made.rectify and made.mend_by is None:
        say("还没有定整改期限：定下以后再审定一次，写明 --mend-by 日期。")


def _take_back(app: App, options: argparse.Namespace) -> None:
    (unit,) = _words(options, "单位")
    made = grading.take_grade_back(app, _asked(options, unit), options.because)
    _print_decision(made, as_json=options.json)


def _decisions(app: App, options: argparse.Namespace) -> None:
    _words(options)
    found = grading.grade_decisions(app, options.year, options.scheme, unit=options.unit)
    for decision in found:
        _print_decision(decision, as_json=options.json)
    if not found and not options.json:
        print("没有审定过的等次。")


def _visit(app: App, options: argparse.Namespace) -> None:
    (unit,) = _words(options, "单位")
    asked = _asked(options, unit)
    if options.visit is None:
        raise UsageError("请用 --visit 写明实地考核的日期。")
    visit = dated.set_visit(app, unit, year=asked.year, scheme=asked.scheme, day=options.visit)
    if options.json:
        print_row(grade_shapes.visit_row(visit))
    else:
        print(f"{visit.id}  {told(unit)}：{visit.day} 实地考核，最迟 {visit.notify_by} 通知")
    if visit.notify_by < app.today:
        say(f"最迟通知日 {visit.notify_by} 已经过去：请尽快通知，或改期。")


def _tasks(app: App, options: argparse.Namespace) -> None:
    _words(options)
    found = dated.assessment_tasks_due(app, options.on, unit=options.unit, year=options.year, done=options.all)
    for listed in found:
        _print_task(listed, as_json=options.json)
    if not options.json:
        overdue = sum(listed.overdue for listed in found)
        print(f"考核任务 {len(found)} 项，逾期 {overdue} 项。" if found else "没有要办的考核任务。")


def _done(app: App, options: argparse.Namespace) -> None:
    (identifier,) = _words(options, "编号")
    _print_task(dated.finish_task(app, identifier, options.note), as_json=options.json)


def _reopen(app: App, options: argparse.Namespace) -> None:
    (identifier,) = _words(options, "编号")
    _print_task(dated.reopen_task(app, identifier, options.note), as_json=options.json)


_ACTS = {
    "decide": _decide,
    "take-back": _take_back,
    "decisions": _decisions,
    "visit": _visit,
    "tasks": _tasks,
    "done": _done,
    "reopen": _reopen,
}


def _print_decision(decision: GradeDecision, *, as_json: bool) -> None:
    if as_json:
        print_row(grade_shapes.decision_row(decision))
        return
    print(f"{decision.id}  {told(decision.unit)}  {decision.year} 年  {decision.scheme}")
    print(f"  {decided_words(decision)}　当时 {then_words(decision)}")


def _print_task(listed: ListedTask, *, as_json: bool) -> None:
    if as_json:
        print_row(grade_shapes.task_row(listed))
        return
    task = listed.task
    print(
        f"{task.id}  {task.due or '期限未定'}  {task.kind.chinese}  {told(task.unit)}（{task.year} 年）　{left_words(listed)}"
    )
    print(f"  {task.text}")
