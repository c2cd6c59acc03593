"""Plain text files."""

from attrtrack.domain.documents import SourceText
from attrtrack.errors import EmptySourceError
from attrtrack.reading.decoding import decode
from attrtrack.reading.wrapping import rejoin


def read_txt(data: bytes, name: str) -> SourceText:
    """Read plain text in UTF-8, UTF-16 or GBK, hard-wrapped lines rejoined."""
    text = rejoin(decode(data).replace("\x00", ""))
    if not text.strip():
        raise EmptySourceError("文件里没有文字：请核对后另传一份。")
    return SourceText(name=name, format="txt", text=text)
