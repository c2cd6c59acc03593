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
_LARGE_PICTURE = 8000
EMBEDDED_PICTURE = "data:picture"
"""What stands for a picture embedded in a large page, which is not read; icons leave nothing."""
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
    return read_page(page_of(data), name)


def page_of(data: bytes) -> str:
    """Decode a saved page, pictures embedded in a large one left out; one that is too large is refused."""
    if len(data) > _LARGE_PAGE:
        data = _EMBEDDED.sub(_shortened, data)
    if len(data) > _LARGEST_PAGE:
        raise too_large()
    return decode_page(data)


def _shortened(picture: "re.Match[bytes]") -> bytes:
    return EMBEDDED_PICTURE.encode() if len(picture[0]) >= _LARGE_PICTURE else b""


def read_page(page: str, name: str) -> SourceText:
    """Read a page that is decoded already, as those of web archives are."""
    tree = parse(page)
    top = tree.body or tree.root
    if top is None:
        raise empty_page(page)
    root = grow(top)
    measure(root)
    signs = signs_of(root, page)
    drop_chrome(root)
    body = body_of(root)
    text = article_text(tree, body if body is not None else root)
    if not text.strip() or waits_for_script(text, page):
        raise empty_page(page)
    metadata = told_beside(tree, signs, text)
    return SourceText(name=name, format="html", text=text, box=box_of(outside_of(root, body), body), metadata=metadata)


def article_text(tree: LexborHTMLParser, shown: Element) -> str:
    """Return the text of the element that holds the document, or what is drawn on the page where that is more."""
    text = text_of(_without_tools(lines_of(shown, hidden=shown.length == 0)))
    if len(text) > MAX_CHARACTERS:
        raise too_large()
    if tree.css_first("svg text") is None:
        return text
    drawn = drawn_text(tree) or ""
    return rejoin(drawn, printed=True) if len(drawn) >= len(text) * _MOSTLY else rejoin(text)


def waits_for_script(text: str, page: str) -> bool:
    """Whether the little text of a page stands where a script would put the document."""
    return len(text) < _LEAST_TEXT and "。" not in text and bool(_OF_A_SCRIPT.search(page))


def told_beside(tree: LexborHTMLParser, signs: list[str], text: str) -> tuple[tuple[str, str], ...]:
    """Return what the page says of itself beside its text: fields of its head, headings, lines that may be signs."""
    apart = [(_APART, line) for line in dict.fromkeys(signs) if line not in text]
    return (*_metadata(tree), *_headings(tree), *apart[:_MOST_SIGNS])


def signs_of(root: Element, page: str) -> list[str]:
    """Return the lines that may be a sign of secrecy; most pages hold not one such character and are not searched."""
    return _signs(root) if _MAY_BE_SECRET.search(page) else []


def _signs(root: Element) -> list[str]:
    """Return short lines that may be a sign of secrecy, wherever on the page they stand and whether shown or not.

    What is no body is not kept, but recording must be able to refuse a page for what is printed above it.
    """
    lines = (text_of([line]) for line in lines_of(root, hidden=True))
    return [line for line in lines if len(line) <= _LONGEST_SIGN and _LEVEL.search(line)]


def body_of(root: Element) -> Element | None:
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


def box_of(outside: list[Line], body: Element | None) -> tuple[tuple[str, str], ...]:
    """Read the attribute box: in the lines outside the body, else at its head where a site prints it into the text."""
    found = fields(outside)
    if found or body is None:
        return found
    head = fields(lines_of(body)[:_HEAD_LINES])
    return head if len(head) >= _LEAST_FIELDS else ()


def outside_of(root: Element, body: Element | None) -> list[Line]:
    """Return the lines of a page outside its body, hidden ones too, since a box may stand there."""
    return lines_of(root, without=body, hidden=True)


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


def empty_page(page: str) -> EmptySourceError:
    """Make the refusal of a page without text, with advice where a script would have loaded it."""
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
