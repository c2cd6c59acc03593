"""Laying a letter out: what is title, addressee, body, and what is left out."""

import pytest

from attrtrack.nlp.layout import read_letter

_LETTER = """溪口市水务局
关于农村供水水价的批复
溪水函〔2024〕8号

上坪县水务局:
你局《关于核定水价的请示》收悉。现批复如下：
一、生活用水每立方米2.2元。
二、自7月1日起执行。
此复。

溪口市水务局
2024年6月12日
抄送：市发展和改革委员会
"""


def test_parts_of_a_letter() -> None:
    """Title over two lines, addressee and sentences are found; number, signature, date and copies are left out."""
    letter = read_letter(_LETTER)
    assert letter.title == "溪口市水务局关于农村供水水价的批复"
    assert letter.genre == "批复"
    assert letter.addressee == "上坪县水务局"
    assert [sentence.text for sentence in letter.sentences] == [
        "你局《关于核定水价的请示》收悉。",
        "现批复如下：",
        "一、生活用水每立方米2.2元。",
        "二、自7月1日起执行。",
    ]


def test_sentences_lead_back_to_the_source() -> None:
    """Every sentence has its span in the text as given."""
    letter = read_letter(_LETTER)
    assert letter.span(letter.sentences[2]).of(_LETTER) == "一、生活用水每立方米2.2元。"


def test_what_the_caller_knows_goes_first() -> None:
    """Title, genre and addressee of a row are taken before what the text shows."""
    letter = read_letter(_LETTER, title="关于水价的复函", genre="复函", addressee="下坪县水务局")
    assert (letter.title, letter.genre, letter.addressee) == ("关于水价的复函", "复函", "下坪县水务局")


def test_document_without_addressee_keeps_its_body() -> None:
    """A notice to the public has a head of short lines and a body, and no addressee."""
    letter = read_letter(
        "溪口市水务局关于停水的公告\n因管道检修，城北片区6月1日停水一天。请居民提前储水。\n溪口市水务局\n2024年5月30日"
    )
    assert letter.genre == "公告"
    assert letter.addressee == ""
    assert letter.body == "因管道检修，城北片区6月1日停水一天。\n请居民提前储水。"


def test_text_of_one_line_is_body() -> None:
    """A single line is taken as what there is to judge."""
    assert read_letter("同意你局意见。").body == "同意你局意见。"


def test_empty_text_has_no_sentences() -> None:
    """Nothing is invented where there is nothing."""
    assert read_letter(" \n ").sentences == ()


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("同意。。请执行；；", ["同意。", "请执行；"]),
        ("。！同意", ["同意"]),
        ("可？是！", ["可？", "是！"]),
        ("章", ["章"]),
        ("字" * 500 + "。", ["字" * 500 + "。"]),
        ("字" * 1001 + "。。是。", ["字" * 500, "字" * 500, "字。", "是。"]),
    ],
)
def test_lines_are_parted_after_the_signs_that_end_a_sentence(line: str, sentences: list[str]) -> None:
    """Such a sign with nothing before it is no sentence, one that never ends is parted, and each stands where it stood."""
    letter = read_letter(f"关于停车的批复\n某局：\n{line}\n请执行。")
    found = [sentence for sentence in letter.sentences if sentence.start < letter.sentences[-1].start]
    assert [sentence.text for sentence in found] == sentences
    assert all(letter.normalised.text.startswith(sentence.text, sentence.start) for sentence in letter.sentences)
