"""What the readers of docx, rtf and binary Word documents share: how lines make a text, and when there is none."""

import re
from collections.abc import Iterable

from attrtrack.errors import EmptySourceError
from attrtrack.reading.limits import check_text


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a story; several empty ones in a row become one, those at its edges go."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def check_stories(text: str, header: str) -> None:
    """Refuse a document that has no words, or more in its text or its headers than a document can have."""
    check_text(text)
    check_text(header)
    if not text.strip() and not header.strip():
        raise EmptySourceError("文档里没有文字：请核对后另传一份；如正文是图片，请提供文字版。")
