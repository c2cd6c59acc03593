"""What an article holds besides text: pictures, players, links; those of menus, icons and share bars left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from attrtrack.domain.pages import PageParts
from attrtrack.reading.web.html import EMBEDDED_PICTURE
from attrtrack.reading.web.page_facts import is_address
from attrtrack.reading.web.tree import Element

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Nodes = Mapping[int, "LexborNode"]
Link = tuple[str, str]
"""An address and the words that bear it."""

_ICON = re.compile(
    r"icon|logo|qrcode|qr_code|ewm|erweima|weixin|wechat|weibo|share|print|arrow|btn|button|bullet|loading|blank|spacer|"
    r"emotion|emoji|filetype|file_type|fileico|/ico[_/]|\.ico\b|pixel|beian|gongan|jiucuo|sizhi|avatar",
    re.IGNORECASE,
)
_SMALL, _SMALL_EMBEDDED = 60, 4000
_SIZE = re.compile(r"^\s*(\d{1,5})")
_VIDEO = re.compile(
    r"\.(?:mp4|m3u8|flv|f4v|webm|mov|wmv|avi|swf)(?:[?#&\"'\s]|$)|v\.qq\.com|player\.|/player|video|youku|cctv",
    re.IGNORECASE,
)
_AUDIO = re.compile(r"\.(?:mp3|m4a|wav|wma|aac|amr)(?:[?#&\"'\s]|$)|audio", re.IGNORECASE)
_MEDIA_FILE = re.compile(r"\.(?:(mp4|m3u8|flv|webm|mov|wmv|avi)|(mp3|m4a|wav|wma|aac))(?:[?#]|$)", re.IGNORECASE)
_FRAMES = "iframe, embed, object"
_MOST_LINKS, _MOST_LINKED, _LONGEST_WORDS = 300, 500, 200
_RELATED = re.compile(
    r"^[\s【\[（(]*(?:(?:相关|关联|对应)(?:的)?(?:政策|解读|文件|法规|公文|链接|内容|原文|依据|材料)+|(?:政策|文件|解读|公文)?原文(?:链接|全文|地址)?"
    r"|(?:政策|文件|公文|解读)(?:文件)?链接|(?:政策|文件)依据|[【\[](?:政策|解读)?文件[】\]])[\s】\]）):：>]*$"
)
_NAMED = re.compile(
    r"《[^》]{4,}》|关于.{2,}|.{4,}(?:办法|通知|意见|方案|规定|细则|条例|规划|措施|要点|原文|文件|函|批复|公告|决定)(?:[】）)\]]*)$"
)
_COVERED, _ENDS_LABEL = 10, 24


def parts_of(body: Element, nodes: Nodes, *, letters: int) -> PageParts:
    """Count what stands in the article; a picture declared smaller than an illustration can be is an icon."""
    node = nodes[id(body)]
    images = sum(element.tag == "img" and _is_picture(nodes[id(element)]) for element in body.walk())
    videos, audios = len(node.css("video")), len(node.css("audio"))
    for frame in node.css(_FRAMES):
        attributes = frame.attributes
        told = " ".join(str(attributes.get(name) or "") for name in ("src", "data-src", "data", "type", "class"))
        videos += bool(_VIDEO.search(told))
        audios += not _VIDEO.search(told) and bool(_AUDIO.search(told))
    if not videos + audios:
        files = {_address(nodes[id(element)]) for element in body.walk() if element.tag == "a"}
        kinds = [match for match in map(_MEDIA_FILE.search, files) if match]
        videos, audios = sum(bool(kind[1]) for kind in kinds), sum(bool(kind[2]) for kind in kinds)
    return PageParts(images=images, videos=videos, audios=audios, letters=letters)


def holds_media(element: Element, nodes: Nodes) -> bool:
    """Whether an element holds a picture or a player that is more than an icon."""
    node = nodes[id(element)]
    if node.css_first("video, audio, iframe, embed, object") is not None:
        return True
    return any(item.tag == "img" and _is_picture(nodes[id(item)]) for item in element.walk())


def _is_picture(node: "LexborNode") -> bool:
    attributes = node.attributes
    source = next((value for name in ("data-src", "data-original", "src") if (value := attributes.get(name))), "")
    if source.startswith("data:"):
        return source == EMBEDDED_PICTURE or len(source) >= _SMALL_EMBEDDED
    named = " ".join((source.rpartition("/")[2], attributes.get("class") or "", attributes.get("alt") or ""))
    if not source or _ICON.search(named):
        return False
    sizes = (_SIZE.match(attributes.get(name) or "") for name in ("width", "height"))
    return not any(size and int(size[1]) < _SMALL for size in sizes)


def links_of(body: Element, nodes: Nodes, *, address: str | None) -> Iterator[Link]:
    """Yield the web addresses in an article with their words; relative ones are joined to the page's own address."""
    for element in body.walk():
        if element.tag == "a" and (link := _link(element, nodes, address=address)) is not None:
            yield link


def related_links(root: Element, nodes: Nodes, *, address: str | None) -> Iterator[Link]:
    """Yield the links of the block 相关文件 and its like, which sites print beside the article, and links named so."""
    covered = 0
    for piece in _in_order(root):
        if isinstance(piece, str):
            words = piece.strip()
            if _RELATED.match(words) and words:
                covered = _COVERED
            elif len(words) > _ENDS_LABEL:
                covered = 0
            continue
        words = _words(piece)
        wanted = _RELATED.match(words) or (covered and _NAMED.search(words))
        if wanted and (link := _link(piece, nodes, address=address)) is not None:
            yield link
        covered = max(0, covered - 1)


def _in_order(root: Element) -> Iterator[Element | str]:
    """Yield links, and the texts outside of them, in the order of the page."""
    stack: list[Element | str] = [root]
    while stack:
        piece = stack.pop()
        if isinstance(piece, str) or piece.tag == "a":
            yield piece
        else:
            stack.extend(reversed(piece.pieces))


def unique(links: Iterator[Link]) -> tuple[Link, ...]:
    """Return each address once, with the first words that bear it; as many as can be kept."""
    found: dict[str, str] = {}
    for address, words in links:
        found.setdefault(address, words)
        if len(found) >= _MOST_LINKS:
            break
    return tuple(found.items())


def linked_by(tree: "LexborHTMLParser", links: Iterable[Link], *, address: str | None) -> tuple[str, ...]:
    """Return each address to which a page links, once: those of its article first, then all, menus included.

    Sites print the link between a document and its interpretation wherever they like; who knows the address that he looks
    for needs no more than to find it.
    """
    everywhere = (_whole(node, address) for node in tree.css("a[href]"))
    found = dict.fromkeys((*(one for one, _ in links), *filter(None, everywhere)))
    return tuple(islice(found, _MOST_LINKED))


def _link(element: Element, nodes: Nodes, *, address: str | None) -> Link | None:
    whole = _whole(nodes[id(element)], address)
    return None if whole is None else (whole, _words(element))


def _whole(node: "LexborNode", address: str | None) -> str | None:
    """Return the web address to which a link leads, joined to the page's own where it is relative."""
    target = _address(node).strip()
    if not target or target.startswith("#"):
        return None
    try:
        whole = urljoin(address, target) if address else target
    except ValueError:
        return None
    return whole.partition("#")[0] if is_address(whole) else None


def _words(element: Element) -> str:
    words = "".join(piece for item in element.walk() for piece in item.pieces if isinstance(piece, str))
    return " ".join(words.split())[:_LONGEST_WORDS]


def _address(node: "LexborNode") -> str:
    return node.attributes.get("href") or ""
