"""How large a document can be, and how long and how much memory its reading may take; more is refused.

Decision: an XML part costs up to fifteen times its size once parsed, and a reading process may hold 300 MB. A document
of five hundred pages has about 3 MB of XML; the caps leave it several times that, and refuse what cannot be one.
"""

from attrtrack.errors import BrokenSourceError, EmptySourceError, SourceTooLargeError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_PAGES = 2000
MAX_CHARACTERS = 1_000_000
MAX_LINES = 40_000
MAX_ROWS = 300_000

MAX_MEMORY = 245 * 1024 * 1024
"""Bytes of private memory of a reading process; with code and libraries its resident size stays below 300 MB."""
_BASE_SECONDS = 4.0
_MOST_SECONDS = 20.0
_SECONDS_PER_MEGABYTE = {"source": 0.02, "page": 0.5, "rows": 0.3, "sheets": 5.0}


def seconds_for(want: str, data: bytes) -> float:
    """Return how many seconds the reading of a `source` or of `tables` may take.

    A document takes less than five whatever its size; packed sheets hold forty thousand rows in a megabyte.
    """
    kind = want if want in {"source", "page"} else "sheets" if data.startswith(b"PK") else "rows"
    return min(_BASE_SECONDS + len(data) / 1_048_576 * _SECONDS_PER_MEGABYTE[kind], _MOST_SECONDS)


def check_size(data: bytes) -> None:
    """Refuse what is empty or larger than a document can be."""
    if not data:
        raise EmptySourceError("文件没有内容（0 字节）：请重新导出或另传一份。")
    if len(data) > MAX_BYTES:
        raise too_large()


def too_large() -> SourceTooLargeError:
    """Make the refusal of an input that is, or unpacks to, more than a document can be."""
    return SourceTooLargeError(
        f"文件过大（上限 {MAX_BYTES // 1024 // 1024} 兆字节，解压后也有上限）：请拆分、去掉图片，或只提交公文正文。"
    )


def check_text(text: str) -> None:
    """Refuse a text of more characters or lines than a document of a thousand pages has."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        raise too_large()


def too_heavy() -> SourceTooLargeError:
    """Make the refusal of a file whose reading took more time or memory than a document can need."""
    return SourceTooLargeError("读取耗时过长或占用内存过多，已停止：请拆分文件，或用办公软件打开后另存再试。")


def crashed() -> BrokenSourceError:
    """Make the refusal of a file that broke its reader."""
    return BrokenSourceError("读取这份文件时程序异常，已跳过：文件可能已损坏，请用办公软件打开后另存再试。")
