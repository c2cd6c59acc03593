"""How large a document can be; more is refused before it is parsed."""

from attrtrack.errors import EmptySourceError, SourceTooLargeError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
MAX_ROWS = 300_000


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
