"""Judging kept judgements again by the present rules: which documents would flip, and why."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from attrtrack.domain.access import Right
from attrtrack.domain.documents import Document
from attrtrack.domain.evaluations import Evaluation, GateAct, Replayed
from attrtrack.domain.findings import Finding
from attrtrack.gate import WITHOUT_TEXT, Case, carried_over, is_blocked, run_checks
from attrtrack.gate.running import NEEDS_INTERPRETATIONS
from attrtrack.rules import Rules
from attrtrack.workflow.app import App
from attrtrack.workflow.given import course_of_given, declaration_of, known_of, letter_of, proposal_of
from attrtrack.workflow.judging import carried_marks_of, named_of
from attrtrack.workflow.permitting import permitted

_JUDGED = frozenset({GateAct.DECLARE, GateAct.REVIEW, GateAct.SIGN, GateAct.GATE})
"""Acts whose judgement ran the checks; recording and publishing ran none."""

Telling = Callable[[int], None]


def replay(
    app: App, *, year: int | None = None, unit: str | None = None, telling: Telling | None = None
) -> Iterator[Replayed]:
    """Yield every kept judgement beside what the present rules say of its input, in order of entry; nothing is written.

    Of a document the newest judgement of each act counts. `telling` hears how many have been judged.
    """
    permitted(app, Right.READ)
    with app.reading() as work:
        kept = (one for one in work.evaluations.kept(unit, year, units=app.access.units) if _can_be_repeated(one))
        for number, evaluation in enumerate(kept, start=1):
            document = None
            if evaluation.document_id is not None:
                document = work.documents.get(evaluation.document_id).document
            yield _replayed(app, evaluation, document)
            if telling is not None:
                telling(number)


def _can_be_repeated(evaluation: Evaluation) -> bool:
    """Whether the checks were run; a document asked about again after its sign-off was judged the same by then."""
    asked_again = evaluation.act is GateAct.GATE and evaluation.document_id is not None
    return evaluation.act in _JUDGED and evaluation.given.get("format") == 1 and not asked_again


def _replayed(app: App, evaluation: Evaluation, document: Document | None) -> Replayed:
    without = NEEDS_INTERPRETATIONS if document is not None else WITHOUT_TEXT
    now = _judged_now(app.rules, app, evaluation, document)
    before = tuple(dict.fromkeys(finding.code for finding in evaluation.findings))
    after = tuple(dict.fromkeys(finding.code for finding in now))
    return Replayed(
        decision_id=evaluation.code,
        document_id=evaluation.document_id,
        act=evaluation.act,
        before=evaluation.passed,
        after=not is_blocked(now),
        findings_gone=tuple(code for code in before if code not in after),
        findings_new=tuple(code for code in after if code not in before),
        rules_before=evaluation.rules_version,
        carried_over=tuple(sorted(without)),
    )


def _judged_now(rules: Rules, app: App, evaluation: Evaluation, document: Document | None) -> tuple[Finding, ...]:
    """Return what reading noticed then, what the checks find now, and what the checks that cannot be repeated found then."""
    given = evaluation.given
    without = NEEDS_INTERPRETATIONS if document is not None else WITHOUT_TEXT
    text = document or letter_of(given["document"])
    case = Case(
        text,
        declaration_of(given["declaration"]),
        proposal_of(given["proposal"]),
        cited=known_of(given["cited"]),
        course=course_of_given(given["course"]),
    )
    if document is not None:
        marked = carried_marks_of(document)
        case = replace(case, carried=(*marked, *known_of(given["carried"])[len(marked) :]))
        case = replace(case, named=named_of(app, document, case.intended))
    else:
        case = replace(case, carried=known_of(given["carried"]))
    found = [finding for run in run_checks(case, rules, without=without) for finding in run.findings]
    noted = tuple(finding for finding in evaluation.findings if finding.code in set(given["noted"]))
    return (*noted, *found, *carried_over(given["checks"], evaluation.findings, without))
