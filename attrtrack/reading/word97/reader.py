"""Binary Word documents: .doc of Word 97 and later, Kingsoft's .wps, .dot, .wpt, .eid; in bytes, those of Word 6 and 95.

Decisions: the text comes in the order and form in which the docx reader gives it (boxes before their paragraph, rows by
tabs, tracked deletions left out, remarks with the file's properties); the format is called `wps` when the name ends in a
Kingsoft extension, or has none of Word's and the file holds Kingsoft's own stream: both programs write the same container.
A container that holds something else is refused with advice on what it is.
"""

import struct
from itertools import pairwise

from attrtrack.domain.documents import SourceText
from attrtrack.errors import (
    BrokenSourceError,
    EncryptedSourceError,
    InputRefusedError,
    UnsupportedFormatError,
)
from attrtrack.reading.containers.ole import Container, damaged
from attrtrack.reading.salvage import is_encrypted_package, unsupported
from attrtrack.reading.sniffing import extension
from attrtrack.reading.word.text import check_stories, joined
from attrtrack.reading.word97.boxes import boxes_of
from attrtrack.reading.word97.drawings import Drawings, drawings_of
from attrtrack.reading.word97.fib import Story, Table, WordFile, opened_word
from attrtrack.reading.word97.pieces import piece_table
from attrtrack.reading.word97.properties import properties_of
from attrtrack.reading.word97.stories import Text

_REMARKS = (("批注", Story.ANNOTATIONS), ("脚注", Story.FOOTNOTES), ("尾注", Story.ENDNOTES))
_KINGSOFT_NAMES = frozenset({"wps", "wpt", "eid"})
_WORD_NAMES = frozenset({"doc", "dot"})
_KINGSOFT_STREAM = "wpscustomdata"
_SEPARATORS, _MOST_HEADERS = 6, 10_000
_LOCKED = frozenset({"encryptedpackage", "\tdrmcontent"})
_WORKS = frozenset({"matost", "mn0"})
_FOREIGN = (
    (_WORKS, "这是 Microsoft Works 文件，不是 WPS 文字：请用 Works 或 Word 打开，另存为 docx 后再提交。"),
    ({"workbook", "book"}, "这是 Excel 表格，不是单份公文：台账请用“导入台账”，公文请另存为 docx、pdf、html 或 txt。"),
    ({"powerpoint document"}, "这是演示文稿，不是公文：请提供 docx、pdf、html 或 txt 格式的公文。"),
    ({"__properties_version1.0"}, "这是 Outlook 邮件，不是公文：请把附件中的公文另存后再提交。"),
)
_WORKS_SIGN = b"CHNKWKS"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def read_doc(data: bytes, name: str) -> SourceText:
    """Read a binary Word document; no macro, embedded object or linked file is opened.

    Raises empty, encrypted, broken, too-large or unsupported-format.
    """
    try:
        container = Container(data)
        word = opened_word(container)
        if word is not None:
            return _source(word, name)
    except (struct.error, IndexError, OverflowError, BrokenSourceError) as error:
        raise _broken(data) from error
    raise _foreign(container, data)


def _broken(data: bytes) -> InputRefusedError:
    """Say what is wrong with a container that cannot be followed: a password, or damage."""
    if is_encrypted_package(data):
        return EncryptedSourceError("文件设有密码：请去掉密码后再提交。")
    return damaged()


def _foreign(container: Container, data: bytes) -> InputRefusedError:
    """Say what a container without a Word document is, and what to do."""
    names = container.names()
    if names & _LOCKED:
        return EncryptedSourceError("文件设有密码或权限保护：请去掉密码和保护后再提交。")
    if (container.stream("CONTENTS") or b"").startswith(_WORKS_SIGN):
        names = _WORKS
    said = next((said for kinds, said in _FOREIGN if kinds & names), "")
    if not said:
        return _broken(data) if _WORD_STREAM in data else unsupported("ole")
    return UnsupportedFormatError(said)


def _source(word: WordFile, name: str) -> SourceText:
    pieces = piece_table(word)
    text = Text(word, pieces)
    drawings = drawings_of(word)
    boxes = boxes_of(word, text, drawings, in_header=False)
    body = joined([*boxes.loose, *text.lines(*word.span(Story.MAIN), boxes.anchored)])
    header = _header(word, text, drawings)
    remarks = [
        (label, said) for label, story in _REMARKS if (said := joined(_unindented(text.lines(*word.span(story)))))
    ]
    check_stories(body, header)
    metadata = (*properties_of(word.container), *remarks)
    return SourceText(name=name, format=_format(word, name), text=body, header=header, metadata=metadata)


def _unindented(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines]


def _header(word: WordFile, text: Text, drawings: Drawings) -> str:
    """Return headers and footers of all sections, each wording once, boxes and watermarks among them."""
    boxes = boxes_of(word, text, drawings, in_header=True)
    stories = (joined(text.lines(start, end, boxes.anchored)) for start, end in _header_spans(word))
    return "\n".join(dict.fromkeys(said for said in (*stories, joined(list(boxes.loose))) if said))


def _header_spans(word: WordFile) -> list[tuple[int, int]]:
    """Return where each header and footer lies; the first six stories are the lines above notes."""
    start, end = word.span(Story.HEADERS)
    table = word.table(Table.HEADERS)
    places = struct.unpack_from(f"<{len(table) // 4}L", table)[:-1]
    if not _SEPARATORS < len(places) <= _MOST_HEADERS or list(places) != sorted(places) or start + places[-1] > end:
        return [(start, end)] if start < end else []
    spans = [(start + first, start + last) for first, last in pairwise(places[_SEPARATORS:])]
    return spans or [(start, end)]


def _format(word: WordFile, name: str) -> str:
    ending = extension(name)
    kingsoft = ending not in _WORD_NAMES and _KINGSOFT_STREAM in word.container.names()
    return "wps" if ending in _KINGSOFT_NAMES or kingsoft else "doc"
