"""Printed disclosure marks, wherever they stand: under the date, above the imprint, in a page header or an attribute box."""

import re
from collections.abc import Iterator

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import SourceText
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.recording.lines import Squeezed, is_blank, squeeze
from attrtrack.recording.scripts import simplified
from attrtrack.recording.ticks import TickRow, tick_row
from attrtrack.rules.schema import MarkRow
from attrtrack.rules.tables import Rules

_MAY_PRECEDE = re.compile(r"(?:^|[\n日号\d）)】\]；;|。]|印发|\d份|[）)〕])$")
_MAY_FOLLOW = re.compile(r"^(?:$|[\n（(【\[|。；;]|公开(?:时限|范围|日期)|联系|抄送|附件|印发|\d{4}年)")
_OTHER_OPTION = re.compile(r"^[|、/，,]*(?:主动|依申请|不予|免予|不)公开(?!理由|原因|依据)")
_APART = re.compile(r"(?:\s{2,}|\u3000|\t)$")
_APART_AFTER = re.compile(r"^(?:[ \u00a0]{2,}|\u3000|\t|\s+[^\s：:]{2,6}\s*[：:])")
_NOTE = re.compile(r"(?<=[（(\[])[^（()）\[\]\n]{4,120}(?=[）)\]])")
_PIECE = re.compile(r"[^，,；;。]+")
_BROKEN = re.compile(r"[（(〔\[【［〈]\s*[此本][^）)〕\]】］〉\n]{0,16}$")
_BROKEN_SENTENCE = re.compile(r"^[\s\u3000]*[（(]?[此本]件(?:为|系|属).{2,40}[，,]\s*$")
_REST_OF_SENTENCE = re.compile(r"^[\s\u3000]*作为.{2,4}公开信息")
_CLOSED = re.compile(r"^[^（()）]{1,10}[）)〕\]】］〉]\s*$")
_LONGEST_ROW, _LONGEST_REST = 60, 20  # rows of options are short, and "发布）" is shorter
_LONE = {"主动公开": "主动公开", "依申请公开": "依申请公开", "不予公开": "不予公开"}
_AFTER_DATE = re.compile(r"日\s*$")
_BRACKETS = str.maketrans("［］〈〉﹙﹚﹝﹞｛｝<>", "[]（）（）〔〕[]（）")
_BOX_LABEL = re.compile(
    r"^(?:(?:政府|政务|公文|文件|此件)?(?:信息)?公开|公文|此件)(?:方式|属性|选项|类别|类型|形式|级别)$|^是否(?:同意)?(?:对外|主动|全文|向社会)?公开$"
)
_AGREED = {"是": "主动公开", "同意": "主动公开", "否": "不予公开", "不同意": "不予公开"}
_NO_MARKS = frozenset({"批注", "脚注", "尾注", "PageHeading", "PageTitle"})


def find_marks(source: SourceText, rules: Rules) -> tuple[Mark, ...]:
    """Return every mark with its place; spans are given for the body only."""
    return (
        *marks_in(source.text, rules, Place.BODY),
        *marks_in(source.header, rules, Place.HEADER),
        *_in_fields(source.box, rules, Place.BOX),
        *_in_fields(source.metadata, rules, Place.METADATA),
    )


def marks_in(text: str, rules: Rules, place: Place) -> list[Mark]:
    """Find marks that stand alone: on a line, at its edge, or after a date or number; not inside a sentence or quotes."""
    found: list[Mark] = []
    lines = list(_lines_about_disclosure(text))
    patterns = [(re.compile(row.pattern), row) for row in rules.marks] if lines else []
    for line, start, before in lines:
        found.extend(_in_line(line, patterns, rules, place=place, start=start, before=before))
    return found


def unclear_rows(text: str) -> list[Span]:
    """Return the rows of options in which more than one is ticked."""
    rows = (
        (squeezed, start, row)
        for line, start, _ in _lines_about_disclosure(text)
        for squeezed in [_readable(line)]
        if (row := _row_of(squeezed)) and len(row.ticked) > 1
    )
    return [squeezed.span(row.span.start, row.span.end).moved(start) for squeezed, start, row in rows]


