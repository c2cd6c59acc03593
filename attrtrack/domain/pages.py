"""A saved web page (网页) as values: what it says of itself, what it links to, and what stands in it besides text."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeGuard

from attrtrack.domain.documents import SourceText


def bare_address(url: str | None) -> str | None:
    """Return an address as addresses are compared: without scheme, fragment and last slash, the host in lower case."""
    if url is None or not url.strip():
        return None
    bare = url.strip().partition("#")[0].partition("://")[2] or url.strip()
    host, slash, path = bare.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def names_a_page(bare: str | None) -> TypeGuard[str]:
    """Whether a bare address is that of a page, not of a whole site."""
    return bare is not None and "/" in bare


@dataclass(frozen=True, slots=True)
class PageParts:
    """What an article holds besides running text, counted in its own body (menus, logos and icons left out)."""

    images: int = 0
    videos: int = 0
    audios: int = 0
    letters: int = 0
    """Signs of running text in the body."""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page read from its own bytes: None and empty mean that the page does not say.

    `address` is the page's own (canonical link, saved-from comment, or given beside it); `links` are the absolute or
    relative addresses in the article with the words that bear them, in order; `linked` are these and all others to which
    the page links anywhere, as many as are kept.
    """

    title: str | None
    text: str
    published: dt.date | None = None
    publisher: str | None = None
    address: str | None = None
    parts: PageParts = PageParts()
    links: tuple[tuple[str, str], ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A saved page with the source in which signs of secrecy are looked for: text, labelled fields, head and headings."""

    page: Page
    source: SourceText
