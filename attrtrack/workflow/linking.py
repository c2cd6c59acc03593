"""Propose which document an interpretation explains, and keep what a person says of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkProposals
from attrtrack.domain.judgements import Act, LinkAct
from attrtrack.domain.register import RecordedInterpretation, RecordedLink
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.linking import Matcher
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_AT_ONCE = 100
_OF_A_DOCUMENT = frozenset({Act.CHOOSE, Act.ALSO, Act.REJECT})

Proposed = tuple[RecordedInterpretation, LinkProposals]
"""An interpretation of the register with what is proposed for it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An interpretation, what was proposed for it, and the documents proposed, in that order."""

    interpretation: Interpretation
    proposals: LinkProposals
    documents: tuple[LinkableDocument, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """How an interpretation stands after an act: its pairs, what people did with it, and whether the act changed anything."""

    recorded: RecordedInterpretation
    links: tuple[RecordedLink, ...]
    acts: tuple[LinkAct, ...]
    changed: bool = False
    version: int = 0
    """Counts with each change of the interpretation and its pairs, where the standing was asked for."""

    @property
    def last(self) -> int:
        """The number of the last act, to be handed back as `seen`; 0 when nobody has said anything."""
        return self.acts[-1].number if self.acts else 0


def link_batch(
    app: App, documents: Sequence[LinkableDocument], interpretations: Sequence[Interpretation]
) -> Iterator[LinkProposals]:
    """Propose links between given rows; nothing is stored."""
    yield from Matcher(documents, app.rules, processes=None).propose_many(interpretations)


def link(app: App, *, unit: str | None = None, year: int | None = None) -> Iterator[Linked]:
    """Propose links for every interpretation of the register without a confirmed document, and keep the proposals.

    What a person says meanwhile stands: each proposal is kept only as far as nobody has spoken (see `Links.propose`).
    """
    permitted(app, Right.JUDGE_LINKS)
    waiting, documents = unlinked(app, unit=unit, year=year)
    by_id = {document.id: document for document in documents}
    for part in proposed_parts(app, waiting, documents):
        with app.unit_of_work() as work:
            kept = keep_proposed(work, part)
        yield from [_linked(recorded, proposals, by_id) for recorded, proposals in kept]


def unlinked(
    app: App, *, unit: str | None, year: int | None
) -> tuple[tuple[RecordedInterpretation, ...], tuple[LinkableDocument, ...]]:
    """Return the interpretations without a confirmed document, in order of entry, and every document that may be theirs."""
    permitted(app, Right.JUDGE_LINKS, Right.RUN_JOBS)
    with app.reading() as work:
        documents = tuple(work.documents.linkables())
        return tuple(work.interpretations.unsettled(unit, year)), documents


def proposed_parts(
    app: App,
    waiting: Sequence[RecordedInterpretation],
    documents: Sequence[LinkableDocument],
    *,
    processes: int | None = None,
) -> Iterator[list[Proposed]]:
    """Propose links for interpretations, and yield them in order, as many at once as one transaction keeps."""
    matcher = Matcher(documents, app.rules, processes=processes)
    proposals = matcher.propose_many([item.interpretation for item in waiting], processes=processes)
    proposed = zip(waiting, proposals, strict=True)
    while part := list(islice(proposed, _AT_ONCE)):
        yield part


def keep_proposed(work: "UnitOfWork", proposed: Iterable[Proposed]) -> list[Proposed]:
    """Keep proposals in the open transaction; return those that were kept, for a person may have spoken meanwhile."""
    kept = [(recorded, work.links.propose(recorded.id, proposals)) for recorded, proposals in proposed]
    return [(recorded, proposals) for recorded, proposals in kept if proposals is not None]


def _linked(recorded: RecordedInterpretation, kept: LinkProposals, by_id: dict[str, LinkableDocument]) -> Linked:
    return Linked(recorded.interpretation, kept, tuple(by_id[item.document_id] for item in kept.links))


def standing(app: App, interpretation_id: str) -> Judged:
    """Return how an interpretation stands and what people did with it."""
    permitted(app, Right.READ)
    with app.reading() as work:
        recorded = work.interpretations.get(interpretation_id)
        links, acts = tuple(work.links.of(recorded.id)), tuple(work.links.acts(recorded.id))
        return Judged(recorded, links, acts, version=work.journal.version_of(recorded.id))


def judge(
    app: App,
    interpretation_id: str,
    document_id: str | None = None,
    *,
    act: Act | None = None,
    seen: int | None = None,
) -> Judged:
    """Keep a person's act on an interpretation: by default this document and no other, or, without a document, none.

    Every act can be followed by another or be undone; all are kept. `seen` is the last act that the person knew of
    (`Judged.last`): when somebody has acted since, `TransitionNotAllowedError` tells who, and nothing is kept.
    """
    permitted(app, Right.JUDGE_LINKS, subject=interpretation_id)
    act = act or (Act.NONE if document_id is None else Act.CHOOSE)
    if (document_id is not None) != (act in _OF_A_DOCUMENT):
        raise UsageError("判定、另判定、否定要写明文件编号；“都不是”和撤销不写文件编号。")
    with app.unit_of_work() as work:
        recorded = work.interpretations.get(interpretation_id)
        if seen is not None:
            _refuse_unseen(work.links.acts(recorded.id), seen)
        changed = work.links.act(recorded.id, act, document_id, by=app.actor)
        return Judged(recorded, tuple(work.links.of(recorded.id)), tuple(work.links.acts(recorded.id)), changed)


def _refuse_unseen(acts: Sequence[LinkAct], seen: int) -> None:
    if acts and acts[-1].number > seen:
        raise TransitionNotAllowedError(
            f"{acts[-1].by} 刚刚已对这件解读作出“{acts[-1].act.chinese}”：请重新打开核对后再判定。"
        )
