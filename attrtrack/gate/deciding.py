"""States of a document and the acts that move it."""

from collections.abc import Iterable
from datetime import datetime

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import GateRefusedError, TransitionNotAllowedError

_FROM: dict[str, tuple[State, ...]] = {
    "declare": (State.DRAFT, State.DECLARED, State.SIGNED, State.PUBLISHED),
    "sign": (State.DRAFT, State.DECLARED, State.SIGNED, State.PUBLISHED),
    "publish": (State.SIGNED, State.PUBLISHED, State.ISSUED_ELSEWHERE),
}
_ACTS = {"declare": "认定属性", "sign": "签发", "publish": "登记公开"}


def is_blocked(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the sign-off."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def ensure_allowed(act: str, state: State) -> None:
    """Refuse an act that the document's state does not permit, and say from which states it is possible."""
    if state not in _FROM[act]:
        allowed = "、".join(s.chinese for s in _FROM[act])
        raise TransitionNotAllowedError(f"文件现为“{state.chinese}”，不能{_ACTS[act]}；只有{allowed}的文件可以。")


def state_after(state: State, decision: Decision) -> State:
    """Return the state after a decision: a published document stays so only while it is to be disclosed proactively."""
    stays = state is State.PUBLISHED and decision.attribute is DisclosureAttribute.PROACTIVE
    return State.PUBLISHED if stays else State.SIGNED


def sign_off(
    declaration: Declaration, findings: Iterable[Finding], *, by: str, at: datetime, rules_version: str
) -> Decision:
    """Turn a declaration into the signatory's decision, or refuse with the findings that block it."""
    found = tuple(findings)
    attribute = declaration.attribute
    if is_blocked(found) or attribute is None:
        raise GateRefusedError("不予签发：请先解决下列问题。", found)
    return Decision(attribute, declaration.reason, decided_by=by, decided_at=at, rules_version=rules_version)
