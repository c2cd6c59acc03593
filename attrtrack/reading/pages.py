"""Saved web pages read as pages: heading, day, publisher, address, links, pictures and players, besides the text."""

from attrtrack.domain.pages import Page, SavedPage
from attrtrack.errors import BrokenSourceError, UnsupportedFormatError
from attrtrack.reading.limits import check_size, check_text
from attrtrack.reading.sniffing import extension, format_of

_PAGE_NAMES = frozenset({"html", "htm", "shtml", "xhtml", "mht", "mhtml"})


def is_page(name: str) -> bool:
    """Whether a file of this name is a saved web page."""
    return extension(name) in _PAGE_NAMES


def read_page(data: bytes, name: str) -> Page:
    """Read a saved page (html as saved by a browser, or mhtml); raises as `read_source` does."""
    return read_saved(data, name).page


def read_saved(data: bytes, name: str) -> SavedPage:
    """Read a saved page with the source in which signs of secrecy are looked for; a page of pictures has no text."""
    check_size(data)
    kind = format_of(data, name)
    if kind == "broken":
        raise BrokenSourceError("文件内容与扩展名不符，或已损坏：请用浏览器重新保存网页。")
    if kind not in {"html", "mht"}:
        raise UnsupportedFormatError("这不是保存的网页：请用浏览器把网页另存为 html 或 mhtml 后再导入。")
    from attrtrack.reading.web import html, mht, saved  # noqa: PLC0415 - the parser is loaded only when a page comes

    if kind == "mht":
        subject, pages = mht.opened(data)
        read = saved.best_of(pages, name, subject=subject)
    else:
        read = saved.read_saved_page(html.page_of(data), name)
    check_text(read.page.text)
    return read
