"""Pages of the site programs that offices use: box and body of each, and what is no document page."""

import contextlib
import time

import pytest
from html_pages import BODY, ISSUER, NUMBER, TITLE, Page, pages

from attrtrack.errors import BrokenSourceError, ClassifiedMaterialError, EmptySourceError, SourceTooLargeError
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_body_and_box(page: Page) -> None:
    """The body is read once and whole, the box as fields, menus and footers not at all."""
    source = read_source(page.data, page.file)
    lines = [line for line in source.text.split("\n") if line not in {TITLE, NUMBER}]
    assert lines[-len(BODY) :] == list(BODY)
    assert source.text.count(BODY[1]) == 1
    assert {label: value for label, value in source.box if label in page.box} == page.box
    assert not [word for word in page.absent if word in source.text]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_elements_of_pages(page: Page, rules: Rules) -> None:
    """Title, number, issuer, date and mark come out of every page alike."""
    document = record(read_source(page.data, page.file), rules)
    assert document.title == TITLE
    assert document.number == NUMBER
    assert document.issuer == ISSUER
    assert document.date is not None
    assert document.date.isoformat() == "2023-05-18"
    assert "（此件公开发布）" in {mark.text for mark in document.marks} or document.marks


def test_an_empty_value_takes_no_neighbour() -> None:
    """A label whose value is empty gets no value from the next label or from the title below the box."""
    box = "<tr><td>索引号：</td><td>A1</td></tr><tr><td>文号：</td><td></td></tr><tr><td>公开时限：</td><td></td></tr>"
    page = (
        f"<body><table>{box}</table><div>{TITLE}</div><div id='zoom'>{''.join(f'<p>{line}</p>' for line in BODY)}</div>"
    )
    assert read_source(page.encode(), "a.html").box == (("索引号", "A1"),)


@pytest.mark.parametrize(
    "sign",
    [
        "<div class='top'>机密★5年</div>",
        "<div style='display:none'>机&#23494;★5年</div>",
        "<p class='footer'>密级：机密</p>",
    ],
)
def test_signs_of_secrecy_outside_the_body(sign: str, rules: Rules) -> None:
    """A sign printed above the body, in chrome or hidden, still refuses the page."""
    page = f"<body>{sign}<div id='zoom'>{''.join(f'<p>{line}</p>' for line in BODY)}</div></body>"
    source = read_source(page.encode(), "a.html")
    assert "机密" not in source.text
    with pytest.raises(ClassifiedMaterialError):
        record(source, rules)


def test_tables_in_the_body() -> None:
    """A table of the body gives a line a row, cells parted by tabs, also where cells hold several lines."""
    table = (
        "<table><tr><th>县区</th><th>工程数</th></tr><tr><td><p>东乡</p><p>全区</p></td><td>12<br></td></tr></table>"
    )
    page = f"<div id='zoom'><p>{BODY[1]}</p>{table}<p>{BODY[2]}</p></div>"
    assert read_source(page.encode(), "a.html").text.split("\n") == [BODY[1], "县区\t工程数", "东乡 全区\t12", BODY[2]]


def test_frames_of_an_archive() -> None:
    """Of several pages in a web archive the one with most text is read."""
    parts = "".join(
        f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>{text}</p></body></html>\r\n"
        for text in ("目录", BODY[1] * 3)
    )
    data = f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{parts}--b--".encode()
    assert read_source(data, "a.mhtml").text == BODY[1] * 3


@pytest.mark.parametrize(
    "page",
    [
        '<html><body><div id="app"></div><script>var article={"content":"正文在此"}</script></body></html>',
        '<body><noscript>请启用脚本</noscript><div id="root">加载中</div><script src="a.js"></script></body>',
        '<body><div class="nav"><a>首页</a></div><script>load("/api/article?id=1")</script></body>',
    ],
)
def test_pages_that_a_script_would_fill(page: str) -> None:
    """A page without its text is called empty, and the sentence says how to get the text."""
    with pytest.raises(EmptySourceError, match="脚本"):
        read_source(page.encode(), "a.html")


