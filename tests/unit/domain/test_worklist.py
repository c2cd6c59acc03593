"""How urgent a document is, and the sentences that say why."""

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.register import OverviewRow
from attrtrack.domain.worklist import Urgency, work_item

_BLOCK = Finding("reason-missing", Severity.BLOCK, "没有说明理由。")
_FLAG = Finding("attribute-doubtful", Severity.FLAG, "建议与认定不同。")
_NOTE = Finding("number-repaired", Severity.NOTE, "文号写法已规范。")


def _row(
    state: State, *findings: Finding, attribute: DisclosureAttribute | None = DisclosureAttribute.PROACTIVE
) -> OverviewRow:
    return OverviewRow("D1", "标题", None, state, attribute, findings)


@pytest.mark.parametrize(
    ("row", "urgency", "reasons"),
    [
        (_row(State.DECLARED, _FLAG, _BLOCK), Urgency.REFUSED, ("没有说明理由。",)),
        (_row(State.DRAFT, _BLOCK), Urgency.REFUSED, ("没有说明理由。",)),
        (_row(State.DRAFT), Urgency.CHECK, ("起草部门尚未认定公开属性。",)),
        (_row(State.DECLARED, _FLAG), Urgency.CHECK, ("建议与认定不同。", "已认定公开属性，等待签发。")),
        (_row(State.ISSUED_ELSEWHERE, _BLOCK), Urgency.CHECK, ("没有说明理由。",)),
        (_row(State.ISSUED_ELSEWHERE, attribute=None), Urgency.CHECK, ("没有标明公开属性。",)),
        (_row(State.PUBLISHED, _FLAG), Urgency.CHECK, ("建议与认定不同。",)),
        (_row(State.SIGNED, _NOTE), Urgency.DONE, ()),
        (_row(State.ISSUED_ELSEWHERE), Urgency.DONE, ()),
    ],
)
def test_urgency_follows_state_and_findings(row: OverviewRow, urgency: Urgency, reasons: tuple[str, ...]) -> None:
    """Blocked only before sign-off; whatever else asks for a person is to be checked; nothing is done without reason."""
    item = work_item(row, uninterpreted=False)
    assert (item.urgency, item.reasons) == (urgency, reasons)


def test_a_missing_interpretation_asks_for_a_person() -> None:
    """A signed document that lacks the interpretation it needs is not done."""
    item = work_item(_row(State.PUBLISHED), uninterpreted=True)
    assert (item.urgency, item.reasons) == (Urgency.CHECK, ("需要解读，还没有确认的解读。",))


def test_every_urgency_has_its_word() -> None:
    """Each is told in Chinese, and no two alike."""
    assert len({urgency.chinese for urgency in Urgency}) == len(Urgency)
