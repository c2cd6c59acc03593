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
        "<img src='data:image/png;base64," + "A" * 14_000_000 + "'><p>甲</p>",
    ],
    ids=range(14),
)
def test_hostile_pages_end(page: str) -> None:
    """A page nested or repeated without end is read or refused within seconds."""
    start = time.process_time()
    with contextlib.suppress(BrokenSourceError, SourceTooLargeError, EmptySourceError):
        read_source(f"<html><body>{page}".encode(), "a.html")
    assert time.process_time() - start < 5
