"""The same document saved by an office program as doc and as docx reads alike."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from office_program import converted

from attrtrack.reading import read_source


def letter(document: Document) -> None:
    """Write a letter with signs, breaks and Latin words."""
    for line in ("某县水务局文件", "某水发〔2023〕7号", "关于修渠的通知", "各乡镇：", "“甲”—— English, 100%…"):
        document.add_paragraph(line)
    document.add_paragraph("某县水务局\n2023年5月6日\t（印章）")
    document.core_properties.title = "修渠的通知"


def tables(document: Document) -> None:
    """Write a table with empty cells, one with a table in a cell, one of a single cell, and one of forty columns."""
    grid = document.add_table(3, 4)
    for number, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = "" if number % 5 == 0 else f"格{number}"
    document.add_paragraph("中间")
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(2, 2)
    inner.cell(0, 0).text = "内甲"
    inner.cell(1, 1).text = "内乙"
    outer.cell(1, 1).text = "末"
    document.add_paragraph("其后")
    document.add_table(1, 1).cell(0, 0).text = "框内一\n框内二"
    document.add_paragraph("宽表")
    for number, cell in enumerate(document.add_table(1, 40).rows[0].cells):
        cell.text = str(number)
    document.add_paragraph("完")


def long(document: Document) -> None:
    """Write a text of many pages, parts of it in Latin letters only."""
    for number in range(300):
        document.add_paragraph(
            f"第{number}条 渠道长{number}公里，由乡镇管护。" if number % 3 else f"Item {number} in Latin. " * 8
        )


def headers(document: Document) -> None:
    """Write two sections with headers of their own and a footer."""
    document.sections[0].header.paragraphs[0].text = "第一节页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_paragraph("第一节")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "第二节页眉"
    document.add_paragraph("第二节")


def made(write: Callable[[Document], None]) -> bytes:
    """Return the bytes of a docx file."""
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(text: str) -> list[str]:
    """Return the lines with words: programs differ in the empty paragraphs around sections and tables."""
    return [line for line in text.split("\n") if line.strip()]


def test_doc_reads_like_docx(tmp_path: Path) -> None:
    """Text and headers of a doc file are those of the docx file that it was saved from."""
    files = {f"{write.__name__}.docx": made(write) for write in (letter, tables, long, headers)}
    for name, data in converted(files, "doc:MS Word 97", tmp_path).items():
        ours, peer = read_source(data, "a.doc"), read_source(files[name], "a.docx")
        assert lines_of(ours.text) == lines_of(peer.text), name
        assert sorted(lines_of(ours.header)) == sorted(lines_of(peer.header)), name
