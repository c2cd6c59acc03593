"""A saved web page as what it says of itself, its article, and what stands in the article; nothing is fetched.

Decision: a page whose article is a picture or a player is read all the same, since that is how many interpretations
look; a page that holds neither words nor pictures is refused, as is one whose text a script would have loaded.
"""

from attrtrack.domain.documents import SourceText
from attrtrack.domain.pages import Page, PageParts, SavedPage
from attrtrack.errors import EmptySourceError
from attrtrack.reading.web.body import drop_chrome, drop_doubles, named_body, named_place
from attrtrack.reading.web.html import (
    article_text,
    body_of,
    box_of,
    empty_page,
    outside_of,
    signs_of,
    told_beside,
    waits_for_script,
)
from attrtrack.reading.web.lines import lines_of
from attrtrack.reading.web.page_facts import address_of, first_line, metas, published_of, publisher_of, title_of
from attrtrack.reading.web.page_parts import Nodes, holds_media, linked_by, links_of, parts_of, related_links, unique
from attrtrack.reading.web.tree import Element, grow, measure, parse

_HEAD = 8


def read_saved_page(page: str, name: str, *, saved_from: str = "", subject: str = "") -> SavedPage:
    """Read a decoded page; `saved_from` and `subject` are what a browser's archive says of it."""
    tree = parse(page)
    top = tree.body or tree.root
    if top is None:
        raise empty_page(page)
    nodes: dict[int, object] = {}
    root = grow(top, nodes)  # type: ignore[arg-type]  # the parser's nodes have no public type
    known: Nodes = nodes  # type: ignore[assignment]  # the same
    measure(root)
    signs, said = signs_of(root, page), metas(tree)
    address = address_of(tree, page, said, saved_from=saved_from)
    title = title_of(tree, root, said, subject=subject)
    related = unique(related_links(root, known, address=address))
    drop_chrome(root)
    body = _article(root, known)
    shown = body if body is not None else root
    text = article_text(tree, shown)
    parts = parts_of(shown, known, letters=len("".join(text.split())))
    if _says_nothing(text, parts, page):
        raise empty_page(page)
    outside = outside_of(root, body)
    box = box_of(outside, body)
    lines = {"beside": outside, "head": lines_of(shown)[:_HEAD]}
    links = unique(iter((*links_of(shown, known, address=address), *related)))
    read = Page(
        title=title or first_line(text),
        text=text,
        published=published_of(tree, said, box, **lines),
        publisher=publisher_of(tree, said, box, **lines),
        address=address,
        parts=parts,
        links=links,
        linked=linked_by(tree, links, address=address),
    )
    beside = (*told_beside(tree, signs, text), ("Subject", subject)) if subject else told_beside(tree, signs, text)
    return SavedPage(read, SourceText(name=name, format="html", text=text, box=box, metadata=beside))


def _says_nothing(text: str, parts: PageParts, page: str) -> bool:
    if parts.images or parts.videos or parts.audios:
        return False
    return not text.strip() or waits_for_script(text, page)


def _article(root: Element, nodes: Nodes) -> Element | None:
    """Return the element that holds the article: known by name and full of text or pictures, else by its sentences."""
    measure(root)
    drop_doubles(root)
    measure(root)
    body = named_body(root)
    if body is None:
        place = named_place(root)
        body = place if place is not None and holds_media(place, nodes) else None
    return body if body is not None else body_of(root)


def best_of(pages: list[tuple[str, str]], name: str, *, subject: str) -> SavedPage:
    """Read the pages of an archive and return the one with most text: the page itself, or the frame that holds it."""
    best: SavedPage | None = None
    for page, location in pages:
        try:
            saved = read_saved_page(page, name, saved_from=location, subject=subject if best is None else "")
        except EmptySourceError:
            continue
        if best is None or len(saved.page.text) > len(best.page.text):
            best = saved
    if best is None:
        raise EmptySourceError("网页存档里没有文字和图片：请用浏览器打开后重新保存。")
    return best
