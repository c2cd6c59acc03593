"""Bytes to characters, whatever program of twenty years wrote them.

Order: byte-order mark, escapes of seven-bit charsets, UTF-16 without a mark, strict UTF-8, then whichever of UTF-8,
GB 18030 (which holds GBK and GB 2312) and Big5 gives the fewest broken bytes and the most ordinary characters. A cut
last character and a few broken bytes are borne and counted; more is refused, never shown as garbage.
"""

import codecs
import re
from dataclasses import dataclass

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.plain.ordinary import ordinary_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CODE_PAGES = {936: "gb18030", 54936: "gb18030", 10008: "gb18030", 950: "big5", 65001: "utf-8", 1252: "cp1252"}
"""Code page as Windows numbers it → charset, as office files state it."""
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){1,400}~\}")
_ISO_2022_CN = b"\x1b$)A"
_SHIFTED = re.compile(rb"\x0e([^\x0f\r\n]*)\x0f?")
_DESIGNATION = re.compile(rb"\x1b\$\)A")
_HIGH = bytes(code | 0x80 for code in range(256))
_SAMPLE = 1 << 16
_TOLERATED, _FEW = 0.002, 2
_LEAST_FOR_FEW = 40
_MARGIN = 0.05
_WIDE_SHARE = 0.85
_BROKEN_CHARACTER = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset it was written in, and how many broken bytes were replaced by U+FFFD."""

    text: str
    charset: str
    broken: int = 0


def decode(data: bytes) -> str:
    """Decode text bytes; raises `BrokenSourceError` when no charset fits."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """Decode text bytes and say how; raises `BrokenSourceError` when no charset fits."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _accepted(_replaced(data[len(bom) :], charset))
    seven_bit = _seven_bit(data)
    if seven_bit is not None:
        return seven_bit
    wide = wide_charset(data)
    if wide is not None:
        return _accepted(_replaced(data, wide))
    data = data.replace(b"\x00", b"")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _accepted(_best(data))


def decode_page(data: bytes) -> str:
    """Decode a web page: what it declares counts only where the bytes do not say better."""
    try:
        return decoded(data).text
    except BrokenSourceError:
        declared = _DECLARED.search(data[:4096])
        charset = charset_named(declared[1].decode("ascii")) if declared else None
        return _accepted(_replaced(data, charset or "utf-8"), tolerated=_TOLERATED * 5).text


def charset_named(declared: str) -> str | None:
    """Return the charset, or the larger one that holds it, that a page or message declares; None for an unknown one."""
    name = declared.lower().replace("_", "-")
    known = {"gb": "gb18030", "big5": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8"}
    return next((charset for prefix, charset in known.items() if name.startswith(prefix)), None)


def wide_charset(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 with its byte order when bytes without a mark are written in it, else None."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:  # noqa: PLR2004 - two characters at least
        return None
    found: tuple[float, str] | None = None
    for charset in _WIDE:
        width = 4 if "32" in charset else 2
        whole = sample[: len(sample) // width * width]
        if width == 4 and whole.count(b"\x00") * 3 < len(whole):  # noqa: PLR2004 - every character has a zero byte
            continue
        share = ordinary_share(whole.decode(charset, errors="replace").replace("\x00", _BROKEN_CHARACTER))
        if share >= _WIDE_SHARE and (found is None or share > found[0]):
            found = (share, charset)
    if found is None:
        return None
    narrow = max(_ordinary_narrow(sample, charset) for charset in ("utf-8", "gb18030", "big5hkscs"))
    return found[1] if found[0] > narrow + _MARGIN else None


def is_seven_bit(data: bytes) -> bool:
    """Whether the bytes carry the escapes of ISO-2022-CN, whose shifts are control characters."""
    return _ISO_2022_CN in data[:_SAMPLE] and not any(code & 0x80 for code in data[:4096])


def _ordinary_narrow(sample: bytes, charset: str) -> float:
    text = sample.decode(charset, errors="replace")
    return ordinary_share(text.replace("\x00", _BROKEN_CHARACTER), traditional=charset.startswith("big5"))


def _seven_bit(data: bytes) -> Decoded | None:
    """Read HZ (~{ … ~}) and ISO-2022-CN; None when the bytes are neither."""
    if is_seven_bit(data):
        plain = _SHIFTED.sub(lambda found: found[1].translate(_HIGH), _DESIGNATION.sub(b"", data))
        return _accepted(_replaced(plain, "gb2312"))
    if _HZ.search(data[:_SAMPLE]) and data.isascii():
        try:
            return Decoded(data.decode("hz"), "hz")
        except UnicodeDecodeError:
            return None
    return None


def _best(data: bytes) -> Decoded:
    """Return the reading with the fewest broken bytes, and among readings that are alike the most ordinary one."""
    readings = []
    for order, charset in enumerate(("utf-8", "gb18030", "big5hkscs")):
        reading = _replaced(data, charset)
        share = ordinary_share(reading.text[:_SAMPLE], traditional=charset == "big5hkscs")
        readings.append((round(share - _MARGIN * order, 4), -reading.broken, -order, reading))
    return max(readings, key=lambda item: item[:3])[3]


def _replaced(data: bytes, charset: str) -> Decoded:
    """Decode with broken bytes replaced; a character cut at the very end is dropped."""
    decoder = codecs.getincrementaldecoder(charset)(errors="replace")
    text = decoder.decode(data, final=False)
    return Decoded(text, charset, text.count(_BROKEN_CHARACTER))


def _accepted(reading: Decoded, tolerated: float = _TOLERATED) -> Decoded:
    length = len(reading.text)
    bearable = max(_FEW if length >= _LEAST_FOR_FEW else 0, int(length * tolerated))
    if reading.broken > bearable or (reading.broken and not _plausible(reading)):
        raise _broken()
    return reading


def _plausible(reading: Decoded) -> bool:
    return ordinary_share(reading.text[:_SAMPLE], traditional=reading.charset.startswith("big5")) >= 0.5  # noqa: PLR2004 - half


def _broken() -> BrokenSourceError:
    return BrokenSourceError("文字编码无法识别（支持 UTF-8、UTF-16、GBK、GB 18030、Big5）：请另存为 UTF-8 文本后再试。")
