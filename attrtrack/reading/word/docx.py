"""Word documents (docx, docm, dotx): where the stories of a package lie, and the text that they make together."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from attrtrack.domain.documents import SourceText
from attrtrack.reading.containers.archive import broken, opened
from attrtrack.reading.containers.markup import local
from attrtrack.reading.containers.package import Package
from attrtrack.reading.word.altchunk import MOST_CHUNKS, read_chunk
from attrtrack.reading.word.story import Story
from attrtrack.reading.word.text import check_stories, joined

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = re.compile(r"(?:document|template)(?:\.macroenabled(?:template)?)?\.main\+xml$")
_USUAL_MAIN = "word/document.xml"
_HEADER = re.compile(r"/(?:header|footer)\d*\.xml$")
_HEADER_KINDS = frozenset({"header", "footer"})
_REMARKS = (("批注", "comments"), ("脚注", "footnotes"), ("尾注", "endnotes"))
_PROPERTIES = (
    ("core-properties", "docprops/core.xml"), ("custom-properties", "docprops/custom.xml"),
    ("extended-properties", "docprops/app.xml"),
)  # fmt: skip
_KEPT_PROPERTIES = {"title", "subject", "keywords", "category", "description", "contentStatus", "Company", "Manager"}


@dataclass
class _Embedded:
    """The files embedded in a document that were read on the way, and how many more may be."""

    left: int
    headers: list[str] = field(default_factory=list)
    metadata: list[tuple[str, str]] = field(default_factory=list)


def read_docx(data: bytes, name: str, *, chunks: bool = True) -> SourceText:
    """Read a docx file; a tracked insertion is text, a tracked deletion is not.

    `chunks` says whether embedded files (`w:altChunk`) are read; those within embedded files are not.
    """
    embedded = _Embedded(MOST_CHUNKS if chunks else 0)
    with opened(data) as archive:
        package = Package(archive)
        main = _main_part(package)
        body = package.xml(main)
        if body is None:
            raise broken()
        text = _told(package, main, body, embedded)
        headers = [_story(package, part, embedded) for part in _headers(package, main)]
        remarks = [
            (label, said) for label, part in _remarks(package, main) if (said := _story(package, part, embedded))
        ]
        properties = _properties(package)
    header = "\n".join(dict.fromkeys(filter(None, (*headers, *embedded.headers))))
    check_stories(text, header)
    metadata = (*properties, *remarks, *embedded.metadata)
    return SourceText(name=name, format="docx", text=text, header=header, metadata=metadata)


def _main_part(package: Package) -> str:
    """Return the main part: by relationship, else by content type, else the usual one."""
    stated = [relation.target for relation in package.relations() if relation.kind == "officeDocument"]
    typed = (name for name in package.names if _MAIN.search(package.type_of(name)))
    names = package.names
    return next((name for name in (*stated, *typed) if name in names), _USUAL_MAIN)


def _headers(package: Package, main: str) -> list[str]:
    """Return all headers and footers (first, even and each section's), those that no section uses too."""
    related = [relation.target for relation in package.relations(main) if relation.kind in _HEADER_KINDS]
    beside = [name for name in package.names if _HEADER.search(name)]
    return sorted({*related, *beside}, key=_in_order)


def _in_order(name: str) -> tuple[str, int, str]:
    number = re.search(r"(\d{1,9})\.xml$", name)
    return re.sub(r"\d+\.xml$", "", name), int(number[1]) if number else 0, name


def _remarks(package: Package, main: str) -> list[tuple[str, str]]:
    related = {relation.kind: relation.target for relation in package.relations(main)}
    folder = main.rpartition("/")[0]
    return [(label, related.get(kind) or f"{folder}/{kind}.xml") for label, kind in _REMARKS]


def _story(package: Package, name: str, embedded: _Embedded) -> str:
    root = package.xml(name)
    return _told(package, name, root, embedded).strip() if root is not None else ""


def _told(package: Package, name: str, root: "_Element", embedded: _Embedded) -> str:
    def chunk(target: str) -> list[str]:
        return _chunk(package, target, embedded)

    return joined(Story(package, name, chunk).lines(root))


def _chunk(package: Package, target: str, embedded: _Embedded) -> list[str]:
    data = package.bytes_of(target) if embedded.left > 0 else None
    if not data:
        return []
    embedded.left -= 1
    source = read_chunk(data, target, package.type_of(target))
    if source is None:
        return []
    embedded.headers.append(source.header)
    embedded.metadata.extend((*source.box, *source.metadata))
    return source.text.split("\n")


def _properties(package: Package) -> list[tuple[str, str]]:
    related = {relation.kind: relation.target for relation in package.relations()}
    found: list[tuple[str, str]] = []
    for kind, usual in _PROPERTIES:
        root = package.xml(related.get(kind) or usual, lenient=True)
        found.extend(_pairs(root, custom=kind == "custom-properties") if root is not None else ())
    return found


def _pairs(root: "_Element", *, custom: bool) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for element in root:
        label = str(element.get("name") or local(element))
        value = "".join(str(text) for text in element.itertext()).strip()
        if value and (custom or label in _KEPT_PROPERTIES):
            pairs.append((label, value))
    return pairs
