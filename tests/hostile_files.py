"""Files made to harm a reader, built in a moment from a few lines each; none of them is kept in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from office_files import a_docx, a_pdf, paragraph, zipped

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MEGABYTE = 1024 * 1024


def _document(xml: str | bytes, **parts: str | bytes) -> bytes:
    return zipped({"word/document.xml": xml, **parts})


def with_doctype(declarations: str, used: str) -> bytes:
    """Make a docx whose main part declares entities and uses them in its text."""
    return _document(
        f'<?xml version="1.0"?><!DOCTYPE w [{declarations}]>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{paragraph("正文文字" + used)}</w:body></w:document>'
    )


def billion_laughs() -> bytes:
    """Make ten levels of entities, each ten times the one below."""
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return with_doctype(f'<!ENTITY l0 "哈哈">{levels}', "&l9;")


def quadratic_blow_up() -> bytes:
    """Make one long entity, used many times."""
    return with_doctype(f'<!ENTITY a "{"长" * 50_000}">', "&a;" * 5_000)


def nested_bomb() -> bytes:
    """Make archives within archives within a docx."""
    inner = zipped({f"{number}.xml": bytes(_MEGABYTE) for number in range(20)})
    for _ in range(5):
        inner = zipped({f"word/embeddings/{number}.docx": inner for number in range(10)})
    return inner


def overlapping_entries() -> bytes:
    """Make a directory whose many entries all point at one compressed block."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = block.compress(bytes(8 * _MEGABYTE)) + block.flush()
    check, size = zlib.crc32(bytes(8 * _MEGABYTE)), 8 * _MEGABYTE
    name = b"word/document.xml"
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, check, len(body), size, len(name), 0) + name + body
    directory = b""
    for number in range(2000):
        entry = name if number == 0 else b"word/header%d.xml" % number
        head = struct.pack("<4s6H3I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, check, len(body), size)
        directory += head + struct.pack("<5H2I", len(entry), 0, 0, 0, 0, 0, 0) + entry
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(directory), len(local), 0)
    return local + directory + end


