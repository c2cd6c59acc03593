"""Likeness of names and the index over them."""

from attrtrack.nlp.similarity import NameIndex, likeness, shared_passages


def test_a_substituted_word_is_seen_in_a_long_name() -> None:
    """Two counties in one sentence are alike but siblings; an abbreviation is not."""
    assert likeness("同意定安县土地总体规划调整", "同意澄迈县土地总体规划调整").substituted == 2
    assert likeness("临时救助管理办法实施", "临时救助办法实施").substituted == 0


def test_another_figure_counts_as_a_word() -> None:
    """4月 and 5月 differ by one sign and are different documents."""
    assert likeness("汽油价格通知2023年5月16日", "汽油价格通知2023年4月16日").substituted >= 2


def test_containment_is_told_by_its_share() -> None:
    """A name inside another gives the share it fills; nothing at all is alike to an empty name."""
    assert likeness("临时救助办法", "云栖市临时救助办法").contained == 6 / 9
    assert likeness("", "甲").ratio == 0


def test_the_index_finds_exact_and_near_names() -> None:
    """Rows come back by the number they were given under, best first."""
    index = NameIndex([("云栖市临时救助办法", "救助"), ("溪口区供水条例",), (), ("云栖市供水管理条例",)])
    assert index.exact("救助") == (0,)
    assert index.exact("无") == ()
    assert next(row for row, _ in index.near("云栖市临时救助实施细则", 2)) == 0
    assert index.near("", 3) == []
    assert index.alike("云栖市供水管理条例", (2, 3)) == {2: 0.0, 3: 1.0}
    assert index.alike("救助", (0,)) == {0: 1.0}
    assert 0 < index.coverage("供水条例", {"供水"}) < 1
    assert index.longest_shared("云栖市临时救助办法", "谈谈临时救助政策") == "临时救助"


def test_shared_passages_measure_copying() -> None:
    """A copy shares everything, a short text nothing."""
    text = "困难家庭可以向乡镇人民政府提出书面申请并提交材料"
    assert shared_passages(text, text) == 1.0
    assert shared_passages("短", text) == 0.0
