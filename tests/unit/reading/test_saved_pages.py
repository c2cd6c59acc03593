"""Saved pages of interpretations: heading, day, publisher, address, links and parts, from html and mhtml alike."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from saved_pages import ADDRESS, DOCUMENT, PARAGRAPHS, TITLE, a_page, an_mhtml

from attrtrack.domain.pages import Page, PageParts
from attrtrack.errors import BrokenSourceError, EmptySourceError, SourceTooLargeError, UnsupportedFormatError
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.reading.pages import is_page, read_page, read_saved


def read(page: str, name: str = "解读.html") -> Page:
    """Read a page given as text."""
    return read_page(page.encode(), name)


def test_a_page_says_what_it_is() -> None:
    """Heading, day, publisher, address, text and the link to the document are all read off one saved page."""
    page = read(a_page())
    assert (page.title, page.address) == (TITLE, ADDRESS)
    assert (page.published, page.publisher) == (dt.date(2025, 3, 6), "云栖市住房和城乡建设局")
    assert page.text.split("\n") == list(PARAGRAPHS)
    assert page.parts == PageParts(letters=len("".join(PARAGRAPHS)))
    assert page.links == ((DOCUMENT, "云栖市老旧小区加装电梯资金管理办法"),)


@pytest.mark.parametrize(
    "data",
    [an_mhtml(a_page(saved_from="")), an_mhtml(a_page(saved_from="")).replace(b"\n", b"\r\n")],
    ids=["unix", "windows"],
)
def test_an_archive_is_the_same_page(data: bytes) -> None:
    """The single file that a browser writes gives the same page, its address from the head of the archive."""
    page = read_page(data, "解读.mhtml")
    assert page == read(a_page())


def test_an_archive_lends_its_subject_to_a_page_without_title() -> None:
    """The subject of the archive is the title of the page that the browser showed."""
    page = "<html><body><div id=zoom>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div></body></html>"
    assert read_page(an_mhtml(page), "a.mht").title == TITLE


def test_an_interpretation_that_is_a_picture() -> None:
    """One long picture and no text is a page; icons, share signs and small pictures are not counted."""
    pictures = (
        '<p><img src="./一图_files/1.jpg" width="900"><img data-src="https://a.example/2.png"></p>'
        '<img src="./一图_files/icon_pdf.png"><img src="x.gif" width="16" height="16">'
    )
    page = read(a_page(pictures, title="一图读懂云栖市加装电梯资金管理办法"))
    assert page.title == "一图读懂云栖市加装电梯资金管理办法"
    assert (page.parts.images, page.parts.letters) == (2, 0)


@pytest.mark.parametrize(
    ("body", "videos", "audios"),
    [
        ('<p>请看视频。</p><video controls><source src="a.mp4"></video>', 1, 0),
        ('<iframe src="https://v.qq.com/txp/iframe/player.html?vid=1"></iframe>', 1, 0),
        ('<audio src="a.mp3"></audio>', 0, 1),
        ('<p>点击收听：<a href="/a/b.mp3">音频解读</a></p>', 0, 1),
        ('<embed src="/flash/a.swf" type="application/x-shockwave-flash"><p>政策解读</p>', 1, 0),
        ('<iframe src="https://map.example/x"></iframe><p>没有音视频，只有一张地图。</p>', 0, 0),
    ],
)
def test_players_are_counted(body: str, videos: int, audios: int) -> None:
    """Players count however they are put into the page; other frames do not."""
    parts = read(a_page(body)).parts
    assert (parts.videos, parts.audios) == (videos, audios)


@pytest.mark.parametrize(
    ("head", "saved_from", "address"),
    [
        (f'<link rel="canonical" href="{DOCUMENT}">', "", DOCUMENT),
        (f'<meta property="og:url" content="{DOCUMENT}">', "", DOCUMENT),
        (f'<link rel="canonical" href="{DOCUMENT}">', ADDRESS, ADDRESS),
        ('<link rel="canonical" href="https://www.yunqi.example/">', "", None),
        ('<link rel="canonical" href="javascript:alert(1)">', "", None),
        ("", "about:internet", None),
        ("", ADDRESS + "#top", ADDRESS),
    ],
)
def test_the_address_is_the_pages_own(head: str, saved_from: str, address: str | None) -> None:
    """Where the browser saved it from goes first; the site's front page and what is no web address are not taken."""
    assert read(a_page(head=head, saved_from=saved_from)).address == address


