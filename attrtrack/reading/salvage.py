"""Files that are refused: their bytes are still searched for signs of secrecy, so that a secret file is called one.

Decision: the search is for the strict printed sign only (密级★期限, 密级：某级, a level in a line or in brackets of its
own), because raw bytes are noisy; the full table `secrecy.toml` is applied by recording to texts that were read.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice

from attrtrack.errors import ClassifiedMaterialError, InputRefusedError, UnsupportedFormatError
from attrtrack.reading.containers.archive import UNUSABLE, opened, part

_BLANK = re.compile(r"[ \t\u3000\u200b]+")
_LEVEL = "(?:[绝絕]密|[机機]密|[秘祕]密)"
_SIGN = re.compile(
    f"{_LEVEL}级?[★☆]|密[级級][:：]{_LEVEL}(?![、/／或]|[绝絕机機秘])|(?:[\r\n\x07]|^){_LEVEL}(?:文件|级)?(?:[\r\n\x07]|$)"
)
_IN_BRACKETS = re.compile(rf"[【〔\[（(]{_LEVEL}级?(?:[★☆·][^】〕\]）)]{{0,8}})?[】〕\]）)]")
_TAG, _END = re.compile(rb"<[^>]*>"), re.compile(rb"</(?:\w+:)?p>|<br */?>")
_PDF_HEX = re.compile(rb"<feff([0-9a-f\s]{8,2000})>", re.IGNORECASE)
_PDF_OCTAL = re.compile(rb"\(\\376\\377((?:\\[0-7]{3}|[^()\\]){4,2000})\)")
_OCTAL = re.compile(rb"\\([0-7]{3})")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_CHARSETS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_AROUND, _STRETCH, _MOST_STRETCHES = 512, 65_536, 64
_MOST_STRINGS = 2000
_TEXTS = (".xml", ".txt", ".html", ".htm", ".md", ".csv")
_MOST_NAMES, _MOST_PARTS, _MOST_UNPACKED = 2000, 100, 8 << 20
_ADVICE = {
    "ole": "这种旧版办公文件",
    "works": "Microsoft Works 文件（不是 WPS 文字）",
    "image": "图片",
    "archive": "压缩包",
    "ods": "ODF 文件",
}


def is_encrypted_package(data: bytes) -> bool:
    """Whether an OLE container holds an office document under a password."""
    return _ENCRYPTED_PACKAGE in data


def unsupported(kind: str) -> UnsupportedFormatError:
    """Make the refusal of a format that has no reader, with advice."""
    what = _ADVICE.get(kind, "这种格式")
    return UnsupportedFormatError(f"暂不能读取{what}：请另存为 docx、带文字层的 pdf、html 或 txt 后再提交。")


def search(data: bytes) -> None:
    """Raise `ClassifiedMaterialError` if the bytes of a file, or the names and texts packed in it, bear a sign."""
    if any(_SIGN.search(_BLANK.sub("", text)) for text in _texts(data)):
        raise ClassifiedMaterialError("level-star")


def _texts(data: bytes) -> Iterator[str]:
    yield from _stretches(data)
    if data.startswith(b"PK"):
        yield from _packed(data)
    if b"%PDF-" in data[:1024]:
        yield from _pdf_strings(data)


def _stretches(data: bytes) -> Iterator[str]:
    """Yield what stands around each 密 of the bytes in any of the charsets, from even and from odd bytes on.

    Bytes without one hold no sign; so a large picture costs one search and no decoding.
    """
    for charset in _CHARSETS:
        yield from islice(_around(data, charset), _MOST_STRETCHES)


def _around(data: bytes, charset: str) -> Iterator[str]:
    sought = "密".encode(charset)
    at = data.find(sought)
    while at >= 0:
        start, end = max(0, at - _AROUND), at + _STRETCH
        yield from (data[start + shift : end].decode(charset, errors="replace") for shift in (0, 1))
        at = data.find(sought, end - _AROUND)


def _packed(data: bytes) -> Iterator[str]:
    """Yield the names in an archive, each as a line of its own, and the texts of its first parts."""
    try:
        with opened(data) as archive:
            names = archive.namelist()[:_MOST_NAMES]
            for name in map(_spelt, names):
                yield "密级：秘密" if _IN_BRACKETS.search(name) else name
            for name in [name for name in names if name.lower().endswith(_TEXTS)][:_MOST_PARTS]:
                yield from _content(archive, name)
    except (InputRefusedError, *UNUSABLE):
        return


def _spelt(name: str) -> str:
    """Return a name as its maker typed it: archives of old programs have no UTF-8 flag, their names are GBK."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _content(archive: zipfile.ZipFile, name: str) -> Iterable[str]:
    if archive.getinfo(name).file_size > _MOST_UNPACKED:
        return []
    plain = _TAG.sub(b"", _END.sub(b"\n", part(archive, name) or b""))
    return [unescape(plain.decode(charset, errors="replace")) for charset in ("utf-8", "gb18030")]


def _pdf_strings(data: bytes) -> Iterator[str]:
    """Yield the wide strings of a PDF written in hexadecimal or octal digits, such as its title; few files have many."""
    for found in islice(_PDF_HEX.finditer(data), _MOST_STRINGS):
        digits = re.sub(rb"\s", b"", found[1])
        yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode()).decode("utf-16-be", errors="replace")
    for found in islice(_PDF_OCTAL.finditer(data), _MOST_STRINGS):
        spelt = _OCTAL.sub(lambda code: bytes([int(code[1], 8) & 0xFF]), found[1])
        yield spelt.decode("utf-16-be", errors="replace")
