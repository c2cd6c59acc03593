"""The letter as it came with the right mark in its 附注; nothing but that paragraph differs (GB/T 9704—2012, 7.3.6).

The mark stands below the date, two characters in from the left, in round brackets. Where a mark stands already it is
exchanged in its place; where the place cannot be told for sure the letter is refused, never guessed at.
"""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark
from attrtrack.errors import InputRefusedError
from attrtrack.reporting.notes import ends_a_page, note_below
from attrtrack.reporting.packages import local, open_package
from attrtrack.reporting.paragraphs import TRACKED, MainPart, Paragraph, main_part, pieces, written

if TYPE_CHECKING:
    from lxml.etree import _Element

FindMarks = Callable[[str], Sequence[Mark]]
_SIGNED = "_xmlsignatures/"
_OPENED = frozenset("（(〔[【［〈")
_BRACKETS = "（）()〔〕[]【】［］〈〉"
_LABELLED = re.compile(r"[:：|]")
_LONGEST_SIGNATURE = 60
_BY_HAND = "请在办公软件中改好标注后重新登记。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the letter shall say: the mark as it is printed (（此件公开发布）) and the marks that mean the same.

    `date` is the date of the document as printed and `before` how often it stands alone on a line before that; `issuers`
    may stand before it on its line. `elsewhere` are marks of the document outside the paragraphs of its body.
    """

    words: str
    agrees: Callable[[Mark], bool]
    date: str | None
    before: int = 0
    lines: int = 1
    issuers: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def marked_letter(data: bytes, wanted: Wanted, find: FindMarks) -> bytes:
    """Return the docx with the mark; the very bytes that came where the mark is right already.

    Raises `InputRefusedError` where the place of the mark is not sure: tables, boxes, tracked changes, signatures.
    """
    package = open_package(data)
    if any(name.lower().startswith(_SIGNED) for name in package.names):
        raise InputRefusedError("原件带有电子签名，加注标注会使签名失效：请由签名人在办公软件中改好后重新登记。")
    part = main_part(package.bytes_of(package.main) or b"")
    marks = _marks_in(part, find)
    if marks or wanted.marks:
        made = _exchanged(part, marks, wanted)
        return data if made is None else package.with_main(made)
    place = date_paragraph(part, wanted)
    if ends_a_page(place.element):
        raise InputRefusedError(f"成文日期后面就是分页或分节，加注的标注会落到下一页：{_BY_HAND}")
    return package.with_main(part.inserted(place, note_below(place.element, wanted.words, package)))


def _marks_in(part: MainPart, find: FindMarks) -> list[tuple[Paragraph, Mark, Span]]:
    """Return the marks in paragraphs of the body, with their place in what the paragraph prints."""
    text = "\n".join(paragraph.text for paragraph in part.paragraphs)
    found = []
    for mark in find(text):
        start = 0
        for paragraph in part.paragraphs:
            end = start + len(paragraph.text)
            if mark.span is not None and start <= mark.span.start and mark.span.end <= end:
                found.append((paragraph, mark, Span(mark.span.start - start, mark.span.end - start)))
            start = end + 1
    return found


def _exchanged(part: MainPart, marks: list[tuple[Paragraph, Mark, Span]], wanted: Wanted) -> bytes | None:
    """Return the part with its wrong mark exchanged, None where every mark is right."""
    wrong = [found for found in marks if not wanted.agrees(found[1])]
    others = [mark for mark in wanted.marks if not wanted.agrees(mark)]
    if not wrong and not others:
        return None
    hidden = len([mark for mark in others if mark.text not in {found.text for _, found, _ in marks}])
    if hidden or not wrong:
        raise InputRefusedError(f"标注不在正文段落里（在表格、文本框、页眉或公开方式栏中），不能代改：{_BY_HAND}")
    if len(wrong) > 1 or len(marks) > 1:
        raise InputRefusedError(f"正文里有 {len(marks)} 处公开标注，不能确定改哪一处：{_BY_HAND}")
    paragraph, mark, span = wrong[0]
    if _LABELLED.search(mark.text):
        raise InputRefusedError(f"标注写在“公开方式”一类的栏目里，不能代改：{_BY_HAND}")
    if any(local(element) in TRACKED for element in paragraph.element.iter()):
        raise InputRefusedError("标注所在的段落有修订痕迹：请先在办公软件中接受或拒绝修订，再重新登记。")
    words = wanted.words if mark.text[:1] in _OPENED else wanted.words.strip(_BRACKETS)
    made = _rewritten(paragraph.element, span, words)
    return part.exchanged(paragraph, written(made))


def _rewritten(paragraph: "_Element", span: Span, words: str) -> "_Element":
    """Return the paragraph with words in place of what it prints at `span`; its form stays that of the first run."""
    above = paragraph.getparent()
    assert above is not None  # noqa: S101 - a paragraph stands in its body
    made = copy.deepcopy(paragraph)
    paragraph.addnext(made)  # keeps the namespaces of the part in scope
    place = 0
    for element, piece in list(pieces(made)):
        start, end = max(span.start - place, 0), min(span.end - place, len(piece))
        place += len(piece)
        if start >= end:
            continue
        if local(element) != "t":
            raise InputRefusedError(f"标注中间有换行或制表符，不能代改：{_BY_HAND}")
        element.text = piece[:start] + words + piece[end:]
        words = ""
    return made


def date_paragraph(part: MainPart, wanted: Wanted) -> Paragraph:
    """Return the paragraph of the date, below which the mark belongs; refuse where it is not sure which that is."""
    if wanted.date is None:
        raise InputRefusedError("原件里没有找到成文日期，不能确定附注的位置：请补上成文日期后重新登记。")
    date = _squeezed(wanted.date)
    found = [paragraph for paragraph in part.paragraphs if is_date_line(paragraph.text, date, wanted.issuers)]
    if len(found) == 1:
        return found[0]
    if len(found) == wanted.lines and wanted.before < len(found):
        return found[wanted.before]
    where = "有多处" if found else "不在正文段落里（可能在表格或文本框中）"
    raise InputRefusedError(f"成文日期在原件中{where}，不能确定附注的位置：请在成文日期下一行加注“{wanted.words}”。")


def is_date_line(line: str, date: str, issuers: Sequence[str]) -> bool:
    """Whether a line is the date alone, or an issuer with the date behind it; `date` without blanks."""
    bare = _squeezed(line)
    if not bare.endswith(date) or len(bare) > len(date) + _LONGEST_SIGNATURE:
        return False
    before = bare[: -len(date)]
    return not before or any(before == _squeezed(name) for name in issuers)


def _squeezed(text: str) -> str:
    return "".join(text.split())
