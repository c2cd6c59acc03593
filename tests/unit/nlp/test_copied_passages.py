"""Passages of one text that stand in another: found in spite of small edits, told apart from terms, in linear time."""

import time

import pytest

from attrtrack.nlp.copied_passages import Passage, Signs, copied_passages

CLAUSE = "养老机构应当每季度向所在地民政部门报告入住人数和护理等级变化情况"
OTHER = "道路照明设施由养护单位负责巡查，发现灯杆倾斜的二十四小时内修复并登记"


def found(text: str, source: str) -> list[str]:
    """Return the passages as they stand in the text."""
    signs = Signs.of(text)
    return [signs.span(item.start, item.end).of(text) for item in copied_passages(signs, Signs.of(source))]


def test_a_clause_is_found_where_it_stands() -> None:
    """The passage is quoted from both texts, without what surrounds it."""
    text, source = f"有人问：{CLAUSE}，这是为什么？", f"第三条　{CLAUSE}。{OTHER}。"
    here, there = Signs.of(text), Signs.of(source)
    (passage,) = copied_passages(here, there)
    assert here.span(passage.start, passage.end).of(text) == CLAUSE
    assert there.span(passage.source_start, passage.source_end).of(source) == CLAUSE
    assert passage.same == passage.own == len(CLAUSE)


@pytest.mark.parametrize(
    "copy",
    [
        CLAUSE.replace("应当", ""),
        CLAUSE.replace("应当", "要及时"),
        CLAUSE[:12] + "，\n（一）" + CLAUSE[12:],
        " ".join(CLAUSE),
        CLAUSE.replace("每季度", "每１季度").replace("和", "、"),
    ],
)
def test_small_edits_do_not_hide_a_copy(copy: str) -> None:
    """Words left out or put in, numbering, breaks, spaces and punctuation leave one passage over nearly all of it."""
    assert sum(len(words) for words in found(f"我们解释一下：{copy}。", f"{OTHER}。{CLAUSE}。")) >= len(copy) - 6


def test_terms_and_names_are_no_copy() -> None:
    """A long term, the name of an instrument with its number, and a short quotation stand in both texts."""
    source = (
        "根据《云栖市养老机构入住登记管理暂行办法》（云政规〔2025〕3号）有关规定，做好“互联网+居家养老服务”平台管理。"
    )
    text = "依据《云栖市养老机构入住登记管理暂行办法》（云政规〔2025〕3号），“互联网+居家养老服务”给老人带来方便。"
    assert found(text, source) == []


def test_nothing_is_found_in_another_text() -> None:
    """Two texts on different matters share no passage."""
    assert found(CLAUSE * 3, OTHER * 3) == []


def test_short_sentences_count_side_by_side_only() -> None:
    """A mosaic of short sentences in another order is a copy; the same sentences far apart are what both must say."""
    short = [
        "夜间巡查每晚两次",
        "灯杆倾斜及时扶正",
        "线路老化统一更换",
        "井盖缺失当日补齐",
        "故障电话全天接听",
        "维修记录按月归档",
    ]
    source = "。这是中间隔开的一句别的话，与各项要求没有关系。".join(short)
    beside = "，".join(reversed(short))
    apart = "？大家最关心的是家门口的路灯晚上亮不亮、坏了找谁。".join(reversed(short))
    assert len(found(beside, source)) == len(short)
    assert found(apart, source) == []


def test_passages_are_in_order_and_apart() -> None:
    """Copied the other way round, each clause is a passage of its own; none overlaps another."""
    text = Signs.of(f"{OTHER}。{CLAUSE}。")
    passages = copied_passages(text, Signs.of(f"{CLAUSE}。\n隔开两段话的另外一句说明文字在这里。\n{OTHER}。"))
    assert len(passages) == 2
    assert passages[0].end <= passages[1].start


def test_offsets_hold_in_traditional_and_wide_texts() -> None:
    """The quoted span is a piece of the text as given, whatever was folded to compare it."""
    text = "養老機構應當每季度向所在地民政部門報告入住人數和護理等級變化情況，" * 2
    assert found(text, CLAUSE * 2)[0].startswith("養老機構")


@pytest.mark.parametrize("unit", ["办", "办理", "一、", "《甲》、"])
def test_repetitive_texts_take_no_longer_than_others(unit: str) -> None:
    """A text made of one word, which every place of the other could answer, costs about what any text of its length does."""
    length = 12_000
    plain = "".join(chr(0x4E00 + (place * 7919) % 20_000) for place in range(length))
    repeated = (unit * length)[:length]
    began = time.process_time()
    copied_passages(Signs.of(plain), Signs.of(plain))
    usual = time.process_time() - began
    began = time.process_time()
    copied_passages(Signs.of(repeated), Signs.of(repeated))
    assert time.process_time() - began < 10 * usual + 0.2


def test_empty_texts_have_no_passages() -> None:
    """Nothing in, nothing out."""
    assert copied_passages(Signs.of(""), Signs.of("")) == list[Passage]()
