"""Formats not yet read: their bytes are still searched for signs of secrecy, so that a secret file is called one.

Decision: the search is for the strict printed sign only (密级★期限, 密级：某级, 机密文件 in a line of its own), because
raw bytes are noisy; the full table `secrecy.toml` is applied by recording to texts that were read.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator

from attrtrack.errors import ClassifiedMaterialError, InputRefusedError, UnsupportedFormatError
from attrtrack.reading.containers.archive import opened, part

_BLANK = re.compile(r"[ \t\u3000\u200b]+")
_SIGN = re.compile(
    r"(?:绝密|机密|秘密)[★☆]|密级[:：](?:绝密|机密|秘密)(?![、/／或]|绝|机|秘)|[\r\n\x07](?:绝密|机密|秘密)(?:文件)?[\r\n\x07]"
)
_TAG = re.compile(rb"<[^>]*>")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_AROUND, _STRETCH = 512, 65_536
_ADVICE = {
    "ole": "这种旧版办公文件",
    "works": "Microsoft Works 文件（不是 WPS 文字）",
    "ofd": "OFD 版式文件",
    "rtf": "RTF 文件",
    "image": "图片",
    "archive": "压缩包",
    "ods": "ODF 文件",
}


def is_encrypted_package(data: bytes) -> bool:
    """Whether an OLE container holds an office document under a password."""
    return _ENCRYPTED_PACKAGE in data


def refuse(data: bytes, kind: str) -> UnsupportedFormatError:
    """Search the bytes for a sign of secrecy (raises `ClassifiedMaterialError`), else make the refusal with advice."""
    if any(_SIGN.search(_BLANK.sub("", text)) for text in _texts(data, kind)):
        raise ClassifiedMaterialError("level-star")
    what = _ADVICE.get(kind, "这种格式")
    return UnsupportedFormatError(f"暂不能读取{what}：请另存为 docx、带文字层的 pdf、html 或 txt 后再提交。")


def _texts(data: bytes, kind: str) -> Iterable[str]:
    if kind == "ole":
        return _stretches(data, ("utf-16-le", "gb18030"))
    if kind == "ofd":
        return _page_texts(data)
    return _stretches(data, ("utf-8", "gb18030")) if kind in {"other", "rtf", "works"} else []


def _stretches(data: bytes, charsets: tuple[str, ...]) -> Iterator[str]:
    """Yield what stands around each 密 of the bytes in any of the charsets, from even and from odd bytes on.

    Bytes without one hold no sign; so a large picture costs one search and no decoding.
    """
    for charset in charsets:
        sought = "密".encode(charset)
        at = data.find(sought)
        while at >= 0:
            start, end = max(0, at - _AROUND), at + _STRETCH
            yield from (data[start + shift : end].decode(charset, errors="replace") for shift in (0, 1))
            at = data.find(sought, end - _AROUND)


def _page_texts(data: bytes) -> list[str]:
    try:
        with opened(data) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".xml")]
            return [_TAG.sub(b"", _content(archive, name)).decode("utf-8", errors="replace") for name in names]
    except InputRefusedError:
        return []


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    return re.sub(rb"\s+", b"", part(archive, name) or b"")
