"""Web pages and page fragments: the body without page chrome, the attribute box as labelled fields.

Decisions: what is not shown (`display:none`) is no body, but a box may stand there, and a known container that a script
would show is taken where nothing else is shown. A page whose text a script would load is refused with advice, never
read as an empty document. Lines outside the body that may be a sign of secrecy go with the metadata.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.plain.decoding import decode_page
from attrtrack.reading.plain.wrapping import rejoin
from attrtrack.reading.web.body import drop_chrome, drop_doubles, named_body, unnamed_body
from attrtrack.reading.web.box import fields
from attrtrack.reading.web.drawn import drawn_text
from attrtrack.reading.web.lines import Line, lines_of, text_of
from attrtrack.reading.web.tree import Element, grow, measure, parse

_METADATA = {
    name.lower(): name
    for name in ("ArticleTitle", "PubDate", "ContentSource", "ColumnName", "Keywords", "Description")
}  # fmt: skip
_EMBEDDED = re.compile(rb"data:[a-z0-9.+/-]{1,60};base64,[A-Za-z0-9+/=\s]{64,}", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_LONGEST_META = 500
_MAY_BE_SECRET = re.compile("密|&#")
_LEVEL = re.compile(r"[绝机秘][\s\u200b]*密")
_APART, _LONGEST_SIGN, _MOST_SIGNS = "PageLine", 40, 50
_MOST_HEADINGS, _LONGEST_HEADING = 5, 200
_LARGE_PAGE, _LARGEST_PAGE = 1 << 20, 12 << 20
_LEAST_TEXT, _MOSTLY = 40, 0.8
_HEAD_LINES, _LEAST_FIELDS = 14, 3
_TOOLS = re.compile(
    r"^(?:[\s【】\[\]|｜()（）/]|打印(?:本[页文])?|关闭(?:窗口|本页)?|收藏|返回(?:顶部|列表)?|字体|字号|[大中小]|默认|超大|"
    r"分享(?:到|至)?|微信|微博|扫一扫.{0,24}|[上下]一[篇条][:：]?.*|浏览(?:次数|量)[:：]?\s*\d*次?|[:：]|QQ空间|责任编辑[:：].{0,12})+$"
)
_OF_A_SCRIPT = re.compile(
    r"id=[\"'](?:app|root|__nuxt|__next)[\"']|__NUXT__|__INITIAL_STATE__|enable JavaScript", re.IGNORECASE
)


def read_html(data: bytes, name: str) -> SourceText:
    """Read a saved page or a fragment without `<html>`; scripts are dropped, nothing is fetched."""
    if len(data) > _LARGE_PAGE:
        data = _EMBEDDED.sub(b"", data)
    if len(data) > _LARGEST_PAGE:
        raise too_large()
    return read_page(decode_page(data), name)


def read_page(page: str, name: str) -> SourceText:
    """Read a page that is decoded already, as those of web archives are."""
    tree = parse(page)
    top = tree.body or tree.root
    if top is None:
        raise _empty(page)
    root = grow(top)
    measure(root)
    signs = _signs(root) if _MAY_BE_SECRET.search(page) else []
    drop_chrome(root)
    body = _body(root)
    shown = body if body is not None else root
    text = text_of(_without_tools(lines_of(shown, hidden=shown.length == 0)))
    if len(text) > MAX_CHARACTERS:
        raise too_large()
    if tree.css_first("svg text") is not None:
        drawn = drawn_text(tree) or ""
        text = rejoin(drawn, printed=True) if len(drawn) >= len(text) * _MOSTLY else rejoin(text)
    if not text.strip() or (len(text) < _LEAST_TEXT and "。" not in text and _OF_A_SCRIPT.search(page)):
        raise _empty(page)
    apart = [(_APART, line) for line in dict.fromkeys(signs) if line not in text]
    metadata = (*_metadata(tree), *_headings(tree), *apart[:_MOST_SIGNS])
    return SourceText(name=name, format="html", text=text, box=_box(root, body), metadata=metadata)


def _signs(root: Element) -> list[str]:
    """Return short lines that may be a sign of secrecy, wherever on the page they stand and whether shown or not.

    What is no body is not kept, but recording must be able to refuse a page for what is printed above it.
    """
    lines = (text_of([line]) for line in lines_of(root, hidden=True))
    return [line for line in lines if len(line) <= _LONGEST_SIGN and _LEVEL.search(line)]


def _body(root: Element) -> Element | None:
    """Return the element that holds the document; a hidden one only where the page shows none of a known name."""
    measure(root)
    drop_doubles(root)
    measure(root)
    body = named_body(root)
    if body is None:
        measure(root, hidden=True)
        hidden = named_body(root)
        if hidden is not None:
            _show(hidden)
            return hidden
        measure(root)
        body = unnamed_body(root)
    return body


def _show(element: Element) -> None:
    """Take the hiding off an element's own text, where a script would have shown it."""
    element.hidden = False
    for child in element.elements:
        child.hidden = False


def _box(root: Element, body: Element | None) -> tuple[tuple[str, str], ...]:
    """Read the attribute box: outside the body, else at its head where a site prints it into the text."""
    outside = fields(lines_of(root, without=body, hidden=True))
    if outside or body is None:
        return outside
    head = fields(lines_of(body)[:_HEAD_LINES])
    return head if len(head) >= _LEAST_FIELDS else ()


def _without_tools(lines: list[Line]) -> list[Line]:
    """Drop lines of tools (打印, 关闭, 上一篇 …) before and after the text."""
    start, end = 0, len(lines)
    while start < end and _is_tools(lines[start]):
        start += 1
    while end > start and _is_tools(lines[end - 1]):
        end -= 1
    return lines[start:end]


def _is_tools(line: Line) -> bool:
    text = " ".join(line)
    return len(text) <= _LEAST_TEXT * 2 and bool(_TOOLS.match(text))


def _empty(page: str) -> EmptySourceError:
    if "<script" in page.lower():
        return EmptySourceError(
            "网页里没有正文，正文要由脚本另行载入：请用浏览器打开原网页，复制正文另存为文本或 docx，或打印成 pdf 后再提交。"
        )
    return EmptySourceError("网页里没有文字：请保存完整网页，或另存正文后再提交。")


def _metadata(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """Return the known fields of the page's head, and any other that may state a level of secrecy."""
    pairs: list[tuple[str, str]] = []
    for node in tree.css("meta[name][content]"):
        name = (node.attributes.get("name") or "")[:_LONGEST_SIGN]
        value = _SPACES.sub(" ", (node.attributes.get("content") or "")[:_LONGEST_META]).strip()
        label = _METADATA.get(name.lower()) or (name if "密" in name or _LEVEL.search(value) else None)
        if label and value:
            pairs.append((label, value))
    return tuple(pairs)


def _headings(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Return what the page calls itself: its headings, then the title of the window."""
    named = [("PageHeading", node) for tag in ("h1", "h2") for node in tree.css(tag)[:_MOST_HEADINGS]]
    named += [("PageTitle", node) for node in tree.css("title")[:1]]
    pairs = ((label, _SPACES.sub(" ", node.text()).strip()) for label, node in named)
    return [(label, text) for label, text in pairs if text and len(text) <= _LONGEST_HEADING]
