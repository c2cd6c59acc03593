"""Word documents (docx): body, tables, text boxes, content controls, insertions, headers, footers and properties."""

import re
import zipfile
from typing import TYPE_CHECKING

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.archive import broken, opened, parsed, part
from attrtrack.reading.limits import MAX_CHARACTERS, too_large

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_HEADER = re.compile(r"^word/(?:header|footer)\d*\.xml$")
_REMARKS = (("批注", "word/comments.xml"), ("脚注", "word/footnotes.xml"), ("尾注", "word/endnotes.xml"))
_TICKS = {"F052": "☑", "F0FE": "☑", "F0FC": "√", "F050": "√", "F0A3": "□", "F0A8": "□", "F06F": "□", "F030": "□"}
_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")
_KEPT_PROPERTIES = {"title", "subject", "keywords", "category", "description", "contentStatus", "Company", "Manager"}


def read_docx(data: bytes, name: str) -> SourceText:
    """Read a docx file; a tracked insertion is text, a tracked deletion is not."""
    with opened(data) as archive:
        body = part(archive, _main_part(archive))
        if body is None:
            raise broken()
        text = _text(parsed(body))
        headers = [name for name in sorted(archive.namelist()) if _HEADER.match(name)]
        header = "\n".join(filter(None, (_part_text(archive, name) for name in headers)))
        properties = [pair for name in _PROPERTIES for pair in _properties(archive, name)]
        remarks = [(label, said) for label, name in _REMARKS if (said := _part_text(archive, name))]
    if len(text) > MAX_CHARACTERS:
        raise too_large()
    if not text.strip() and not header.strip():
        raise EmptySourceError("文档里没有文字：请核对后另传一份；如正文是图片，请提供文字版。")
    return SourceText(name=name, format="docx", text=text, header=header, metadata=(*properties, *remarks))


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = part(archive, "_rels/.rels")
    for relation in parsed(relations) if relations else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _part_text(archive: zipfile.ZipFile, name: str) -> str:
    content = part(archive, name)
    return _text(parsed(content)).strip() if content else ""


def _local(element: "_Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(root: "_Element") -> str:
    lines = (line.rstrip() for line in _lines(root))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _lines(container: "_Element") -> list[str]:
    """Return the lines of a part in document order; depth is bounded by the parser (256 levels)."""
    lines: list[str] = []
    for element in container:
        kind = _local(element)
        if kind == "p":
            lines.extend(_paragraph(element))
        elif kind == "tr":
            lines.extend(_row(element))
        elif kind not in _SKIPPED:
            lines.extend(_lines(element))
    return lines


def _row(row: "_Element") -> list[str]:
    """Return one line a row, cells parted by tabs; a row of one cell is layout, and keeps its own lines."""
    cells = [_lines(cell) for cell in row.iter("{*}tc") if _row_of(cell) is row]
    if len(cells) == 1:
        return cells[0]
    return ["\t".join(" ".join(line.strip() for line in cell if line.strip()) for cell in cells)]


def _row_of(cell: "_Element") -> "_Element | None":
    return next(cell.iterancestors("{*}tr"), None)


def _paragraph(paragraph: "_Element") -> list[str]:
    """Return the lines of one paragraph, the text boxes and watermarks anchored in it before it."""
    boxes: list[str] = []
    pieces: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        kind = _local(element)
        if kind == "txbxContent":
            boxes.extend(_lines(element))
        elif kind == "t":
            pieces.append(element.text or "")
        elif kind in _BREAKS:
            pieces.append(_BREAKS[kind])
        elif kind == "sym":
            pieces.append(_TICKS.get(_attribute(element, "char").upper(), ""))
        elif kind == "textpath":
            boxes.append(_attribute(element, "string"))
        elif kind not in _SKIPPED:
            stack.extend(reversed(element))
    return [*boxes, *"".join(pieces).split("\n")]


def _attribute(element: "_Element", name: str) -> str:
    """Return an attribute whatever its namespace: Word writes w:char and plain string."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _properties(archive: zipfile.ZipFile, name: str) -> list[tuple[str, str]]:
    content = part(archive, name)
    if not content:
        return []
    pairs: list[tuple[str, str]] = []
    for element in parsed(content):
        label = str(element.get("name") or _local(element))
        value = "".join(str(text) for text in element.itertext()).strip()
        if value and (name.endswith("custom.xml") or label in _KEPT_PROPERTIES):
            pairs.append((label, value))
    return pairs
