"""Zip containers of documents: nothing is written to disk, and sizes are capped before and while unpacking."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from attrtrack.errors import BrokenSourceError, EncryptedSourceError
from attrtrack.reading.limits import MAX_MEMBERS, MAX_UNPACKED, too_large

_ENCRYPTED_FLAG = 0x1
_UNUSABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, NotImplementedError, ValueError,
    RuntimeError, OverflowError,
)  # fmt: skip
MOST_MARKUP = 1_000_000
"""How much a parsed part may weigh: an element as 1, an attribute as 2 (about 120 bytes of memory each, and as much again while they are read)."""
_NOISE = re.compile(
    rb' (?:w:rsid\w*|w1[456]:\w+|w:(?:themeColor|themeTint|themeShade|hint))="[^"<>]*"'
    rb"|<w:(?:sz|szCs|color|lang|kern|spacing|b|bCs|i|iCs|u|bidi|shd|jc|ind|snapToGrid|lastRenderedPageBreak|tcW|vAlign"
    rb"|trHeight|noProof|keepNext|keepLines|widowControl|adjustRightInd|autoSpaceD[EN]|outlineLvl|top|left|bottom|right)"
    rb"(?: [^<>]*)?/>|<w:rFonts (?![^<>]*Wingdings)[^<>]*/>"
)
"""Formatting of Word documents that no reader here asks for; dropped from parts too heavy to parse whole."""


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a container whose declared unpacked size is bearable; raises broken, encrypted or too-large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNUSABLE as error:
        raise broken() from error
    with archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise too_large()
        if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
            raise EncryptedSourceError("文件设有密码：请去掉密码后再提交。")
        yield archive


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Unpack one part, at most the cap whatever its header says; None when there is no such part."""
    try:
        with archive.open(name) as stream:
            content = stream.read(MAX_UNPACKED + 1)
    except KeyError:
        return None
    except _UNUSABLE as error:
        raise broken() from error
    if len(content) > MAX_UNPACKED:
        raise too_large()
    return content


def parsed(xml: bytes, *, lenient: bool = False) -> "etree._Element":
    """Parse a part without entities, document types or the network; `lenient` takes what a broken part still gives."""
    if weight(xml) > MOST_MARKUP:
        xml = _NOISE.sub(b"", xml)
        if weight(xml) > MOST_MARKUP:
            raise too_large()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=lenient,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken() from error
    if root is None:
        raise broken()
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise BrokenSourceError("文件内部带有外部实体声明，不是正常的办公文档：请用办公软件重新另存。")
    return root


def weight(xml: bytes) -> int:
    """Estimate what a parsed part would weigh in memory, from its markup alone."""
    return xml.count(b"<") + 2 * xml.count(b"=")


def broken() -> BrokenSourceError:
    """Make the refusal of a container that cannot be unpacked or parsed."""
    return BrokenSourceError("文件已损坏，或内容与扩展名不符：请用办公软件打开后重新另存。")
