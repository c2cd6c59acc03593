"""Counts that point at a table or sum up 首先, 其次 and 最后; names enclosed that the body does not speak of; one place told once."""

import pytest
from forked_passages import forms, in_report

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Examination
from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules


def examined(passage: str, rules: Rules) -> Examination:
    """Examine a passage within a report, without a model."""
    source = read_source(in_report(passage).encode(), "报告.txt")
    return examine(Paper(record(source, rules), rules))


_BOARDS = "序号\t位置\t负责人\n1\t广场\t李某\n2\t集市\t王某\n3\t车站\t周某\n"
_GRADES = "单位\t等次\n甲局\t优秀\n乙局\t良好\n丙局\t良好\n丁局\t合格\n"


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (f"{_BOARDS}全镇设公开栏{{3|4}}处，详见上表。", "文中说是4，列出的是3"),
        (f"年内更换公开栏{{三|二}}块，位置见下表。\n{_BOARDS}", "文中说是2，列出的是3"),
        (f"{_GRADES}表中等次为优秀的1家，良好的{{2|3}}家。", "文中说是3，列出的是2"),
        ("整改从{三|四}个方面着手：首先，补齐栏目；其次，清理旧文；最后，逐条复查。", "文中说是4，列出的是3"),
        (
            "考评实行百分制，由县政府办组织。具体分值为：公开35分、解读25分、平台{15|20}分、组织15分、保障10分。",
            "35＋25＋20＋15＋10＝105分",
        ),
        ("首先，栏目齐了。其次，更新快了。最后，来电少了。这{三|四}个变化群众看在眼里。", "文中说是4，列出的是3"),
    ],
)
def test_what_points_is_counted(passage: str, expected: str, rules: Rules) -> None:
    """Rows of a table, cells of a value, turns of a passage, marks out of the hundred of the sentence before; the right form brings nothing."""
    right, wrong = forms(passage)
    assert examined(right, rules).contradictions == ()
    (found,) = examined(wrong, rules).contradictions
    assert expected in found.message


@pytest.mark.parametrize(
    "passage",
    [
        f"{_BOARDS}全镇设公开栏4处，其中部分见上表。",
        f"{_BOARDS}全镇设公开栏4处，更新12次，详见上表。",
        f"{_BOARDS}全镇每村设公开栏4处，详见上表。",
        f"{_GRADES}表中合格的9家。",
        "职工医保基金、居民医保资金、补充保险资金的支付，一类病种按旧标准执行，二类病种按新标准执行。",
        "整改从四个方面着手，逐条复查。首先，补齐栏目；其次，清理旧文；最后，通报结果。",
    ],
)
def test_what_does_not_point_is_left(passage: str, rules: Rules) -> None:
    """Parts of a table, several counts, counts of each, counts far off, classes by number, and a count told of something else."""
    assert examined(passage, rules).contradictions == ()


def test_a_name_enclosed_of_which_nothing_is_said(rules: Rules) -> None:
    """It is named to be looked at first, beside attachments kept elsewhere, with its words that the body lacks."""
    right, wrong = (
        examined(f"公示牌按照附件的样子制作。\n附件：{name}", rules) for name in ("公示牌样式", "补贴申请表")
    )
    assert right.first_look is None
    assert [item.code for item in wrong.contradictions] == ["attachment-absent"]
    assert wrong.first_look is not None
    assert wrong.first_look.certainty is Certainty.POSSIBLE
    assert "没有提到“补贴申请”" in wrong.first_look.message
    assert wrong.first_look.evidence[0].quote == "补贴申请表"
    assert wrong.told == (*wrong.contradictions, wrong.first_look)


def test_a_name_enclosed_beside_a_contradiction_is_left(rules: Rules) -> None:
    """Where something is found, nobody is told to look elsewhere first."""
    found = examined("公示牌20块，其中城区8块、乡村14块，按照附件的样子制作。\n附件：补贴申请表", rules)
    assert {item.code for item in found.contradictions} == {"sum-of-parts", "attachment-absent"}
    assert found.first_look is None


def test_one_place_is_told_once_by_a_check(rules: Rules) -> None:
    """No two answers of one code begin within the same place."""
    for passage in (
        f"{_BOARDS}以上公开栏共计4处，详见上表。",
        "整改从四个方面着手：首先，补齐；其次，清理；最后，复查。",
    ):
        codes = [item.code for item in examined(passage, rules).contradictions]
        assert codes.count("count-of-list") == 1
