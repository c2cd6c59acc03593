"""Which reader reads what."""

from collections.abc import Callable

from attrtrack.domain.documents import SourceText
from attrtrack.domain.ledgers import Table
from attrtrack.errors import BrokenSourceError, EncryptedSourceError, UnsupportedFormatError
from attrtrack.reading.archive import opened
from attrtrack.reading.limits import check_size
from attrtrack.reading.salvage import is_encrypted_package, refuse
from attrtrack.reading.sniffing import extension, format_of

_LEDGERS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "et", "ods", "csv", "tsv"})


def is_ledger(name: str) -> bool:
    """Whether a file of this name holds rows rather than one document."""
    return extension(name) in _LEDGERS


def read_source(data: bytes, name: str) -> SourceText:
    """Read one document file.

    Raises a subclass of `InputRefusedError`: empty, too-large, encrypted, broken, scan-without-text,
    unsupported-format, or classified when an unread format bears a sign of secrecy.
    """
    check_size(data)
    kind = format_of(data, name)
    if kind == "broken":
        raise BrokenSourceError("文件内容与扩展名不符，或已损坏：请用办公软件打开后重新另存。")
    if kind in {"xlsx", "csv"}:
        raise UnsupportedFormatError(
            "这是表格，不是单份公文：台账请用“导入台账”，公文请另存为 docx、pdf、html 或 txt。"
        )
    if kind == "ole" and is_encrypted_package(data):
        raise EncryptedSourceError("文件设有密码：请去掉密码后再提交。")
    reader = _reader(kind)
    if reader is None:
        raise refuse(data, kind)
    return reader(data, name)


def read_table(data: bytes, name: str) -> tuple[Table, ...]:
    """Read a ledger, one table a sheet; raises as `read_source` does."""
    check_size(data)
    kind = format_of(data, name)
    if kind == "ole" and is_encrypted_package(data):
        raise EncryptedSourceError("表格设有密码：请去掉密码后再提交。")
    from attrtrack.reading import ledger  # noqa: PLC0415 - the spreadsheet reader is loaded only when a ledger comes

    if kind in {"xlsx", "ods", "ole"}:
        if kind != "ole":
            with opened(data):
                pass
        return ledger.read_workbook(data, name)
    if kind == "csv":
        return ledger.read_csv(data, name)
    if kind == "broken" or is_ledger(name):
        raise BrokenSourceError("文件内容不是表格，或已损坏：请用办公软件打开后另存为 xlsx 或 csv。")
    raise UnsupportedFormatError("台账只能是 xlsx、xls 或 csv：请另存后再导入。")


def _reader(kind: str) -> Callable[[bytes, str], SourceText] | None:
    """Return the reader of a format; each library is loaded only when its format comes."""
    if kind == "txt":
        from attrtrack.reading.txt import read_txt as reader  # noqa: PLC0415 - loaded on demand
    elif kind == "docx":
        from attrtrack.reading.docx import read_docx as reader  # noqa: PLC0415 - loaded on demand
    elif kind == "html":
        from attrtrack.reading.html import read_html as reader  # noqa: PLC0415 - loaded on demand
    elif kind == "pdf":
        from attrtrack.reading.pdf import read_pdf as reader  # noqa: PLC0415 - loaded on demand
    else:
        return None
    return reader
