"""PDF pages read as a person reads them: paragraphs, columns, tables, headers, notes, watermarks, and odd characters."""

import time

import pytest
from pdf_files import a_pdf_of, at, lines

from attrtrack.reading import read_source
from attrtrack.reading.pdf.layout import Line
from attrtrack.reading.pdf.paragraphs import paragraphs_of

BODY = (
    "    为做好全市城镇供水和节约用水工作，保障居民生活用水安",
    "全，现就今年检查工作的时间、范围和方法作出安排，请各县区认",
    "真组织实施。",
    "    检查分为自查、抽查和整改三个阶段，自查从五月开始，抽",
    "查在七月进行，整改须在九月底以前全部完成。",
)
PARAGRAPHS = ["".join(BODY[:3]).strip(), "".join(BODY[3:]).strip()]


def text_of(*pages: str) -> str:
    """Return what is read of pages."""
    return read_source(a_pdf_of(pages), "a.pdf").text


def test_lines_become_paragraphs() -> None:
    """A line that fills the column goes on in the next; title lines, signature, date and note keep their lines."""
    head = at(130, 800, "某市水务局关于开展城镇供水", 22) + at(150, 770, "检查工作的通知", 22)
    foot = (
        "",
        "                            某市水务局",
        "                            2023年5月8日",
        "    （此件公开发布）",
    )
    read = text_of(head + lines(["各县区水务局：", *BODY, *foot], top=720)).split("\n")
    assert read[:3] == ["某市水务局关于开展城镇供水", "检查工作的通知", "各县区水务局："]
    assert read[3:] == [*PARAGRAPHS, "某市水务局", "2023年5月8日", "（此件公开发布）"]


def test_a_number_at_the_right_is_no_part_of_the_addressee() -> None:
    """The number of a letter ends at the right edge and the addressee begins at the left: two lines, not one paragraph."""
    number = "                                    某水函〔2023〕88号"
    read = text_of(lines(["某市水务局关于水源改线的函", number, "市自然资源和规划局：", *BODY]))
    assert read.split("\n") == ["某市水务局关于水源改线的函", number.strip(), "市自然资源和规划局：", *PARAGRAPHS]


