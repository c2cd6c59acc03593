"""Whatever stands in a text, examining it raises nothing and quotes it exactly."""

from hypothesis import given, settings
from hypothesis import strategies as st

from attrtrack.domain.contradictions import KnownTitle
from attrtrack.domain.documents import Document
from attrtrack.examining import Paper, examine
from attrtrack.rules import load_rules

_RULES = load_rules()
_PIECES = st.sampled_from(
    [
        "全年收到申请", "其中", "：", "，", "。", "；", "、", "（", "）", "\n", "\t", "|", "共计", "占", "分别", "较去年", "增长", "减少", "率", "由", "为",
        "12件", "1,234条", "3.5万人", "0个", "０件", "三个", "100%", "3.9%", "2023年2月30日", "13月", "9月31日", "至", "附件2", "附件：", "名次", "总成绩", "单位",
        "一、", "（一）", "2、", "《", "》", "政策解读", "一是", "合计", "甲县", "等5个", "以下3项：", "檔案", "\u3000", "\r\n", "—61—", "结转", "自",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_quotes_are_exact(text: str) -> None:
    """Every place is a place of the text, every sentence is filled in."""
    paper = Paper(
        Document(text=text), _RULES, ((0, "—61—"), (0, "—71—")), (KnownTitle("云栖市公园管理办法", None, "登记库"),)
    )
    examined = examine(paper)
    for found in examined.contradictions:
        assert "{" not in found.message
        for evidence in found.evidence:
            assert evidence.span is not None
            assert evidence.quote == evidence.span.of(text)
