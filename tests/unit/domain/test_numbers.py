"""Document numbers: the grammar, the wrong forms seen on real pages, and citations in running text."""

import pytest

from attrtrack.domain.numbers import DocumentNumber, NumberReading, Series, find_all, normalise, parse

WANTED = "晋政办发〔2020〕38号"


@pytest.mark.parametrize(
    "printed",
    [
        "晋政办发[2020]38号", "晋政办发【2020】38号", "晋政办发(2020)38号", "晋政办发（2020）38号", "晋政办发〖2020〗38号",
        "晋政办发﹝2020﹞38号", "晋政办发［2020］38号", "晋政办发〔20〕38号", "晋政办发〔2020〕第38号", "晋政办发〔2020〕038号",
        "晋政办发 〔 2020 〕38 号", "晋 政 办 发〔2020〕38号", "晋政办发〔2020〕\u200b38号", "晋政办发〔2020〕38", "晋政办发〔202038",
        "晋政办发〔2020〕三十八号", "晋政办发〔二〇二〇〕第三十八号", "晋政办发〔2O20〕38号", "晋政办发〔２０２０〕３８号", "（晋政办发〔2020〕38号）",
        "晋政办发〔2020〕38号。", "晋政办发〔2020〕38号文件", "晋政办发〔2020〕38号附件1", "特急 晋政办发〔2020〕38号", "晋政办发&nbsp;〔2020〕38号",
        "某省人民政府文件 晋政办发〔2020〕38号", "关于节水的通知晋政办发〔2020〕38号", "晋政办发〔2020〕号38", "晋政办发〔2020]38号", "晋政办发〔2020〕38号〔〕", "晋政办发〔二〇二〇〕38号",
    ],
)  # fmt: skip
def test_wrong_forms_are_repaired(printed: str) -> None:
    """Every wrong printing of a number is read as the number, and said to be repaired."""
    assert normalise(printed) == NumberReading(WANTED, repaired=True)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("国务院令第711号", DocumentNumber("国务院令", None, 711, Series.ORDER)),
        ("市政府令第91号", DocumentNumber("市政府令", None, 91, Series.ORDER)),
        ("第38号令", DocumentNumber("", None, 38, Series.ORDER)),
        ("公告2023年第5号", DocumentNumber("公告", 2023, 5, Series.YEARLY)),
        ("某市公安局通告第5号", DocumentNumber("某市公安局通告", None, 5, Series.ORDER)),
        ("发文字号：渝府发〔2023〕15号", DocumentNumber("渝府发", 2023, 15)),
        (WANTED, DocumentNumber("晋政办发", 2020, 38)),
    ],
)
def test_right_forms(printed: str, number: DocumentNumber) -> None:
    """Orders and yearly series are numbers too; a right form needs no repair."""
    assert parse(printed) == number
    assert normalise(printed) == NumberReading(str(number))


def test_the_republic_is_left_out_of_orders() -> None:
    """An order printed with the full name of the state is cited without it."""
    assert normalise("中华人民共和国国务院令第746号") == NumberReading("国务院令第746号")
    assert normalise("某市人民政府令（第十二号）") == NumberReading("某市人民政府令第12号", repaired=True)
    assert normalise("商务部2023年第5号公告") == NumberReading("商务部公告2023年第5号", repaired=True)
    assert normalise("国家发展改革委第38号令") == NumberReading("国家发展改革委令第38号")


@pytest.mark.parametrize(
    "printed",
    [
        "〔1996〕武司字第82号",
        "某办〔2023〕X号",
        "〔2024〕01号",
        "关于节水的通知",
        "某发〔2020〕0号",
        "某发〔2020〕5号之一",
        "某发〔2020〕5-8号",
        "某发〔2020〕5号、乙发〔2020〕6号",
        "QN/2023-009",
        "会议纪要〔2023〕第3次",
        "某会纪〔2023〕12期",
        "某发〔20200101",
    ],
)
def test_irregular_numbers_are_kept_as_printed(printed: str) -> None:
    """What the grammar does not cover is kept as printed and called irregular, never bent into shape."""
    assert normalise(printed) == NumberReading(printed, irregular=True)


@pytest.mark.parametrize("nothing", ["", "  ", "nan", "NaT", "无", "/", "—"])
def test_nothing_is_nothing(nothing: str) -> None:
    """Empty cells and their stand-ins are no number."""
    assert normalise(nothing) == NumberReading(None)


def test_citations_in_running_text() -> None:
    """Citations are found without the words around them, wrong forms included, each with its exact span."""
    text = (
        "根据《某办法》（晋政办发〔2020〕44号）和国办发[2016]80号、《某条例》（国务院令第711号），现转发国发〔2018〕39号，"
        "已废止的豫政〔2001〕5号文件、和政发〔2022〕3号、2020年第12号建议不在此列。见公告2023年第5号。"
    )
    found = list(find_all(text))
    assert [(str(number), repaired) for number, _, repaired in found] == [
        ("晋政办发〔2020〕44号", False),
        ("国办发〔2016〕80号", True),
        ("国务院令第711号", False),
        ("国发〔2018〕39号", False),
        ("豫政〔2001〕5号", False),
        ("政发〔2022〕3号", False),
        ("公告2023年第5号", False),
    ]
    assert [span.of(text) for _, span, _ in found][1] == "国办发[2016]80号"


def test_citations_that_are_none() -> None:
    """Parts of a number, issues of minutes and places are not cited as numbers; full-width digits are."""
    text = "某发〔2023〕5号之一、某会纪〔2023〕12期、会议纪要〔2023〕第3次、阳光小区(20)5号、某发〔２０２３〕１２号"
    assert [(str(number), span.of(text), repaired) for number, span, repaired in find_all(text)] == [
        ("某发〔2023〕12号", "某发〔２０２３〕１２号", True)
    ]


def test_county_codes_that_look_like_conjunctions() -> None:
    """和政发 at the start of a line is a county's own code, not a conjunction before 政发."""
    assert [str(number) for number, _, _ in find_all("和政发〔2022〕3号")] == ["和政发〔2022〕3号"]


def test_impossible_numbers() -> None:
    """A number has a positive serial, and a year unless it is an order."""
    with pytest.raises(ValueError, match="no such number"):
        DocumentNumber("某发", 2020, 0)
    with pytest.raises(ValueError, match="no such number"):
        DocumentNumber("某发", None, 1)
