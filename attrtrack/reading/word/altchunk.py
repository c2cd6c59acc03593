"""Files embedded in a Word document to be printed as its text (`w:altChunk`): pages, plain text, other documents."""

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.sniffing import extension, format_of

MOST_CHUNKS = 100
_ENDINGS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "message/rfc822": "mht",
    "multipart/related": "mht",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}


def read_chunk(data: bytes, part: str, content_type: str) -> SourceText | None:
    """Read an embedded file by its own reader, one level deep; None when it has no text.

    Raises as `read_source` does: a document of which a part cannot be read is not read at all.
    """
    from attrtrack.reading.registry import read_source  # noqa: PLC0415 - it loads the readers, this one among them
    from attrtrack.reading.word.docx import read_docx  # noqa: PLC0415 - the reader that calls this one

    ending = _ENDINGS.get(content_type.partition(";")[0].strip()) or extension(part)
    name = f"chunk.{ending}"
    try:
        if format_of(data, name) == "docx":
            return read_docx(data, name, chunks=False)
        return read_source(data, name)
    except EmptySourceError:
        return None
