"""What a file really is: the first bytes and the parts of an archive decide, the extension only between text formats."""

import io
import re
import zipfile
from pathlib import PurePosixPath

_TEXT_NAMES = {"txt": "txt", "text": "txt", "md": "txt", "html": "html", "htm": "html", "shtml": "html", "mht": "mht"}
_BINARY_NAMES = {"docx", "docm", "pdf", "xlsx", "xlsm", "ofd"}
_MAGICS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|table|p|span)[\s>]", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def extension(name: str) -> str:
    """Return the extension of a file name in lower case, without the dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def format_of(data: bytes, name: str) -> str:
    """Name the format: txt, html, csv, docx, xlsx, ofd, pdf, ole, rtf, image, archive, broken or other."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _format_of_archive(data)
    for magic, kind in _MAGICS:
        if data.startswith(magic):
            return kind
    return _format_of_text(data, extension(name))


def _format_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lstrip("/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken"
    if "ofd.xml" in names:
        return "ofd"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
        if any(name.startswith(folder) for name in names):
            return kind
    return "ods" if "content.xml" in names and "mimetype" in names else "archive"


def _format_of_text(data: bytes, ending: str) -> str:
    if ending in _BINARY_NAMES:
        return "broken"
    if not looks_like_text(data):
        return "broken" if ending in _TEXT_NAMES or ending in {"csv", "tsv"} else "other"
    if ending in {"csv", "tsv"}:
        return "csv"
    if _TEXT_NAMES.get(ending) == "html" or (ending != "md" and _MARKUP.search(data[:4096])):
        return "html"
    return _TEXT_NAMES.get(ending, "other")


def looks_like_text(data: bytes) -> bool:
    """Whether bytes can be text: few control characters, no zero bytes unless a byte-order mark explains them."""
    if data.startswith(_BOMS):
        return True
    sample = data[:65536]
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in {8, 9, 10, 11, 12, 13, 26, 27})
    return b"\x00" not in data and controls * 200 <= len(sample)
