"""One file read where it is safe to read it: here when nothing can go wrong, else in a process of its own.

Decision: a small docx or txt goes through Python and a capped XML parser only, and a drafter waits for its answer: it
is read here. Everything else goes through code that a file can crash, hang or swell (PDFium, lexbor, calamine, OLE).
"""

import io
import zipfile
from typing import TYPE_CHECKING

from attrtrack.domain.documents import SourceText
from attrtrack.reading.limits import check_size
from attrtrack.reading.registry import read_source
from attrtrack.reading.sniffing import format_of

if TYPE_CHECKING:
    from attrtrack.domain.ledgers import Table
    from attrtrack.reading.isolation import IsolatedReader

_LIGHT = 2 * 1024 * 1024


def read_guarded(data: bytes, name: str, reader: "IsolatedReader | None" = None) -> SourceText:
    """Read one document: through `reader` where there is one, else here if it is light, else in a process of its own."""
    check_size(data)
    if reader is not None:
        return reader.source(data, name)
    if _is_light(data, name):
        return read_source(data, name)
    from attrtrack.reading.isolation import IsolatedReader as Reader  # noqa: PLC0415 - a light file starts without it

    with Reader() as alone:
        return alone.source(data, name)


def tables_guarded(data: bytes, name: str, reader: "IsolatedReader | None" = None) -> "tuple[Table, ...]":
    """Read one ledger through `reader`, or in a process of its own."""
    check_size(data)
    if reader is not None:
        return reader.tables(data, name)
    from attrtrack.reading.isolation import IsolatedReader as Reader  # noqa: PLC0415 - the same

    with Reader() as alone:
        return alone.tables(data, name)


def _is_light(data: bytes, name: str) -> bool:
    """Whether a file is a docx or txt so small that no reader here can crash, hang or swell over it."""
    if len(data) > _LIGHT:
        return False
    kind = format_of(data, name)
    if kind != "docx":
        return kind == "txt"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [member.file_size for member in archive.infolist() if "/media/" not in member.filename]
    return sum(parts) <= _LIGHT
