"""Small office files made by hand for the tests of reading: docx, xlsx, pdf, each a few lines of its format."""

import io
import zipfile
from collections.abc import Mapping

import openpyxl

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts into a container."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    """Make one paragraph with one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def a_docx(body: str, **parts: str) -> bytes:
    """Make a docx of raw body XML; `header` adds a page header, `custom` a custom property as `name=value`."""
    namespaces = (
        f'xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    files = {"word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"}
    if "header" in parts:
        files["word/header1.xml"] = f"<w:hdr {namespaces}>{paragraph(parts['header'])}</w:hdr>"
    if "custom" in parts:
        name, _, value = parts["custom"].partition("=")
        files["docProps/custom.xml"] = f'<Properties><property name="{name}"><v>{value}</v></property></Properties>'
    return zipped(files)


def an_xlsx(rows: list[list[str]], links: Mapping[str, str] | None = None) -> bytes:
    """Make a workbook of one sheet; `links` maps cell references to addresses."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    for reference, address in (links or {}).items():
        sheet[reference].hyperlink = address
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def a_pdf(text: str) -> bytes:
    """Make a PDF of one page with a line of Latin text, or with no text layer when `text` is empty."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else "72 72 100 100 re f"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    output, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(output))
        output += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    return f"{output}{xref}\nstartxref\n{len(output)}\n%%EOF".encode("latin-1")
