"""Pages without known containers, boxes without colons, hidden places of docx, and printed lines."""

import time

import pytest
from office_files import a_docx, paragraph, zipped

from attrtrack.reading import read_source
from attrtrack.reading.plain.wrapping import rejoin

TITLE = "某市水务局关于节约用水的通知"
PARAGRAPHS = "".join(
    f"<p>{line}</p>" for line in ("各有关单位：", "为节约用水，现就有关事项通知如下。", "一、加强宣传，营造良好氛围。")
)


def test_a_container_of_unknown_name() -> None:
    """The element that holds the paragraphs is the body, so that menu and box stay outside; headings are kept."""
    page = f"""<html><head><title>{TITLE}_某市政府</title></head><body><div class="top"><a>首页</a><a>办事服务</a></div>
    <h1>{TITLE}</h1><table><tr><td>公开方式：</td><td>主动公开</td></tr></table><div class="zz9">{PARAGRAPHS}</div></body></html>"""
    source = read_source(page.encode(), "a.html")
    assert source.text.startswith("各有关单位：")
    assert "主动公开" not in source.text
    assert source.box == (("公开方式", "主动公开"),)
    assert source.metadata == (("PageHeading", TITLE), ("PageTitle", f"{TITLE}_某市政府"))


def test_labels_in_bold_without_a_colon() -> None:
    """A bold label at the beginning of a line is a field of the box; the same word inside a sentence stays as it is."""
    page = f"""<html><body><div class="b"><p><strong>文　　号</strong>某水发〔2023〕4号</p></div>
    <div id="zoom">{PARAGRAPHS}<p>要规范<b>公开方式</b>，做好公开。</p></div></body></html>"""
    source = read_source(page.encode(), "a.html")
    assert source.box == (("文号", "某水发〔2023〕4号"),)
    assert "要规范公开方式，做好公开。" in source.text


@pytest.mark.parametrize("piece", ["<div><p>甲", "<td></td>", "<tr><td><br></td></tr>", "<span>", "<strong>文号"])
def test_monotonous_pages_do_not_hang(piece: str) -> None:
    """A hostile page of one element repeated is read at once."""
    start = time.monotonic()
    read_source(f"<html><body><table>甲乙丙{piece * 5000}".encode(), "a.html")
    assert time.monotonic() - start < 5


def test_comments_watermarks_and_ticks_of_docx() -> None:
    """Review comments go into the metadata, watermarks and ticked symbols into the text."""
    mark = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:v"><v:textpath string="样稿"/></v:shape></w:pict></w:r></w:p>'
    tick = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>主动公开</w:t></w:r></w:p>'
    assert read_source(a_docx(mark + tick), "a.docx").text.split("\n") == ["样稿", "", "☑主动公开"]
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/document.xml": f"<w:document {word}><w:body>{paragraph('正文')}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {word}><w:comment>{paragraph('请核')}</w:comment></w:comments>",
    }
    source = read_source(zipped(parts), "a.docx")
    assert (source.text, source.metadata) == ("正文", (("批注", "请核"),))


def test_printed_sentences_are_joined() -> None:
    """In a PDF too short to measure a full line of running text goes on in the next; titles and dates stay alone."""
    full = "为加强节约用水管理，提高全社会用水效率，现就有关事项通知如"
    text = f"关于节约用水的通知\n各单位：\n{full}\n下。\n某市水务局\n2023年3月1日"
    assert rejoin(text, printed=True) == text.replace("如\n下", "如下")
    assert rejoin(text) == text
