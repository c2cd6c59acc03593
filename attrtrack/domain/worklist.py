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


class WaitsFor(StrEnum):
    """What a document waits for, in the order in which an office takes things up; a document may wait for several.

    Whether the days of OVERDUE and REEXAMINE have come is asked when a list is read; nothing here knows the day.
    """

    BLOCKED = "blocked"
    DOUBTFUL = "doubtful"
    DECLARE = "declare"
    REVIEW = "review"
    SECRECY = "secrecy"
    SIGN = "sign"
    OVERDUE = "overdue"
    REEXAMINE = "reexamine"
    PUBLISH = "publish"
    INTERPRET = "interpret"
    JUDGE = "judge"
    CHECK = "check"

    @property
    def chinese(self) -> str:
        """The heading that officials read."""
        return _WAITS[self][0]

    @property
    def sentence(self) -> str:
        """Why a document stands under the heading, where its findings do not say so."""
        return _WAITS[self][1]


_WAITS = {
    WaitsFor.BLOCKED: ("签发受阻", "签发会被拒绝，先要补正。"),
    WaitsFor.DOUBTFUL: ("有疑点", "有疑点或不同意见，签发前要有人看过。"),
    WaitsFor.DECLARE: ("待认定", "起草部门尚未认定公开属性。"),
    WaitsFor.REVIEW: ("待审核", "已认定公开属性，办公室还没有审核。"),
    WaitsFor.SECRECY: ("待保密审查", "认定为主动公开，还没有起草人以外的人作保密审查。"),
    WaitsFor.SIGN: ("待签发", "等待签发。"),
    WaitsFor.OVERDUE: ("逾期未公开", "成文已超过 20 个工作日，还没有登记公开地址。"),
    WaitsFor.REEXAMINE: ("待复查", "不予公开或依申请公开的定期复查到期或将到期。"),
    WaitsFor.PUBLISH: ("待公开", "已签发为主动公开，还没有登记公开地址。"),
    WaitsFor.INTERPRET: ("待解读", "需要解读，还没有确认的解读。"),
    WaitsFor.JUDGE: ("待判关联", "有解读可能与它关联，等人判定。"),
    WaitsFor.CHECK: ("需要核对", "已印发，有疑点或没有标明公开属性。"),
}


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
