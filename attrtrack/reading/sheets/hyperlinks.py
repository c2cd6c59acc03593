"""Addresses behind the cells of a spreadsheet (the assessment papers ask for real hyperlinks in the year's list)."""

import io
import re
import zipfile

from lxml import etree

from attrtrack.errors import InputRefusedError
from attrtrack.reading.containers.archive import opened, part
from attrtrack.reading.containers.markup import parsed
from attrtrack.reading.sheets.extent import column_number

_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})")
_FORMULA = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cells = dict[tuple[int, int], str]


def hyperlinks(data: bytes) -> dict[str, Cells]:
    """Map sheet name to the addresses by (row, column), both from 1; empty for formats without this structure."""
    try:
        with opened(data) as archive:
            return {name: _of_sheet(archive, path) for name, path in _sheets(archive)}
    except InputRefusedError:
        return {}


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    book, relations = part(archive, "xl/workbook.xml"), part(archive, "xl/_rels/workbook.xml.rels")
    if not book or not relations:
        return []
    targets = {item.get("Id"): str(item.get("Target")) for item in parsed(relations)}
    found = ((sheet.get("name", ""), targets.get(sheet.get(_RELATION), "")) for sheet in parsed(book).iter("{*}sheet"))
    return [(name, f"xl/{path}" if not path.startswith("/") else path[1:]) for name, path in found]


def _of_sheet(archive: zipfile.ZipFile, path: str) -> Cells:
    content = part(archive, path) or b""
    if b"yperlink" not in content and b"HYPERLINK" not in content:
        return {}
    folder, _, leaf = path.rpartition("/")
    relations = part(archive, f"{folder}/_rels/{leaf}.rels")
    targets = {item.get("Id"): str(item.get("Target")) for item in parsed(relations)} if relations else {}
    cells: Cells = {}
    events = etree.iterparse(
        io.BytesIO(content), tag=("{*}c", "{*}hyperlink"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            address = _address(element, targets)
            place = _place(element.get("ref") or element.get("r") or "")
            if address and place:
                cells[place] = address
            element.clear()
    except etree.XMLSyntaxError:
        return cells
    return cells


def _address(element: "etree._Element", targets: dict[str | None, str]) -> str | None:
    if element.get(_RELATION):
        return targets.get(element.get(_RELATION))
    formula = _FORMULA.search(element.findtext("{*}f") or "")
    return formula[1] if formula else None


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    return int(match[2]), column_number(match[1].encode("ascii"))