def test_a_paragraph_goes_on_over_the_page() -> None:
    """Running headers and page numbers go into the header, and the sentence they part is whole again."""
    pages = [
        at(200, 810, "某市水务局文件汇编", 10) + lines(part) + at(280, 40, f"— {number} —", 10)
        for number, part in enumerate((BODY[:4], BODY[4:]), 1)
    ]
    source = read_source(a_pdf_of(pages), "a.pdf")
    assert source.text.split("\n") == PARAGRAPHS
    assert source.header.split("\n") == ["某市水务局文件汇编", "— 1 —"]


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns of running text beside each other are not mixed line by line, whatever the order of writing."""
    left = ["左栏第一行写满文字不留空白", "左栏第二行写满文字不留空白", "左栏第三行写满文字不留空白", "左栏第四行完。"]
    right = [line.replace("左", "右") for line in left]
    one, other = lines(left, size=12, pitch=20), lines(right, left=320, size=12, pitch=20)
    title = at(120, 800, "横贯两栏的标题写在最上方的这一行并且很长", 18)
    read = text_of(title + one + other).split("\n")
    assert "".join(read[1:]) == "".join(left + right)


def test_a_ruled_table_is_read_row_by_row() -> None:
    """Each row is one line with tabs, wrapped cells are whole, an empty cell keeps its place."""
    rules = "".join(f"80 {y} m 400 {y} l S\n" for y in (700, 670, 620)) + "".join(
        f"{x} 620 m {x} 700 l S\n" for x in (80, 160, 280, 400)
    )
    cells = [
        (85, 680, "序号"),
        (165, 680, "事项"),
        (85, 640, "一"),
        (165, 650, "每月报送供水情况"),
        (165, 632, "汇总表"),
        (285, 640, "五月底前"),
    ]
    read = text_of(
        lines(["各单位："]) + rules + "".join(at(x, y, text, 13) for x, y, text in cells) + at(80, 580, "请执行。")
    )
    assert read.split("\n") == ["各单位：", "序号\t事项\t", "一\t每月报送供水情况汇总表\t五月底前", "请执行。"]


def test_signs_of_another_font_go_back_to_their_place() -> None:
    """Quotation marks that a program wrote after the rest of the line are put where they are printed."""
    assert (
        text_of(at(80, 700, "节") + at(112, 700, "水周") + at(160, 700, "活动") + at(96, 700, "“") + at(144, 700, "”"))
        == "节“水周”活动"
    )


def test_bold_made_of_two_prints_is_read_once() -> None:
    """A character printed twice at nearly the same place is one; repeated characters beside each other are two."""
    assert text_of(at(80, 700, "特急密码本本") + at(80.4, 700, "特急密码本本")) == "特急密码本本"


def test_watermarks_are_no_part_of_a_sentence() -> None:
    """What lies askew over the text, or is large and faint, goes into the header."""
    askew = at(150, 500, "内部资料", 40, matrix="0.7 0.7 -0.7 0.7")
    faint = at(150, 690, "样稿", 60, before="0.9 g")
    source = read_source(a_pdf_of([lines(BODY) + askew + faint]), "a.pdf")
    assert source.text.split("\n") == PARAGRAPHS
    assert set(source.header.split("\n")) == {"内部资料", "样稿"}


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")])
def test_turned_pages(turn: int, matrix: str) -> None:
    """A page whose writing runs upwards, downwards or upside down is read as if it lay straight."""
    x, y, step = {90: (100, 80, (30, 0)), 180: (500, 700, (0, 30)), 270: (500, 760, (-30, 0))}[turn]
    content = "".join(
        at(x + step[0] * n, y + step[1] * n, line, matrix=matrix) for n, line in enumerate(["第一行文字", "第二行文字"])
    )
    read = read_source(a_pdf_of([content], page=f"/Rotate {turn}"), "a.pdf").text
    assert read.split("\n") == ["第一行文字", "第二行文字"]


def test_vertical_writing() -> None:
    """Characters set one under the other are one line."""
    content = "".join(at(300, 700 - 18 * n, char) for n, char in enumerate("某市水务局"))
    assert text_of(content + at(80, 500, "各单位：")) == "某市水务局\n各单位："


def test_characters_that_fonts_misname() -> None:
    """Radicals become the ideographs they look like, ligatures letters; full-width digits stay."""
    assert text_of(at(80, 700, "⼈⺠ﬁle１２号")) == "人民file１２号"


def test_footnotes_stand_behind_their_paragraph() -> None:
    """A note at the foot of a page does not split the paragraph that goes on overleaf."""
    note = at(80, 60, "1 本数据不含开发区，口径与上年相同。", 10)
    assert text_of(lines(BODY[:4]) + note, lines(BODY[4:])).split("\n") == [
        *PARAGRAPHS,
        "1 本数据不含开发区，口径与上年相同。",
    ]


def test_hyphens_at_line_ends() -> None:
    """A hyphen that parts a word goes, before a figure it stays; one inside a line is dropped when it is a soft one."""
    words = [
        "the water saving work of every county and district was infor\xad",
        "mation of the office and of all its units under COVID\xad",
        "19 rules.",
    ]
    page = [Line(text, 80, 500, 700 - 20 * n, 700 - 20 * n, 12) for n, text in enumerate(words)]
    assert paragraphs_of([page]) == [
        "the water saving work of every county and district was information of the office and of all its units under COVID-19 rules."
    ]
    assert text_of(at(80, 700, "non\xadproliferation COVID-19")) == "nonproliferation COVID-19"


def test_a_page_of_very_many_characters() -> None:
    """A page with tens of thousands of characters is read in seconds, without being laid out."""
    content = "".join(at(80, 800 - number, f"{number}为节约用水现就有关事项通知如下" * 10, 8) for number in range(150))
    start = time.process_time()
    assert len(text_of(content)) > 20_000
    assert time.process_time() - start < 5
