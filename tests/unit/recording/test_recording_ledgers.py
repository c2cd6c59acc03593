"""Ledgers: columns recognised, cells read without guessing, bad rows told by their number."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import an_xlsx

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.genres import Genre
from attrtrack.domain.ledgers import Ledger, LedgerEntry
from attrtrack.errors import BadRowError, BrokenSourceError, ClassifiedMaterialError, EmptySourceError
from attrtrack.reading import is_ledger, read_table
from attrtrack.recording.headers import header_key
from attrtrack.recording.ledgers import open_ledger, recognise
from attrtrack.rules import Rules

YEAR_LIST = """2023年度制发非涉密公文详情列表（电子版）
填报单位：云栖市水务局
序号,公文全称,文号,公开属性,不公开理由,牵头起草部门,主动公开公文链接,解读文件链接,是否为非纯文字解读（是/否）,成文日期
1,云栖市水务局关于节水的通知,云水发[2023]5号,主动公开,,水资源科,http://a.example/1.html,http://a.example/2.html,是,2023.3.5
2,云栖市水务局关于人事任免的通知,云水任〔2023〕1号,不公开,内部人事管理,人事科,/,,否,2023年
3,云栖市水务局关于防汛的函,\u200b发文字号：云水函〔2023〕8号,内部,,,见网站
,,,主动公开,,,,,,
合计,3,,,,,,,,
"""


def ledger(text: str, rules: Rules, charset: str = "utf-8") -> Ledger:
    """Read and recognise a csv ledger."""
    return recognise(read_table(text.encode(charset), "台账.csv")[0], rules)


@pytest.mark.parametrize("charset", ["utf-8-sig", "gbk"])
def test_the_years_list(rules: Rules, charset: str) -> None:
    """The list that the assessment asks for is understood, titles above the header and the total below left out."""
    book = ledger(YEAR_LIST.replace("\u200b", ""), rules, charset)
    assert (book.columns["公文全称"], book.columns["是否为非纯文字解读（是/否）"]) == ("title", "non_text")
    assert book.unknown_headers == ()
    assert [(error.row, error.code) for error in book.errors] == [(7, "bad-row")]
    first = book.entries[0]
    assert (first.row, first.document.number, first.document.genre) == (4, "云水发〔2023〕5号", Genre.NOTICE)
    assert first.document.date is not None
    assert first.document.date.as_date == dt.date(2023, 3, 5)
    assert (first.document_url, first.interpretations[0].non_text) == ("http://a.example/1.html", True)
    assert first.document.drafting_department == "水资源科"


def test_attributes_and_reasons(rules: Rules) -> None:
    """Words for an attribute are resolved; a word that is none stays undeclared and is told."""
    entries = ledger(YEAR_LIST, rules).entries
    assert [entry.document.declared_attribute for entry in entries] == [
        DisclosureAttribute.PROACTIVE, DisclosureAttribute.WITHHELD, None,
    ]  # fmt: skip
    assert entries[1].document.declared_reason == "内部人事管理"
    assert entries[1].interpretations == ()
    assert [finding.code for finding in entries[1].document.findings] == ["ledger-cell-unreadable"]
    assert [finding.code for finding in entries[2].document.findings] == [
        "attribute-unrecognised",
        "ledger-cell-unreadable",
    ]


def test_labels_in_cells(rules: Rules) -> None:
    """A label printed in a cell is taken off, and one that names another field fills that field."""
    book = ledger(
        "url,pub_date,doc_number\nhttp://a.example/1,成文日期 ：2023-06-14,发文字号：\u200b渝府发〔2023〕15 号\n", rules
    )
    entry = book.entries[0]
    assert entry.document.number == "渝府发〔2023〕15号"
    assert entry.document.date is not None
    assert (entry.document.date.isoformat(), entry.published) == ("2023-06-14", None)


def test_two_header_rows_and_hyperlinks(rules: Rules) -> None:
    """A header of two rows is read as one, and a hyperlink behind a cell is its address."""
    rows = [
        ["公文一览", "", "", ""],
        ["公文全称", "文号", "解读", ""],
        ["", "", "标题", "链接"],
        ["云栖市水务局关于节水的通知", "云水发〔2023〕5号", "一图读懂节水通知", "点击查看"],
    ]
    data = an_xlsx(rows, {"A4": "http://a.example/doc", "D4": "http://a.example/map"})
    book = recognise(read_table(data, "台账.xlsx")[0], rules)
    entry = book.entries[0]
    assert entry.document.title == "云栖市水务局关于节水的通知"
    assert entry.document_url == "http://a.example/doc"
    assert (entry.interpretations[0].title, entry.interpretations[0].url) == (
        "一图读懂节水通知",
        "http://a.example/map",
    )


def test_comments_ragged_rows_and_repeated_headers(rules: Rules) -> None:
    """Comment lines are skipped, short and long rows read as far as they go, a header printed again is no document."""
    text = "# 说明,一\n标题\t文号\n甲局关于节水的通知\t甲水〔2023〕1号\t多余\n标题\t文号\n乙局关于节水的通知\n"
    book = ledger(text, rules)
    assert [(entry.row, entry.document.number) for entry in book.entries] == [(3, "甲水〔2023〕1号"), (5, None)]


def test_a_table_that_is_no_ledger(rules: Rules) -> None:
    """A sheet without titles or numbers is refused with the header that was seen."""
    with pytest.raises(BadRowError, match="姓名、学校"):
        ledger("姓名,学校\n张某,某校\n", rules)


def test_secrecy_in_a_ledger(rules: Rules) -> None:
    """A sign above the header refuses the table; one in a row refuses the row."""
    with pytest.raises(ClassifiedMaterialError):
        ledger("机密★5年\n标题,文号\n甲,甲发〔2020〕1号\n", rules)
    book = ledger("标题,文号,备注\n甲局关于节水的通知,甲发〔2020〕1号,\n乙,乙发〔2020〕1号,秘密★1年\n", rules)
    assert [(error.row, error.code) for error in book.errors] == [(3, "classified")]


def test_broken_and_empty_tables() -> None:
    """A table that cannot be opened, or holds nothing, is refused by name."""
    with pytest.raises(BrokenSourceError):
        read_table(b"PK\x03\x04 cut", "a.xlsx")
    with pytest.raises(BrokenSourceError):
        read_table(b"plain words", "a.xls")
    with pytest.raises(EmptySourceError):
        read_table(b",,\n,,\n", "a.csv")
    assert [is_ledger(name) for name in ("a.XLSX", "b.csv", "c.docx")] == [True, True, False]


def test_a_row_is_read_anew_by_its_number(rules: Rules) -> None:
    """Under the header of its own table; only what other rows say of it is not told again."""
    two = f"{YEAR_LIST}公文全称,主动公开公文链接,文号\n关于防火的通知,http://a.example/3.html,云水发〔2023〕5号\n"
    book = open_ledger(read_table(two.encode(), "台账.csv")[0], rules)
    entries = [row for row in book.rows if isinstance(row, LedgerEntry)]
    assert book.again is not None
    anew = [book.again(entry.row) for entry in entries]
    assert len(anew) == 4
    assert anew[:3] == entries[:3]
    assert anew[3].document_url == "http://a.example/3.html"
    assert [item.code for item in entries[3].document.findings] == ["duplicate-number"]
    assert anew[3].document.findings == ()


@given(st.text(alphabet="*＊★12.、：:（(【[）)]】 \u200b\xad\n\tＡAaİIıſ标题文号", max_size=8))
def test_a_header_is_the_same_with_blanks_around_it(cell: str) -> None:
    """A cell of which nothing is left out is told apart first, and means the same as read in full."""
    assert header_key(cell) == header_key(f" {cell}")