def _lines_about_disclosure(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield each line that speaks of disclosure, its offset and the line before; a mark broken over two is one line."""
    start, before = 0, ""
    lines = text.split("\n")
    skip = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        whole = line
        if not skip and len(following) <= _LONGEST_REST and _goes_on(line, following):
            whole = f"{line}\n{following}"
        if not skip and "公" in whole and ("开" in whole or "開" in whole):
            yield whole, start, before
        skip = whole is not line
        before = line if line.strip() else before
        start += len(line) + 1


def _goes_on(line: str, following: str) -> bool:
    """Whether a mark is broken over two lines: inside its bracket, or at the comma of a whole sentence."""
    if _BROKEN.search(line[-30:]) and _CLOSED.match(following):
        return True
    return len(line) <= _LONGEST_ROW and bool(_BROKEN_SENTENCE.match(line) and _REST_OF_SENTENCE.match(following))


def _readable(line: str) -> Squeezed:
    """Take out blanks; brackets of other shapes become common ones, Traditional characters simplified, one for one."""
    squeezed = squeeze(line.replace("\n", " "))
    return Squeezed(simplified(squeezed.text).translate(_BRACKETS), squeezed.offsets)


def _row_of(squeezed: Squeezed) -> TickRow | None:
    return tick_row(squeezed.text) if len(squeezed.text) <= _LONGEST_ROW else None


def _in_line(
    line: str,
    patterns: list[tuple[re.Pattern[str], MarkRow]],
    rules: Rules,
    *,
    place: Place,
    start: int,
    before: str,
) -> list[Mark]:
    squeezed = _readable(line)
    row = _row_of(squeezed)
    hits: list[tuple[Span, DisclosureAttribute, bool]] = []
    if row is not None:
        hits = [(at, attribute, False) for attribute, at in row.ticked] if len(row.ticked) == 1 else []
    elif squeezed.text in _LONE and (
        _AFTER_DATE.search(before[-20:]) or _is_on_top(squeezed.text, before, start, place=place)
    ):
        attribute = rules.attribute_named(squeezed.text)
        hits = [(Span(0, len(squeezed.text)), attribute, False)] if attribute else []
    else:
        hits = _standing(line, squeezed, patterns) or _in_notes(squeezed.text, patterns)
    marks: list[Mark] = []
    for hit, attribute, redacted in sorted(hits, key=lambda hit: hit[0]):
        span = squeezed.span(hit.start, hit.end)
        at = span.moved(start) if place is Place.BODY else None
        marks.append(Mark(span.of(line), attribute, place, at, redacted))
    return marks


def _is_on_top(text: str, before: str, start: int, *, place: Place) -> bool:
    """Whether 主动公开 is a body's first line, or its second, where some offices print it; 依申请公开 there is a menu."""
    return place is Place.BODY and text == "主动公开" and start <= len(before) + 1


def _standing(
    line: str, squeezed: Squeezed, patterns: list[tuple[re.Pattern[str], MarkRow]]
) -> list[tuple[Span, DisclosureAttribute, bool]]:
    """Find the marks of a line that stand apart from the words around them."""
    covered = bytearray(len(squeezed.text))
    found: list[tuple[Span, DisclosureAttribute, bool]] = []
    for pattern, row in patterns:
        for match in pattern.finditer(squeezed.text):
            first, last = match.span()
            if any(covered[first:last]) or not _stands_alone(line, squeezed, first, last):
                continue
            covered[first:last] = b"\x01" * (last - first)
            found.append((Span(first, last), row.attribute, row.redacted))
    return found


def _stands_alone(line: str, squeezed: Squeezed, start: int, end: int) -> bool:
    text, span = squeezed.text, squeezed.span(start, end)
    if _OTHER_OPTION.match(text[end : end + 8]):
        return False
    before = _MAY_PRECEDE.search(text[max(0, start - 2) : start]) or _APART.search(
        line[max(0, span.start - 4) : span.start]
    )
    after = _MAY_FOLLOW.match(text[end : end + 6]) or _APART_AFTER.match(line[span.end : span.end + 20])
    return bool(before and after)


def _in_notes(
    text: str, patterns: list[tuple[re.Pattern[str], MarkRow]]
) -> list[tuple[Span, DisclosureAttribute, bool]]:
    """Find a mark that shares its bracket with another note (（此件公开发布，联系人：某某）)."""
    found: list[tuple[Span, DisclosureAttribute, bool]] = []
    for note in _NOTE.finditer(text):
        outside = _MAY_PRECEDE.search(text[max(0, note.start() - 3) : note.start() - 1])
        if not outside or not _MAY_FOLLOW.match(text[note.end() + 1 : note.end() + 7]):
            continue
        for piece in _PIECE.finditer(note[0]):
            row = next((row for pattern, row in patterns if pattern.fullmatch(piece[0])), None)
            if row is not None:
                at = Span(note.start() + piece.start(), note.start() + piece.end())
                found.append((at, row.attribute, row.redacted))
    return found


def _in_fields(fields: tuple[tuple[str, str], ...], rules: Rules, place: Place) -> Iterator[Mark]:
    for label, value in fields:
        if label in _NO_MARKS:
            continue
        if not _BOX_LABEL.match(label):
            yield from marks_in(value, rules, place)
            continue
        row = tick_row("".join(char for char in f"{label}：{value}" if not is_blank(char)))
        word = _AGREED.get(value, value)
        attribute = rules.attribute_named(word)
        if row is not None and len(row.ticked) == 1:
            attribute = row.ticked[0][0]
        if attribute is not None:
            yield Mark(f"{label}：{value}", attribute, place, None, "删减" in value)


def attributes_of(marks: tuple[Mark, ...]) -> set[DisclosureAttribute]:
    """Return the attributes that marks mean; more than one is a contradiction on the paper itself."""
    return {mark.attribute for mark in marks}
