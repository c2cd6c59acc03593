"""Bytes to characters: byte-order mark, then strict UTF-8, then GB 18030 (which holds GBK and GB 2312)."""

import codecs
import re

from attrtrack.errors import BrokenSourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
}
_TOLERATED = 0.001


def decode(data: bytes) -> str:
    """Decode text bytes; raises `BrokenSourceError` when no charset of the mainland fits."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _strict(data, charset)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def decode_page(data: bytes) -> str:
    """Decode a web page: as `decode`, but a declared charset may carry a few broken bytes, as saved pages do."""
    declared = _DECLARED.search(data[:4096])
    charset = _KNOWN.get(declared[1].decode("ascii").lower()) if declared else None
    if charset == "big5":
        return _lenient(data, charset)
    try:
        return decode(data)
    except BrokenSourceError:
        return _lenient(data, charset or "utf-8")


def _strict(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise _broken() from error


def _lenient(data: bytes, charset: str) -> str:
    text = data.decode(charset, errors="replace")
    if text.count("\ufffd") > max(3, len(text) * _TOLERATED):
        raise _broken()
    return text


def _broken() -> BrokenSourceError:
    return BrokenSourceError("文字编码无法识别（支持 UTF-8、UTF-16、GBK、GB 18030）：请另存为 UTF-8 文本后再试。")
