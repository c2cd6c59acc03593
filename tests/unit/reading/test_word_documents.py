"""Reading binary Word documents: stories, pieces, fields, deletions, tables, boxes, old layouts and properties."""

from pathlib import Path

import pytest
from word_files import Plan, a_container, a_doc, a_property_set, an_old_doc, named, narrow_text

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError, EncryptedSourceError, InputRefusedError
from attrtrack.reading import read_source

FIXTURES = Path(__file__).parents[2] / "fixtures"
SUMMARY, DOCUMENT_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"


def fixture(name: str) -> SourceText:
    """Read one of the documents that an office program made for these tests."""
    return read_source((FIXTURES / name).read_bytes(), name)


def test_letter_made_by_an_office_program() -> None:
    """Boxes and grouped shapes come before their paragraph, nested tables in their cell, deletions not at all."""
    source = fixture("notice.doc")
    assert source.text.split("\n") == [
        "框中：",
        "公开方式：主动公开",
        "某县水务局关于水渠清淤的通知",
        "各乡镇：",
        "清淤工程应于𠮷日开工。",
        "渠道\t长度",
        "东渠\t三公里\t上段\t下段 备用",
        "左半：某县水务局",
        "右半：某县农业局",
        "联合印发",
        "附件下载，第1页",
    ]
    assert source.header == "页眉框：某县水务局\n内部资料\n共印20份"
    assert dict(source.metadata) == {
        "title": "水渠清淤的通知",
        "公开属性": "主动公开",
        "批注": "日期待定",
        "脚注": "乡镇含街道。",
        "尾注": "另行通知。",
    }


def test_ticks_of_forms_and_symbol_fonts() -> None:
    """Inserted symbols, letters set in Wingdings and the tick boxes of forms are told by the sign they print."""
    assert fixture("ticks.doc").text.split("\n") == [
        "公开方式：☑主动公开□依申请公开",
        "☑已核（甲）non-stop",
        "☑同意□不同意",
    ]


def test_watermark_in_the_header() -> None:
    """Words drawn behind the page are part of the header, as a level of secrecy may stand there."""
    assert fixture("mark.doc").header == "征求意见稿\n水印之页"


def test_pieces_of_one_and_two_bytes() -> None:
    """Text kept in bytes and text kept in UTF-16 make one text; typographic signs of the bytes are kept."""
    plan = Plan(["No. “1”… of 通知\x0b第二行\x0c新页\r"], narrow=12)
    assert read_source(a_doc(plan=plan), "a.doc").text == "No. “1”… of 通知\n第二行\n新页"


def test_fields_give_their_results() -> None:
    """Of a field only the result is text; an unpaired mark hides nothing; an overstruck sign is drawn."""
    text = "第\x13 PAGE \x14\x131\x14一\x15\x15页\r\x13 没有结尾\r\x13 eq \\o\\ac(○,秘)\x15字\r"
    assert read_source(a_doc(text), "a.doc").text == "第一页\n 没有结尾\n秘字"


def test_tracked_deletions_are_left_out() -> None:
    """What was deleted while changes were tracked is no text, also when a paragraph's mark is among it."""
    plan = Plan(["文件甲乙丙\r接着\r尾\r"], deleted=(3, 6))
    assert read_source(a_doc(plan=plan), "a.doc").text == "文件甲接着\n尾"


def test_headers_and_remarks() -> None:
    """Each wording of a header comes once; the lines above notes are no header; remarks stand with the properties."""
    lines = ["\x03\r", "\x04\r", "", "", "", "", "页眉\r\r", "页眉\r\r", "页脚\r\r"]
    places = [sum(map(len, lines[:index])) for index in range(len(lines) + 1)]
    stories = ["正文\r", "\x02 脚注的话\r", "".join(lines) + "\r", "", "\x05批注的话\r", "\x02 尾注的话\r"]
    source = read_source(a_doc(plan=Plan(stories, headers=[*places, 0])), "a.doc")
    assert (source.text, source.header) == ("正文", "页眉\n页脚")
    assert source.metadata == (("批注", "批注的话"), ("脚注", "脚注的话"), ("尾注", "尾注的话"))


