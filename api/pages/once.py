"""Forms that start something new: sent twice, they start it once, and the second time lead to what the first has made."""

import hashlib
import secrets
from collections.abc import Callable

from attrtrack.errors import AttrtrackError
from attrtrack.workflow.answering import AnsweredBefore, Claim, answered, keep, release
from attrtrack.workflow.app import App

_LONGEST = 40


def a_mark() -> str:
    """Return a mark for a form that is shown, to be sent back with it as `once`."""
    return secrets.token_urlsafe(12)


def done_once(app: App, mark: str, said: bytes, act: Callable[[App], str]) -> str:
    """Do an act that returns an id, unless the same form with the same content has done it within a day: then return that id.

    A form without its mark is done as it is. Two at once take turns: `StillUnderWayError` while the first has no answer.
    """
    if not mark or len(mark) > _LONGEST:
        return act(app)
    digest = hashlib.sha256(said).hexdigest()
    claim = Claim(app.actor, hashlib.sha256(f"form {mark} {digest}".encode(errors="replace")).hexdigest(), digest)
    try:
        before = answered(app, claim)
        if before is not None:
            return before.answer or ""
        made = act(app.under(claim))
    except AnsweredBefore as found:
        return found.kept.answer or ""
    except AttrtrackError:
        release(app, claim)
        raise
    keep(app, claim, 200, made, etag=None)
    return made
