"""Spreadsheets whose cells reach far: refused before the library lays them out, formats alone do not count."""

import contextlib
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from attrtrack.errors import InputRefusedError, SourceTooLargeError
from attrtrack.reading import read_table
from attrtrack.reading.sheets.extent import check_extent

FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (["标题", "文号"], ["甲局关于节水的通知", "甲发〔2023〕1号"]):
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _changed(change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if "worksheets/sheet" in name else content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "far",
    [
        FAR,
        b"<row r='1048576'><c r = 'XFD1048576'><v>1</v></c></row></sheetData>",
        b'<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row></sheetData>',
        b'<row\nr="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        b'<row r="1048570">' + b"<c><v>1</v></c>" * 9 + b"</row></sheetData>",
    ],
)
def test_a_far_cell_is_refused(far: bytes) -> None:
    """A word in the far corner would need half a terabyte; the refusal says what to delete."""
    with pytest.raises(SourceTooLargeError, match="行"):
        read_table(_changed(lambda xml: xml.replace(b"</sheetData>", far)), "台账.xlsx")


def test_formats_and_declared_sizes_do_not_count() -> None:
    """A sheet formatted down to its last cell, or declared as full, is read."""
    styled = FAR.replace(b"<v>1</v></c>", b"").replace(b'XFD1048576">', b'XFD1048576" s="0"/>')
    for data in (
        _changed(lambda xml: xml.replace(b"</sheetData>", styled)),
        _changed(lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)),
    ):
        assert [row.cells for row in read_table(data, "台账.xlsx")[0].rows][1] == (
            "甲局关于节水的通知",
            "甲发〔2023〕1号",
        )


def test_repeated_rows_of_open_documents() -> None:
    """Repeated empty rows do not count; repeated rows and cells with words do."""
    namespaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )

    def ods(rows: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", f"<office:x {namespaces}><table:table>{rows}</table:table></office:x>")
        return buffer.getvalue()

    cell = '<table:table-cell office:value-type="float"/>'
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    check_extent(ods(f"<table:table-row>{cell}</table:table-row>{empty}"), "ods")
    wide = cell.replace("/>", ' table:number-columns-repeated="16384"/>')
    for rows in (
        f"{empty}<table:table-row>{cell * 4}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="999999">{wide}</table:table-row>',
    ):
        with pytest.raises(SourceTooLargeError):
            check_extent(ods(rows), "ods")


def test_binary_sheets() -> None:
    """The records of an xlsb sheet are followed to its last cell."""
    row = b"\x00\x04" + struct.pack("<I", 1_048_575)
    cell = b"\x05\x04" + struct.pack("<I", 16_383)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.bin", row + cell)
    with pytest.raises(SourceTooLargeError):
        check_extent(buffer.getvalue(), "xlsx")


def test_mutants_are_read_or_refused() -> None:
    """Two hundred damaged workbooks and csv files leave with rows or with a refusal of ours."""
    rng = random.Random(2024)  # noqa: S311 - mutants, not secrets
    text = '标题,文号\n"关于节水的通知",甲发〔2023〕1号\n'.encode("gbk") * 20
    for count in range(200):
        data, name = (bytearray(_workbook()), "台账.xlsx") if count % 2 else (bytearray(text), "台账.csv")
        for _ in range(rng.randint(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        data = data[: rng.randint(1, len(data))] if rng.random() < 0.3 else data
        with contextlib.suppress(InputRefusedError):
            assert read_table(bytes(data), name)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_delimiters_and_charsets(delimiter: str, charset: str) -> None:
    """Every delimiter in every charset gives the same rows, also under the name xls that office systems give exports."""
    text = (
        delimiter.join(("标题", "文号")) + "\r\n" + delimiter.join(("甲局关于节水的通知", "甲发〔2023〕1号")) + "\r\n"
    )
    rows = [row.cells for row in read_table(text.encode(charset), "台账.csv")[0].rows]
    assert rows == [("标题", "文号"), ("甲局关于节水的通知", "甲发〔2023〕1号")]
    if delimiter in ",\t" and charset == "gb18030":
        assert [row.cells for row in read_table(text.encode(charset), "台账.xls")[0].rows] == rows
