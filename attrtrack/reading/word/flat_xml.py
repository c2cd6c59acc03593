"""Word documents in one XML file, as they often come under the name .doc: of Word 2003, and flat packages of later ones.

Decision: the parts are laid into a package in memory and read by the reader of docx files, whose element names both
share; so headers, notes, tracked changes and properties are treated in one place.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from attrtrack.domain.documents import SourceText
from attrtrack.reading.containers.archive import broken
from attrtrack.reading.containers.markup import local, parsed
from attrtrack.reading.word.docx import read_docx

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMED = {"Title": "title", "Subject": "subject", "Keywords": "keywords", "Category": "category"} | {
    "Description": "description", "Manager": "Manager", "Company": "Company",
}  # fmt: skip
_ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_PARTS = 2000


def read_word_xml(data: bytes, name: str) -> SourceText:
    """Read a document in one XML file; raises as the reader of docx files does."""
    root = parsed(data)
    parts = _of_package(root) if local(root) == "package" else _of_2003(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return read_docx(buffer.getvalue(), name)


def _of_package(root: "_Element") -> dict[str, bytes]:
    """Return the XML parts of a flat package, and the list of their types, which it keeps at each part."""
    types = etree.Element("Types")
    parts: dict[str, bytes] = {}
    for part in root.iterchildren("{*}part"):
        path = next((value for key, value in part.attrib.items() if str(key).endswith("name")), "")
        kind = next((value for key, value in part.attrib.items() if str(key).endswith("contentType")), "")
        content = next((child for data in part.iterchildren("{*}xmlData") for child in data), None)
        if content is not None and path and len(parts) < _MOST_PARTS:
            parts[str(path).lstrip("/")] = _written(content)
            etree.SubElement(types, "Override", PartName=str(path), ContentType=str(kind))
    return {**parts, "[Content_Types].xml": etree.tostring(types)}


def _of_2003(root: "_Element") -> dict[str, bytes]:
    """Return the stories of a document of Word 2003 as parts; notes and comments stand within its text."""
    body = root.find("{*}body")
    if body is None:
        raise broken()
    parts: dict[str, bytes] = {}
    for number, header in enumerate(root.iter("{*}hdr", "{*}ftr"), start=1):
        if number <= _MOST_PARTS:
            parts[f"word/header{number}.xml"] = _written(header)
    for kind in ("footnote", "endnote"):
        parts[f"word/{kind}s.xml"] = _taken_out(note for note in body.iter(f"{{*}}{kind}"))
    parts["word/comments.xml"] = _taken_out(_annotations(body, "Word.Comment"))
    _taken_out(_annotations(body, "Word.Deletion"))
    parts |= {"docProps/core.xml": _properties(root), "docProps/custom.xml": _own_properties(root)}
    return {**parts, "word/document.xml": _written(body)}


def _annotations(body: "_Element", kind: str) -> "Iterator[_Element]":
    return (item for item in body.iter("{*}annotation") if kind in item.attrib.values())


def _taken_out(elements: "Iterable[_Element]") -> bytes:
    """Take elements out of the text and return them as a part; what follows an element stays."""
    story = etree.Element("story")
    for element in list(elements):
        parent = element.getparent()
        if parent is not None and not (element.tail or "").strip():
            story.append(element)
    return _written(story)


def _properties(root: "_Element") -> bytes:
    story = etree.Element("properties")
    for item in root.iterfind("{*}DocumentProperties/*"):
        label = _NAMED.get(local(item))
        if label:
            etree.SubElement(story, label).text = item.text
    return _written(story)


def _own_properties(root: "_Element") -> bytes:
    story = etree.Element("properties")
    for item in root.iterfind("{*}CustomDocumentProperties/*"):
        label = _ENCODED.sub(lambda found: chr(int(found[1], 16)), local(item))
        etree.SubElement(story, "property", name=label).text = item.text
    return _written(story)


def _written(element: "_Element") -> bytes:
    return etree.tostring(element, with_tail=False)
