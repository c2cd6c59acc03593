"""Read the sheets named 核对· of an exported year list: plain XML in a zip archive, taken apart with the standard library."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405 - what is parsed declares nothing

MAX_UNPACKED = 2 << 30
Row = dict[str, str]


def elements(book: zipfile.ZipFile, name: str, wanted: str) -> Iterator[ET.Element]:
    """Yield the elements of a part by their name; a part that declares entities or a document type is refused."""
    data = book.read(name)
    if any(mark in data for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise ValueError(f"{name} 里有实体或文档类型声明，拒绝读取")
    for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314  # nosec B314
        if element.tag.rpartition("}")[2] == wanted:
            yield element
            element.clear()


def words(element: ET.Element) -> str:
    """Return the text of a string, readings aside."""
    return "".join(part.text or "" for part in (*element.findall("{*}t"), *element.findall("{*}r/{*}t")))


def rows_of(book: zipfile.ZipFile, name: str, shared: list[str]) -> Iterator[Row]:
    """Yield the rows of a sheet that say anything, each by the letters of its columns."""
    for row in elements(book, name, "row"):
        cells: Row = {}
        for cell in row.findall("{*}c"):
            inline, told = cell.find("{*}is"), cell.findtext("{*}v") or ""
            told = words(inline) if inline is not None else shared[int(told)] if cell.get("t") == "s" else told
            cells[cell.get("r", "").rstrip("0123456789")] = sys.intern(told)
        yield from [cells] if any(cells.values()) else []


def tables_of(path: Path) -> dict[str, list[Row]]:
    """Return the sheets named 核对·, the parts of one joined; the last word of a heading is the field it holds."""
    tables: dict[str, list[Row]] = {"核对·解读": [], "核对·关联": []}
    with zipfile.ZipFile(path) as book:
        if sum(info.file_size for info in book.infolist()) > MAX_UNPACKED:
            raise ValueError("文件解压后过大，拒绝读取")
        parts = elements(book, "xl/_rels/workbook.xml.rels", "Relationship")
        targets = {part.get("Id"): "xl/" + part.get("Target", "").removeprefix("/xl/") for part in parts}
        named = [name for name in book.namelist() if name == "xl/sharedStrings.xml"]
        shared = [words(one) for name in named for one in elements(book, name, "si")]
        for sheet in next(elements(book, "xl/workbook.xml", "sheets")):
            if (title := sheet.get("name", "")).startswith("核对·"):
                key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
                _, headings, *rows = rows_of(book, targets[key], shared)
                fields = {place: text.split()[-1] for place, text in headings.items() if text}
                told = [{field: row.get(place, "") for place, field in fields.items()} for row in rows]
                tables.setdefault(title.partition("（")[0], []).extend(told)
    return tables
