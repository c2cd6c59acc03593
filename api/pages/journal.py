"""`GET /journal`: what was done, by whom, from where, the newest first."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.cursors import CursorText, Listing
from api.dependencies import TheApp
from api.pages.contexts import DeskView, Option, TabView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import trouble_of
from api.pages.journal_views import EntryRow, JournalPage
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.administering import EntriesWanted
from attrtrack.domain.journal_words import (
    ACTIONS,
    OUTCOMES,
    action_words,
    actor_words,
    detail_words,
    origin_words,
    outcome_words,
    subject_code,
    subject_words,
)
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import UsageError
from attrtrack.workflow import journalling
from attrtrack.workflow.app import App

router = APIRouter(route_class=GuardedRoute)
JOURNAL, PROOF = "/journal", "/journal/verification"
ROWS = 50
_DONE = "done"
_Text = Annotated[str, Query(max_length=200)]


def journal_places(here: str) -> tuple[TabView, ...]:
    """Return the pages of the audit administrator beside each other."""
    return tuple(TabView(name, href, None, here=href == here) for name, href in (("日志", JOURNAL), ("核对", PROOF)))


def the_filters(
    *,
    actor: _Text = "",
    action: _Text = "",
    subject: _Text = "",
    outcome: _Text = "",
    since: _Text = "",
    until: _Text = "",
) -> dict[str, str]:
    """Return what a list is narrowed to, as typed."""
    typed = {"actor": actor, "action": action, "subject": subject, "outcome": outcome, "since": since, "until": until}
    return {name: text.strip() for name, text in typed.items()}


@router.get(JOURNAL, dependencies=[needs(Right.READ_JOURNAL)])
def get_journal_page(
    app: TheApp, desk: TheDesk, typed: Annotated[dict[str, str], Depends(the_filters)], cursor: CursorText = None
) -> HTMLResponse:
    """Show some entries."""
    try:
        return show(_page(app, desk, typed, _wanted(typed), cursor=cursor))
    except UsageError as error:
        return show(_frame(desk, typed, trouble=trouble_of(error)), status=HTTPStatus.BAD_REQUEST)


def _page(app: App, desk: DeskView, typed: dict[str, str], wanted: EntriesWanted, *, cursor: str | None) -> JournalPage:
    listing = Listing("journal-page", typed)
    place = listing.after(cursor)
    part = journalling.part(app, wanted, before=place[0] if place else None, limit=ROWS)
    return _frame(
        desk,
        typed,
        rows=tuple(map(_row, part.entries)),
        first=_link(typed) if place else None,
        after=_link({**typed, "cursor": listing.cursor(part.next)}) if part.next else None,
    )


def _frame(
    desk: DeskView,
    typed: dict[str, str],
    *,
    rows: tuple[EntryRow, ...] = (),
    first: str | None = None,
    after: str | None = None,
    trouble: TroubleView | None = None,
) -> JournalPage:
    return JournalPage(
        title="审计日志",
        desk=desk,
        places=journal_places(JOURNAL),
        typed=typed,
        acts=tuple(Option(code, words) for code, words in ACTIONS.items()),
        outcomes=tuple(Option(code, words) for code, words in OUTCOMES.items()),
        rows=rows,
        narrowed=any(typed.values()),
        looked_at=f"{journalling.LOOKED_AT:,}",
        first=first,
        after=after,
        trouble=trouble,
    )


def _wanted(typed: dict[str, str]) -> EntriesWanted:
    since, until = (_day(typed[name], word) for name, word in (("since", "起"), ("until", "止")))
    if since is not None and until is not None and until < since:
        raise UsageError("起的日期在止的日期之后：请对调。")
    return EntriesWanted(
        actor=typed["actor"].casefold(),
        action=typed["action"],
        subject=subject_code(typed["subject"]),
        outcome=typed["outcome"],
        since=since,
        until=None if until is None else until + dt.timedelta(days=1),
    )


def _day(text: str, word: str) -> dt.datetime | None:
    """Return the beginning of a day by the clock of the office."""
    if not text:
        return None
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time()).astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{word}的日期读不懂：请写成 2026-03-01。") from error


def _row(entry: JournalEntry) -> EntryRow:
    subject = subject_words(entry.subject)
    return EntryRow(
        sequence=entry.sequence,
        at=f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
        who=actor_words(entry.actor),
        origin=origin_words(entry.origin),
        act=action_words(entry.action),
        refused=None if entry.outcome == _DONE else outcome_words(entry.outcome),
        subject=subject,
        details=detail_words(entry.detail),
        by_actor=_link({"actor": entry.actor}),
        by_subject=_link({"subject": entry.subject}) if entry.subject not in {"", "-"} else None,
    )


def _link(filters: dict[str, str]) -> str:
    kept = {name: value for name, value in filters.items() if value}
    return f"{JOURNAL}?{urlencode(kept)}" if kept else JOURNAL
