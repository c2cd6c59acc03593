"""How a register begins: the sample year at the first run, by one page at a time, while nobody has an account.

Decision: whoever loads holds a claim in the register, so that two pages, of two processes too, do not load at once; a load
that died lets go of it after some minutes, and the next goes on where it was left.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from attrtrack.domain.access import Right
from attrtrack.errors import StillUnderWayError, TransitionNotAllowedError
from attrtrack.workflow import sample
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import index_settled
from attrtrack.workflow.overview import choices
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import settled

_HOLDER, _CLAIM = "first-run", "sample-year"
_DIES_AFTER = dt.timedelta(minutes=5)


def may_load_sample(app: App) -> bool:
    """Whether the register is empty, or holds a sample year already, which can be completed."""
    known = choices(app)
    return not (known.years or known.units) or sample.SAMPLE_UNIT in known.units


def begin_sample(app: App) -> Iterator[sample.SampleStep]:
    """Claim the load and return its steps, to be gone through by whoever shows them.

    Raises `TransitionNotAllowedError` once there is an account or other documents, `StillUnderWayError` while another loads.
    """
    permitted(app, Right.RECORD)
    if not may_load_sample(app):
        raise TransitionNotAllowedError("登记中已经有公文，不再装入示例：想看示例，请另用一个空的登记库。")
    with app.unit_of_work() as work:
        if work.accounts.any():
            raise TransitionNotAllowedError("登记里已经有账号，不再装入示例：请登录后办理。")
        held = work.answers.find(_HOLDER, _CLAIM)
        if held is not None and held.begun_at > app.clock() - _DIES_AFTER:
            raise StillUnderWayError("示例年度正在另一个页面装入：请稍候一会儿，再从首页进入。")
        work.answers.release(_HOLDER, _CLAIM)
        work.answers.claim(_HOLDER, _CLAIM, digest=_CLAIM)
    return _steps(app)


def _steps(app: App) -> Iterator[sample.SampleStep]:
    """Yield the steps while nobody has an account; then make what lists and searches rest on, and let go of the claim."""
    try:
        for step in sample.load(app):
            _ensure_nobody(app)
            yield step
        for _ in chain(settled(app), index_settled(app)):
            pass
    finally:
        with app.unit_of_work() as work:
            work.answers.release(_HOLDER, _CLAIM)


def _ensure_nobody(app: App) -> None:
    with app.reading() as work:
        if work.accounts.any():
            raise TransitionNotAllowedError("登记里刚刚建立了账号，示例没有装完：请登录后办理。")
