"""Where on a page the document stands: chrome is dropped, then the container is found by name or by its running text."""

import re

from attrtrack.reading.web.tree import BLOCKS, Element

_NAMES = (
    "#ucap-content", "#zoomcon", "#zoom", "#conzoom", "#fontzoom", "#articlecontent", "#article-content", "#article_content",
    "#content_body", "#vsb_content", "#js_content", "#newscontent", "#news_content", "#infocontent", "#info_content",
    "#detailcontent", "#detail-content", "#printcontent", "#contentdiv", "#divcontent", "#zwcontent", "#maincontent_body",
    "#artibody", "#artcontent", "#xxgk_content", "#bodylabel", "#zhengwen", "#contenttext", "#content_text", "#arc-content",
    ".trs_ueditor", ".trs_editor", ".trs_editor_view", ".trs_preappend", ".trs_paper_default", ".custom_unionstyle",
    ".ucap-content", ".pages_content", ".article-content", ".article_content", ".articlecontent", ".content_article",
    ".info_cont", ".info-content", ".infocontent", ".news_content", ".news-content", ".newscontent", ".xxgk_content",
    ".xxgk-content", ".zfxxgk_content", ".policy-article-content", ".policy_content", ".wzcon", ".wz_content", ".bt-content",
    ".xl-content", ".xlcontent", ".ewb-article-content", ".ewb-article-info", ".ewb-info-content", ".epoint-article-content",
    ".con_text", ".v_news_content", ".detail-content", ".detail_content", ".detailcontent", ".details-content",
    ".article-body", ".article_body", ".article-main", ".article-txt", ".article_txt", ".art_con", ".artcon", ".art-content",
    ".arc_cont", ".arc-content", ".content-text", ".content_text", ".contenttext", ".main-txt", ".main_txt", ".text-content",
    ".gknbxq_detail", ".zwcontent", ".zw-content", ".scroll_cont", ".view", "article", "#content", ".content",
    "*zoom", "*articlecontent", "*article-content", "main",
)  # fmt: skip
_NUMBERED = re.compile(r"_?\d+$")
_CHROME_TAGS = frozenset({"nav", "footer"})
_ALWAYS_CHROME = re.compile(r"footer|share|crumb|ewm|qrcode|qr-code|copyright|jiathis|bdshare|erweima")
_OFTEN_CHROME = re.compile(
    r"^(?:top)?(?:nav|menu|navbar|navigation|sidebar|side|leftnav|left-nav|search\w*|toolbar|tool|tools|topbar|login|"
    r"related|relation\w*|xgwj|xgzc|xgjd|xgxx|xgyd|prevnext|prev|next|page(?:r|s|nation|nav)|pagination|links|friendlink\w*|"
    r"dyclose|close|print\w{0,6}|dy|gb|fontsize|font-size|position|dqwz|location)$"
)
_FEWEST, _SHARE, _RUNNING_SHARE = 30, 0.25, 0.12
_PARAGRAPHS, _OF_PARAGRAPHS = 3, 0.8
_DESCENT, _LINKED = 0.8, 0.5
_LARGE, _LARGEST_CHROME = 100, 0.4


def drop_chrome(root: Element) -> None:
    """Take menus, breadcrumbs, share bars, footers and tool lines out of a measured page.

    A name that chrome often has is believed only for a small part of the page.
    """
    for element in root.walk():
        kept = [child for child in element.elements if not _is_chrome(child, root.length)]
        if len(kept) < len(element.elements):
            element.keep(kept)


def unnamed_body(root: Element) -> Element | None:
    """Return the element that holds the running text; None when the page as a whole does. The page must be measured."""
    return _of_paragraphs(root) or _of_running_text(root) or _of_sentences(root)


def drop_doubles(root: Element) -> None:
    """Take out the second of two blocks with the same text, as pages with a copy for printing have them."""
    by_length: dict[int, list[Element]] = {}
    for element in root.walk():
        if element.length >= _LARGE and element.tag in BLOCKS:
            by_length.setdefault(element.length, []).append(element)
    seen: set[str] = set()
    for group in by_length.values():
        outer = [element for element in group if not _only_wraps(element)] if len(group) > 1 else []
        for element in outer[:_PARAGRAPHS]:
            text = _squeezed(element)
            if text in seen:
                element.clear()
            seen.add(text)


def _only_wraps(element: Element) -> bool:
    return any(child.length == element.length for child in element.elements)


def _squeezed(element: Element) -> str:
    found = (piece for item in element.walk() for piece in item.pieces if isinstance(piece, str))
    return "".join("".join(piece.split()) for piece in found)


