"""Whatever two texts hold, the copied passages stand in both, in order and apart, and the share is one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from attrtrack.linking.copying import copy_measure
from attrtrack.nlp.copied_passages import Signs, copied_passages

_PIECES = st.sampled_from(
    ["申请人应当提交身份证明和申请表", "区民政部门按季度发放补贴资金", "《养老服务条例》", "（云政规〔2025〕3号）", "，", "。\n", "一、",
     "“先评后补”", "Ａ１", "ﬁ", "İ", "補貼標準", " ", "“", "》", "\r\n", "路灯不亮找谁"]
)  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=40).map("".join)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_passages_stand_in_both_texts(text: str, source: str) -> None:
    """Places rise, never overlap, stay within the texts, and `same` counts no more than the passage holds."""
    here, there = Signs.of(text), Signs.of(source)
    assert len(here.signs) == len(here.places) == len(here.counted)
    ended = 0
    for passage in copied_passages(here, there):
        assert ended <= passage.start < passage.end <= len(here.signs)
        assert 0 <= passage.source_start < passage.source_end <= len(there.signs)
        assert 0 < passage.same <= passage.end - passage.start
        assert 0 < passage.own <= passage.end - passage.start
        ended = passage.end


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_share_is_one(text: str, source: str) -> None:
    """Between 0 and 1 or None, and 1 for a text beside itself whenever it can be told and has a passage at all."""
    measure = copy_measure(text, source)
    assert measure.share is None or 0 <= measure.share <= 1
    for item in measure.spans:
        assert item.span.of(text)
        assert item.source.of(source)
    itself = copy_measure(text, text)
    assert itself.share is None or itself.share == 1
