"""What is to be done with a document, most urgent first."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity, gravest
from attrtrack.domain.register import OverviewRow

_OPEN = frozenset({State.DRAFT, State.DECLARED, State.REVIEWED, State.RETURNED})
_WAITING = {
    State.DRAFT: "起草部门尚未认定公开属性。",
    State.DECLARED: "已认定公开属性，等待签发。",
    State.REVIEWED: "已经审核，等待签发。",
    State.RETURNED: "办公室已退回，等待起草部门重新认定。",
}
_TOLD = frozenset({Severity.BLOCK, Severity.FLAG})


class Urgency(StrEnum):
    """How a document stands: the gate refuses it, a person must look, or nothing is left to do."""

    REFUSED = "refused"
    CHECK = "check"
    DONE = "done"

    @property
    def chinese(self) -> str:
        """The heading that officials read."""
        return _CHINESE[self]


_CHINESE = {Urgency.REFUSED: "不予签发", Urgency.CHECK: "需要核对", Urgency.DONE: "已办"}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A document with its urgency and the sentences that say why; `uninterpreted` needs an interpretation and has none."""

    row: OverviewRow
    urgency: Urgency
    reasons: tuple[str, ...]


def urgency_of(state: State, worst: Severity | None, *, unlabelled: bool, uninterpreted: bool) -> Urgency:
    """Judge how urgent a document is by what is known without its findings' words: only the severity of the worst."""
    if state is State.WITHDRAWN:
        return Urgency.DONE
    if worst is Severity.BLOCK and state in _OPEN:
        return Urgency.REFUSED
    open_ends = (worst in _TOLD, state in _OPEN, unlabelled, uninterpreted)
    return Urgency.CHECK if any(open_ends) else Urgency.DONE


def work_item(row: OverviewRow, *, uninterpreted: bool) -> WorkItem:
    """Say how urgent a document is and why: blocked before sign-off, else anything a person must look at, else done."""
    if row.state is State.WITHDRAWN:
        return WorkItem(row, Urgency.DONE, ("已撤回。",))
    urgency = urgency_of(row.state, gravest(row.findings), unlabelled=row.unlabelled, uninterpreted=uninterpreted)
    blocking = tuple(item.message for item in row.findings if item.severity is Severity.BLOCK)
    if urgency is Urgency.REFUSED:
        return WorkItem(row, urgency, blocking)
    reasons = [*blocking, *(item.message for item in row.findings if item.severity is Severity.FLAG)]
    if row.state in _WAITING:
        reasons.append(_WAITING[row.state])
    elif row.unlabelled and not blocking:
        reasons.append("没有标明公开属性。")
    if uninterpreted:
        reasons.append("需要解读，还没有确认的解读。")
    return WorkItem(row, urgency, tuple(reasons))