def with_odd_entries() -> bytes:
    """Make a good docx that also holds paths leading out of the archive and symbolic links."""
    buffer = io.BytesIO(a_docx(paragraph("云栖市人民政府关于做好样稿核对工作的通知")))
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in ("../../outside.txt", "/attrtrack-outside.txt", "..\\..\\outside.txt", "word/../../../x.xml"):
            archive.writestr(name, "不应出现在磁盘上")
        link = zipfile.ZipInfo("word/header1.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    return buffer.getvalue()


def lying_workbook(cells: str, dimension: str = "A1:XFD1048576") -> bytes:
    """Make a workbook whose sheet claims a dimension that it has not."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Target="xl/workbook.xml" '
            f'Type="{relations}/officeDocument"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/>'
            f"<sheetData>{cells}</sheetData></worksheet>",
        }
    )


def _a_cell(reference: str, row: int) -> str:
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>标题</t></is></c></row>'


def pdf_of(objects: list[str]) -> bytes:
    """Make a PDF of raw objects, the first of them the catalogue."""
    output, offsets = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(output))
        output += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(output)
    output += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{output}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode("latin-1")


def a_page_tree(kids: str, count: int) -> bytes:
    """Make a PDF with the given page tree; object 2 is its root, object 3 a page."""
    return pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def a_stream_bomb() -> bytes:
    """Make a PDF whose page content unpacks to half a gigabyte, compressed twice."""
    once = zlib.compress(bytes(256 * _MEGABYTE), 9)
    body = zlib.compress(once, 9).decode("latin-1")
    head = f"<< /Length {len(body)} /Filter [/FlateDecode /FlateDecode] >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", pages, page, f"{head}\nstream\n{body}\nendstream"])


_SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "high-ratio": ("a.docx", lambda: _document(b" " * 90 * _MEGABYTE)),
    "nested-archives": ("a.docx", nested_bomb),
    "overlapping": ("a.docx", overlapping_entries),
    "billion-laughs": ("a.docx", billion_laughs),
    "quadratic": ("a.docx", quadratic_blow_up),
    "external-dtd": ("a.docx", lambda: _document('<!DOCTYPE w SYSTEM "file:///etc/hostname"><w>字</w>')),
    "deep": ("a.docx", lambda: a_docx("<w:p>" * 1_000_000 + "</w:p>" * 1_000_000)),
    "deep-tables": ("a.docx", lambda: a_docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph("字") + "</w:tc></w:tr></w:tbl>" * 80)),
    "many-paragraphs": ("a.docx", lambda: a_docx(paragraph("字") * 1_000_000)),
    "many-empty": ("a.docx", lambda: a_docx("<w:p/>" * 1_000_000)),
    "many-attributes": ("a.docx", lambda: a_docx("<w:p " + " ".join(f'a{n}="1"' for n in range(400_000)) + "/>")),
    "odd-entries": ("a.docx", with_odd_entries),
    "lying-sheet": ("a.xlsx", lambda: lying_workbook(_a_cell("A1", 1))),
    "far-cell": ("a.xlsx", lambda: lying_workbook(_a_cell("A1", 1) + _a_cell("XFD1048576", 1_048_576))),
    "far-column": ("a.xlsx", lambda: lying_workbook("".join(_a_cell(f"XFD{n}", n) for n in range(1, 20_000)))),
    "xlsx-bomb": ("a.xlsx", lambda: lying_workbook(" " * 90 * _MEGABYTE)),
    "xlsx-strings": ("a.xlsx", lambda: lying_workbook(_a_cell("A1", 1) * 300_000)),
    "many-pages": ("a.pdf", lambda: a_page_tree("3 0 R", 100_000)),
    "page-tree-circle": ("a.pdf", lambda: a_page_tree("2 0 R 3 0 R 2 0 R", 3)),
    "page-many-times": ("a.pdf", lambda: a_page_tree("3 0 R " * 100_000, 100_000)),
    "deep-arrays": ("a.pdf", lambda: a_page_tree("[" * 500_000 + "]" * 500_000, 1)),
    "stream-bomb": ("a.pdf", a_stream_bomb),
    "huge-media-box": ("a.pdf", lambda: a_pdf("Notice").replace(b"595 842", b"9e9 9e9")),
    "gzip-as-docx": ("a.docx", lambda: b"\x1f\x8b\x08\x00" + bytes(4000)),
    "pdf-and-zip": ("a.pdf", lambda: a_pdf("Notice of water saving") + a_docx(paragraph("样稿文字"))),
    "zip-and-html": ("a.html", lambda: b"<html><body><p>\xe6\xa0\xb7\xe7\xa8\xbf</p></body></html>" + a_docx("")),
    "nested-divs": ("a.html", lambda: b"<html><body>" + b"<div>" * 1_000_000 + "样稿".encode()),
    "nested-tables": ("a.html", lambda: b"<html><body>" + b"<table><tr><td>" * 100_000 + "样稿".encode()),
    "nested-fonts": ("a.html", lambda: b"<p>" + b"<b><i><a>" * 100_000 + b"<p>x" * 1000),
    "html-attributes": (
        "a.html", lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(2_000_000)) + b">",
    ),
    "html-entities": ("a.html", lambda: b"<html><body>" + b"&lt;" * 2_000_000),
    "long-line": ("a.txt", lambda: b"1" * 49 * _MEGABYTE),
    "long-line-hanzi": ("a.txt", lambda: "关于附件（" .encode() * 3_000_000),
    "many-lines": ("a.txt", lambda: b"\n" * 40 * _MEGABYTE),
    "quotes": ("a.csv", lambda: b'"' * 4 * _MEGABYTE),
    "open-quotes": ("a.csv", lambda: b'a,"b\n' * 400_000),
    "wide-row": ("a.csv", lambda: b"a," * 4 * _MEGABYTE),
}  # fmt: skip


def samples() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield label, file name and maker of each hostile file."""
    for label, (name, make) in _SAMPLES.items():
        yield label, name, make
