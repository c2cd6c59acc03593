"""Ledgers as people lay them out: several tables on a sheet, days as counts, error cells, English headers."""

from attrtrack.domain.ledgers import Ledger
from attrtrack.reading import read_table
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules


def ledger(text: str, rules: Rules) -> Ledger:
    """Recognise a csv text."""
    return recognise(read_table(text.encode(), "台账.csv")[0], rules)


def test_two_tables_on_one_sheet(rules: Rules) -> None:
    """Each table is read by its own header, and no row of either is lost; a repeated header begins no table."""
    text = (
        "一、本级\n标题,文号,公开属性\n甲局关于节水的通知,甲发〔2023〕1号,主动公开\n标题,文号,公开属性\n甲局关于用电的通知,甲发〔2023〕2号,主动公开\n"
        "二、下属\n序号,公开方式,文件名称,发文字号,备注\n1,依申请公开,乙局关于用水的函,乙函〔2023〕3号,\n"
    )
    book = ledger(text, rules)
    assert [(entry.row, entry.document.number) for entry in book.entries] == [
        (3, "甲发〔2023〕1号"), (5, "甲发〔2023〕2号"), (8, "乙函〔2023〕3号"),
    ]  # fmt: skip
    assert (book.errors, book.unknown_headers) == ((), ("备注",))


def test_the_same_number_in_two_tables_is_told(rules: Rules) -> None:
    """Rows are compared over the tables of a sheet, once."""
    text = "标题,文号\n甲局关于节水的通知,甲发〔2023〕1号\n\n序号,标题,文号\n1,甲局关于用电的通知,甲发〔2023〕1号\n"
    codes = [[finding.code for finding in entry.document.findings] for entry in ledger(text, rules).entries]
    assert [found.count("duplicate-number") for found in codes] == [0, 1]


def test_days_as_counts_and_error_cells(rules: Rules) -> None:
    """A date that lost its format is read as a day; what a formula failed to give is nothing."""
    text = "标题,文号,成文日期\n甲局关于节水的通知,#N/A,45091\n甲局关于用电的通知,甲发〔2023〕2号,12\n"
    first, second = (entry.document for entry in ledger(text, rules).entries)
    assert (first.number, first.date and first.date.isoformat()) == (None, "2023-06-14")
    assert second.date is None
    assert "ledger-cell-unreadable" in [finding.code for finding in second.findings]


def test_english_headers(rules: Rules) -> None:
    """The columns that programs name in English are recognised."""
    book = ledger(
        "document_number,canonical_title,publish_date\n甲发〔2023〕1号,甲局关于节水的通知,2023-06-14\n", rules
    )
    assert sorted(book.columns.values()) == ["number", "published", "title"]
