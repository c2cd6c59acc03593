"""Sums of columns that no heading calls a total: told where all rows but one keep them; marks where full marks add up."""

import pytest
from forked_passages import forms, in_report

from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules


def told(passage: str, rules: Rules) -> list[str]:
    """Return what is said of a table."""
    source = read_source(in_report(passage).encode(), "报告.txt")
    return [item.message for item in examine(Paper(record(source, rules), rules)).contradictions]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("县区\t应改\t已改\t未改\n甲县\t18\t17\t1\n乙县\t25\t22\t{3|2}\n丙县\t11\t11\t0\n丁县\t9\t8\t1", "22＋2＝24"),
        ("片区\t优\t良\t中\t参评\n东\t10\t12\t3\t25\n中\t6\t8\t4\t{18|19}\n西\t5\t15\t7\t27", "6＋8＋4＝18"),
        ("项目\t甲县\t乙县\t丙县\n来件\t30\t41\t22\n信函\t12\t20\t9\n网络\t18\t{21|12}\t13", "20＋12＝32"),
        ("指标\t权重\t得分\n公开\t40\t36.5\n解读\t35\t29.5\n平台\t25\t23\n总分\t100\t{89|90}", "36.5＋29.5＋23＝89"),
        ("年度\t来件\t同比\n2016\t50\t—\n2017\t60\t20%\n2018\t75\t{25|15}%\n2019\t90\t20%", "＝25%"),
    ],
)
def test_the_row_that_breaks_a_sum_is_told(table: str, expected: str, rules: Rules) -> None:
    """By rows, by columns, totals first or last; the right form brings nothing."""
    right, wrong = forms(table)
    assert told(right, rules) == []
    (said,) = told(wrong, rules)
    assert expected in said


@pytest.mark.parametrize(
    "table",
    [
        "单位\t动态\t公告\t解读\n甲局\t3\t2\t1\n乙局\t4\t3\t1\n丙局\t9\t2\t5",
        "乡镇\t抽查\t不规范\t不规范率\n甲镇\t50\t4\t8%\n乙镇\t50\t7\t14%\n合计\t100\t11\t11%",
        "单位\t名次\t上年名次\t变化\n甲局\t3\t2\t1\n乙局\t4\t3\t1\n丙局\t9\t2\t5",
        "单位\t甲项得分\t乙项得分\n甲局\t40\t36\n乙局\t15\t12\n总分\t90\t50",
        "县区\t应改\t已改\t未改\n甲县\t18\t17\t1\n乙县\t25\t20\t3\n丙县\t11\t9\t0\n丁县\t9\t8\t1",
    ],
)
def test_chance_is_not_taken_for_a_sum(table: str, rules: Rules) -> None:
    """Small figures, ranks, and sums that several rows do not keep are left alone."""
    assert told(table, rules) == []
