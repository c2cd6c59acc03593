"""Several interpretations in one ledger row: titles, addresses, days, forms and channels given out to each."""

import datetime as dt

import pytest
from office_files import an_xlsx

from attrtrack.domain.ledgers import LedgerInterpretation
from attrtrack.reading import read_table
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules

HEAD = "公文全称,文号,解读标题,解读链接,解读日期,解读形式,发布渠道,是否为非纯文字解读"
DOCUMENT = "云栖市水务局关于节水的通知,云水发〔2023〕5号"


def read(row: str, rules: Rules) -> tuple[LedgerInterpretation, ...]:
    """Read the interpretations of one csv row."""
    table = read_table(f"{HEAD}\n{DOCUMENT},{row}\n".encode(), "台账.csv")[0]
    return recognise(table, rules).entries[0].interpretations


@pytest.mark.parametrize("parting", ["\n", "；", ";", "\n2."])
def test_as_many_titles_as_addresses_are_pairs(rules: Rules, parting: str) -> None:
    """Line breaks, semicolons and numbering part a cell; the n-th title belongs to the n-th address."""
    row = (
        f'"一图读懂节水通知{parting}节水通知解读","http://a.example/1.html{parting}http://a.example/2.html",2023-3-6,,,'
    )
    one, two = read(row, rules)
    assert (one.title, one.url) == ("一图读懂节水通知", "http://a.example/1.html")
    assert (two.title, two.url) == ("节水通知解读", "http://a.example/2.html")
    assert one.published == two.published == dt.date(2023, 3, 6)


def test_days_forms_and_channels_one_by_one(rules: Rules) -> None:
    """A cell with as many entries as there are interpretations gives each its own."""
    row = (
        '"一图读懂节水通知\n节水通知视频解读","http://a.example/1.html\nhttp://a.example/2.html",'
        '"2023-03-06\n2023-03-09","图解\n视频","政府网站\n微信",是'
    )
    one, two = read(row, rules)
    assert (one.published, two.published) == (dt.date(2023, 3, 6), dt.date(2023, 3, 9))
    assert (one.forms, two.forms) == (("picture",), ("video",))
    assert (one.channels, two.channels) == (("government-website",), ("wechat",))


def test_forms_of_one_interpretation_stay_together(rules: Rules) -> None:
    """One interpretation may have two forms; a list of forms does not make two of it."""
    (one,) = read('"一图读懂节水通知","http://a.example/1.html",2023-03-06,图解；视频,,', rules)
    assert set(one.forms) == {"picture", "video"}


def test_a_title_wrapped_over_two_lines_is_one(rules: Rules) -> None:
    """Lines that are no titles of their own are joined."""
    (one,) = read('"《云栖市水务局关于节水的\n通知》政策解读","http://a.example/1.html",,,,', rules)
    assert one.title == "《云栖市水务局关于节水的通知》政策解读"


def test_titles_without_addresses_are_interpretations_too(rules: Rules) -> None:
    """Two titles, no link: two interpretations without address."""
    assert [(item.title, item.url) for item in read('"一图读懂节水通知\n《节水通知》解读",,,,,', rules)] == [
        ("一图读懂节水通知", None),
        ("《节水通知》解读", None),
    ]


def test_words_before_an_address_are_its_title(rules: Rules) -> None:
    """Where no column holds titles, the words that bear the links do; words like 链接 are no title."""
    one, two = read(',"一图读懂节水通知：http://a.example/1.html\n链接：http://a.example/2.html",,,,', rules)
    assert (one.title, one.url) == ("一图读懂节水通知", "http://a.example/1.html")
    assert (two.title, two.url) == (None, "http://a.example/2.html")


def test_one_title_for_three_forms(rules: Rules) -> None:
    """Three addresses under one title are three interpretations of that title."""
    found = read('节水通知解读,"http://a.example/1.html http://a.example/2.html http://a.example/3.html",,,,', rules)
    assert {item.title for item in found} == {"节水通知解读"}
    assert len(found) == 3


def test_a_hyperlink_behind_the_words_of_a_title(rules: Rules) -> None:
    """The address may lie behind the title's words instead of in a column of its own."""
    rows = [["公文全称", "文号", "政策解读"], [*DOCUMENT.split(","), "一图读懂节水通知"]]
    book = recognise(read_table(an_xlsx(rows, links={"C2": "http://a.example/7.html"}), "台账.xlsx")[0], rules)
    (one,) = book.entries[0].interpretations
    assert (one.title, one.url) == ("一图读懂节水通知", "http://a.example/7.html")


def test_an_address_in_the_column_of_titles_is_no_title(rules: Rules) -> None:
    """A bare address is an address wherever it stands."""
    (one,) = read("http://a.example/1.html,,,,,", rules)
    assert (one.title, one.url) == (None, "http://a.example/1.html")
