"""The text of one story of a Word document (body, header, note …), as a reader of the printed page has it.

In: tables and nested tables, text boxes and watermarks, content controls, tracked insertions, results of fields, base
text of ruby, text of formulas and diagrams. Out: tracked deletions (a deleted paragraph mark joins two paragraphs),
placeholders of empty controls, field instructions, doubles of text boxes for older programs and of merged cells.

Decisions: text set hidden (`w:vanish`) is kept, because a sign of secrecy must be found wherever it stands; automatic
numbers (`w:numPr`) are not added, because they are no characters of the source.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from attrtrack.reading.containers.markup import local
from attrtrack.reading.containers.package import Package
from attrtrack.reading.word.marked import attribute, drawn, form_value, in_symbol_font, switched_on, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"}
    | {"tblGrid", "tblPrEx", "rt", "rubyPr", "sdtPr", "sdtEndPr", "fldData", "binData", "customXmlPr", "numPicBullet"}
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t", "den": "/"}
_BLOCKS = frozenset({"p", "tbl", "tr", "altChunk"})
_CONTINUED = frozenset({"", "continue"})
_WIDEST_SPAN = 64

Chunk = Callable[[str], list[str]]


class Story:
    """One part of a package, read block by block; `chunk` reads the embedded file of a relationship."""

    def __init__(self, package: Package, name: str, chunk: Chunk) -> None:
        self._package = package
        self._symbols = package.has_symbol_fonts(name)
        self._targets = {relation.id: relation.target for relation in package.relations(name)}
        self._chunk = chunk

    def lines(self, container: "_Element") -> list[str]:
        """Return the lines of a container in document order; depth is bounded by the parser (256 levels)."""
        lines: list[str] = []
        carried = ""
        for block in _blocks(container):
            kind = local(block)
            if kind == "p":
                boxes, text = self._paragraph(block) if len(block) else ([], "")
                lines.extend(boxes)
                if _mark_deleted(block):
                    carried += text
                    continue
                lines.extend((carried + text).split("\n"))
                carried = ""
            elif kind == "altChunk":
                lines.extend(self._embedded(attribute(block, "id")))
            else:
                lines.extend(self._table(block))
        return [*lines, *carried.split("\n")] if carried else lines

    def _embedded(self, relation: str) -> list[str]:
        target = self._targets.get(relation)
        return self._chunk(target) if target else []

    def _table(self, table: "_Element") -> list[str]:
        lines: list[str] = []
        above: dict[int, str] = {}
        for row in [table] if local(table) == "tr" else _within(table, "tr"):
            if "del" not in _properties(row, "trPr"):
                lines.extend(self._row(row, above))
        return lines

    def _row(self, row: "_Element", above: dict[int, str]) -> list[str]:
        """Return one line a row, cells parted by tabs; a row of one cell is layout, and keeps its own lines."""
        cells = [(_properties(cell, "tcPr"), cell) for cell in _within(row, "tc")]
        found = [(properties, self.lines(cell)) for properties, cell in cells if "cellDel" not in properties]
        if len(found) == 1:
            return found[0][1]
        texts: list[str] = []
        column = 0
        for properties, lines in found:
            text = " ".join(line.strip() for line in lines if line.strip())
            doubled = _is_continued(properties.get("vMerge", properties.get("vmerge"))) and text == above.get(
                column, ""
            )
            doubled |= bool(texts) and _is_continued(properties.get("hMerge")) and text == texts[-1]
            texts.append("" if doubled else text)
            above[column] = text
            column += _span(properties.get("gridSpan"))
        return ["\t".join(texts)]

    def _paragraph(self, paragraph: "_Element") -> tuple[list[str], str]:
        """Return the lines of the boxes and watermarks anchored in a paragraph, and its own text."""
        boxes: list[str] = []
        run = _Runs()
        stack = [*reversed(paragraph)]
        while stack:
            element = stack.pop()
            kind = local(element)
            if kind == "r":
                stack.extend(reversed(element))
            elif kind in _SKIPPED and kind != "instrText":
                continue
            elif kind == "t":
                text = element.text or ""
                run.add(in_symbol_font(text, element.getparent()) if self._symbols else text)
            elif kind in _BREAKS:
                run.add(_BREAKS[kind])
                stack.extend(reversed(element))
            elif kind == "fldChar":
                run.turn(element)
            elif kind == "instrText":
                run.instruct(element.text or "")
            elif kind == "sym":
                run.add(symbol(element))
            elif (apart := self._apart(element, kind)) is not None:
                boxes.extend(apart)
            else:
                stack.extend(reversed(_inside(element, kind)))
        return boxes, run.text

    def _apart(self, element: "_Element", kind: str) -> list[str] | None:
        """Return the lines of what is anchored in a paragraph but stands apart from its text, else None."""
        if kind == "txbxContent":
            return self.lines(element)
        if kind == "p":  # the text of a drawing, which is no Word paragraph but made alike
            boxes, text = self._paragraph(element)
            return [*boxes, text]
        if kind == "textpath":
            return [attribute(element, "string")]
        if kind == "relIds":
            return self._diagram(attribute(element, "dm"))
        return None

    def _diagram(self, relation: str) -> list[str]:
        target = self._targets.get(relation)
        root = self._package.xml(target, lenient=True) if target else None
        paragraphs = root.iter("{*}p") if root is not None else ()
        return ["".join(text.text or "" for text in item.iter("{*}t")) for item in paragraphs]


class _Runs:
    """The pieces of one paragraph; what stands in the instruction of a complex field is taken back at its end.

    A field left open by the end of the paragraph takes nothing back: text is never lost to a missing mark.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._fields: list[tuple[int, list[str], bool]] = []

    def add(self, piece: str) -> None:
        """Add a piece of text."""
        self._pieces.append(piece)

    def instruct(self, piece: str) -> None:
        """Note a piece of the innermost field's instruction."""
        if self._fields:
            self._fields[-1][1].append(piece)

    def turn(self, mark: "_Element") -> None:
        """Pass the begin, the separator or the end of a field."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self.add(form_value(mark))
            self._fields.append((len(self._pieces), [], False))
        elif self._fields:
            start, instruction, separated = self._fields.pop()
            if not separated:
                del self._pieces[start:]
            if kind == "separate":
                self._fields.append((start, instruction, True))
            elif not any(self._pieces[start:]):
                self.add(drawn("".join(instruction)))

    @property
    def text(self) -> str:
        """The paragraph's text, with a line break where one is printed."""
        return "".join(self._pieces)


