"""Reading ledgers as tables: quotes in csv, merged cells and hidden sheets of workbooks."""

import io

import openpyxl
import pytest

from attrtrack.reading import read_table


def rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Read a csv text and return its rows with their numbers."""
    return [(row.number, row.cells) for row in read_table(text.encode(), "台账.csv")[0].rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"甲,1,是\n乙,2,否\n', [(2, ("甲", "1", "是")), (3, ("乙", "2", "否"))]),
        ('"甲,1,是\n乙,2,否\n"丙,丁",3,是\n', [(2, ("甲", "1", "是")), (3, ("乙", "2", "否")), (4, ("丙,丁", "3", "是"))]),
        ('"甲,1,是\n乙"丙",2,否\n', [(2, ("甲", "1", "是")), (3, ('乙"丙"', "2", "否"))]),
        ('"甲\n乙",1,"是""否"\n丙,2,否\n', [(2, ("甲\n乙", "1", '是"否')), (4, ("丙", "2", "否"))]),
        ('"关于"三农"的通知",1,是\n', [(2, ('关于"三农"的通知', "1", "是"))]),
    ],
)  # fmt: skip
def test_quotes_in_csv(text: str, expected: list[tuple[int, tuple[str, ...]]]) -> None:
    """A quote that closes nowhere, or would swallow rows, is no quoting; line numbers stay those of the file."""
    assert rows("标题,文号,公开\n" + text)[1:] == expected


def test_long_texts_in_quoted_cells_are_one_cell() -> None:
    """A text of sixty lines with half-width commas is one cell, whatever most lines of the file look like."""
    body = "\n".join(f"第{line}条 报名、资格审查,笔试,面试各环节,均按公告办理" for line in range(60))
    text = "2025年台账\n标题,属性,正文,备注\n" + "".join(f'甲{row},不公开,"{body}",{row}\n' for row in range(3))
    found = rows(text)
    assert [(number, len(cells)) for number, cells in found] == [(1, 1), (2, 4), (3, 4), (63, 4), (123, 4)]
    assert found[3][1] == ("甲1", "不公开", body, "1")


def test_two_open_quotes_do_not_swallow_the_rows_between() -> None:
    """Rows stay rows though reading by the quotes alone would give a table of even width."""
    assert [number for number, _ in rows('标题,文号,公开\n甲,"1,是\n乙,2",否\n')] == [1, 2, 3]


def test_tabs_between_quoted_cells() -> None:
    """A tab that divides cells is not taken for a blank before a quote."""
    assert rows('甲\t乙\t丙\n\t"丁\t戊"\t己\n')[1] == (2, ("", "丁\t戊", "己"))


def test_many_open_quotes_are_read_in_time() -> None:
    """A file full of quotes that never close is read line by line."""
    assert len(rows("标题,文号\n" + '"甲,1\n' * 20_000)) == 20_001


def test_merged_cells_and_hidden_sheets() -> None:
    """What a merged range says holds for its rows with words; empty cells stay empty, hidden sheets are only named."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (["单位", "标题"], ["甲局", "一"], ["", "二"], ["", ""], ["乙局", "三"], ["", "四"]):
        sheet.append(cells)
    sheet.merge_cells("A2:A4")
    hidden = book.create_sheet("旧稿")
    hidden.append(["标题", "不该读到"])
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    shown, passed_over = read_table(buffer.getvalue(), "台账.xlsx")
    assert [row.cells for row in shown.rows][1:] == [("甲局", "一"), ("甲局", "二"), ("乙局", "三"), ("", "四")]
    assert [row.number for row in shown.rows] == [1, 2, 3, 5, 6]
    assert (passed_over.sheet, len(passed_over.rows)) == ("旧稿", 1)
    assert "隐藏" in passed_over.rows[0].cells[0]
