"""A web page as a light tree: what carries text, with its names and lengths; scripts and controls are left out.

Every walk goes over an explicit stack, since pages may be nested a hundred thousand deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.limits import too_large

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset({
    "p", "div", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header",
    "center", "blockquote", "dl", "dt", "dd", "pre", "body", "form", "tbody", "thead", "tfoot", "fieldset", "figure",
    "figcaption", "main", "aside", "svg", "html", "address", "caption", "details", "summary", "nav", "footer",
})  # fmt: skip
_LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "select", "option",
    "textarea", "button", "title", "head", "audio", "video", "canvas", "map", "-comment",
})  # fmt: skip
_BREAKING = frozenset({"br", "hr"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset(
    ["br", "img", "input", "meta", "link", "hr", "col", "area", "base", "embed", "source", "track", "wbr", "param"]
)
_SELF_CLOSING = frozenset(["p", "li", "tr", "td", "th", "dt", "dd", "option", "tbody", "thead"])
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_MOST_TAGS, _UNCHECKED_TAGS = 200_000, 3_000
_MOST_NESTING, _MOST_COPIES = 100_000_000, 1_000_000


@dataclass(slots=True, eq=False)
class Element:
    """One element: its tag, its id and classes in lower case, whether it is hidden, and its pieces in order.

    `length` counts the characters of its visible text without blanks, `linked` those of them within links.
    """

    tag: str
    id: str = ""
    classes: tuple[str, ...] = ()
    hidden: bool = False
    pieces: list["Element | str"] = field(default_factory=list)
    elements: list["Element"] = field(default_factory=list)
    own: int = 0
    length: int = 0
    linked: int = 0

    def add(self, element: "Element") -> None:
        """Add a child element."""
        self.pieces.append(element)
        self.elements.append(element)

    def write(self, text: str) -> None:
        """Add text."""
        self.pieces.append(text)
        self.own += len("".join(text.split()))

    def keep(self, elements: list["Element"]) -> None:
        """Keep only these child elements, and the text."""
        kept = set(map(id, elements))
        self.pieces = [piece for piece in self.pieces if isinstance(piece, str) or id(piece) in kept]
        self.elements = elements

    def clear(self) -> None:
        """Empty the element."""
        self.pieces, self.elements, self.own = [], [], 0

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all within it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            if element.elements:
                stack.extend(reversed(element.elements))


def parse(page: str) -> LexborHTMLParser:
    """Parse a page that is bearable; nesting that would keep the parser busy for minutes is refused before."""
    _check(page)
    return LexborHTMLParser(page)


def grow(root: "LexborNode", nodes: "dict[int, LexborNode] | None" = None) -> Element:
    """Make the light tree of a parsed page; `nodes` is filled with the parsed node of each element, by its `id()`."""
    top = _element(root)
    stack = [(root, top)]
    if nodes is not None:
        nodes[id(top)] = root
    while stack:
        node, element = stack.pop()
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                _add_text(element, child.text_content or "")
            elif tag in _BREAKING:
                element.add(Element("br"))
            elif tag not in _LEFT_OUT:
                grown = _element(child)
                element.add(grown)
                stack.append((child, grown))
                if nodes is not None:
                    nodes[id(grown)] = child
    return top


def measure(root: Element, *, hidden: bool = False) -> None:
    """Count the characters of every element, those of hidden ones only if asked."""
    order = list(root.walk())
    for element in reversed(order):
        length, linked = element.own, 0
        if element.hidden and not hidden:
            length = 0
        else:
            for child in element.elements:
                length += child.length
                linked += child.linked
        element.length = length
        element.linked = length if element.tag == "a" else linked


def _element(node: "LexborNode") -> Element:
    tag = node.tag or ""
    attributes = node.attributes
    if not attributes:
        return Element(tag)
    hidden = bool(_HIDING.search(attributes.get("style") or "")) or "hidden" in attributes
    classes = tuple((attributes.get("class") or "").lower().split()[:20])
    return Element(tag, (attributes.get("id") or "").lower(), classes, hidden)


def _add_text(element: Element, text: str) -> None:
    if element.tag != "pre":
        element.write(text)
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            element.add(Element("br"))
        element.write(line)


def _check(page: str) -> None:
    """Refuse pages whose tags nest so that the parser's work grows with the square of their number."""
    tags = page.count("<")
    if tags > _MOST_TAGS:
        raise too_large()
    if tags < _UNCHECKED_TAGS:
        return
    depth = formatting = nesting = copies = 0
    for closing, name in _TAG.findall(page):
        tag = name.lower()
        if tag in _VOID:
            continue
        step = -1 if closing else 1
        if tag in _FORMATTING:
            formatting = max(0, formatting + step)
        elif not closing:
            copies += formatting
        if tag not in _SELF_CLOSING:
            depth = max(0, depth + step)
        nesting += depth
        if nesting > _MOST_NESTING or copies > _MOST_COPIES:
            raise BrokenSourceError("网页标签嵌套过深，不是正常的公文网页：请复制正文另存为文本或 docx 后再提交。")
