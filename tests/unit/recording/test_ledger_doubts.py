"""Ledgers that contradict themselves, hide levels of secrecy, or group their columns: told, refused, never guessed."""

import pytest

from attrtrack.domain.ledgers import Ledger, Table, TableRow
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.recording.cells import one_line, states_secrecy
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules


def ledger(rules: Rules, *lines: str) -> Ledger:
    """Recognise a table given as lines with bars between cells."""
    rows = tuple(TableRow(number, tuple(line.split("|"))) for number, line in enumerate(lines, start=1))
    return recognise(Table("台账.csv", "", rows), rules)


def codes(book: Ledger) -> list[list[str]]:
    """Return the finding codes of every entry."""
    return [[finding.code for finding in entry.document.findings] for entry in book.entries]


@pytest.mark.parametrize(
    "cell",
    ["绝密", "机密", "秘密级", "J M", "MM", "机", "秘密★5年", "機密", "10年", "是", "□绝密 ☑机密", "非密□ 机密☑"],
)
def test_cells_that_state_a_level(cell: str) -> None:
    """Levels, their abbreviations, terms and ticks in a column of secrecy count."""
    assert states_secrecy(cell) is True


@pytest.mark.parametrize(
    "cell", ["", "/", "无", "否", "非密", "非密件", "公开", "普通", "工作秘密", "未定密", "□机密 ☑非密", "非密☑ 机密□"]
)
def test_cells_that_state_none(cell: str) -> None:
    """What is plainly no level passes."""
    assert states_secrecy(cell) is False


def test_rows_with_a_level_are_refused_without_their_words(rules: Rules) -> None:
    """Every column of secrecy is looked at, and every cell for a sign; words that merely speak of secrecy pass."""
    book = ledger(
        rules,
        "标题|文号|密级|保密等级|备注",
        "甲局关于做好保密工作的通知|甲发〔2020〕1号|||",
        "甲局关于加强商业秘密保护的意见|甲发〔2020〕2号|非密||",
        "甲局关于巡查的通知|甲发〔2020〕3号|无|JM|",
        "【秘密】甲局关于巡查的请示|甲发〔2020〕4号|||",
        "甲局关于巡查的函|甲发〔2020〕5号|||机密",
        f"甲局关于{'很长的' * 40}巡查的函 机密★10年|甲发〔2020〕6号|||",
        "甲局关于收费的函|甲发〔2020〕7号|三档||",
    )
    assert [(error.row, error.code) for error in book.errors] == [(row, "classified") for row in (4, 5, 6, 7)]
    assert not any("巡查" in error.message for error in book.errors)
    assert [entry.row for entry in book.entries] == [2, 3, 8]
    assert codes(book)[2] == ["ledger-cell-unreadable"]


def test_a_classified_sheet_that_is_no_ledger_is_not_quoted(rules: Rules) -> None:
    """A table without a header that bears a sign is refused as classified, not shown as a header nobody knows."""
    with pytest.raises(ClassifiedMaterialError):
        ledger(rules, "姓名|去向", "机密★5年|某地")


@pytest.mark.parametrize(
    ("upper", "lower", "columns"),
    [
        ("公文信息||解读情况||", "标题|文号|标题|链接|日期", "title number interpretation_title interpretation_url interpretation_published"),
        ("标题|文号|解读情况|", "||链接|责任部门", "title number interpretation_url -"),
        ("标题|文号|解读情况|", "标题|文号|链接|形式", "title number interpretation_url forms"),
        ("标题|文号|公开情况||", "||方式|日期|链接", "title number attribute published document_url"),
        ("公文信息||相关情况|", "标题|文号|链接|密级", "title number - security"),
        ("上级文件||本级文件|", "标题|文号|标题|文号", "- - title number"),
        ("||解读情况|", "标题|文号|链接|日期", "title number interpretation_url interpretation_published"),
        ("某局公文公开情况||（盖章）|", "标题|文号|链接|公开日期", "title number document_url published"),
        ("填报单位：某局||填报日期：某日|", "标题|文号|链接|公开日期", "title number document_url published"),
    ],
)  # fmt: skip
def test_groups_of_columns(rules: Rules, upper: str, lower: str, columns: str) -> None:
    """The name of a group decides what its columns speak of; where that is unsure a column stays unknown."""
    fields = ledger(rules, upper, lower, "甲|甲发〔2020〕1号|乙|乙发〔2020〕1号|").columns
    assert list(fields.values()) == [name for name in columns.split() if name != "-"]


def test_grouped_headers_printed_again_are_no_documents(rules: Rules) -> None:
    """A header of two rows that is repeated on every page is passed over."""
    header = ("序号|公文信息||解读情况", "|标题|文号|链接")
    book = ledger(
        rules, *header, "1|甲局关于节水的通知|甲发〔2020〕1号|", *header, "2|甲局关于防汛的通知|甲发〔2020〕2号|"
    )
    assert [entry.row for entry in book.entries] == [3, 6]
    assert book.errors == ()


def test_the_column_with_the_plainer_name_is_taken(rules: Rules) -> None:
    """Of two columns for one field the one that stands first in the rule table is read, wherever it stands."""
    book = ledger(
        rules, "网址|标题|主动公开公文链接|发文日期|成文日期", "http://a.example|甲|http://b.example|2020-1-1|2020-1-2"
    )
    assert book.entries[0].document_url == "http://b.example"
    assert book.unknown_headers == ("网址", "发文日期")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [("关于节水\n的通知", "关于节水的通知"), ("甲发\n〔2020〕 \n1号", "甲发〔2020〕1号"), ("AI\r\nplan", "AI plan")],
)
def test_line_breaks_in_a_cell(broken: str, whole: str) -> None:
    """A line break between Chinese characters is nothing, between Latin words a blank."""
    assert one_line(broken) == whole


def test_a_row_against_itself(rules: Rules) -> None:
    """Published before it was made, published though not to be, or as news only, is told; the other way round is not."""
    book = ledger(
        rules,
        "标题|文号|公开属性|成文日期|公开日期|链接",
        "甲局关于节水的通知|甲发〔2020〕1号|主动公开|2020-05-02|2020-05-01|",
        "甲局关于防汛的通知|甲发〔2020〕2号|主动公开||2019-12-31|",
        "甲局关于防火的通知|甲发〔2020〕3号|不予公开|2020-05-02|2020-05-02|http://a.example/3",
        "甲局关于防冻的通知|甲发〔2020〕4号|主动公开|2020年5月|2020-05-01|http://a.example/4",
        "甲局关于防雷的通知|甲发〔2020〕5号|主动公开|2020-05-02|2020-05-03|http://a.example/xwzx/5.html",
    )
    assert codes(book) == [
        ["published-before-date"], ["published-before-date"], ["withheld-but-published"], [], ["published-as-news"],
    ]  # fmt: skip


def test_rows_against_each_other(rules: Rules) -> None:
    """One document with two attributes, and one number on two documents, are told on the later row."""
    book = ledger(
        rules,
        "标题|文号|公开属性",
        "甲局关于节水的通知|甲发〔2020〕1号|主动公开",
        "甲局关于节水的 通知|甲发〔2020〕1号|不予公开",
        "甲局关于防汛的通知|甲发〔2020〕1号|主动公开",
        "甲局关于节水的通知|甲发〔2020〕2号|",
        "甲局关于节水的通知|甲发〔2020〕2号|主动公开",
    )
    assert codes(book) == [[], ["ledger-rows-contradict"], ["duplicate-number"], [], []]
    assert "第 2 行" in book.entries[1].document.findings[0].message
