"""Printed disclosure marks, wherever they stand: under the date, above the imprint, in a page header or an attribute box."""

import re
from collections.abc import Iterator

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import SourceText
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.recording.lines import squeeze
from attrtrack.rules.schema import MarkRow
from attrtrack.rules.tables import Rules

_MAY_PRECEDE = re.compile(r"(?:^|[\n日号）)】\]；;|。]|[）)〕])$")
_MAY_FOLLOW = re.compile(r"^(?:$|[\n（(【\[|。；;]|公开(?:时限|范围|日期)|抄送|附件|印发|\d{4}年)")
_APART = re.compile(r"(?:\s{2,}|\u3000|\t)$")
_BOX_LABEL = re.compile(r"^(?:政府)?(?:信息)?(?:公开|公文)(?:方式|属性|选项|类别|类型|形式)$|^是否(?:同意)?公开$")
_AGREED = {"是": "主动公开", "同意": "主动公开", "否": "不予公开", "不同意": "不予公开"}


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
    patterns = [(re.compile(row.pattern), row) for row in rules.marks]
    found: list[Mark] = []
    start = 0
    for line in text.split("\n"):
        if "公" in line and "开" in line:
            found.extend(_marks_in_line(line, patterns, place=place, start=start))
        start += len(line) + 1
    return found


def _marks_in_line(
    line: str, patterns: list[tuple[re.Pattern[str], MarkRow]], *, place: Place, start: int
) -> list[Mark]:
    squeezed = squeeze(line)
    covered = bytearray(len(squeezed.text))
    found: list[tuple[int, Mark]] = []
    for pattern, row in patterns:
        for match in pattern.finditer(squeezed.text):
            first, last = match.span()
            span = squeezed.span(first, last)
            apart = bool(_APART.search(line[max(0, span.start - 4) : span.start]))
            if any(covered[first:last]) or not _stands_alone(squeezed.text, first, last, apart=apart):
                continue
            covered[first:last] = b"\x01" * (last - first)
            at = Span(start + span.start, start + span.end) if place is Place.BODY else None
            found.append((first, Mark(span.of(line), row.attribute, place, at, row.redacted)))
    return [mark for _, mark in sorted(found, key=lambda hit: hit[0])]


def _stands_alone(text: str, start: int, end: int, *, apart: bool) -> bool:
    before = apart or _MAY_PRECEDE.search(text[max(0, start - 2) : start])
    return bool(before and _MAY_FOLLOW.match(text[end : end + 6]))


def _in_fields(fields: tuple[tuple[str, str], ...], rules: Rules, place: Place) -> Iterator[Mark]:
    for label, value in fields:
        if not _BOX_LABEL.match(label):
            yield from marks_in(value, rules, place)
            continue
        word = _AGREED.get(value, value)
        attribute = rules.attribute_named(word)
        if attribute is not None:
            yield Mark(f"{label}：{value}", attribute, place, None, "删减" in value)


def attributes_of(marks: tuple[Mark, ...]) -> set[DisclosureAttribute]:
    """Return the attributes that marks mean; more than one is a contradiction on the paper itself."""
    return {mark.attribute for mark in marks}
