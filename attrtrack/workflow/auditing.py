"""Rank declared attributes by how likely they are wrong: by content, by the archive itself, letters of reply first.

Decision: rows stream by; of each stays what is printed, its probabilities and hashed pairs of signs, never its text.
The printed mark, the office's precedents and the row's own declaration have no say in what is held against it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.audits import AuditedRow, AuditSummary, SameReason, Suspicion
from attrtrack.gate import CatchAll, Declared, catch_alls
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_rows import RefusedRow, Scope
from attrtrack.workflow.audit_weighing import CLASSES, Result, Row, Weighed, weigh_rows
from attrtrack.workflow.retraining import OFFICE

if TYPE_CHECKING:
    from attrtrack.nlp.archive_model import ArchiveModel


@dataclass(frozen=True, slots=True)
class Audit:
    """The ranking, and what was left out of it: rows without a declared attribute, refused rows, rows out of scope."""

    suspicions: tuple[Suspicion, ...]
    not_audited: tuple[AuditedRow, ...]
    refused: tuple[RefusedRow, ...]
    out_of_scope: int
    summary: AuditSummary


@dataclass(slots=True)
class _Gathered:
    weighed: list[Weighed] = field(default_factory=list)
    not_audited: list[AuditedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    out_of_scope: int = 0


def audit(
    app: App,
    rows: Iterable[Row],
    scope: Scope,
    *,
    processes: int | None = None,
    step: Callable[[], object] = lambda: None,
) -> Audit:
    """Audit the rows of ledgers or of the register; `step` is told of every row that is done with.

    `processes` None: two where there are many rows; their number changes nothing in what is found.
    """
    auditing = Auditing(app, rows, scope, processes=processes)
    for _ in auditing.steps():
        step()
    return auditing.finished()


class Auditing:
    """An audit under way: row by row, then judged as a whole."""

    def __init__(self, app: App, rows: Iterable[Row], scope: Scope, *, processes: int | None) -> None:
        from attrtrack.nlp.archive_model import ArchiveModel  # noqa: PLC0415 - scikit-learn is loaded for audits only

        self._app = app
        self._archive, self._gathered = ArchiveModel(), _Gathered()
        self._weighed = weigh_rows(app, rows, scope, self._archive, processes=processes)

    def steps(self) -> Iterator[None]:
        """Weigh the rows, yielding after each."""
        for item in self._weighed:
            self._take(item)
            yield

    def _take(self, item: Result) -> None:
        if item is None:
            self._gathered.out_of_scope += 1
        elif isinstance(item, RefusedRow):
            self._gathered.refused.append(item)
        elif isinstance(item, AuditedRow):
            self._gathered.not_audited.append(item)
        else:
            self._gathered.weighed.append(replace(item, signs=None))
            if item.signs is not None:
                self._archive.keep(item.signs, CLASSES.index(item.declared))

    def finished(self) -> Audit:
        """Judge the rows weighed, one against the others."""
        gathered, model = self._gathered, self._app.proposer.model
        same = catch_alls(map(_declared, _rows_of(gathered)), self._app.rules)
        suspicions, learnt = _suspicions(gathered.weighed, self._archive, same)
        return Audit(
            suspicions,
            tuple(gathered.not_audited),
            tuple(gathered.refused),
            gathered.out_of_scope,
            replace(
                _summary(suspicions, gathered.not_audited, learnt=learnt),
                same_reasons=_same_reasons(same),
                taught_by_office=model is not None and OFFICE in model.facts.writers,
            ),
        )


def _rows_of(gathered: _Gathered) -> list[AuditedRow]:
    return [*(item.row for item in gathered.weighed), *gathered.not_audited]


def _declared(row: AuditedRow) -> Declared:
    return Declared(row.unit, row.declared, row.declared_reason)


def _same_reasons(found: Mapping[Declared, CatchAll]) -> tuple[SameReason, ...]:
    """Return the reasons given for too many, the one given most first."""
    each = dict.fromkeys(
        SameReason(one.unit, told.attribute, told.reason, told.count, told.rows) for one, told in found.items()
    )
    return tuple(sorted(each, key=lambda item: -item.count))


def _suspicions(
    weighed: Sequence[Weighed], archive: "ArchiveModel", same: Mapping[Declared, CatchAll]
) -> tuple[tuple[Suspicion, ...], bool]:
    from attrtrack.nlp.confident import CERTAIN, joined, wrongness  # noqa: PLC0415 - numpy is loaded for audits only

    probabilities: Sequence[Sequence[float]] = [item.probabilities for item in weighed]
    likelihoods = archive.likelihoods(len(CLASSES)) if weighed else None
    if likelihoods is not None:
        probabilities = joined(probabilities, likelihoods, [item.protected for item in weighed])
    scores = wrongness(probabilities, [CLASSES.index(item.declared) for item in weighed])
    found = [
        replace(_suspicion(item, score, certain=CERTAIN), catch_all=_declared(item.row) in same)
        for item, score in zip(weighed, scores, strict=True)
    ]
    return tuple(sorted(found, key=_order)), likelihoods is not None


def _suspicion(item: Weighed, score: float, *, certain: float) -> Suspicion:
    return Suspicion(
        row=item.row,
        declared=item.declared,
        proposed=item.proposed,
        score=score,
        flagged=score > certain and item.proposed not in {None, item.declared},
        probability=None if item.proposed is None else item.probabilities[CLASSES.index(item.proposed)],
        reason=item.reason,
        evidence=item.evidence,
        doubt=item.doubt,
    )


def _order(item: Suspicion) -> tuple[int, float]:
    """Flagged letters of reply first, then what else is flagged, then the rest, each by score."""
    rank = (0 if item.row.letter_of_reply else 1) if item.flagged else 2
    return rank, -item.score


def _summary(suspicions: Sequence[Suspicion], not_audited: Sequence[AuditedRow], *, learnt: bool) -> AuditSummary:
    flagged = [item for item in suspicions if item.flagged]
    audited_of = Counter(item.row.unit for item in suspicions)
    flagged_of = Counter(item.row.unit for item in flagged if item.row.unit)
    return AuditSummary(
        audited=len(suspicions),
        flagged=len(flagged),
        hidden_letters=sum(_is_hidden(item) for item in flagged),
        not_audited=len(not_audited),
        by_title=sum(item.row.by_title for item in suspicions),
        learnt_from_archive=learnt,
        by_unit=tuple((unit, audited_of[unit], count) for unit, count in flagged_of.most_common() if unit),
    )


def _is_hidden(item: Suspicion) -> bool:
    withheld = item.declared is DisclosureAttribute.WITHHELD
    return item.row.letter_of_reply and withheld and item.proposed is DisclosureAttribute.PROACTIVE
