"""What was done to a document, by whom and when: the journal's entries on it, with the words that were given."""

import json
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.histories import NO_WORDS, Step
from attrtrack.domain.register import JournalEntry
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

LONGEST = 400
"""Entries looked at; a document with more has been worked on by a program."""


def history_of(app: App, document_id: str) -> tuple[Step, ...]:
    """Return the steps of a document, oldest first; `UnknownRecordError` when the register holds nothing under the id."""
    permitted(app, Right.READ)
    with app.reading() as work:
        work.documents.get(document_id)
        words = work.past.words_of(document_id)
        entries = list(work.journal.entries(document_id, limit=LONGEST))
        names = {login: named(work, login) for login in {entry.actor for entry in entries}}
    told = [(entry, _detail(entry)) for entry in entries]
    return tuple(
        Step(
            at=entry.at,
            actor=entry.actor,
            who=names[entry.actor],
            action=entry.action,
            outcome=entry.outcome,
            detail=detail,
            words=words.get(str(detail.get("row")), NO_WORDS),
        )
        for entry, detail in told
    )


def named(work: "UnitOfWork", login: str) -> str:
    """Return the name of whoever acts under a login; the login where no account bears it."""
    account = work.accounts.find(login)
    return login if account is None else account.display_name


def _detail(entry: JournalEntry) -> dict[str, object]:
    found = json.loads(entry.detail)
    return found if isinstance(found, dict) else {}
