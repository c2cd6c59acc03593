"""Heads and feet as offices lay them out: letterheads, joint issuers, broken titles, odd numbers, signatures and imprints."""

import pytest

from attrtrack.domain.documents import Document, SourceText
from attrtrack.recording import record
from attrtrack.rules import Rules

BODY = "\n各县区水务局：\n现将有关事项通知如下，请认真执行。\n"
FOOT = "云栖市水务局\n2023年3月1日\n"


def read(rules: Rules, text: str, **fields: object) -> Document:
    """Record a text."""
    values: dict[str, object] = {"name": "来件.txt", "format": "txt", "text": text, **fields}
    return record(SourceText(**values), rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云栖市水务局\n云水发〔2023〕4号\n关于节水的通知", "关于节水的通知"),
        ("云水发〔2023〕4号\n云栖市水务局\n关于节水的通知", "云栖市水务局关于节水的通知"),
        ("云栖市水务局\n云栖市财政局\n云水发〔2023〕4号\n关于节水的意见", "关于节水的意见"),
        (
            "云栖市水务局\n云栖市财政局\n云栖市水务局　云栖市财政局\n关于节水的通知",
            "云栖市水务局 云栖市财政局关于节水的通知",
        ),
        ("云栖市水务局\n云栖市财政局\n关于节水的通知", "云栖市水务局 云栖市财政局关于节水的通知"),
        (
            "云水发〔2023〕4号\n云栖市水务局转发\n省水利厅关于节水\n工作方案的通知",
            "云栖市水务局转发省水利厅关于节水工作方案的通知",
        ),
        ("内部资料　注意保存\n云栖市水务局\n云水函〔2023〕4号\n关于节水的函", "关于节水的函"),
        ("云水发〔2023〕4号\n通　知", "通知"),
        ("公　告\n关于节水的公告", "关于节水的公告"),
        ("云水发〔2023〕4号\n关于“三水”统筹：问题与对策的报告", "关于“三水”统筹：问题与对策的报告"),
    ],
)
def test_titles(rules: Rules, head: str, title: str) -> None:
    """The letterhead above the number is no part of the title; what stands between number and subject is."""
    assert read(rules, head + BODY + FOOT).title == title


def test_converted_documents_keep_their_characters(rules: Rules) -> None:
    """Elements of a Traditional document are printed as in the source, never half converted; the genre is found."""
    text = "雲棲縣衛生健康局關於開展飲用水監測工作的通知\n雲衛發〔2023〕4號\n各鄉鎮衛生院：\n現將監測事項通知如下。\n雲棲縣衛生健康局\n2023年3月5日\n（此件主動公開）"
    document = read(rules, text)
    assert document.title == "雲棲縣衛生健康局關於開展飲用水監測工作的通知"
    assert (document.issuers, document.addressee) == (("雲棲縣衛生健康局",), "各鄉鎮衛生院")
    assert (document.number, document.genre and document.genre.value) == ("云卫发〔2023〕4号", "通知")
    assert [mark.text for mark in document.marks] == ["（此件主動公開）"]
    assert all(element.text in text for element in document.elements if element.name != "number")


@pytest.mark.parametrize(
    ("printed", "number", "irregular"),
    [
        ("云农（种植）发〔2023〕9号", "云农（种植）发〔2023〕9号", False),
        ("云农发﹙2023﹚９号", "云农发〔2023〕9号", False),
        ("云农发〔2023〕9-1号", "云农发〔2023〕9-1号", True),
    ],
)
def test_numbers(rules: Rules, printed: str, number: str, irregular: bool) -> None:
    """An office in brackets belongs to the code; a number with a dash is kept as printed, never cut to another's."""
    document = read(rules, f"云栖市农业局文件\n{printed}\n关于春耕的通知{BODY}{FOOT}")
    assert document.number == number
    assert ("number-irregular" in [finding.code for finding in document.findings]) is irregular


@pytest.mark.parametrize(
    ("signature", "issuers", "date"),
    [
        ("云栖市第三中学\n２０２３年３月１日", ("云栖市第三中学",), "2023-03-01"),
        ("云栖市“放管服”改革协调小组办公室\n二〇二三年三月廿一日", ("云栖市“放管服”改革协调小组办公室",), "2023-03-21"),
        ("云栖市2023年春灌指挥部\n二〇二三年三月卅日", ("云栖市2023年春灌指挥部",), "2023-03-30"),
        ("云栖市水务局　2023年3月1日", ("云栖市水务局",), "2023-03-01"),
        ("局长　王某\n2023年3月1日", ("云栖市水务局",), "2023-03-01"),
        ("云栖乐园筹备组\n2023年3月1号", (), "2023-03-01"),
    ],
)
def test_signatures(rules: Rules, signature: str, issuers: tuple[str, ...], date: str) -> None:
    """Schools, offices of leading groups and headquarters sign; an unknown signer is not replaced by the letterhead."""
    document = read(rules, f"云栖市水务局文件\n云水发〔2023〕4号\n关于节水的通知{BODY}{signature}\n")
    assert document.issuers == issuers
    assert document.date is not None
    assert document.date.isoformat() == date


def test_organs_beside_dates_in_the_head(rules: Rules) -> None:
    """Minutes name their issuer beside the date, a communique its organs side by side under the title."""
    minutes = read(
        rules,
        "专 题 会 议 纪 要\n（第 5 期）\n云栖县人民政府办公室　　2024年1月19日\n关于研究供水的会议纪要\n2024年1月16日，县长主持召开会议，研究供水有关事项。",
    )
    assert (minutes.title, minutes.issuers) == ("关于研究供水的会议纪要", ("云栖县人民政府办公室",))
    report = read(
        rules,
        "云栖市2023年统计公报\n云栖市统计局　国家统计局云栖调查队\n2024年3月20日\n2023年全市经济总体平稳，运行良好。",
    )
    assert report.issuers == ("云栖市统计局", "国家统计局云栖调查队")


@pytest.mark.parametrize(
    "line",
    [
        "云栖市水务局办公室　2023年3月2日印发　　共印50份",
        "印发日期：2023年3月2日",
        "2023年3月2日印",
        "办公室　2023年3月2日印制（共50份）",
    ],
)
def test_imprints(rules: Rules, line: str) -> None:
    """The date of printing is read with the number of copies behind it, with its label before it, and cut short."""
    document = read(rules, f"云水发〔2023〕4号\n关于节水的通知{BODY}{FOOT}{line}")
    assert document.print_date is not None
    assert (document.print_date.isoformat(), document.date and document.date.isoformat()) == (
        "2023-03-02",
        "2023-03-01",
    )


def test_titles_of_pages(rules: Rules) -> None:
    """A page whose body has no title lends its heading, else the window's title without the name of the site."""
    body = "云水发〔2023〕4号\n各县区水务局：\n请认真执行。"
    heading = read(rules, body, metadata=(("PageHeading", "云栖市水务局关于节水的通知"),))
    assert (heading.title, heading.issuers) == ("云栖市水务局关于节水的通知", ("云栖市水务局",))
    window = read(rules, body, metadata=(("PageHeading", "政策文件"), ("PageTitle", "关于节水工作的通知_云栖市政府网")))
    assert window.title == "关于节水工作的通知"
