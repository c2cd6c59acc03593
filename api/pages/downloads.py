"""Files that people take away: always saved, never opened by the browser, named in Chinese where it can show that."""

from collections.abc import Iterator
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = "text/html; charset=utf-8"
ANY = "application/octet-stream"
TEXT = "text/plain; charset=utf-8"


def saved(content: bytes, name: str, *, kind: str, plain: str) -> Response:
    """Return bytes to be saved under `name`; `plain` is the name in plain letters for old browsers."""
    return Response(content, media_type=kind, headers=_headers(name, plain))


def saved_in_parts(
    parts: Iterator[bytes], name: str, *, kind: str, plain: str, size: int | None = None
) -> StreamingResponse:
    """Return a large file the same way, a part at a time; its `size`, where it is known, shows a browser what is missing."""
    length = {} if size is None else {"Content-Length": str(size)}
    return StreamingResponse(parts, media_type=kind, headers=_headers(name, plain) | length)


def _headers(name: str, plain: str) -> dict[str, str]:
    safe = "".join(letter for letter in name if letter.isprintable() and letter not in '\\/:*?"<>|')[-120:] or plain
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}",
        "Cache-Control": "no-store",
    }
