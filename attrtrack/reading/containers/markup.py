"""XML parts of documents: parsed without entities, references or the network, and only when memory can bear them."""

import re

from lxml import etree

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.containers.archive import broken
from attrtrack.reading.limits import too_large

MOST_MARKUP = 1_000_000
"""How much a parsed part may weigh: an element as 1, an attribute as 2 (about 120 bytes of memory each, and as much again while they are read)."""
_NOISE = re.compile(
    rb' (?:w:rsid\w*|w1[456]:\w+|w:(?:themeColor|themeTint|themeShade|hint))="[^"<>]*"'
    rb"|<w:(?:sz|szCs|color|lang|kern|spacing|b|bCs|i|iCs|u|bidi|shd|jc|ind|snapToGrid|lastRenderedPageBreak|tcW|vAlign"
    rb"|trHeight|noProof|keepNext|keepLines|widowControl|adjustRightInd|autoSpaceD[EN]|outlineLvl|top|left|bottom|right)"
    rb"(?: [^<>]*)?/>|<w:rFonts (?![^<>]*Wingdings)[^<>]*/>"
)
"""Formatting of Word documents that no reader here asks for; dropped from parts too heavy to parse whole."""


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


def local(element: "etree._Element") -> str:
    """Return the name of an element without its namespace: programs write several, or none; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
