"""What a file really is: the first bytes and the parts of an archive decide, the extension only between text formats."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from attrtrack.reading.containers.archive import UNUSABLE
from attrtrack.reading.containers.ole import MAGIC
from attrtrack.reading.plain.decoding import is_seven_bit, wide_charset

_TEXT_NAMES = {"txt": "txt", "text": "txt", "md": "txt", "html": "html", "htm": "html", "shtml": "html", "mht": "mht"} | {
    "mhtml": "mht", "xhtml": "html",
}  # fmt: skip
_WORD_NAMES = frozenset({"doc", "dot", "wps", "wpt", "eid"})
_TYPES_PART, _MOST_TYPES = "[content_types].xml", 1 << 20
_OFFICE_TYPES = {
    "docx": re.compile(rb"(?:wordprocessingml\.|ms-word\.)(?:document|template)[.\w]*\.main\+xml", re.IGNORECASE),
    "xlsx": re.compile(rb"(?:spreadsheetml\.|ms-excel\.)(?:sheet|template)[.\w]*\.main(?:\+xml)?", re.IGNORECASE),
}
_LOCKS = ("~$", ".~")
_BINARY_NAMES = {"docx", "docm", "pdf", "xlsx", "xlsm", "ofd"}
_MAGICS = (
    (MAGIC, "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x01\xfe", "works"),
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
_WEB_ARCHIVE = re.compile(rb"^content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE)
_FEW_CONTROLS = 2
_WORD_XML = re.compile(
    rb"\W{0,3}\s*<(?=\?xml|w:|pkg:)(?:(?!<html).)*?schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)",
    re.DOTALL | re.IGNORECASE,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def extension(name: str) -> str:
    """Return the extension of a file name in lower case, without the dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def is_lock(name: str) -> bool:
    """Whether a file is the lock that an office program lays beside a document that it has open."""
    return PurePosixPath(name.replace("\\", "/")).name.startswith(_LOCKS)


def format_of(data: bytes, name: str) -> str:
    """Name the format: txt, html, csv, mht, docx, xlsx, ofd, pdf, ole, works, wordxml, rtf, image, archive, broken or other."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _format_of_archive(data)
    for magic, kind in _MAGICS:
        if data.startswith(magic):
            return kind
    if _WORD_XML.match(data[:4096].replace(b"\x00", b"")):
        return "wordxml"
    return _format_of_text(data, extension(name))


def _format_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
            known = any(name.startswith(("word/", "xl/")) for name in names)
            stated = b"" if known else _stated_types(archive, names.get(_TYPES_PART))
    except UNUSABLE:
        return "broken"
    if "ofd.xml" in names:
        return "ofd"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
        if any(name.startswith(folder) for name in names):
            return kind
    for kind, types in _OFFICE_TYPES.items():
        if types.search(stated):
            return kind
    return "ods" if "content.xml" in names and "mimetype" in names else "archive"


def _stated_types(archive: zipfile.ZipFile, name: str | None) -> bytes:
    """Return the content types that a package states; what cannot be unpacked states nothing."""
    if name is None:
        return b""
    try:
        with archive.open(name) as stream:
            return stream.read(_MOST_TYPES)
    except UNUSABLE:
        return b""


def _format_of_text(data: bytes, ending: str) -> str:
    if ending in _BINARY_NAMES:
        return "broken"
    if not looks_like_text(data):
        return "broken" if ending in _TEXT_NAMES or ending in {"csv", "tsv"} else "other"
    if ending in {"csv", "tsv"}:
        return "csv"
    head = data[:4096].replace(b"\x00", b"")
    if _TEXT_NAMES.get(ending) == "mht" or _WEB_ARCHIVE.search(head):
        return "mht" if _WEB_ARCHIVE.search(head) or not _MARKUP.search(head) else "html"
    if _TEXT_NAMES.get(ending) == "html" or (ending != "md" and _MARKUP.search(head)):
        return "html"
    return "txt" if ending in _WORD_NAMES else _TEXT_NAMES.get(ending, "other")


def looks_like_text(data: bytes) -> bool:
    """Whether bytes can be text: few control characters unless a byte-order mark or a charset of wide units explains them.

    Zero bytes that only fill the end of the file, as old programs leave them, do not count.
    """
    if data.startswith(_BOMS) or is_seven_bit(data):
        return True
    sample = data[:65536].rstrip(b"\x00")
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in {8, 9, 10, 11, 12, 13, 26, 27})
    return bool(sample) and (controls <= max(_FEW_CONTROLS, len(sample) // 200) or wide_charset(data) is not None)
