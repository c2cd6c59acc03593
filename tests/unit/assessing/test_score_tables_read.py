"""Headings of score tables: kinds of columns, full marks, rows of headings merged or not."""

import pytest

from attrtrack.assessing.headings import Kind, aligned, known_kind, paths
from attrtrack.assessing.tables import score_tables
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.rules import Rules


def a_table(*rows: str) -> Table:
    """Make a sheet, cells parted by commas."""
    return Table(
        "表.csv", "", tuple(TableRow(number, tuple(row.split(","))) for number, row in enumerate(rows, start=1))
    )


def test_headings_are_recognised_by_kind(rules: Rules) -> None:
    """Every row of the table of headings knows its examples, and none of its counter-examples."""
    for row in rules.score_headers:
        assert row.examples
        assert row.counterexamples
        assert all(known_kind(words, rules) == row.code for words in row.examples), row.code
        assert not any(known_kind(words, rules) == row.code for words in row.counterexamples), row.code


def test_kinds_and_rows_name_the_same(rules: Rules) -> None:
    """What the table calls a column is a kind that the room knows."""
    assert {row.code for row in rules.score_headers} == {kind.value for kind in Kind} - {"section"}


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("书面考核（26分）", "26"), ("书面考核(满分26分)", "26"), ("书面考核26分", "26"), ("书面考核（26）", "26"), ("书面考核（满分：26）", "26"),
        ("加分（最高5分）", "5"), ("2022年书面考核", None), ("总分", None),
    ],
)  # fmt: skip
def test_full_marks_stand_in_headings(rules: Rules, words: str, mark: str | None) -> None:
    """The full mark in the heading of a column is read however it is put."""
    (table,) = score_tables(a_table(f"单位,{words},总分", "甲局,1,1"), rules)
    found = table.columns[1].full_mark
    assert (None if found is None else str(found)) == mark


def test_a_merged_heading_reaches_over_its_columns() -> None:
    """The upper words stand over the columns to the right of them until the next that says something."""
    rows = [["单位", "分项", "", "加分", "名次"], ["单位", "书面", "网上", "", "名次"]]
    assert paths(rows) == [("单位",), ("分项", "书面"), ("分项", "网上"), ("加分",), ("名次",)]


def test_a_heading_without_covered_cells_is_spread() -> None:
    """Six cells over eight: the blanks at both ends of the lower row tell which are covered from above."""
    upper, lower = ["单位", "分项", "加分", "总分", "名次", "备注"], ["", "书面", "网上", "征询", "", "", "", ""]
    assert aligned([upper, lower])[0] == ["单位", "分项", "分项", "分项", "加分", "总分", "名次", "备注"]


def test_bonus_columns_are_known_by_the_words_above_them(rules: Rules) -> None:
    """Columns below 加分项 add, whatever they are called; a rank within a section is not the rank."""
    (table,) = score_tables(
        a_table("单位,书面,,加分项,,总分,名次", ",得分,名次,创新,表彰,,", "甲局,20,1,1,0.5,21.5,1"), rules
    )
    kinds = [column.kind for column in table.columns]
    assert kinds == [Kind.UNIT, Kind.WEAK_TOTAL, Kind.PAST, Kind.BONUS, Kind.BONUS, Kind.TOTAL, Kind.RANK]


def test_rows_that_are_no_units_are_left_out(rules: Rules) -> None:
    """Averages are counted apart, notes and titles of groups are not units; groups name the rows below them."""
    (table,) = score_tables(
        a_table(
            "成绩表", "单位,书面,总分", "一、A类", "甲局,1,1", "二、B类", "乙局,2,2", "平均分,1.5,1.5", "注：按得分排序"
        ),
        rules,
    )
    assert [(row.unit, row.group) for row in table.rows] == [("甲局", "一、A类"), ("乙局", "二、B类")]
    assert table.skipped == ("平均分",)


def test_a_list_of_other_things_is_no_score_table(rules: Rules) -> None:
    """A sheet without a unit's column gives nothing."""
    assert not list(score_tables(a_table("标题,文号", "某通知,某发〔2024〕1号"), rules))
