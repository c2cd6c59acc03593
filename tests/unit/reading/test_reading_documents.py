"""Reading document files: formats, charsets, hidden corners of docx, boxes of pages, and refusals."""

import pytest
from office_files import a_docx, a_pdf, paragraph, zipped

from attrtrack.errors import (
    BrokenSourceError,
    ClassifiedMaterialError,
    EmptySourceError,
    EncryptedSourceError,
    InputRefusedError,
    ScanWithoutTextError,
    SourceTooLargeError,
    UnsupportedFormatError,
)
from attrtrack.reading import MAX_BYTES, read_source

WORDS = "某市水务局关于开展节水检查的通知"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_text_charsets(charset: str) -> None:
    """Plain text is read alike in every charset that offices use."""
    assert read_source(WORDS.encode(charset), "某件.txt").text == WORDS


def test_docx_corners() -> None:
    """Text boxes, tables, content controls and insertions are text; deletions, fall-backs and field codes are not."""
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        + paragraph("某市水务局文件")
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>"
        + paragraph("某市水务局文件")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    table = f"<w:tbl><w:tr><w:tc>{paragraph('公开方式：')}</w:tc><w:tc>{paragraph('主动公开')}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{paragraph('控件内的话')}</w:sdtContent></w:sdt>"
    changes = (
        "<w:p><w:ins><w:r><w:t>新增的</w:t></w:r></w:ins><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText><w:t>话</w:t><w:br/><w:t>另起一行</w:t></w:r></w:p>"
    )
    source = read_source(
        a_docx(box + table + control + changes, header="内部资料", custom="公开属性=主动公开"), "a.docx"
    )
    assert source.text.split("\n") == [
        "某市水务局文件",
        "",
        "公开方式：\t主动公开",
        "控件内的话",
        "新增的话",
        "另起一行",
    ]
    assert source.header == "内部资料"
    assert source.metadata == (("公开属性", "主动公开"),)


def test_nested_tables_and_layout_rows() -> None:
    """A table within a cell is read once; a row of one cell keeps its lines apart."""
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    layout = f"<w:tbl><w:tr><w:tc>{paragraph('上')}{inner}{paragraph('下')}</w:tc></w:tr></w:tbl>"
    assert read_source(a_docx(layout), "a.docx").text == "上\n甲\t乙\n下"


def test_page_box_and_body() -> None:
    """A saved page gives its body as text, its attribute box as fields, and none of its menus or scripts."""
    page = f"""<html><head><meta charset="gbk"><meta name="ArticleTitle" content="{WORDS}"><script>var a=1</script></head>
    <body><div class="nav"><a>首页</a></div><table><tr><td>索 引 号：</td><td>0001/2023</td><td>公开方式：</td><td>主动公开</td>
    </tr></table><div id="zoom"><p>{WORDS}</p><p>各有关单位：</p><p>请于本月底前完成检查，并把结果报市水务局汇总。</p>
    </div><div class="footer">版权所有</div></body></html>"""
    source = read_source(page.encode("gbk"), "a.html")
    assert source.text.split("\n")[0] == WORDS
    assert "首页" not in source.text
    assert "var a" not in source.text
    assert source.box == (("索引号", "0001/2023"), ("公开方式", "主动公开"))
    assert ("ArticleTitle", WORDS) in source.metadata


def test_fragment_without_html() -> None:
    """A fragment of a page, without html element or charset, is read like a page."""
    source = read_source(f"<div><p>{WORDS}</p><p>各有关单位：</p></div>".encode(), "fragment.html")
    assert source.text == f"{WORDS}\n各有关单位："


def test_pdf_text_layer() -> None:
    """The text layer of a PDF is read; a page that is only drawn is called a scan."""
    assert read_source(a_pdf("Notice of water saving"), "a.pdf").text == "Notice of water saving"
    with pytest.raises(ScanWithoutTextError):
        read_source(a_pdf(""), "a.pdf")


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.pdf", EmptySourceError),
        ("　\n ".encode(), "a.txt", EmptySourceError),
        (b"\x00\x01\x02\x03 binary \x00\x07" * 9, "a.txt", BrokenSourceError),
        (b"PK\x03\x04 not a zip", "a.docx", BrokenSourceError),
        (b"%PDF-1.4 cut off", "a.pdf", BrokenSourceError),
        (WORDS.encode(), "a.docx", BrokenSourceError),
        (WORDS.encode()[:-1] + b"\xff\xff\xff", "a.txt", BrokenSourceError),
        (zipped({"word/styles.xml": "<a/>"}), "a.docx", BrokenSourceError),
        (zipped({"word/document.xml": "<a><b></a>"}), "a.docx", BrokenSourceError),
        (zipped({"../../x.sh": "x"}), "a.zip", UnsupportedFormatError),
        (zipped({"xl/workbook.xml": "<a/>"}), "a.xlsx", UnsupportedFormatError),
        (OLE + b"\x00" * 600, "a.doc", BrokenSourceError),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedSourceError),
        (b"\x89PNG....", "scan.png", UnsupportedFormatError),
        (b" " * (MAX_BYTES + 1), "a.txt", SourceTooLargeError),
    ],
)
def test_refusals(data: bytes, name: str, error: type[InputRefusedError]) -> None:
    """What cannot be read is refused with its own error and a sentence in Chinese that says what to do."""
    with pytest.raises(error) as caught:
        read_source(data, name)
    assert caught.value.code == error.code
    assert "：" in caught.value.message or "，" in caught.value.message


def test_external_entities_are_refused() -> None:
    """A document type declaration inside a docx is not followed, it is refused."""
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(BrokenSourceError):
        read_source(zipped({"word/document.xml": evil}), "a.docx")


def test_unpacked_size_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small container that unpacks to more than the cap is refused before it is parsed."""
    monkeypatch.setattr("attrtrack.reading.containers.archive.MAX_UNPACKED", 10_000)
    with pytest.raises(SourceTooLargeError):
        read_source(zipped({"word/document.xml": b" " * 10_001}), "bomb.docx")


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.eid"])
def test_unread_formats_are_searched_for_secrecy(name: str) -> None:
    """A format not yet read is still called classified when its bytes carry a printed sign."""
    with pytest.raises(ClassifiedMaterialError) as caught:
        read_source(OLE + b"\x00" * 504 + "000012 机密★5年 某市".encode("utf-16-le"), name)
    assert "某市" not in caught.value.message
    with pytest.raises(ClassifiedMaterialError):
        read_source(zipped({"OFD.xml": "<a/>", "Doc_0/P.xml": "<t>秘密</t><t> ★</t><t>1年</t>"}), "a.ofd")


def test_content_decides_where_the_name_lies() -> None:
    """A docx named txt is read as docx, a page named doc as page."""
    assert read_source(a_docx(paragraph(WORDS)), "a.txt").format == "docx"
    assert read_source(f"<html><body><p>{WORDS}</p></body></html>".encode(), "a.doc").format == "html"
