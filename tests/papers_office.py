"""A register with a docx of ours recorded as uploads are, for the tests of papers."""

from pathlib import Path

from unit.reporting.letters import LINES, a_letter
from web_people import LOGINS, OWN, a_peopled_app, acting

from attrtrack.domain.access import Role
from attrtrack.workflow.app import App
from attrtrack.workflow.receiving import record_upload
from attrtrack.workflow.registering import declare

PHONE, NAME = "13900001111", "张小明"


def an_office(folder: Path) -> App:
    """Make a register with people of every role."""
    return a_peopled_app(folder)


def a_recorded_letter(app: App, *, lines: tuple[str, ...] = LINES, attribute: str | None = None) -> str:
    """Record the letter as the drafter, declared if an attribute is given, and return its id."""
    drafter = acting(app, Role.DRAFTER)
    identifier = record_upload(drafter, "关于河道清淤的函.docx", a_letter(lines)).record.id
    if attribute is not None:
        declare(drafter, identifier, attribute, None)
    return identifier


__all__ = ["LINES", "LOGINS", "NAME", "OWN", "PHONE", "a_recorded_letter", "an_office"]
