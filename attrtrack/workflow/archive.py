"""Measure the present model and rules on what an office has decided itself: rows of a file, or its register.

Decision: nothing is trained and printed marks are blanked, so that every answer is one the program would give today on
a document it has not seen; texts stream by, what stays of a document is what it was labelled and what was said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import EmptySourceError
from attrtrack.nlp.figures import Figures, GroupFigure, Judged, by_group, figures
from attrtrack.proposing.measuring import TOGETHER, opinions_of, unmarked
from attrtrack.workflow.app import App
from attrtrack.workflow.archive_cases import NO_TEXT, Case, LeftOut, register_cases, row_cases
from attrtrack.workflow.permitting import permitted

_AT_ONCE = 100
UNDECIDED = "还没有审定"
UNSTATED = "（未写明）"

Progress = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document on which the proposal differs from what was decided."""

    id: str
    title: str | None
    decided: DisclosureAttribute
    proposed: DisclosureAttribute | None
    probability: float | None
    reason: str | None
    abstained: bool
    doubt: str | None


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """What the voices are worth on an archive, by issuer and year too, what was left out, and where they disagree."""

    by_voice: Mapping[str, Figures]
    by_issuer: tuple[GroupFigure, ...]
    by_year: tuple[GroupFigure, ...]
    left_out: LeftOut
    disagreements: tuple[Disagreement, ...]
    of_known_writers: int
    model: str | None


def measure_rows(app: App, place: Path, *, progress: Progress) -> ArchiveFigures:
    """Measure on the labelled rows (JSON Lines) of a file, or of all `*.jsonl` files of a folder."""
    left_out = LeftOut()
    found = _measured(app, row_cases(app, place, left_out), left_out, progress=progress)
    if found is None:
        raise EmptySourceError(f"{place.name} 里没有一行可以评估。{left_out.told()}每行应写明 id、text、label。")
    return found


def measure_register(app: App, *, unit: str | None, year: int | None, progress: Progress) -> ArchiveFigures:
    """Measure on the documents of the register that are decided on; the decision in force is the label."""
    permitted(app, Right.READ)
    left_out = LeftOut()
    with app.reading() as work:
        recorded = sum(work.queries.count_by_state(unit, year).values())
        cases = register_cases(app, work.queries.decided_documents(unit, year), left_out)
        found = _measured(app, cases, left_out, progress=progress)
    measured = found.by_voice[TOGETHER].letters if found else 0
    left_out.add(UNDECIDED, count=recorded - measured - left_out.counts.get(NO_TEXT, 0))
    if found is None:
        raise EmptySourceError(
            f"登记中符合条件的 {recorded} 份文件，没有一份可以评估。{left_out.told()}"
            "请先用 attrtrack sign 审定几份，或者用 --data 给出标注好的文件。"
        )
    return found


def _measured(app: App, cases: Iterator[Case], left_out: LeftOut, *, progress: Progress) -> ArchiveFigures | None:
    judged: dict[str, list[Judged]] = {}
    disagreements: list[Disagreement] = []
    model = app.proposer.model
    trained_on = frozenset(model.facts.writers if model else ())
    known = 0
    for done, (case, proposal) in enumerate(_proposed(app, cases), start=1):
        for voice, prediction in opinions_of(proposal).items():
            judged.setdefault(voice, []).append(Judged(case.truth, prediction))
        if proposal.attribute not in case.truth.acceptable:
            disagreements.append(_disagreement(case, proposal))
        known += case.writer in trained_on
        progress("评估", done, 0)
    if not judged:
        return None
    together = judged[TOGETHER]
    return ArchiveFigures(
        by_voice={voice: figures(results) for voice, results in judged.items()},
        by_issuer=by_group(together, lambda truth: truth.issuer or UNSTATED),
        by_year=by_group(together, lambda truth: truth.year or UNSTATED),
        left_out=left_out,
        disagreements=tuple(disagreements),
        of_known_writers=known,
        model=model.version if model else None,
    )


def _proposed(app: App, cases: Iterator[Case]) -> Iterator[tuple[Case, Proposal]]:
    """Propose for the cases, some at once, which takes less time each."""
    while some := list(islice(cases, _AT_ONCE)):
        yield from zip(some, app.proposer.propose_many([unmarked(case.document) for case in some]), strict=True)


def _disagreement(case: Case, proposal: Proposal) -> Disagreement:
    return Disagreement(
        id=case.truth.id,
        title=case.document.title,
        decided=case.truth.label,
        proposed=proposal.attribute,
        probability=proposal.probability,
        reason=proposal.reason,
        abstained=proposal.abstained,
        doubt=proposal.doubt,
    )
