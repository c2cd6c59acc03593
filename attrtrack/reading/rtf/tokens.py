"""The tokens of RTF: control words, bytes by their code, groups, plain text; binary data are jumped over."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\'?",
    re.DOTALL,
)


class Token(NamedTuple):
    """One token: a control word with its number, a brace (`{`, `}`), a sign (`*`, `~` …), or bytes of text."""

    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file; line ends between them say nothing."""
    at = 0
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        word, number, code, sign, brace, text = found.groups()
        if text:
            yield Token(text=text)
        elif word:
            value = int(number) if number else None
            if word == b"bin":
                at += max(0, value or 0)
            yield Token(word.decode("ascii"), value)
        elif code:
            yield Token(text=bytes.fromhex(code.decode("ascii")))
        elif brace or sign:
            yield Token((brace or sign).decode("latin-1"))