def _blocks(container: "_Element") -> Iterator["_Element"]:
    """Yield paragraphs, tables and embedded files of a container, through controls, insertions and custom markup."""
    stack = [*reversed(container)]
    while stack:
        element = stack.pop()
        kind = local(element)
        if kind in _BLOCKS:
            yield element
        else:
            stack.extend(reversed(_inside(element, kind)))


def _within(container: "_Element", wanted: str) -> Iterator["_Element"]:
    """Yield the rows of a table or the cells of a row, through the same wrappings, not those of nested tables."""
    stack = [*reversed(container)]
    while stack:
        element = stack.pop()
        kind = local(element)
        if kind == wanted:
            yield element
        elif kind not in _BLOCKS:
            stack.extend(reversed(_inside(element, kind)))


def _inside(element: "_Element", kind: str) -> list["_Element"]:
    """Return the children of an element that are text of the document."""
    if kind in _SKIPPED or not kind:
        return []
    if kind == "sdt":
        placeholder = switched_on(_properties(element, "sdtPr").get("showingPlcHdr"))
        return [] if placeholder else list(element)
    if kind == "AlternateContent":
        branch = next((item for item in element if local(item) in {"Choice", "Fallback"} and _has_text(item)), None)
        return [] if branch is None else list(branch)
    return list(element)


def _has_text(branch: "_Element") -> bool:
    """Whether a branch holds text; branches come in order, so the fall-back counts only where no choice does."""
    texts = branch.iter("{*}t", "{*}sym", "{*}textpath", "{*}relIds", "{*}altChunk", "{*}fldChar")
    return any(local(item) != "t" or (item.text or "").strip() for item in texts)


def _properties(element: "_Element", holder: str) -> dict[str, "_Element"]:
    """Return the properties of a block by name; their holder stands first, or second after a row's exceptions."""
    for place, first in enumerate(element):
        if local(first) == holder:
            return {local(item): item for item in first}
        if place:
            break
    return {}


def _mark_deleted(paragraph: "_Element") -> bool:
    mark = _properties(paragraph, "pPr").get("rPr")
    return mark is not None and any(local(item) in {"del", "moveFrom"} for item in mark)


def _is_continued(merge: "_Element | None") -> bool:
    return merge is not None and attribute(merge, "val") in _CONTINUED


def _span(found: "_Element | None") -> int:
    width = attribute(found, "val") if found is not None else "1"
    return min(int(width[:4]), _WIDEST_SPAN) if width.isdecimal() else 1
