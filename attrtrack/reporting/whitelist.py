"""A Word body made anew from what may be in a public version: letters, their form, paragraphs, tables, page size.

Everything that is not on the list stays out: comments, tracked deletions, fields, bookmarks, links, controls with their
names, drawings, embedded files, references to other parts, revision ids. What was tracked as inserted is text; boxes give
their paragraphs, which stand before the paragraph that they hang on.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from attrtrack.reporting.packages import local, parsed
from attrtrack.reporting.plain_word import NAMESPACE, W
from attrtrack.reporting.style_names import STYLES_NAMED_IN_BODY

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPENED = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple"})
_HANGING = frozenset({"drawing", "pict", "object", "AlternateContent"})
_ON_THE_LIST = (
    "p pPr r rPr t tab br cr noBreakHyphen tbl tblPr tblGrid gridCol tr trPr tc tcPr sectPr pStyle rStyle tblStyle jc ind "
    "spacing numPr ilvl numId keepNext keepLines pageBreakBefore widowControl outlineLvl snapToGrid tabs pBdr top left "
    "bottom right start end insideH insideV between bar shd rFonts b bCs i iCs u sz szCs color vertAlign kern w position "
    "strike highlight tblW tblInd tblBorders tblLayout tblCellMar tblLook gridSpan vMerge hMerge vAlign tcW tcBorders "
    "tcMar textDirection noWrap trHeight cantSplit tblHeader pgSz pgMar cols docGrid type titlePg pgNumType "
    "contextualSpacing textAlignment adjustRightInd autoSpaceDE autoSpaceDN kinsoku wordWrap overflowPunct "
    "topLinePunct"
)
_KEPT = frozenset(_ON_THE_LIST.split())
_LONGEST_VALUE = 64
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9.,%#+_ -]*")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DROPPED_BESIDE = frozenset({"numPicBullet", "rsid", "nsid", "tmpl", "latentStyles", "lvlPicBulletId"})


def kept_body(root: "_Element") -> "_Element":
    """Return a new body with what may be kept of a main part's."""
    body = etree.Element(f"{W}body", nsmap={"w": NAMESPACE})
    found = next((child for child in root if local(child) == "body"), None)
    if found is not None:
        _fill(body, found)
    return body


def kept_part(xml: bytes) -> "_Element | None":
    """Return styles or numbering without what names revisions, pictures or other programs; None for another dialect."""
    root = parsed(xml)
    uri = etree.QName(root).namespace
    if uri != NAMESPACE:
        return None
    for element in list(root.iter()):
        above = element.getparent()
        foreign = etree.QName(element).namespace != uri
        if above is not None and (foreign or local(element) in _DROPPED_BESIDE):
            above.remove(element)
    for element in root.iter():
        element.text = element.tail = None
        for name in list(element.attrib):
            if etree.QName(name).namespace != uri or "rsid" in str(name):
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return root


def _fill(made: "_Element", found: "_Element") -> None:
    for child in found:
        kind = local(child)
        if kind in _OPENED:
            _fill(made, child)
        elif kind in _KEPT:
            _copy(made, child)
        elif kind in _HANGING:
            _hoist(made, child)


def _copy(made: "_Element", found: "_Element") -> None:
    copied = etree.SubElement(made, f"{W}{local(found)}")
    for name, value in found.attrib.items():
        bare = etree.QName(name).localname
        if not bare.startswith("rsid") and bare != "id" and _may_stay(str(value), local(found)):
            copied.set(_SPACE if name == _SPACE else f"{W}{bare}", value)
    if local(found) == "t":
        copied.text = found.text
        copied.set(_SPACE, "preserve")
        return
    _fill(copied, found)


def _may_stay(value: str, kind: str) -> bool:
    """Whether a value says how something looks; fonts and styles have names, which are looked at later."""
    named = kind == "rFonts" or kind in STYLES_NAMED_IN_BODY
    return len(value) <= _LONGEST_VALUE and ":" not in value and (named or bool(_PLAIN_VALUE.fullmatch(value)))


def _hoist(made: "_Element", hanging: "_Element") -> None:
    """Put the paragraphs of a box before the paragraph on which it hangs."""
    anchor = made
    while local(anchor) != "p":
        above = anchor.getparent()
        if above is None:
            return
        anchor = above
    holder = etree.Element(f"{W}body")
    for content in _boxes(hanging):
        _fill(holder, content)
    for paragraph in list(holder):
        anchor.addprevious(paragraph)


def _boxes(hanging: "_Element") -> "Iterator[_Element]":
    """Yield the contents of boxes; of two forms of the same drawing the first counts."""
    chosen = hanging
    if local(hanging) == "AlternateContent":
        branches = [child for child in hanging if local(child) in {"Choice", "Fallback"}]
        with_text = (branch for branch in branches if next(branch.iter("{*}t"), None) is not None)
        chosen = next(with_text, hanging)
    for content in chosen.iter("{*}txbxContent"):
        if not any(local(above) == "txbxContent" for above in content.iterancestors()):
            yield content