def test_boxes_without_anchor_come_first() -> None:
    """A box whose place is not known is told before the body, where a letterhead would stand."""
    assert read_source(a_doc("正文\r", "", "", "", "", "", "某市文件\r\r"), "a.doc").text == "某市文件\n正文"


def test_rows_without_formats() -> None:
    """Where the formats are lost, two marks after one another end a row."""
    text = "表前\r甲\x07乙\x07\x07丙\x07丁\x07\x07表后\r"
    assert read_source(a_doc(text), "a.doc").text == "表前\n甲\t乙\n丙\t丁\n表后"


@pytest.mark.parametrize(
    ("raw", "language", "text"),
    [
        ("某县文件\r甲\x07乙\x07\x07完\r".encode("gbk"), 0x804, "某县文件\n甲\t乙\n完"),
        ("某县文件\r".encode("gbk"), 0x409, "某县文件"),
        ("Caf\xe9 – notice\r".encode("cp1252"), 0x409, "Caf\xe9 – notice"),
    ],
)
def test_word_95(raw: bytes, language: int, text: str) -> None:
    """The bytes of Word 6 and 95 are read in the code page of the mainland, else of the West."""
    assert read_source(an_old_doc(raw, language=language), "a.doc").text == text


@pytest.mark.parametrize(("page", "charset"), [(936, "gbk"), (65001, "utf-8"), (1200, "utf-16-le")])
def test_properties_in_their_code_page(page: int, charset: str) -> None:
    """Title, company and the office's own properties are read in the code page that the section states."""
    code_page = {1: b"\x02\x00\x00\x00" + page.to_bytes(4, "little")}
    summary = a_property_set(code_page | {2: narrow_text("节水通知", charset), 4: narrow_text("张三", charset)})
    own = code_page | {0: named({2: "公开属性", 3: "份数"}, charset), 2: narrow_text("主动公开", charset)}
    own[3] = b"\x03\x00\x00\x00\x14\x00\x00\x00"
    document = a_property_set(code_page | {15: narrow_text("某县水务局", charset)}, own)
    source = read_source(a_doc("正文\r", **{SUMMARY: summary, DOCUMENT_SUMMARY: document}), "a.doc")
    assert source.metadata == (
        ("title", "节水通知"),
        ("Company", "某县水务局"),
        ("公开属性", "主动公开"),
        ("份数", "20"),
    )


@pytest.mark.parametrize(
    ("name", "streams", "kind"),
    [
        ("a.doc", {"WpsCustomData": b"x"}, "doc"),
        ("a.wps", {}, "wps"),
        ("a.eid", {}, "wps"),
        ("a", {"WpsCustomData": b"x"}, "wps"),
    ],
)
def test_kingsoft_files_are_told_by_name_then_stream(name: str, streams: dict[str, bytes], kind: str) -> None:
    """The extension says who made the file; without one Kingsoft's own stream does."""
    assert read_source(a_doc("正文\r", **streams), name).format == kind


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (a_doc(plan=Plan(["\r"])), EmptySourceError),
        (a_doc(plan=Plan(["正文\r"], flags=0x0100)), EncryptedSourceError),
        (a_doc(plan=Plan(["正文\r"], flags=0x8100)), EncryptedSourceError),
        (an_old_doc(b"text\r", flags=0x0100), EncryptedSourceError),
        (a_container({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), EncryptedSourceError),
    ],
)
def test_empty_and_locked_documents(data: bytes, error: type[InputRefusedError]) -> None:
    """A document without words is empty; one under a password, old or new, is called encrypted."""
    with pytest.raises(error):
        read_source(data, "a.doc")


def test_write_password_does_not_hinder_reading() -> None:
    """A password against changes leaves the text in the clear."""
    assert read_source(a_doc(plan=Plan(["正文\r"], flags=0x0800)), "a.doc").text == "正文"
