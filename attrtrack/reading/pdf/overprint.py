"""Levels of secrecy that laying out a page would tear, as where a box with 机密★5年 is printed across another line."""

import re

from attrtrack.reading.pdf.glyphs import Glyph
from attrtrack.reading.pdf.layout import Line

_FIRST = frozenset("绝絕机機秘祕")
_LEVEL = re.compile("[绝絕机機秘祕]密")
_LONGEST, _MOST = 40, 50
_SAME_LINE, _WIDEST_GAP = 0.3, 2.0
_HEAD, _SIGN, _INDENT = 12, 16, 4


def torn_signs(glyphs: list[Glyph], lines: list[Line]) -> list[str]:
    """Return the short stretches of writing that may state a level and that no line of the page holds unbroken."""
    if not any(glyph.char in _FIRST for glyph in glyphs):
        return []
    held = "".join("".join(line.text.split()) + "\n" for line in lines)
    written = (
        stretch for stretch in map(_text, _stretches(glyphs)) if len(stretch) <= _LONGEST and _LEVEL.search(stretch)
    )
    return [stretch for stretch in dict.fromkeys(written) if stretch not in held][:_MOST]


def signs_at_head(glyphs: list[Glyph]) -> list[str]:
    """Return a level that stands apart at the head of the first page, lest it be joined to the line below it."""
    margin = min((glyph.left for glyph in glyphs), default=0.0)
    head = [stretch for stretch in _stretches(glyphs)[:_HEAD] if _LEVEL.search(_text(stretch))]
    apart = [stretch for stretch in head if stretch[0].left > margin + _INDENT * stretch[0].size]
    return [
        _text(stretch) for stretch in apart if _LEVEL.match(_text(stretch)) and len(stretch) < _SIGN and len(head) == 1
    ]


def _text(stretch: list[Glyph]) -> str:
    return "".join(glyph.char for glyph in stretch)


def _stretches(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return what was written in one go: on one base line, without a wide gap or a step back."""
    stretches: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is None or not _follows(before, glyph):
            stretches.append([])
        stretches[-1].append(glyph)
        before = glyph
    return stretches


def _follows(before: Glyph, glyph: Glyph) -> bool:
    level = abs(glyph.y - before.y) <= _SAME_LINE * before.size
    return level and -before.size < glyph.left - before.right < _WIDEST_GAP * before.size
