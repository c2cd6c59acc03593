"""What is to be done with a document, most urgent first."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.register import OverviewRow

_OPEN = frozenset({State.DRAFT, State.DECLARED})


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


def work_item(row: OverviewRow, *, uninterpreted: bool) -> WorkItem:
    """Judge how urgent a document is: blocked before sign-off, else anything a person must look at, else done."""
    blocking = tuple(item.message for item in row.findings if item.severity is Severity.BLOCK)
    if blocking and row.state in _OPEN:
        return WorkItem(row, Urgency.REFUSED, blocking)
    reasons = [*blocking, *(item.message for item in row.findings if item.severity is Severity.FLAG)]
    if row.state is State.DRAFT:
        reasons.append("起草部门尚未认定公开属性。")
    elif row.state is State.DECLARED:
        reasons.append("已认定公开属性，等待签发。")
    elif row.attribute is None and not blocking:
        reasons.append("没有标明公开属性。")
    if uninterpreted:
        reasons.append("需要解读，还没有确认的解读。")
    return WorkItem(row, Urgency.CHECK if reasons else Urgency.DONE, tuple(reasons))
