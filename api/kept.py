"""What was typed into a form whose session had ended: carried by the sign-in page, never kept on the server.

Decision: kept is only what a page of ours sent, by the browser's own word, with the cookie of a session that was in the
register; it can be resumed by the same account only, after the person has seen it, with a form token of the new session.
Passwords and files are not kept, and a form into which nothing was typed or chosen is none to keep.
"""

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser

from api.bodies import CountedBody

MAX_KEPT = 256 * 1024
"""Bytes of a form that is kept: a pasted text of eighty thousand characters."""
MAX_DOOR = MAX_KEPT + 64 * 1024
"""Bytes of the door's own form that carries it, sent in parts: percent signs would treble it."""
FORM, WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data"
UNTYPED = frozenset({"version", "once", "next", "tab", "year", "sought", "waits"})
"""Fields that a page adds by itself to say from where a form was sent."""
_MOST = 200
_LONGEST_NAME = 100
_SECRET = frozenset({"old", "new", "again"})
_OWN = "form_token"
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was not taken: where it was sent, by whom, from which page, and its fields.

    `with_file`: it is one that takes a file as well; `lost` says what was left out, `password` or `file`.
    """

    address: str
    login: str
    page: str
    fields: tuple[tuple[str, str], ...]
    with_file: bool = False
    lost: tuple[str, ...] = ()


class _InMemory(MultiPartParser):
    """Starlette's parser without its temporary files: nothing of a refused form may reach a disk."""

    spool_max_size = MAX_KEPT + 1


async def kept_form(body: CountedBody, headers: Headers, *, address: str, login: str, page: str) -> Kept | None:
    """Read a form and keep it but for passwords, files and its token; None where nothing is left, or too much."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {FORM, WITH_FILE} or not _is_small(headers.get("content-length", "")):
        return None
    data = await _read(body)
    try:
        fields, files = await _parts(headers, data) if kind == WITH_FILE else (_pairs(data), 0)
    except (MultiPartException, KeyError, ValueError):
        return None
    typed = [(name, value) for name, value in fields if name != _OWN and not _is_secret(name)]
    if not _is_worth_it(typed):
        return None
    left_out = {"password": any(_is_secret(name) for name, _ in fields), "file": files > 0}
    lost = tuple(word for word, there in left_out.items() if there)
    return Kept(address, login, page, tuple(typed), with_file=kind == WITH_FILE, lost=lost)


def _is_small(length: str) -> bool:
    return length.isascii() and length.isdecimal() and len(length) <= len(str(MAX_KEPT)) and int(length) <= MAX_KEPT


async def _read(body: CountedBody) -> bytes:
    parts, more = b"", True
    while more:
        message = await body.receive()
        parts += message.get("body", b"")
        more = message.get("more_body", False) and len(parts) <= MAX_KEPT
    return parts


def _pairs(data: bytes) -> Fields:
    return parse_qsl(data.decode(), keep_blank_values=True, max_num_fields=_MOST, strict_parsing=True)


async def _parts(headers: Headers, data: bytes) -> tuple[Fields, int]:
    """Return the text fields of a form that takes a file, and how many files came with it."""

    async def stream() -> AsyncIterator[bytes]:
        yield data

    parser = _InMemory(headers, stream(), max_files=_MOST, max_fields=_MOST, max_part_size=MAX_KEPT)  # type: ignore[arg-type]
    form = await parser.parse()
    try:
        items = form.multi_items()
        fields = [(name, value) for name, value in items if isinstance(value, str)]
        return fields, sum(not isinstance(value, str) and bool(value.filename) for _, value in items)
    finally:
        await form.close()


def _is_worth_it(typed: Iterable[tuple[str, str]]) -> bool:
    return any(value.strip() and name not in UNTYPED for name, value in typed)


def _is_secret(name: str) -> bool:
    return "password" in name.lower() or name in _SECRET


def packed(kept: Kept) -> str:
    """Write a kept form into one hidden field."""
    fields = [list(field) for field in kept.fields]
    told = [kept.address, kept.login, kept.page, fields, kept.with_file, list(kept.lost)]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Kept | None:
    """Read a kept form back; None where it is none of ours."""
    try:
        address, login, page, fields, with_file, lost = json.loads(text)
        found = tuple((name, value) for name, value in fields)
        missing = tuple(word for word in ("password", "file") if word in lost)
    except (ValueError, TypeError, RecursionError):
        return None
    words = (address, login, page, *(word for field in found for word in field))
    if not all(isinstance(word, str) for word in words) or any(len(name) > _LONGEST_NAME for name, _ in found):
        return None
    if len(found) > _MOST or any(name == _OWN or _is_secret(name) for name, _ in found):
        return None
    return Kept(address, login, page, found, with_file=with_file is True, lost=missing)
