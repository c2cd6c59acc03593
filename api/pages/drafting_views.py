"""What a drafter's own pages are made of: the list of one's documents, and the form for a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Page, TabView, TroubleView
from attrtrack.domain.decisions import State
from attrtrack.workflow.queueing import DraftedPart, QueueRow


@dataclass(frozen=True, slots=True)
class DraftView:
    """One of one's own documents: what it waits for in words (None: nothing), why, and the days left, None where no day is set."""

    row: QueueRow
    waits: str | None
    why: str | None
    days: str | None


@dataclass(frozen=True, kw_only=True)
class DraftsPage(Page):
    """What the person acting has drafted, newest first; `total` of all, `tabs` narrow it, `largest` is what a file may have."""

    template: ClassVar[str] = "drafting.html"
    total: int
    tabs: tuple[TabView, ...]
    rows: tuple[DraftView, ...]
    largest: int
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class NewDraftPage(Page):
    """The form for a new document; what was typed is there again when it was refused."""

    template: ClassVar[str] = "drafting-new.html"
    trouble: TroubleView | None
    typed_title: str
    typed_text: str
    largest: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the work as a drafter sees it: what it is called, and the states that it holds (none: all)."""

    code: str
    name: str
    states: frozenset[State] = frozenset()


STAGES = (
    Stage("", "全部"),
    Stage("mine", "等我认定", frozenset({State.DRAFT, State.RETURNED})),
    Stage("office", "审核签发中", frozenset({State.DECLARED, State.REVIEWED})),
    Stage("signed", "已签发", frozenset({State.SIGNED})),
    Stage("ended", "办结", frozenset({State.PUBLISHED, State.WITHDRAWN})),
)


def stage_tabs(part: DraftedPart, here: Stage) -> tuple[TabView, ...]:
    """Return the stages with how many documents stand in each."""
    return tuple(
        TabView(
            stage.name,
            f"/drafts?stage={stage.code}" if stage.code else "/drafts",
            sum(count for state, count in part.counts.items() if not stage.states or state in stage.states),
            here=stage is here,
        )
        for stage in STAGES
    )


def draft_views(part: DraftedPart) -> tuple[DraftView, ...]:
    """Put a part of somebody's documents into words."""
    return tuple(_views(part.rows))


def _views(rows: Iterable[QueueRow]) -> Iterable[DraftView]:
    for row in rows:
        waits = row.waits_for.chinese if row.waits_for else None
        yield DraftView(row, waits, row.why[0] if row.why else None, days_words(row))


def days_words(row: QueueRow) -> str | None:
    """Say how many days are left, or over."""
    if row.days_left is None:
        return None
    said = (
        f"还有 {row.days_left} 天"
        if row.days_left > 0
        else "今天到期"
        if row.days_left == 0
        else f"已超 {-row.days_left} 天"
    )
    return f"{said}（暂按现有假期安排计）" if row.provisional else said
