"""Which reader reads what."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from attrtrack.domain.documents import SourceText
from attrtrack.errors import (
    BrokenSourceError,
    ClassifiedMaterialError,
    EncryptedSourceError,
    InputRefusedError,
    UnsupportedFormatError,
)
from attrtrack.reading.limits import MAX_BYTES, check_size, check_text
from attrtrack.reading.salvage import is_encrypted_package, search, unsupported
from attrtrack.reading.sniffing import extension, format_of, is_lock, looks_like_text

if TYPE_CHECKING:
    from attrtrack.domain.ledgers import Table

_READERS = {
    "txt": ("plain.txt", "read_txt"),
    "docx": ("word.docx", "read_docx"),
    "html": ("web.html", "read_html"),
    "mht": ("web.mht", "read_mht"),
    "ole": ("word97.reader", "read_doc"),
    "wordxml": ("word.flat_xml", "read_word_xml"),
    "rtf": ("rtf.reader", "read_rtf"),
    "pdf": ("pdf.reader", "read_pdf"),
    "ofd": ("ofd.reader", "read_ofd"),
}
"""Format → module of this package and function in it."""
_LEDGERS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "et", "ods", "csv", "tsv"})


def is_ledger(name: str) -> bool:
    """Whether a file of this name holds rows rather than one document."""
    return extension(name) in _LEDGERS


def read_source(data: bytes, name: str) -> SourceText:
    """Read one document file.

    Raises a subclass of `InputRefusedError`: empty, too-large, encrypted, broken, scan-without-text,
    unsupported-format, or classified when what is refused bears a sign of secrecy in its bytes.
    """
    with _searched(data):
        return _read(data, name)


def _read(data: bytes, name: str) -> SourceText:
    _refuse_lock(name)
    check_size(data)
    kind = format_of(data, name)
    if kind == "broken":
        raise BrokenSourceError("文件内容与扩展名不符，或已损坏：请用办公软件打开后重新另存。")
    if kind in {"xlsx", "csv"}:
        raise UnsupportedFormatError(
            "这是表格，不是单份公文：台账请用“导入台账”，公文请另存为 docx、pdf、html 或 txt。"
        )
    reader = _reader(kind)
    if reader is None:
        raise unsupported(kind)
    source = reader(data, name)
    check_text(source.text)
    return source


def read_table(data: bytes, name: str) -> "tuple[Table, ...]":
    """Read a ledger, one table a sheet; raises as `read_source` does."""
    with _searched(data):
        return _read_table(data, name)


def _read_table(data: bytes, name: str) -> "tuple[Table, ...]":
    _refuse_lock(name)
    check_size(data)
    kind = format_of(data, name)
    if kind == "ole" and is_encrypted_package(data):
        raise EncryptedSourceError("表格设有密码：请去掉密码后再提交。")
    from attrtrack.reading.sheets import ledger  # noqa: PLC0415 - the spreadsheet reader is loaded only when a ledger comes

    if kind in {"xlsx", "ods", "ole"}:
        return ledger.read_workbook(data, name, kind)
    if kind == "csv" or (kind == "other" and is_ledger(name) and _is_delimited(data)):
        return ledger.read_csv(data, name)
    if kind == "broken" or is_ledger(name):
        raise BrokenSourceError("文件内容不是表格，或已损坏：请用办公软件打开后另存为 xlsx 或 csv。")
    raise UnsupportedFormatError("台账只能是 xlsx、xls 或 csv：请另存后再导入。")


@contextmanager
def _searched(data: bytes) -> Iterator[None]:
    """Search a file that is refused for a sign of secrecy, so that it is called classified whatever else is wrong."""
    try:
        yield
    except ClassifiedMaterialError:
        raise
    except InputRefusedError:
        if len(data) <= MAX_BYTES:
            search(data)
        raise


def _is_delimited(data: bytes) -> bool:
    """Whether a file called xls is the delimited text that many office systems export under that name."""
    return looks_like_text(data) and any(mark in data[:65536] for mark in (b"\t", b",", b";"))


def _refuse_lock(name: str) -> None:
    """Refuse the lock file that an office program lays beside an open document, whatever its extension says."""
    if is_lock(name):
        raise UnsupportedFormatError(
            "这是 Word、WPS 打开文件时生成的临时锁文件，不是公文：请先关闭 Word 或 WPS，再选择原文件（文件名前没有“~$”）。"
        )


def _reader(kind: str) -> Callable[[bytes, str], SourceText] | None:
    """Return the reader of a format; each module and its library is loaded only when its format comes."""
    if kind not in _READERS:
        return None
    module, function = _READERS[kind]
    reader: Callable[[bytes, str], SourceText] = getattr(import_module(f"attrtrack.reading.{module}"), function)
    return reader
