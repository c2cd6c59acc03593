"""Tables that stand in running text."""

from attrtrack.reading.plain.tabbed import tables_in_text


def test_a_cell_a_line() -> None:
    """An empty line ends a row, a tab alone is a blank cell, a line without tab goes on with the cell above."""
    text = "附件\n\n汇总表\n\t单位\n\t综合\n加分\n\t名次\n\n\t甲局\n\t\n\t1\n\n\t乙局\n\t2\n\t2\n 抄送：各单位。\n"
    (table,) = tables_in_text(text, "t.txt")
    assert table.sheet == "汇总表"
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("单位", "综合加分", "名次")),
        (9, ("甲局", "", "1")),
        (13, ("乙局", "2", "2")),
    ]


def test_a_row_a_line() -> None:
    """Tabs part the cells, a blank first cell stays; text before and after is none of the table."""
    (table,) = tables_in_text("前文\n单位\t得分\t名次\n\t甲\t乙\n丙\t1\t2\n后文", "t.txt")
    assert [row.cells for row in table.rows] == [("单位", "得分", "名次"), ("", "甲", "乙"), ("丙", "1", "2")]


def test_indented_lines_are_no_table() -> None:
    """A single line after a tab is a paragraph."""
    assert tables_in_text("标题\n\t本文缩进一行。\n后文", "t.txt") == ()