def _is_chrome(element: Element, whole: int) -> bool:
    if not element.id and not element.classes:
        return element.tag in _CHROME_TAGS
    names = (element.id, *element.classes)
    named = element.tag in _CHROME_TAGS or any(_ALWAYS_CHROME.search(name) for name in names)
    often = any(_OFTEN_CHROME.match(name) for name in names)
    small = element.length <= max(whole * _LARGEST_CHROME, _FEWEST)
    return (named and (small or element.tag in _CHROME_TAGS)) or (often and small and _rank(element) is None)


def _rank(element: Element) -> int | None:
    """Return the place of the best name of an element in the table of container names."""
    if not element.id and not element.classes:
        return _RANKS.get(element.tag)
    keys = [
        f"#{element.id}",
        f"#{_NUMBERED.sub('', element.id)}",
        *(f".{name}" for name in (element.id, *element.classes)),
        element.tag,
    ]
    keys += [f"*{word}" for word in _WORDS if any(word in name for name in element.classes)]
    return min((_RANKS[key] for key in keys if key in _RANKS), default=None)


_GENERAL = _NAMES.index(".view")
_RANKS = {name: rank for rank, name in enumerate(_NAMES)}
_WORDS = tuple(name[1:] for name in _NAMES if name.startswith("*"))


def named_body(root: Element) -> Element | None:
    """Return the container known by its name, if it holds enough of the text of a page that was measured."""
    best: dict[int, Element] = {}
    for element in root.walk():
        if element.length < _FEWEST:
            continue
        rank = _rank(element)
        if rank is not None and (rank not in best or element.length > best[rank].length):
            best[rank] = element
    return next((best[rank] for rank in sorted(best) if _is_large(best[rank], root, rank)), None)


def _is_large(element: Element, root: Element, rank: int) -> bool:
    """Whether a named element is large enough; beside long menus a short document is measured against what is no link."""
    if _NAMES[rank].startswith("#") or element.length >= root.length * _SHARE:
        return True
    running, whole = element.length - element.linked, root.length - root.linked
    return rank < _GENERAL and running >= max(whole * _RUNNING_SHARE, _FEWEST)


def _of_paragraphs(root: Element) -> Element | None:
    """Return the element whose own paragraphs hold nearly all running text."""
    best, longest, whole = None, 0, 0
    for element in root.walk():
        paragraphs = [child.length for child in element.elements if child.tag == "p" and child.length]
        whole += sum(paragraphs)
        if element.tag != "body" and len(paragraphs) >= _PARAGRAPHS and sum(paragraphs) > longest:
            best, longest = element, sum(paragraphs)
    return best if longest >= _FEWEST and longest >= whole * _OF_PARAGRAPHS else None


def _of_running_text(root: Element) -> Element | None:
    """Go down while one child holds nearly all text that is no link; None for a page that is mostly links."""
    if root.linked > root.length * _LINKED:
        return None
    place = root
    while True:
        running = place.length - place.linked
        inner = max(place.elements, key=lambda child: child.length - child.linked, default=None)
        if inner is None or inner.tag in {"p", "span", "font", "b", "strong"} or running < _LARGE:
            break
        if inner.length - inner.linked < running * _DESCENT:
            break
        place = inner
    return place if place is not root and place.tag != "body" else None


def _of_sentences(root: Element) -> Element | None:
    """Go down while one child holds nearly all sentences: a short document on a page of other names."""
    counts: dict[int, int] = {}
    for element in reversed(list(root.walk())):
        own = sum(piece.count("。") for piece in element.pieces if isinstance(piece, str))
        inner = sum(counts[id(child)] for child in element.elements)
        counts[id(element)] = 0 if element.hidden or element.tag == "a" else own + inner
    place = root
    while True:
        inside = max(place.elements, key=lambda child: counts[id(child)], default=None)
        if inside is None or counts[id(inside)] < max(counts[id(place)] * _DESCENT, 1) or _is_paragraph(inside):
            break
        place = inside
    return place if place.tag not in {"body", "html"} and place.length >= _FEWEST else None


def _is_paragraph(element: Element) -> bool:
    """Whether an element is one paragraph: nothing within it begins a line."""
    return element.tag == "p" or not any(child.tag in BLOCKS or child.tag in {"br", "td"} for child in element.elements)


def named_place(root: Element) -> Element | None:
    """Return the container of the best name however little text it holds: an article may be a picture."""
    ranked = ((rank, element) for element in root.walk() if (rank := _rank(element)) is not None)
    return min(ranked, key=lambda item: item[0], default=(0, None))[1]
