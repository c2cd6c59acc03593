"""Forms of the pages: made for one session, checked in the same place, shown again with what was typed when refused.

A field is declared as `Typed`, without a length of its own: too long a text is refused by `ensure_short`, so that the form
comes back with it instead of being lost on an error page.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Form, Request
from fastapi.responses import Response

from api.errors import STATUSES
from api.pages.contexts import Page, ProblemView, TroubleView
from api.pages.rendering import show
from api.pages.wording import without_commands
from api.sessions import ensure_form
from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import (
    AttrtrackError,
    ChangedMeanwhileError,
    GateRefusedError,
    InputRefusedError,
    TransitionNotAllowedError,
    UnknownRecordError,
    UsageError,
)
from attrtrack.workflow.app import App
from attrtrack.workflow.expecting import Expectation

Typed = Annotated[str, Form()]
"""A text field that must be there; give a default where it may be left out."""
_MENDABLE = (InputRefusedError, GateRefusedError, TransitionNotAllowedError, ChangedMeanwhileError, UsageError)
Result = TypeVar("Result")


def own_form() -> Any:  # noqa: ANN401 - what FastAPI takes as a dependency has no better name
    """Declare that a route takes only forms of this session, which bear the field `form_token`."""
    return Depends(_ensure_own)


def _ensure_own(request: Request, form_token: Annotated[str | None, Form(max_length=100)] = None) -> None:
    ensure_form(request, form_token or "")


def seen(app: App, subject: str, version: str) -> App:
    """Return the program whose acts are refused with `ChangedMeanwhileError` when the record is not as the form saw it."""
    if not (version.isascii() and version.isdecimal() and len(version) <= 15):  # noqa: PLR2004 - journal numbers are shorter
        raise UsageError("页面不完整：请刷新后重新办理。")
    return app.under(Expectation(subject, int(version)))


def ensure_short(text: str, limit: int, *, name: str) -> str:
    """Return a field's text without space around it; `UsageError` above `limit` characters."""
    trimmed = text.strip()
    if len(trimmed) > limit:
        raise UsageError(f"{name}太长：最多 {limit} 字，现有 {len(trimmed)} 字。")
    return trimmed


def attempted(
    act: Callable[[], Result], *, again: Callable[[TroubleView], Page], done: Callable[[Result], Response]
) -> Response:
    """Do an act of a form; refused for something that the person can mend, `again` gives the form with what was typed."""
    try:
        result = act()
    except UnknownRecordError:
        raise
    except _MENDABLE as error:
        return show(again(trouble_of(error)), status=STATUSES[type(error)])
    return done(result)


def trouble_of(error: AttrtrackError) -> TroubleView:
    """Say why an act was refused: the sentence, and the findings of the gate, the gravest first."""
    found = [item for item in getattr(error, "findings", ()) if isinstance(item, Finding)]
    found.sort(key=lambda item: list(Severity).index(item.severity))
    return TroubleView(
        without_commands(error.message),
        tuple(ProblemView(item.severity.value, without_commands(item.message)) for item in found),
        changed=isinstance(error, ChangedMeanwhileError),
    )
