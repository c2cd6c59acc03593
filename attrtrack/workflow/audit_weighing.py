"""What each audited row weighs: the proposal by its content alone; a long ledger's rows are read and weighed by two processes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.audits import AuditedRow
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.proposals import Proposal, Voice
from attrtrack.rules import Rules
from attrtrack.rules.reasons import REGULATION
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_rows import Candidate, RefusedRow, Scope, UnreadRow

if TYPE_CHECKING:
    from attrtrack.nlp.archive_model import ArchiveModel, Signs

CLASSES = tuple(DisclosureAttribute)
_TO_BE_PUBLISHED = range(19, 22)
_BY_TITLE = "只有标题，没有正文，仅按标题判断"
_TITLE_EXPONENT = 2 / 3
"""What a title alone says counts two thirds as log-odds; so it is calibrated on letters of which only titles are shown."""

Row = UnreadRow | Candidate | RefusedRow


@dataclass(frozen=True, slots=True)
class Weighed:
    """What stays of a row once its text is gone."""

    row: AuditedRow
    declared: DisclosureAttribute
    proposed: DisclosureAttribute | None
    reason: str | None
    evidence: tuple[Evidence, ...]
    doubt: str | None
    probabilities: tuple[float, ...]
    protected: int | None
    signs: "Signs | None" = None


Result = Weighed | AuditedRow | RefusedRow | None
"""What became of a row: weighed, without a declared attribute, refused, or out of scope (None)."""


def weigh_rows(
    app: App, rows: Iterable[Row], scope: Scope, archive: "ArchiveModel", *, processes: int | None = None
) -> Iterator[Result]:
    """Yield what became of each row, in order; `processes` None: two where there are many rows."""
    from attrtrack.nlp.forking import for_batches  # noqa: PLC0415 - needed by audits only

    return for_batches(partial(_judged, app, scope, archive), rows, processes=processes)


def _judged(app: App, scope: Scope, archive: "ArchiveModel", items: Sequence[Row]) -> list[Result]:
    """Return what became of some rows; those that are audited are weighed together."""
    rows = [item.read(app.rules) if isinstance(item, UnreadRow) else item for item in items]
    audited = [
        (place, row, declared)
        for place, row in enumerate(rows)
        if isinstance(row, Candidate) and (declared := row.row.declared) is not None and scope.holds(row)
    ]
    said = app.proposer.weigh_many([row.document for _, row, _ in audited])
    weighed = {
        place: replace(_weighed(app, row, declared, one), signs=archive.signs(row.document.text))
        for (place, row, declared), one in zip(audited, said, strict=True)
    }
    return [weighed[place] if place in weighed else _left_out(row, scope) for place, row in enumerate(rows)]


def _left_out(row: Candidate | RefusedRow, scope: Scope) -> AuditedRow | RefusedRow | None:
    if isinstance(row, RefusedRow):
        return row
    return row.row if scope.holds(row) else None


def _weighed(
    app: App, item: Candidate, declared: DisclosureAttribute, said: tuple[Proposal, Mapping[DisclosureAttribute, float]]
) -> Weighed:
    proposal, pooled = said
    doubts = [_BY_TITLE] if item.row.by_title else []
    doubts += [proposal.doubt] if proposal.doubt else []
    return Weighed(
        row=item.row,
        declared=declared,
        proposed=proposal.attribute,
        reason=proposal.reason,
        evidence=proposal.evidence,
        doubt="；".join(doubts) or None,
        probabilities=_tempered(pooled, _TITLE_EXPONENT if item.row.by_title else 1.0),
        protected=_protected(proposal, app.rules),
    )


def _tempered(pooled: Mapping[DisclosureAttribute, float], exponent: float) -> tuple[float, ...]:
    powers = [pooled[name] ** exponent for name in CLASSES]
    total = sum(powers)
    return tuple(power / total for power in powers)


def _protected(proposal: Proposal, rules: Rules) -> int | None:
    """Return the place of `proactive` where the rules call for publication by articles 19 to 21, else None."""
    for opinion in proposal.voices:
        reason = rules.reason(opinion.reason or "")
        if opinion.voice is Voice.RULES and opinion.attribute is DisclosureAttribute.PROACTIVE and reason is not None:
            clauses = (item for item in reason.references if item.instrument == REGULATION)
            if any(item.article in _TO_BE_PUBLISHED for item in clauses):
                return CLASSES.index(DisclosureAttribute.PROACTIVE)
    return None
