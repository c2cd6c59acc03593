"""Judging a case and keeping the judgement whole: its input, every check that was run, what it found, by which rules."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrtrack.domain.decisions import Declaration
from attrtrack.domain.evaluations import Evaluation, GateAct
from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.reviews import Course
from attrtrack.gate import Case, CheckRun, found_by, run_checks
from attrtrack.workflow.app import App
from attrtrack.workflow.given import course_given, declaration_given, document_given, known_given, proposal_given
from attrtrack.workflow.judging import case_of

if TYPE_CHECKING:
    from attrtrack.proposing.studying import Study
    from attrtrack.storage import UnitOfWork

_INTERPRETING = frozenset({Judgement.AUTO, Judgement.CONFIRMED})


@dataclass(frozen=True)
class Judged:
    """A case with the checks as they were run on it, and what the rules read in its document, where that was asked."""

    case: Case
    runs: tuple[CheckRun, ...]
    study: "Study | None" = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What all checks found, in their order."""
        return tuple(finding for run in self.runs for finding in run.findings)


def judge_case(app: App, case: Case, *, study: "Study | None" = None) -> Judged:
    """Run every check of the gate on a case, each within the office's limit of time."""
    return Judged(case, run_checks(case, app.rules, timer=time.monotonic), study)


def judge_recorded(
    app: App, work: "UnitOfWork", recorded: RecordedDocument, declaration: Declaration, *, course: Course | None
) -> Judged:
    """Judge a document of the register with what the register knows of it; `course` where it is about a sign-off."""
    from attrtrack.proposing.studying import Study  # noqa: PLC0415 - loaded where a document is judged

    study = Study(recorded.document, app.rules)
    proposal = work.proposals.latest(recorded.id)
    case = case_of(app, recorded.document, declaration, proposal=proposal, work=work, itself=recorded.id, study=study)
    return judge_case(app, replace(case, course=course), study=study)


def course_of(
    app: App, work: "UnitOfWork", recorded: RecordedDocument, declaration: Declaration, *, because: str | None
) -> Course:
    """Return how a document of the register came to the sign-off that the person acting is about to give."""
    secrecy = work.reviews.secrecy(recorded.id)
    why = "；".join(words for words in (declaration.because, because) if words and words.strip())
    return Course(
        by=app.actor,
        reviews=work.reviews.of_declaration(recorded.id),
        secrecy=secrecy[-1] if secrecy else None,
        opinions=work.reviews.opinions(recorded.id),
        decided=recorded.decision,
        because=why or None,
        overruling=because,
        needs_interpretation=work.needs.get(recorded.id).needed,
        interpreted=any(link.judgement in _INTERPRETING for link in work.links.of_document(recorded.id)),
        addresses=tuple(publication.url for publication in recorded.publications),
    )


def keep(
    app: App,
    work: "UnitOfWork",
    recorded: RecordedDocument,
    judged: Judged,
    *,
    act: GateAct,
    also: Iterable[Finding] = (),
) -> Evaluation:
    """Keep a judgement of a document; `also` are findings made elsewhere (in reading, in learning) that belong to it.

    Findings made elsewhere never block here: the gate's checks decide what stops a sign-off.
    """
    return work.evaluations.add(
        recorded.id,
        (*also, *judged.findings),
        app.rules.version,
        act=act,
        given=given_of(app, judged, document_given(recorded), also=also),
        model_version=judged.case.proposal.model_version if judged.case.proposal else None,
    )


def given_of(app: App, judged: Judged, document: Mapping[str, Any], *, also: Iterable[Finding] = ()) -> dict[str, Any]:
    """Return the whole input of a judgement, so that the present rules can be asked the same again later."""
    case = judged.case
    return {
        "format": 1,
        "day": app.today.isoformat(),
        "document": dict(document),
        "declaration": declaration_given(case.declaration),
        "proposal": proposal_given(case.proposal),
        "carried": known_given(case.carried),
        "cited": known_given(case.cited),
        "course": course_given(case.course),
        "switches": {row.code: list(row.values) for row in app.rules.gate},
        "checks": found_by(judged.runs),
        "noted": [finding.code for finding in also],
    }
