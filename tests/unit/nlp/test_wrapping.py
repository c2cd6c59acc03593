"""Hard-wrapped letters are laid out as the letters they were before they were printed."""

import pytest

from attrtrack.nlp.layout import Letter, read_letter
from attrtrack.nlp.wrapping import is_page_number, opens, width

_BODY = (
    "你局关于城北水厂取水口下移以后水价如何核定的来函收悉，经实地查看并与供水公司核对近三年的成本资料，现将意见函复如下：",
    "一、取水口下移增加的电费和药剂费计入制水成本，由供水公司单独记账，每年三月底以前报你局核对，核对以前暂按上年度的数计算，多退少补。",
    "二、居民用水的价格在本轮监审周期内不作调整；非居民用水每立方米增加0.12元，自明年1月1日抄见水量起执行，特种行业用水一并照此办理。",
)
_LETTER = "\n".join(
    (
        "溪口市发展和改革委员会关于城北水厂水价核定有关问题的复函",
        "上坪县发展和改革局：",
        *_BODY,
        "溪口市发展和改革委员会",
        "2024年6月12日",
        "抄送：市水务局，市财政局，城北供水公司。",
    )
)


def _printed(text: str, columns: int, *, indent: str = "", page: int = 0, header: str = "") -> str:
    """Break a text as a printer does: at a fixed width, with page numbers and headers in between."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest = indent + line if line in _BODY else line
        while rest:
            lines.append(rest[:columns])
            rest = rest[columns:]
            if page and len(lines) % page == 0:
                lines += ["", f"— {len(lines)} —", "", *([header] if header else [])]
    return "\n".join(lines)


def _sentences(letter: Letter) -> list[str]:
    return [sentence.text for sentence in letter.sentences]


@pytest.mark.parametrize("columns", [22, 26, 30, 36, 40])
@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("page", [0, 7])
def test_wrapped_letter_reads_like_the_whole_one(columns: int, indent: str, page: int) -> None:
    """Sentences broken at a fixed width, over pages too, are the sentences of the letter before it was printed."""
    letter = read_letter(_printed(_LETTER, columns, indent=indent, page=page))
    assert _sentences(letter) == _sentences(read_letter(_LETTER))


def test_sentence_over_a_line_break_quotes_the_source() -> None:
    """The span of a rejoined sentence covers the source with its break."""
    text = _printed(_LETTER, 26)
    letter = read_letter(text)
    quotes = [letter.span(sentence).of(text) for sentence in letter.sentences]
    assert [quote.replace("\n", "") for quote in quotes] == _sentences(letter)
    assert any("\n" in quote for quote in quotes)


def test_page_header_inside_a_sentence_is_no_part_of_it() -> None:
    """A line printed again after a page number is a header."""
    header = "溪口市发展和改革委员会文件"
    letter = read_letter(f"{header}\n{_printed(_LETTER, 30, page=6, header=header)}")
    assert not any("文件" in sentence for sentence in _sentences(letter))
    assert letter.title == "溪口市发展和改革委员会关于城北水厂水价核定有关问题的复函"


def test_items_and_tables_keep_their_lines() -> None:
    """Lines of their own are not joined: items without a full stop, and short cells of a table."""
    items = "城北水厂改造项目成交公告\n一、项目编号：XK-2023-048\n二、成交供应商：溪口冷暖工程有限公司，地址文化街\n三、工期：45日"
    assert _sentences(read_letter(items)) == items.split("\n")[1:]
    table = "名单如下：\n张建国 男 汉族\n李秀英 女 汉族\n王小明 男 回族"
    assert len(read_letter(table).sentences) == 4


def test_annex_list_and_copies_over_two_lines_are_left_out() -> None:
    """What stands below the body is not body: the list of annexes, signature, date, contact, copies that were broken."""
    letter = read_letter(
        "关于水表检定的复函\n上坪县水务局：\n同意你局意见。\n附件：1.水表清单\n2.检定日程\n溪口市水务局\n2024年6月12日\n"
        "（联系人：李某，电话：5551234）\n抄送：市发展和改革委员会，市财政局，市市场监督\n管理局，各县水务局。"
    )
    assert _sentences(letter) == ["同意你局意见。"]


@pytest.mark.parametrize(
    "tail", ["溪口市水务局\n2016.5.30", "二〇一八年四月二日\n溪口市水务局（章）", "局长：王建国\n2020年 3月 4日"]
)
def test_signature_and_date_in_any_order_are_left_out(tail: str) -> None:
    """Signature and date are left out however they are written."""
    assert _sentences(read_letter(f"关于水表的复函\n上坪县水务局：\n同意。\n{tail}")) == ["同意。"]


def test_short_last_item_without_a_full_stop_is_kept() -> None:
    """A short line of the body is no signature."""
    letter = read_letter(
        "关于水表的复函\n上坪县水务局：\n请报下列数据：\n一、水表总数\n二、超期水表数\n溪口市水务局\n2024年6月12日"
    )
    assert _sentences(letter)[-1] == "二、超期水表数"


def test_addressee_over_two_lines() -> None:
    """An addressee that was broken is whole again, and no part of the title."""
    letter = read_letter(
        "溪口市人民政府关于防汛工作的通知\n各县（市、区）人民政府，市政府各部门，高新技术产业开发区管理委\n员会，各直属机构：\n请落实值班。"
    )
    assert letter.title == "溪口市人民政府关于防汛工作的通知"
    assert letter.addressee.startswith("各县（市、区）人民政府")
    assert letter.addressee.endswith("各直属机构")


def test_lines_are_told_by_their_form() -> None:
    """Page numbers, openers and widths."""
    assert is_page_number("—12—")
    assert is_page_number("第2页共5页")
    assert not is_page_number("2024")
    assert opens("（三）其他")
    assert not opens("3.5万元")
    assert width("共12页") == 3.0


def test_points_of_a_typewriter_end_sentences() -> None:
    """A half-width point after an ideograph is a full stop; in numbers and after an item's number it is not."""
    letter = read_letter(
        "关于气价的批复\n北疆燃气公司:\n来函收悉.一方涨0.41元,10月1日起.学校不涨.\n一.其他\n2021年10月27日"
    )
    assert _sentences(letter) == ["来函收悉。", "一方涨0.41元，10月1日起。", "学校不涨。", "一.其他"]