def test_an_archive_without_pages() -> None:
    """A web archive of pictures alone has no text."""
    with pytest.raises(EmptySourceError):
        read_source(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n--b--", "a.mht"
        )


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "甲",
        "<div><p>甲</p>" * 30_000,
        "<span>" * 100_000 + "甲",
        "<table><tr><td>" * 15_000 + "甲",
        "<table><tr><td>甲</td><td>" * 10_000,
        "<p>" + "".join(f"<b id={number}>" for number in range(3000)) + "</p>" + "<p>甲</p>" * 3000,
        "<a" * 500_000,
        "　\n" * 400_000 + "甲",
        "<td>\u3000\n</td>" * 100_000 + "甲",
        "<div class='content'>甲乙丙丁" * 4_000,
        "公开方式：" * 100_000,
        "<tr><td>文号</td>" * 30_000,
        "<li>索引号</li>" * 60_000,
        "<svg>" + "<text x='1' y='1'>甲" * 13_000,
        "<img src='data:image/png;base64," + "A" * 14_000_000 + "'><p>甲</p>",
    ],
    ids=range(15),
)
def test_hostile_pages_end(page: str) -> None:
    """A page nested or repeated without end is read or refused within seconds."""
    start = time.process_time()
    with contextlib.suppress(BrokenSourceError, SourceTooLargeError, EmptySourceError):
        read_source(f"<html><body>{page}".encode(), "a.html")
    assert time.process_time() - start < 5


def test_a_short_document_beside_long_menus() -> None:
    """A document of few words is found by its container although the menus around it are far longer."""
    menus = "".join(f"<div class='b{at}'><a>网上服务大厅栏目{at}</a>栏目说明{at}</div>" for at in range(40))
    lines = ("任免名单", "市人民政府决定，任命赵某为市水务局副局长，试用期一年，自发文之日起计算。")
    page = f"<body>{menus}<div class='info_cont word'><p>{lines[0]}</p><p>{lines[1]}</p></div>{menus}</body>"
    assert read_source(page.encode(), "a.html").text.split("\n") == list(lines)


def test_a_short_document_in_a_container_of_no_known_name() -> None:
    """Where no name helps, the element that holds the sentences is the body, whatever makes its lines."""
    lines = "为保障城乡居民用水安全，决定检修管网。<br>特此通告。<br>2023年5月18日"
    page = f"<body><table><tr><td>网站首页|依申请公开</td></tr></table><table><tr><td class='q'>{lines}</td></tr></table></body>"
    assert read_source(page.encode(), "a.html").text.split("\n") == lines.split("<br>")


@pytest.mark.parametrize(
    ("box", "fields"),
    [
        ("<li>[实施日期] <span></span></li><li>[成文日期] <span>2020-01-02</span></li>", (("成文日期", "2020-01-02"),)),
        ("<p>文号：</p><p>【字号：<a>大</a> <a>中</a> <a>小</a>】</p>", ()),
    ],
)
def test_values_that_belong_to_another_label(box: str, fields: tuple[tuple[str, str], ...]) -> None:
    """An empty value is not filled from the next field, and sizes of type are no document number."""
    page = f"<body><ul>{box}</ul><div id='zoom'>{''.join(f'<p>{line}</p>' for line in BODY)}</div></body>"
    assert read_source(page.encode(), "a.html").box == fields


def _drawn(left: float, top: float, text: str, size: int = 26) -> str:
    glyphs = "".join(
        f'<text x="{at * size}" y="{size}" style="font-size:{size}px">{char}</text>' for at, char in enumerate(text)
    )
    return f'<svg style="position:absolute;left:{left}px;top:{top}px">{glyphs}</svg>'


def test_pages_drawn_piece_by_piece() -> None:
    """Pieces on one baseline are one line in whatever order they are drawn; wrapped lines are one paragraph again."""
    pieces = [
        _drawn(480, 700, "临川市水务局"), _drawn(300, 200, "关于节水的通知", 36), _drawn(432, 260, "〔甲〕七号"),
        _drawn(328, 260, "临水发"), _drawn(172, 400, "为保障城乡居民用水安全，决定自本月起"),
        _drawn(120, 440, "实行分时供水。"), _drawn(120, 700, "临川市财政局"),
    ]  # fmt: skip
    page = f"<body><div style='position: relative'><div>{''.join(pieces)}</div></div></body>"
    assert read_source(page.encode(), "a.html").text.split("\n") == [
        "关于节水的通知", "临水发 〔甲〕七号", "为保障城乡居民用水安全，决定自本月起实行分时供水。", "临川市财政局  临川市水务局",
    ]  # fmt: skip