@pytest.mark.parametrize(
    ("head", "info", "published", "publisher"),
    [
        ('<meta name="PubDate" content="2025-03-07 08:00">', "", dt.date(2025, 3, 7), None),
        ('<meta name="ContentSource" content="云栖日报">', "2025年3月8日", dt.date(2025, 3, 8), "云栖日报"),
        ('<meta property="article:published_time" content="2025-03-09T08:00:00+08:00">', "", dt.date(2025, 3, 9), None),
        ("", "日期：2025-03-10　信息来源：市住建局　字号：大 中 小", dt.date(2025, 3, 10), "市住建局"),
        ("", "来源：本站　时间：2025/3/11", dt.date(2025, 3, 11), None),
        ("", "2025-03-12 来源：本站 【字体：大 中 小】", dt.date(2025, 3, 12), None),
        ("", "2025-03-12 来源：市住建局 【字体：大 中 小】", dt.date(2025, 3, 12), "市住建局"),
        ("", "2025-03-13 来源：市住建局（市人防办） 【打印】【关闭】", dt.date(2025, 3, 13), "市住建局（市人防办）"),
        ('<meta name="ContentSource" content="市全民阅读促进会 浏览次数：3次">', "", None, "市全民阅读促进会"),
        ("", "2025-13-45 无此日期", None, None),
    ],
)
def test_day_and_publisher(head: str, info: str, published: dt.date | None, publisher: str | None) -> None:
    """The head of the page, then the line at its heading; what does not say stays unsaid."""
    page = read(a_page(head=head, info=info))
    assert (page.published, page.publisher) == (published, publisher)


def test_the_heading_and_not_the_column_or_the_site() -> None:
    """A heading that the window's title repeats goes before the name of the column above it."""
    page = a_page().replace('<h1 class="xl-title">', '<h1>政策解读</h1><h1 class="xl-title">')
    assert read(page).title == TITLE
    without = a_page().replace(f'<h1 class="xl-title">{TITLE}</h1>', "")
    assert read(without).title == TITLE
    assert read(a_page(title="首页").replace(" - 云栖市人民政府门户网站", "")).title is None


def test_every_link_of_a_page_is_told_those_of_the_article_first() -> None:
    """Menus and the list beside the article too, since that is where sites link to interpretations; five hundred at most."""
    menu = "".join(f'<li><a href="/m/{number}.html">栏目</a></li>' for number in range(600))
    page = a_page(f'<p>{PARAGRAPHS[0]}</p><p>见<a href="t_1.html">公告</a>。</p>')
    read = read_page(page.replace('<ul class="nav">', f'<ul class="nav">{menu}').encode(), "页面.html")
    assert read.linked[:2] == ("https://www.yunqi.example/zwgk/zcjd/content/t_1.html", DOCUMENT)
    assert "https://www.yunqi.example/m/1.html" in read.linked
    assert len(read.linked) == len(set(read.linked)) == 500
    beside = read_page(a_page().encode(), "页面.html").linked
    assert {"https://www.yunqi.example/zwgk", "https://share.example/x"} < set(beside)
    assert not any(address.startswith("javascript") or "#" in address for address in beside)


def test_relative_links_are_joined_and_others_left_out() -> None:
    """Links of the article lead to web addresses, each once; scripts, mail and the browser's own folder do not."""
    body = (
        '<p>《<a href="../../wj/content/post_12.html">管理办法</a>》<a href="javascript:void(0)">打印</a>'
        '<a href="mailto:a@b.example">邮箱</a><a href="#top">顶部</a><a href="post_12.html#x">附件</a></p>'
    )
    page = read(a_page(body + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)))
    assert [address for address, _ in page.links] == [
        "https://www.yunqi.example/zwgk/wj/content/post_12.html",
        "https://www.yunqi.example/zwgk/zcjd/content/post_12.html",
    ]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7", UnsupportedFormatError),
        (b"<html><body></body></html>", EmptySourceError),
        (b'<html><body><div id="app"></div><script src="a.js"></script></body></html>', EmptySourceError),
        (b"<html><body>" + b"<div><b><p>" * 30_000, BrokenSourceError),
        (b"<html>" + b"x" * (13 << 20), SourceTooLargeError),
        (b"<html><body>" + b"<a href='http://a.example/'>" * 210_000, SourceTooLargeError),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, error: type[Exception]) -> None:
    """Empty pages, pages of scripts, other files and monsters are refused with a sentence."""
    with pytest.raises(error):
        read_page(data, "页面.html")


def test_a_page_from_another_process_is_the_same() -> None:
    """Dates, links and parts travel between the processes unchanged."""
    data = a_page().encode()
    with IsolatedReader() as reader:
        assert reader.page(data, "a.html") == read_saved(data, "a.html")


def test_pages_are_known_by_name() -> None:
    """Saved pages have these names; scripts and pictures beside them have others."""
    assert all(map(is_page, ("a.html", "b.HTM", "c.mhtml", "d.mht", "e.shtml")))
    assert not any(map(is_page, ("a.js", "b.css", "c.png", "d", "e.docx")))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium to save a page with")
def test_a_page_as_a_browser_writes_it(tmp_path: Path) -> None:
    """What the browser makes of the page, scripts run and tags closed, reads the same."""
    source = tmp_path / "源.html"
    page = a_page(head=f'<link rel="canonical" href="{ADDRESS}">')
    source.write_text(page, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    done = subprocess.run(
        [*command, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", source.as_uri()],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    if done.returncode != 0 or not done.stdout:
        pytest.skip("chromium did not start here")
    assert read_page(done.stdout, "页面.html") == read(page)
