"""The main part of a docx by its bytes: where each paragraph of the body begins and ends, and what is printed in it.

Decision: a paragraph is put in or exchanged in the very bytes of the part, so that no other byte of it can differ; a tree
written out again would be the same document in other words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from lxml import etree

from attrtrack.reporting.packages import broken, local, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_APART = frozenset({"drawing", "pict", "object", "AlternateContent", "txbxContent", "del", "moveFrom", "rPr", "pPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BODY_DEPTH = 2
_DECLARED = re.compile(r' xmlns(?::([\w.-]+))?="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body itself, not of a table or box: its bytes' place, what it prints, its element."""

    start: int
    end: int
    text: str
    element: "_Element"


@dataclass(frozen=True, slots=True)
class MainPart:
    """The main part's bytes and the paragraphs of its body in order."""

    xml: bytes
    paragraphs: tuple[Paragraph, ...]

    def exchanged(self, paragraph: Paragraph, made: bytes) -> bytes:
        """Return the part with other bytes in place of a paragraph."""
        return self.xml[: paragraph.start] + made + self.xml[paragraph.end :]

    def inserted(self, paragraph: Paragraph, made: bytes) -> bytes:
        """Return the part with bytes put in after a paragraph."""
        return self.xml[: paragraph.end] + made + self.xml[paragraph.end :]


def main_part(xml: bytes) -> MainPart:
    """Look at a main part; one that is not UTF-8, or has no body, is a `BrokenSourceError`."""
    root = parsed(xml)
    body = next((child for child in root if local(child) == "body"), None)
    if body is None or not _is_utf8(xml):
        raise broken()
    places, blocks = _places(xml), list(body)
    if len(places) != len(blocks):
        raise broken()
    paragraphs = tuple(
        Paragraph(start, end, printed(block), block)
        for (start, end), block in zip(places, blocks, strict=True)
        if local(block) == "p"
    )
    return MainPart(xml, paragraphs)


def printed(paragraph: "_Element") -> str:
    """Return what a paragraph prints, without boxes anchored in it and without tracked deletions."""
    return "".join(piece for _, piece in pieces(paragraph))


def pieces(paragraph: "_Element") -> "Iterator[tuple[_Element, str]]":
    """Yield the elements of a paragraph that print, in order, with what each prints."""
    stack = [*reversed(paragraph)]
    while stack:
        element = stack.pop()
        kind = local(element)
        if kind == "t":
            yield element, element.text or ""
        elif kind in _BREAKS:
            yield element, _BREAKS[kind]
        elif kind and kind not in _APART:
            stack.extend(reversed(element))


def written(paragraph: "_Element") -> bytes:
    """Write a paragraph as it stands in its part, whose namespaces are declared above it."""
    above = paragraph.getparent()
    known = {} if above is None else dict(above.nsmap)
    text = etree.tostring(paragraph, encoding="unicode", with_tail=False)
    head, closed, rest = text.partition(">")

    def undeclared(found: re.Match[str]) -> str:
        return "" if known.get(found[1]) == found[2] else found[0]

    return (_DECLARED.sub(undeclared, head) + closed + rest).encode()


def _is_utf8(xml: bytes) -> bool:
    try:
        xml.decode()
    except UnicodeDecodeError:
        return False
    stated = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", xml)
    return stated is None or stated[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}


def _places(xml: bytes) -> list[tuple[int, int]]:
    """Return where each element directly in the body begins and ends; no entity can be in it (see `parsed`)."""
    reader = expat.ParserCreate()
    walk = _Walk(reader)
    reader.StartElementHandler = walk.begin
    reader.EndElementHandler = walk.end
    for name in ("CharacterDataHandler", "CommentHandler", "ProcessingInstructionHandler"):
        setattr(reader, name, walk.pass_by)
    reader.StartCdataSectionHandler = walk.pass_by
    try:
        reader.Parse(xml, True)  # noqa: FBT003 - the signature of expat
    except expat.ExpatError as error:
        raise broken() from error
    return walk.found


class _Walk:
    """Notes the bytes of the body's children; an element's end is where the next thing begins."""

    def __init__(self, reader: "expat.XMLParserType") -> None:
        self.found: list[tuple[int, int]] = []
        self._reader = reader
        self._path: list[str] = []
        self._begun = 0
        self._ended = False

    def begin(self, name: str, _attributes: object) -> None:
        self.pass_by()
        if self._in_body():
            self._begun = self._reader.CurrentByteIndex
        self._path.append(name.rpartition(":")[2])

    def end(self, _name: str) -> None:
        self.pass_by()
        self._path.pop()
        self._ended = self._in_body()

    def pass_by(self, *_said: object) -> None:
        """Close the element that has ended just before."""
        if self._ended:
            self.found.append((self._begun, self._reader.CurrentByteIndex))
            self._ended = False

    def _in_body(self) -> bool:
        return len(self._path) == _BODY_DEPTH and self._path[-1] == "body"
