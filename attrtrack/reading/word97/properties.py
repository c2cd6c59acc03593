"""File properties of OLE documents ([MS-OLEPS]): title, subject, keywords … and the office's own, in their code page."""

import struct
from collections.abc import Iterator

from attrtrack.reading.containers.ole import Container
from attrtrack.reading.plain.decoding import CODE_PAGES

_SUMMARY = {2: "title", 3: "subject", 5: "keywords", 6: "description"}
_DOCUMENT = {2: "category", 14: "Manager", 15: "Company", 27: "contentStatus"}
_STREAMS = (("\x05SummaryInformation", _SUMMARY), ("\x05DocumentSummaryInformation", _DOCUMENT))
_WIDE, _CODE_PAGE, _DICTIONARY = 1200, 1, 0
_SHORT, _LONG, _TRUTH, _BYTES, _UNICODE = 2, 3, 11, 30, 31
_MOST, _LONGEST = 500, 20_000


def properties_of(container: Container) -> list[tuple[str, str]]:
    """Return label and value of each property that says something; what cannot be read is left out."""
    pairs: list[tuple[str, str]] = []
    for name, labels in _STREAMS:
        stream = container.stream(name) or b""
        try:
            for index, section in enumerate(_sections(stream)):
                pairs.extend(_pairs(section, labels if index == 0 else None))
        except (struct.error, IndexError, LookupError):
            continue
    return [(label, value) for label, value in pairs if label and value]


def _sections(stream: bytes) -> Iterator[bytes]:
    if len(stream) < 48:  # noqa: PLR2004 - the header with one section
        return
    (count,) = struct.unpack_from("<L", stream, 24)
    for index in range(min(count, 2)):
        (place,) = struct.unpack_from("<L", stream, 28 + 20 * index + 16)
        (size,) = struct.unpack_from("<L", stream, place)
        yield stream[place : place + size]


def _pairs(section: bytes, labels: dict[int, str] | None) -> Iterator[tuple[str, str]]:
    """Yield the properties of a section; without `labels` it names them itself, as the office's own ones are."""
    (count,) = struct.unpack_from("<L", section, 4)
    places = dict(struct.iter_unpack("<LL", section[8 : 8 + 8 * min(count, _MOST, (len(section) - 8) // 8)]))
    page = 936
    if _CODE_PAGE in places:
        page = struct.unpack_from("<H", section, places[_CODE_PAGE] + 4)[0]
    if labels is None:
        labels = dict(_dictionary(section, places.get(_DICTIONARY), page))
    for number, place in places.items():
        if number in labels and number != _CODE_PAGE:
            yield labels[number], _value(section, place, page)


def _dictionary(section: bytes, place: int | None, page: int) -> Iterator[tuple[int, str]]:
    if place is None:
        return
    (count,) = struct.unpack_from("<L", section, place)
    at = place + 4
    for _ in range(min(count, _MOST)):
        number, length = struct.unpack_from("<LL", section, at)
        size = min(length, _LONGEST) * (2 if page == _WIDE else 1)
        yield number, _decoded(section[at + 8 : at + 8 + size], page)
        at += 8 + (size + 3 & ~3 if page == _WIDE else size)


def _value(section: bytes, place: int, page: int) -> str:
    kind, length = struct.unpack_from("<LL", section[place : place + 8].ljust(8, b"\x00"))
    start = place + 8
    if kind == _BYTES:
        return _decoded(section[start : start + min(length, _LONGEST)], page)
    if kind == _UNICODE:
        return _decoded(section[start : start + 2 * min(length, _LONGEST)], _WIDE)
    if kind in {_SHORT, _LONG}:
        return str(struct.unpack_from("<h" if kind == _SHORT else "<l", section, place + 4)[0])
    return ("true" if length & 0xFFFF else "false") if kind == _TRUTH else ""


def _decoded(raw: bytes, page: int) -> str:
    charset = "utf-16-le" if page == _WIDE else CODE_PAGES.get(page, "gb18030")
    return raw.decode(charset, errors="replace").split("\x00", 1)[0].strip()
