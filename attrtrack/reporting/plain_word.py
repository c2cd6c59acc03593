"""The smallest docx that shows a public version: one body, its styles, nothing that tells who made it or when."""

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree

from attrtrack.reporting.packages import packed

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_THUMBNAIL = "docProps/thumbnail.jpeg"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY, _TITLE = "仿宋_GB2312", "方正小标宋简体"
_PAGE = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "2098", "right": "1474", "bottom": "1985", "left": "1588", "header": "851", "footer": "992"}
"""GB/T 9704—2012, 5.2: 37 mm above, 28 mm to the left, a text area of 156 by 225 mm."""


def word_package(body: "_Element", *, styles: bytes | None = None, numbering: bytes | None = None) -> dict[str, bytes]:
    """Return the parts of a docx with this body."""
    document = etree.Element(f"{W}document", nsmap={"w": NAMESPACE})
    document.append(body)
    beside = {"styles": styles or _styles(), **({"numbering": numbering} if numbering else {})}
    parts = {
        "[Content_Types].xml": _content_types(tuple(beside)),
        "_rels/.rels": _relations((("officeDocument", "word/document.xml"),)),
        "word/document.xml": as_part(document),
        "word/_rels/document.xml.rels": _relations(tuple((kind, f"{kind}.xml") for kind in beside)),
    }
    return {**parts, **{f"word/{kind}.xml": content for kind, content in beside.items()}}


def as_part(root: "_Element") -> bytes:
    """Write a tree as a part of a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def plain_body(text: str, title: str | None) -> "_Element":
    """Lay a text out as a public document: the line of the title in the middle, every other line a paragraph."""
    body = etree.Element(f"{W}body", nsmap={"w": NAMESPACE})
    for line in text.split("\n"):
        _line(body, line, is_title=title is not None and line.strip() == title)
    section = _within(body, "sectPr")
    _within(section, "pgSz", **_PAGE)
    _within(section, "pgMar", **_MARGINS, gutter="0")
    return body


def _line(body: "_Element", line: str, *, is_title: bool) -> None:
    paragraph = _within(body, "p")
    form = _within(paragraph, "pPr")
    _within(form, "spacing", line="560", lineRule="exact")
    if is_title:
        _within(form, "jc", val="center")
    elif line.strip() and "\t" not in line:
        _within(form, "ind", firstLineChars="200", firstLine="640")
    run = _within(paragraph, "r")
    letters = _within(run, "rPr")
    font = _TITLE if is_title else _BODY
    _within(letters, "rFonts", ascii=font, hAnsi=font, eastAsia=font)
    _within(letters, "sz", val="44" if is_title else "32")
    for number, piece in enumerate(_printable(line).strip(" \u3000").split("\t")):
        if number:
            _within(run, "tab")
        text = _within(run, "t")
        text.text = piece
        text.set(_SPACE, "preserve")


def _printable(line: str) -> str:
    """Return a line without what XML cannot hold."""
    return "".join(letter for letter in line if letter == "\t" or (letter >= " " and letter not in "\ufffe\uffff"))


def _within(above: "_Element", name: str, **values: str) -> "_Element":
    made = etree.SubElement(above, f"{W}{name}")
    for key, value in values.items():
        made.set(f"{W}{key}", value)
    return made


def _styles() -> bytes:
    root = etree.Element(f"{W}styles", nsmap={"w": NAMESPACE})
    letters = _within(_within(_within(root, "docDefaults"), "rPrDefault"), "rPr")
    _within(letters, "rFonts", ascii=_BODY, hAnsi=_BODY, eastAsia=_BODY)
    _within(letters, "sz", val="32")
    return as_part(root)


def _content_types(beside: tuple[str, ...]) -> bytes:
    named = {"document": f"{_TYPE}.document.main+xml", **{kind: f"{_TYPE}.{kind}+xml" for kind in beside}}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in named.items())
    return (
        _HEAD.decode() + f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relations(targets: tuple[tuple[str, str], ...]) -> bytes:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return _HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def without_traces(data: bytes) -> bytes:
    """Return a docx that python-docx made without its template's picture, every part dated alike."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != _THUMBNAIL}
    relations = parts["_rels/.rels"].decode()
    start = relations.find("<Relationship ", 0)
    rows = [row for row in relations[start:].split("/>") if "thumbnail" not in row]
    parts["_rels/.rels"] = (relations[:start] + "/>".join(rows)).encode()
    return packed(parts)
