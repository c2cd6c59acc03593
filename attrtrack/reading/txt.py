"""Plain text files."""

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.decoding import decode
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.wrapping import rejoin


def read_txt(data: bytes, name: str) -> SourceText:
    """Read plain text in UTF-8, UTF-16 or GBK, hard-wrapped lines rejoined."""
    decoded = decode(data)
    if len(decoded) > MAX_CHARACTERS:
        raise too_large()
    text = rejoin(decoded.replace("\x00", ""))
    if not text.strip():
        raise EmptySourceError("文件里没有文字：请核对后另传一份。")
    return SourceText(name=name, format="txt", text=text)
