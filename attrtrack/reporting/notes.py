"""The paragraph of a note below the date: two characters in, in the letters and lines of the date (GB/T 9704—2012, 7.3.6).

Two characters are written twice: as characters, which Word reads, and as the length of two of the letter's own, for programs
that read lengths only.
"""

import copy
from typing import TYPE_CHECKING

from lxml import etree

from attrtrack.errors import AttrtrackError
from attrtrack.reporting.packages import OpenPackage, local, parsed
from attrtrack.reporting.paragraphs import TRACKED, pieces, written

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY_FONT, _BODY_SIZE = "仿宋_GB2312", "32"
_UNSTATED_SIZE = "20"
_TWIPS_OF_TWO = 20
"""Twentieths of a point that two letters take for each half point of their size."""
_LONGEST_SIZE, _LONGEST_CHAIN = 4, 12
_LIKE_THE_DATE = ("pStyle", "snapToGrid", "spacing")


def ends_a_page(paragraph: "_Element") -> bool:
    """Whether what follows a paragraph stands on another page: a section ends with it, or a page break is in it."""
    found = (element for element in paragraph.iter() if local(element) in {"sectPr", "br"})
    return any(local(element) == "sectPr" or _value(element, "type") == "page" for element in found)


def note_below(date: "_Element", words: str, package: OpenPackage) -> bytes:
    """Make the paragraph of a note; where the date states neither letters nor style, its letters are those of the standard."""
    note = date.makeelement(_named(date, "p"))
    date.addnext(note)  # keeps the namespaces of the part in scope
    form, run = (etree.SubElement(note, _named(date, name)) for name in ("pPr", "r"))
    lines = {local(child): child for child in _child(date, "pPr") if local(child) in _LIKE_THE_DATE}
    form.extend(copy.deepcopy(lines[name]) for name in _LIKE_THE_DATE if name in lines)
    letters = _letters(date)
    if len(letters):
        run.append(letters)
    elif "pStyle" not in lines:
        run.append(_standard_letters(date))
    indent = etree.SubElement(form, _named(date, "ind"))
    size = _size_of(run) or _size_of_style(package, _value(lines["pStyle"], "val") if "pStyle" in lines else None)
    _set(indent, firstLineChars="200", firstLine=str(int(size) * _TWIPS_OF_TWO))
    if "pStyle" in lines:
        _set(indent, left="0", leftChars="0", right="0", rightChars="0")
        _set(etree.SubElement(form, _named(date, "jc")), val="left")
    etree.SubElement(run, _named(date, "t")).text = words
    return written(note)


def _letters(date: "_Element") -> "_Element":
    """Return the form of the first run that prints, without what was tracked of it; without children where it has none."""
    first = next((element.getparent() for element, _ in pieces(date)), None)
    letters = date.makeelement(_named(date, "rPr")) if first is None else copy.deepcopy(_child(first, "rPr"))
    for child in list(letters):
        if local(child) in {"rPrChange", *TRACKED}:
            letters.remove(child)
    return letters


def _standard_letters(date: "_Element") -> "_Element":
    letters = date.makeelement(_named(date, "rPr"))
    _set(etree.SubElement(letters, _named(date, "rFonts")), ascii=_BODY_FONT, hAnsi=_BODY_FONT, eastAsia=_BODY_FONT)
    _set(etree.SubElement(letters, _named(date, "sz")), val=_BODY_SIZE)
    return letters


def _size_of_style(package: OpenPackage, style: str | None) -> str:
    """Return the half points of a style (None: the usual one), of those it rests on, else of the document."""
    try:
        root = parsed(package.bytes_of(f"{package.main.rpartition('/')[0]}/styles.xml") or b"")
    except AttrtrackError:
        return _UNSTATED_SIZE
    styles = {_value(found, "styleId"): found for found in root if local(found) == "style"}
    usual = (found for found in styles.values() if _value(found, "type") == "paragraph" and _value(found, "default"))
    step = styles.get(style) if style else next(usual, None)
    for _ in range(_LONGEST_CHAIN):
        if step is None:
            break
        if (size := _size_of(step)) is not None:
            return size
        step = styles.get(_value(_child(step, "basedOn"), "val"))
    defaults = _child(_child(root, "docDefaults"), "rPrDefault")
    return _size_of(defaults) or _UNSTATED_SIZE


def _size_of(holder: "_Element") -> str | None:
    size = _value(_child(_child(holder, "rPr"), "sz"), "val") or ""
    return size if size.isascii() and size.isdecimal() and len(size) <= _LONGEST_SIZE else None


def _child(element: "_Element", name: str) -> "_Element":
    """Return the first child of a name, else an empty element of that name."""
    found = (child for child in element if local(child) == name)
    return next(found, element.makeelement(_named(element, name)))


def _value(element: "_Element", name: str) -> str | None:
    return element.get(_named(element, name))


def _set(element: "_Element", **values: str) -> None:
    for name, value in values.items():
        element.set(_named(element, name), value)


def _named(like: "_Element", name: str) -> str:
    """Return a name in the dialect of an element."""
    uri = etree.QName(like).namespace
    return f"{{{uri}}}{name}" if uri else name
