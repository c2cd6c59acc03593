"""Web archives (mht, mhtml): a page saved by a browser or by Word as one file; only its pages are looked at."""

import email
import email.policy
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BrokenSourceError, EmptySourceError
from attrtrack.reading.limits import too_large
from attrtrack.reading.plain.decoding import charset_named, decode_page
from attrtrack.reading.web.html import read_page

_MOST_PARTS, _MOST_PAGES, _LARGEST_PART = 2000, 8, 12 << 20
_LONGEST_SUBJECT = 2000
_TEXT_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def read_mht(data: bytes, name: str) -> SourceText:
    """Read the page of a web archive: its root, or the frame that holds most text; pictures are passed over."""
    best: SourceText | None = None
    subject, pages = opened(data)
    for page, _ in pages:
        try:
            source = read_page(page, name)
        except EmptySourceError:
            continue
        if best is None or len(source.text) > len(best.text):
            best = source
    if best is None:
        raise EmptySourceError("网页存档里没有文字：请用浏览器打开后复制正文，另存为文本或 docx 后再提交。")
    return replace(best, metadata=(*best.metadata, ("Subject", subject))) if subject else best


def opened(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Return the subject of the archive, which is the title of its page, and the decoded pages with their addresses.

    The first page's address is the one that the browser saved it from.
    """
    if data.count(b"\n--") > _MOST_PARTS:
        raise too_large()
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        subject = str(make_header(decode_header(str(message.get("Subject", ""))[:_LONGEST_SUBJECT])))
        pages = [(text, _location(part)) for part in message.walk() if (text := _text(part)) is not None]
        saved_from = str(message.get("Snapshot-Content-Location", "")).strip()
        if pages and saved_from:
            pages[0] = (pages[0][0], saved_from)
        return subject.strip(), pages[:_MOST_PAGES]
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise BrokenSourceError("网页存档已损坏：请用浏览器重新保存，或复制正文另存为文本后再提交。") from error


def _location(part: Message) -> str:
    return str(part.get("Content-Location", "")).strip()


def _text(part: Message) -> str | None:
    """Decode a part that is a page; its declared charset counts where its bytes agree."""
    if part.is_multipart() or part.get_content_type() not in _TEXT_TYPES:
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    if len(content) > _LARGEST_PART:
        raise too_large()
    declared = charset_named(str(part.get_content_charset() or ""))
    try:
        return content.decode(declared) if declared else decode_page(content)
    except UnicodeDecodeError:
        return decode_page(content)
