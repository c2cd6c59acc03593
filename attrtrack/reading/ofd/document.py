"""One document inside an OFD container: its pages in order with their templates, its annotations and attachments.

Decision: a page that Document.xml names and the container lacks makes the file a broken one, so that no document is
taken for whole that is not; pages are looked for by convention only when none is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.containers.markup import local
from attrtrack.reading.limits import MAX_PAGES, too_large
from attrtrack.reading.ofd.flow import Page, page_of
from attrtrack.reading.ofd.geometry import IDENTITY, box
from attrtrack.reading.ofd.lines import in_frames, lines_of
from attrtrack.reading.ofd.objects import Drawn, Limits, Place, draw
from attrtrack.reading.ofd.package import Package, child, children, folder_of, text_of
from attrtrack.reading.ofd.runs import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAPER = (0.0, 0.0, 210.0, 297.0)
_CONTENT = re.compile(r"(?:^|/)(?:pages/[^/]*?(\d+)[^/]*/content|content_?(\d*))\.xml$")
_RESOURCES = frozenset({"publicres", "documentres", "pageres"})
_COVERING = 0.5
_MOST_NOTES = 2000

Paper = tuple[float, float, float, float]


@dataclass(slots=True)
class Contents:
    """What one document holds: pages, what stands on them beside the text, remarks, names of attachments.

    `aside` is the text of annotations and tilted text (watermarks, stamps), `hidden` what is there but not shown;
    `pictured` counts pages that a picture covers, `drawn` says whether anything but text is on any page.
    """

    pages: list[Page] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    pictured: int = 0
    drawn: bool = False


class OfdDocument:
    """The parts of one document, read page by page."""

    def __init__(self, package: Package, name: str, limits: Limits) -> None:
        self._package, self._limits = package, limits
        self._folder = folder_of(name)
        self._root = package.tree(name)
        self._common = child(self._root, "CommonData")
        self._units = self._units_of(self._common, self._folder)
        self._templates: dict[str, Drawn] = {}
        self._template_parts = {
            page.get("ID", ""): page.get("BaseLoc", "") for page in children(self._common, "TemplatePage")
        }
        self._paper = _paper(child(self._common, "PageArea") if self._common is not None else None) or _PAPER

    def contents(self) -> Contents:
        """Read everything; raises broken when a page is missing, too-large beyond the bounds."""
        contents = Contents()
        pages = self._pages()
        if len(pages) > MAX_PAGES:
            raise too_large()
        for name in pages.values():
            self._read_page(name, contents)
        contents.attachments.extend(self._attachments())
        self._read_annotations(contents)
        return contents

    def _pages(self) -> dict[str, str]:
        """Return the parts of the pages by page id, in the order in which the document names them."""
        pages: dict[str, str] = {}
        for index, page in enumerate(children(child(self._root, "Pages"), "Page")):
            part = self._package.find(page.get("BaseLoc", ""), self._folder) or self._by_convention(page, index)
            if part is None:
                raise BrokenSourceError(f"文件不完整，缺少第 {index + 1} 页的内容：请重新导出或另传一份。")
            pages[page.get("ID") or f"#{index}"] = part
        if pages:
            return pages
        found = [(match, name) for name in self._package.names() if (match := _CONTENT.search(name))]
        inside = [(match, name) for match, name in found if name.startswith(f"{self._folder.lower()}/")]
        numbered = sorted((int(match[1] or match[2] or 0), name) for match, name in inside if "tpl" not in name)
        return {f"#{number} {name}": self._package.find(name) or name for number, name in numbered}

    def _by_convention(self, page: "_Element", index: int) -> str | None:
        """Return the content part where programs put it when the document does not say."""
        location = page.get("BaseLoc", "").rstrip("/\\")
        guesses = [f"{location}/Content.xml"] if location else []
        guesses += [f"Pages/Page_{number}/Content.xml" for number in (index, page.get("ID", "")) if not location]
        return next((part for guess in guesses if (part := self._package.find(guess, self._folder))), None)

    def _read_page(self, name: str, contents: Contents) -> None:
        root = self._package.tree(name)
        units = self._units | self._units_of(root, folder_of(name))
        drawn = Drawn()
        for template in children(root, "Template"):
            self._add_template(template.get("TemplateID", ""), drawn)
        self._draw(root, units, drawn)
        paper = _paper(child(root, "Area")) or self._paper
        area = max(paper[2] * paper[3], 1.0)
        covered = any(width * height >= _COVERING * area for _, _, width, height in drawn.pictures)
        shown = _length(drawn.runs)
        if not shown or (covered and _length(drawn.hidden) > shown):  # the text layer under a scanned page
            drawn.runs.extend(drawn.hidden)
            drawn.hidden.clear()
        contents.pages.append(page_of(drawn, paper))
        contents.aside.extend(_lines(drawn.tilted))
        contents.hidden.extend(_lines(drawn.hidden))
        contents.pictured += covered
        contents.drawn = contents.drawn or bool(drawn.pictures or drawn.shapes)

    def _draw(self, root: "_Element", units: dict[str, "_Element"], onto: Drawn) -> None:
        draw(root, units, onto=onto, limits=self._limits, place=Place(IDENTITY))

    def _add_template(self, template: str, drawn: Drawn) -> None:
        """Put what a template draws below the page's own content."""
        if template not in self._templates:
            part = self._package.find(self._template_parts.get(template, ""), self._folder)
            self._templates[template] = Drawn()
            if part is not None:
                root = self._package.tree(part)
                self._draw(root, self._units | self._units_of(root, folder_of(part)), self._templates[template])
        drawn.add(self._templates[template], self._limits)

    def _units_of(self, holder: "_Element | None", folder: str) -> dict[str, "_Element"]:
        """Return the composite graphic units of the resources that an element names, by id."""
        units: dict[str, _Element] = {}
        for reference in holder if holder is not None else ():
            if local(reference).lower() not in _RESOURCES:
                continue
            part = self._package.find(text_of(reference), folder, self._folder)
            if part is not None:
                root = self._package.tree(part)
                units.update((unit.get("ID", ""), unit) for unit in root.iter("{*}CompositeGraphicUnit"))
        return units

    def _listed(self, *names: str) -> Iterator[tuple["_Element", str]]:
        """Yield the root of each list that the document names (annotations, attachments), and its folder."""
        for name in names:
            for reference in children(self._root, name):
                part = self._package.find(text_of(reference), self._folder)
                if part is not None:
                    yield self._package.tree(part), folder_of(part)

    def _attachments(self) -> list[str]:
        elements = (element for root, _ in self._listed("Attachments") for element in children(root, "Attachment"))
        return [name for element in elements if (name := (element.get("Name") or text_of(child(element, "FileLoc"))))]

    def _read_annotations(self, contents: Contents) -> None:
        seen: set[str] = set()
        for root, folder in self._listed("Annotations", "Annots"):
            for page in children(root, "Page")[:_MOST_NOTES]:
                location = text_of(child(page, "FileLoc")) or page.get("FileLoc", "")
                part = self._package.find(location, folder, self._folder)
                if part is not None and part not in seen:
                    seen.add(part)
                    self._read_notes(self._package.tree(part), contents)

    def _read_notes(self, root: "_Element", contents: Contents) -> None:
        for note in children(root, "Annot"):
            drawn = Drawn()
            self._draw(note, self._units, drawn)
            hidden = note.get("Visible", "").strip().lower() in {"false", "0"}
            (contents.hidden if hidden else contents.aside).extend(_lines([*drawn.runs, *drawn.tilted]))
            contents.hidden.extend(_lines(drawn.hidden))
            contents.drawn = True
            remark = text_of(child(note, "Remark"))
            if remark:
                contents.remarks.append(remark)


def _length(runs: list[Run]) -> int:
    return sum(len(run.text.strip()) for run in runs)


def _lines(runs: list[Run]) -> list[str]:
    """Return the lines of runs that are no part of the running text."""
    return [" ".join(piece.text for piece in line) for held in in_frames(runs).values() for line in lines_of(held)]


def _paper(area: "_Element | None") -> Paper | None:
    """Return left, top, width and height of the paper, or None."""
    found = box(text_of(child(area, "PhysicalBox"))) if area is not None else None
    return found if found is not None and found[2] > 0 and found[3] > 0 else None
