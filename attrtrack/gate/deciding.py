"""States of a document and the acts that move it.

One table of steps; the triggers of the database hold the same one, and a test compares them. What has been signed stays
signed while a new declaration is on its way: the old decision holds until the new one is signed (动态调整).
"""

from collections.abc import Iterable
from datetime import datetime

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.reviews import ReviewResult
from attrtrack.errors import GateRefusedError, TransitionNotAllowedError

_SETTLED = frozenset({State.SIGNED, State.PUBLISHED})
_OPEN = frozenset({State.DRAFT, State.DECLARED, State.REVIEWED, State.RETURNED})

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.DECLARED, State.WITHDRAWN}),
    State.DECLARED: frozenset({State.REVIEWED, State.RETURNED, State.SIGNED, State.PUBLISHED, State.WITHDRAWN}),
    State.REVIEWED: frozenset({State.DECLARED, State.RETURNED, State.SIGNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.DECLARED, State.WITHDRAWN}),
    State.SIGNED: frozenset({State.DECLARED, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.DECLARED}),
    State.WITHDRAWN: frozenset(),
    State.ISSUED_ELSEWHERE: frozenset(),
}
"""Every step from state to state. From signed or published back to declared, and on, leads only the change of a decision."""

_FROM: dict[str, frozenset[State]] = {
    "declare": _OPEN | _SETTLED,
    "review": frozenset({State.DECLARED, State.REVIEWED}) | _SETTLED,
    "retract": frozenset({State.REVIEWED, State.RETURNED}) | _SETTLED,
    "review-secrecy": _OPEN | _SETTLED,
    "opinion": frozenset({State.DECLARED, State.REVIEWED}) | _SETTLED,
    "sign": frozenset({State.DRAFT, State.DECLARED, State.REVIEWED}) | _SETTLED,
    "publish": _SETTLED | {State.ISSUED_ELSEWHERE},
    "withdraw": _OPEN,
    "reexamine": _SETTLED,
    "correct-elements": frozenset({State.DRAFT}),
}
_ACTS = {
    "declare": "认定属性",
    "review": "审核",
    "retract": "收回审核意见",
    "review-secrecy": "作保密审查",
    "opinion": "登记联合发文单位的意见",
    "sign": "签发",
    "publish": "登记公开",
    "withdraw": "撤回",
    "reexamine": "复查",
    "correct-elements": "改要素",
}
_INSTEAD = {
    State.RETURNED: "请由起草人按退回意见重新认定（attrtrack declare）。",
    State.WITHDRAWN: "撤回的文件不再办理，需要时请作为新文件重新登记。",
}


def is_blocked(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the sign-off."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def is_allowed(act: str, state: State) -> bool:
    """Whether the document's state permits an act."""
    return state in _FROM[act]


def ensure_allowed(act: str, state: State) -> None:
    """Refuse an act that the document's state does not permit, and say from which states it is possible."""
    if state in _FROM[act]:
        return
    allowed = "、".join(one.chinese for one in State if one in _FROM[act])
    instead = _INSTEAD.get(state, f"只有{allowed}的文件可以。")
    raise TransitionNotAllowedError(f"文件现为“{state.chinese}”，不能{_ACTS[act]}；{instead}")


def state_declared(state: State) -> State:
    """Return the state after a declaration: what is settled stays so until the new declaration is signed."""
    return state if state in _SETTLED else State.DECLARED


def state_reviewed(state: State, result: ReviewResult) -> State:
    """Return the state after the office's word."""
    if state in _SETTLED:
        return state
    if result is ReviewResult.RETRACT:
        return State.DECLARED
    return State.RETURNED if result is ReviewResult.RETURN else State.REVIEWED


def state_after(state: State, decision: Decision) -> State:
    """Return the state after a decision: a published document stays so only while it is to be disclosed proactively."""
    stays = state is State.PUBLISHED and decision.attribute is DisclosureAttribute.PROACTIVE
    return State.PUBLISHED if stays else State.SIGNED


def sign_off(
    declaration: Declaration,
    findings: Iterable[Finding],
    *,
    by: str,
    at: datetime,
    rules_version: str,
    because: str | None = None,
) -> Decision:
    """Turn a declaration into the signatory's decision, or refuse with the findings that block it.

    `because` is the signatory's own reason, kept beside the drafter's where both gave one.
    """
    found = tuple(findings)
    attribute = declaration.attribute
    if is_blocked(found) or attribute is None:
        raise GateRefusedError("不予签发：请先解决下列问题。", found)
    why = "；".join(dict.fromkeys(words for words in (declaration.because, because) if words and words.strip()))
    return Decision(
        attribute, declaration.reason, decided_by=by, decided_at=at, rules_version=rules_version, because=why or None
    )
