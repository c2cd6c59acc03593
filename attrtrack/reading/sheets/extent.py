"""How far the cells of a spreadsheet reach, looked up before the library lays out every cell between them.

Decision: one cell at the far corner of a sheet makes the library ask for half a terabyte, and the process is gone. Cells
that carry a format and nothing else do not count: many real sheets are formatted down to the last row.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from lxml import etree

from attrtrack.errors import BrokenSourceError, SourceTooLargeError
from attrtrack.reading.containers.archive import opened, part
from attrtrack.reading.containers.ole import Container

_MOST_CELLS = 3_000_000
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d{1,9})")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,4})\d")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?=[\s>/])(?![^>]*\sr\s*=)")
_PLAIN_ROW = re.compile(rb'<row r="(\d{1,9})"')
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,4})\d')
_OTHER_ROW = re.compile(rb'<row(?!Breaks| r="\d{1,9}")')
_OTHER_CELL = re.compile(rb'<c(?![of]| r="[A-Z]{1,4}\d)')
"""What begins like a cell and is none that plainly begins with its place; columns and conditional formats are not meant."""
_PREFIXED = re.compile(rb":(?:c|row)")
_ELEMENT = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s>/])([^>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,4})(\d{0,9})")
_ALPHABET, _MOST_DIGITS = 26, 25
_BIFF_CELLS = frozenset(
    {0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406}
)
_BIFF_STARTS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_BIFF_MANY = 0x00BD
_BINARY_CELLS = range(2, 12)
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Extent = tuple[int, int]


def check_extent(data: bytes, kind: str) -> None:
    """Refuse a spreadsheet (`xlsx`, `ods` or `ole`) whose cells reach farther than a ledger can."""
    total = 0
    for rows, columns in _extents(data, kind):
        total += rows * columns
        if total > _MOST_CELLS:
            raise SourceTooLargeError(
                f"表格的内容一直延伸到第 {rows} 行、第 {columns} 列，超出台账可能的大小：请删去多余的行和列，或拆分后再试。"
            )


def _extents(data: bytes, kind: str) -> Iterator[Extent]:
    if kind == "ole":
        yield from _of_stream(data)
        return
    with opened(data) as archive:
        if kind == "ods":
            yield from _of_open_document(part(archive, "content.xml") or b"")
            return
        for name in archive.namelist():
            yield from _of_part(archive, name)


def _of_part(archive: zipfile.ZipFile, name: str) -> Iterator[Extent]:
    if name.endswith(".bin") and "sheet" in name.lower():
        yield _of_binary(part(archive, name) or b"")
    elif name.endswith(".xml") and "sharedStrings" not in name:
        content = part(archive, name) or b""
        if b"sheetData" in content:
            yield _of_sheet(content)


def _of_sheet(xml: bytes) -> Extent:
    plain = _of_plain_cells(xml)
    if plain is not None and plain[0] * plain[1] <= _MOST_CELLS:
        return plain
    rows = max((int(row) for row in _ROW.findall(xml)), default=0)
    columns = max(map(column_number, set(_COLUMN.findall(xml))), default=0)
    if rows * columns <= _MOST_CELLS and (_all_placed(xml) or not _UNPLACED.search(xml)):
        return rows, columns
    return _of_filled_cells(xml)


def _of_plain_cells(xml: bytes) -> Extent | None:
    """Look at the places alone where every row and cell begins with its own, as the usual programs write them; else None."""
    if any(other.search(xml) for other in (_OTHER_CELL, _OTHER_ROW, _PREFIXED)):
        return None
    columns = map(column_number, set(_PLAIN_CELL.findall(xml)))
    return max(map(int, _PLAIN_ROW.findall(xml)), default=0), max(columns, default=0)


def _all_placed(xml: bytes) -> bool:
    """Whether every cell plainly begins with its place, as the usual programs write it."""
    return xml.count(b"<c r=") == sum(map(xml.count, (b"<c ", b"<c>", b"<c/"))) and b":c" not in xml


def _of_filled_cells(xml: bytes) -> Extent:
    """Look at each cell that says something; one without a place stands after the last."""
    row = column = rows = columns = 0
    for match in _ELEMENT.finditer(xml):
        place = _PLACE.search(match[2])
        if match[1] == b"row":
            row, column = int(place[2]) if place and place[2] else row + 1, 0
            continue
        column = column_number(place[1]) if place and place[1] else column + 1
        row = int(place[2]) if place and place[2] else row
        if not match[2].endswith(b"/"):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters (A, B … Z, AA …)."""
    number = 0
    for letter in letters:
        number = number * _ALPHABET + letter - ord("A") + 1
    return number


def _of_binary(content: bytes) -> Extent:
    """Read the records of an xlsb sheet: row headers and cells, blank ones left out."""
    row = rows = columns = place = 0
    while place + 1 < len(content):
        identifier, place = _varied(content, place, 2)
        size, place = _varied(content, place, 4)
        if place + 4 > len(content):
            break
        if identifier == 0:
            row = struct.unpack_from("<I", content, place)[0] + 1
        elif identifier in _BINARY_CELLS:
            rows, columns = max(rows, row), max(columns, struct.unpack_from("<I", content, place)[0] + 1)
        place += size
    return rows, columns


def _varied(content: bytes, place: int, most: int) -> tuple[int, int]:
    number = 0
    for step in range(most):
        if place >= len(content):
            break
        byte = content[place]
        place += 1
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:  # noqa: PLR2004 - the high bit says that another byte follows
            break
    return number, place


def _of_stream(data: bytes) -> Iterator[Extent]:
    """Read the cell records of an xls workbook, sheet by sheet."""
    stream = _workbook(data)
    rows = columns = place = 0
    while place + 4 <= len(stream):
        identifier, size = struct.unpack_from("<HH", stream, place)
        place += 4
        if identifier in _BIFF_STARTS:
            yield rows, columns
            rows = columns = 0
        elif identifier in _BIFF_CELLS and size >= 4 and place + size <= len(stream):  # noqa: PLR2004 - row, column
            row, column = struct.unpack_from("<HH", stream, place)
            if identifier == _BIFF_MANY:
                column = max(column, struct.unpack_from("<H", stream, place + size - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        place += size
    yield rows, columns


def _workbook(data: bytes) -> bytes:
    try:
        container = Container(data)
        return container.stream("Workbook") or container.stream("Book") or b""
    except BrokenSourceError:
        return b""  # the reader of the workbook itself says what is broken


def _of_open_document(xml: bytes) -> Iterator[Extent]:
    """Count the repeated rows and columns of an ods workbook up to the last that says something."""
    row = column = rows = columns = 0
    tags = [f"{_TABLE}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")]
    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for event, element in events:
            name = str(element.tag).removeprefix(_TABLE)
            if event == "end":
                element.clear()
            elif name == "table":
                yield rows, columns
                row = rows = columns = 0
            elif name == "table-row":
                row, column = row + _repeated(element, "rows"), 0
            else:
                column += _repeated(element, "columns")
                if element.get(_VALUE_TYPE):
                    rows, columns = max(rows, row), max(columns, column)
    except etree.XMLSyntaxError:
        return
    yield rows, columns


def _repeated(element: "etree._Element", what: str) -> int:
    count = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return int(count) if count.isdecimal() and len(count) <= _MOST_DIGITS else 1
