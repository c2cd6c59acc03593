"""Web pages and page fragments: the body without page chrome, the attribute box as labelled fields."""

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.box import fields, is_label
from attrtrack.reading.decoding import decode_page
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.wrapping import rejoin

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CHROME = (
    "script, style, noscript, template, iframe, object, select, option, textarea, button, nav, footer, title, "
    "[class*=footer], [id*=footer], [class*=share], [class*=crumb], [class*=ewm], [class*=qrcode], [id*=qrcode]"
)
_BODIES = (
    "#UCAP-CONTENT", "#zoomcon", "#zoom", "#Zoom", "#ZoomCon", "#fontzoom", "#articleContent", "#article-content",
    "#content_body", ".TRS_Editor", ".TRS_UEDITOR", ".trs_editor_view", ".view.TRS_UEDITOR", ".pages_content",
    ".article-content", ".article_content", ".content_article", ".info_cont", ".news_content", ".xxgk_content",
    ".policy-article-content", ".wzcon", ".bt-content", ".xl-content", ".ewb-article-content", ".con_text", "#vsb_content",
    ".v_news_content", "article", "#content", ".content", "[class*=zoom]", "main",
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "section",
        "article",
        "header",
    }
    | {"center", "blockquote", "dl", "dt", "dd", "pre", "hr", "body", "form", "tbody", "thead", "fieldset", "figure"}
    | {"figcaption", "main", "aside", "svg"}
)
_CELLS = frozenset({"td", "th", "label"})
_METADATA = {
    "articletitle": "ArticleTitle",
    "pubdate": "PubDate",
    "contentsource": "ContentSource",
    "keywords": "Keywords",
}
_EMPHASIS = frozenset({"b", "strong", "em", "i", "span"})
_LABEL_END = "\x00"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_FEWEST, _SHARE = 30, 0.25
_MOST_HEADINGS, _LONGEST_HEADING = 5, 200
_PARAGRAPHS, _OF_PARAGRAPHS = 3, 0.8


def read_html(data: bytes, name: str) -> SourceText:
    """Read a saved page or a fragment without `<html>`; scripts are dropped, nothing is fetched."""
    tree = LexborHTMLParser(decode_page(data))
    root = tree.body or tree.root
    metadata = (*_metadata(tree), *_headings(tree))
    if root is None:
        raise _empty()
    for node in root.css(_CHROME):
        node.decompose()
    whole = _text(root)
    if len(whole) > MAX_CHARACTERS:
        raise too_large()
    body = _body(root, len(whole))
    text = _text(body) if body is not None else whole
    if root.css_first("svg text") is not None:
        text = rejoin(text)  # a page drawn line by line, as converters of OFD files make it
    if not text.strip():
        raise _empty()
    box = fields(whole, text if body is not None else "")
    return SourceText(name=name, format="html", text=text, box=box, metadata=metadata)


def _empty() -> EmptySourceError:
    return EmptySourceError("网页里没有文字：请保存完整网页，或另存正文后再提交。")


def _metadata(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for node in tree.css("meta[name][content]"):
        label = _METADATA.get((node.attributes.get("name") or "").lower())
        value = _SPACES.sub(" ", node.attributes.get("content") or "").strip()
        if label and value:
            pairs.append((label, value))
    return tuple(pairs)


def _headings(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Return what the page calls itself: its headings, then the title of the window."""
    named = [("PageHeading", node) for tag in ("h1", "h2") for node in tree.css(tag)[:_MOST_HEADINGS]]
    named += [("PageTitle", node) for node in tree.css("title")[:1]]
    pairs = ((label, _SPACES.sub(" ", node.text()).strip()) for label, node in named)
    return [(label, text) for label, text in pairs if text and len(text) <= _LONGEST_HEADING]


def _body(root: "LexborNode", whole: int) -> "LexborNode | None":
    """Return the element that holds the document: the first known container with enough of the page's text."""
    for selector in _BODIES:
        nodes = [node for node in root.css(selector) if len(_squeezed(node)) >= _FEWEST]
        if nodes:
            best = max(nodes, key=lambda node: len(_squeezed(node)))
            if selector.startswith("#") or len(_squeezed(best)) >= whole * _SHARE:
                return best
    return _of_paragraphs(root)


def _of_paragraphs(root: "LexborNode") -> "LexborNode | None":
    """Return the element whose own paragraphs hold nearly all running text, where no container is known by name."""
    lengths: dict[int, int] = {}
    counts: dict[int, int] = {}
    parents: dict[int, LexborNode] = {}
    for node in root.css("p"):
        parent, text = node.parent, _squeezed(node)
        if parent is None or parent.tag == "body" or not text:
            continue
        key = parent.mem_id
        parents[key] = parent
        lengths[key] = lengths.get(key, 0) + len(text)
        counts[key] = counts.get(key, 0) + 1
    best = max(lengths, key=lambda key: lengths[key], default=None)
    if best is None or counts[best] < _PARAGRAPHS or lengths[best] < _FEWEST:
        return None
    return parents[best] if lengths[best] >= sum(lengths.values()) * _OF_PARAGRAPHS else None


def _squeezed(node: "LexborNode") -> str:
    return "".join(node.text().split())


def _text(root: "LexborNode") -> str:
    """Walk the tree in document order: blocks make lines, cells of a row are parted by tabs."""
    pieces: list[str] = []
    stack: list[tuple[LexborNode, str]] = [(root, "")]
    while stack:
        node, closing = stack.pop()
        if closing:
            pieces.append(closing)
            continue
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(_SPACES.sub(" ", node.text_content or ""))
            continue
        mark = "\n" if tag in _BLOCKS else "\t" if tag in _CELLS else ""
        if tag in _EMPHASIS and is_label(node.text(deep=False)) and _opens_line(pieces):
            mark = _LABEL_END
        pieces.append("\n" if mark == "\n" else "")
        if mark:
            stack.append((node, mark))
        stack.extend((child, "") for child in reversed(list(node.iter(include_text=True))))
    return _tidied("".join(pieces))


def _opens_line(pieces: list[str]) -> bool:
    """Whether what is written next begins a line or a cell."""
    last = next((piece for piece in reversed(pieces[-4:]) if piece.strip(" ")), "\n")
    return last.rstrip(" ")[-1] in "\n\t"


def _tidied(text: str) -> str:
    """Drop empty lines and edge spaces; in rows a cell's inner line breaks give way to the tabs between cells."""
    text = re.sub(rf"{_LABEL_END}(?=\s*[:：])|{_LABEL_END}(?=\s*$)", "", text).replace(_LABEL_END, "\t")
    text = re.sub(r"\n(?: *\n)+", "\n", text)
    text = re.sub(
        r"(?<!\s)\s*\n\s*(?=\t)|(?<=[^\t]\t)\s*\n[ \n]*", lambda found: "\n" if found[0].count("\t") else "", text
    )
    lines = (line.replace("\u00a0", " ").strip(" \t\u3000") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
