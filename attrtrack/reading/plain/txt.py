"""Plain text files."""

import re

from attrtrack.domain.documents import SourceText
from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import BrokenSourceError, EmptySourceError
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.plain.decoding import decoded
from attrtrack.reading.plain.wrapping import page_numbers, rejoin

_MARK = re.compile("[\ufeff\x00\x1a]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_MOST_CONTROLS = 0.01


def read_txt(data: bytes, name: str) -> SourceText:
    """Read plain text in any charset that offices of the mainland, Hong Kong or Taiwan use, wrapped lines rejoined.

    Byte-order marks and zero bytes left in the middle by programs that glue files together are dropped; zero-width
    characters stay, as they may stand in a number. Broken characters are reported by the finding `text-damaged`.
    """
    reading = decoded(data)
    if len(reading.text) > MAX_CHARACTERS:
        raise too_large()
    plain = _LINE_ENDS.sub("\n", _MARK.sub("", reading.text))
    if len(_CONTROLS.findall(plain)) > len(plain) * _MOST_CONTROLS:
        raise BrokenSourceError("文件不是文本，或已损坏：请用办公软件打开后重新另存为 docx 或文本。")
    text = rejoin(plain)
    if not text.strip():
        raise EmptySourceError("文件里没有文字：请核对后另传一份。")
    numbers = page_numbers(plain, text)
    return SourceText(name=name, format="txt", text=text, findings=_damage(reading.broken), page_numbers=numbers)


def _damage(broken: int) -> tuple[Finding, ...]:
    if not broken:
        return ()
    sentence = f"文本有 {broken} 处字符已损坏，以“\ufffd”代替：请核对原件，必要时重新导出。"
    return (Finding("text-damaged", Severity.FLAG, sentence),)
