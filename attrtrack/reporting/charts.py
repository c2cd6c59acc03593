"""Charts written as SVG text: bars on a common scale, each with its words; for a page, for print, and without colours.

Decision: no chart library. Every mark is a rectangle, a line or a text, colours differ in lightness and late classes are
hatched besides, so that a grey print says the same; nothing is loaded from elsewhere, fonts are those of the reader.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

FONTS = "'Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC','SimHei',sans-serif"
INK, SOFT, FAINT, PAPER = "#1a1a1a", "#555555", "#c9c9c9", "#ffffff"
BAR, SHORT_BAR, TARGET = "#2b5c8a", "#b9c7d6", "#b3261e"
Anchor = Literal["start", "middle", "end"]
_WIDE = 0x2E80
_NARROW_EM = 0.55


def width_of(words: str, size: float) -> float:
    """Estimate how wide words are printed: a Chinese character is as wide as its size, a letter a little over half."""
    return size * sum(1.0 if ord(letter) >= _WIDE or letter in "—“”…《》" else _NARROW_EM for letter in words)


def clean(words: str) -> str:
    """Return words without what XML cannot hold, on one line."""
    kept = "".join(letter for letter in words if letter >= " " and letter not in "\ufffe\uffff" and not _half(letter))
    return re.sub(r"[ \u00a0\u2028\u2029]+", " ", kept).strip(" ")


def _half(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or "\x7f" <= letter <= "\x9f"


def fitted(words: str, size: float, room: float) -> str:
    """Return words cut to the room they have, the cut shown."""
    words = clean(words)
    if width_of(words, size) <= room:
        return words
    while words and width_of(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


@dataclass(slots=True)
class Canvas:
    """A picture in the making, in pixels from the upper left; every text is escaped here and nowhere else."""

    width: float
    height: float
    title: str
    description: str
    _marks: list[str] = field(default_factory=list)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: float = 14,
        anchor: Anchor = "start",
        ink: str = INK,
        bold: bool = False,
    ) -> None:
        """Write words on one line; `at` is the base of the line."""
        weight = ' font-weight="700"' if bold else ""
        self._marks.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{ink}"{weight}>'
            f"{escape(clean(words))}</text>"
        )

    def bar(self, at: tuple[float, float], size: tuple[float, float], fill: str, *, told: str = "") -> None:
        """Draw a rectangle; `told` is what a pointer resting on it is shown."""
        words = f"<title>{escape(clean(told))}</title>" if told else ""
        self._marks.append(
            f'<rect x="{at[0]:.1f}" y="{at[1]:.1f}" width="{max(size[0], 0):.1f}" height="{size[1]:.1f}" fill="{fill}">'
            f"{words}</rect>"
        )

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, ink: str = INK, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._marks.append(
            f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" stroke="{ink}" '
            f'stroke-width="{width:g}"{dashed}/>'
        )

    def written(self, patterns: str = "") -> str:
        """Return the picture as SVG text."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" '
            f'height="{self.height:g}" role="img" font-family="{FONTS}">'
            f"<title>{escape(clean(self.title))}</title><desc>{escape(clean(self.description))}</desc>"
            f"<defs>{patterns}</defs>"
            f'<rect width="100%" height="100%" fill="{PAPER}"/>' + "".join(self._marks) + "</svg>\n"
        )


def hatched(name: str, ground: str, ink: str, gap: float) -> str:
    """Return a pattern of slanting lines, to be used as `url(#name)`: what is late is told from what is not without colour."""
    return (
        f'<pattern id="{name}" width="{gap:g}" height="{gap:g}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{gap:g}" height="{gap:g}" fill="{ground}"/>'
        f'<line x1="0" y1="0" x2="0" y2="{gap:g}" stroke="{ink}" stroke-width="{gap / 2:g}"/></pattern>'
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its share of the scale from 0 to 1 (None: there is no value), the words beside it, its target."""

    name: str
    share: float | None
    words: str
    target: float | None = None

    @property
    def reached(self) -> bool:
        """Whether it is not below its target; without one it is."""
        return self.target is None or (self.share is not None and self.share >= self.target)


_NAMES, _WORDS, _ROW, _MARGIN, _TOP = 236.0, 84.0, 30.0, 16.0, 70.0


def bar_chart(title: str, bars: Sequence[Bar], *, width: float = 720) -> str:
    """Return a chart of horizontal bars; one that reaches its target is dark, one below it light with a dark end."""
    bottom = _TOP + _ROW * len(bars)
    canvas = Canvas(width, bottom + 34, title, "；".join(f"{bar.name} {bar.words}" for bar in bars))
    left, room = _MARGIN + _NAMES, width - 2 * _MARGIN - _NAMES - _WORDS
    canvas.text((_MARGIN, 28), fitted(title, 17, width - 2 * _MARGIN), size=17, bold=True)
    if any(bar.target is not None for bar in bars):
        canvas.line((left, 44), (left, 58), ink=TARGET, width=2.5)
        canvas.text((left + 8, 56), "目标", size=12, ink=SOFT)
        canvas.bar((left + 50, 45), (22, 12), SHORT_BAR)
        canvas.text((left + 78, 56), "没有达到", size=12, ink=SOFT)
    for tenth in (0, 5, 10):
        x = left + room * tenth / 10
        canvas.line((x, _TOP - 4), (x, bottom), ink=FAINT)
        canvas.text((x, bottom + 18), f"{tenth * 10}%", size=12, anchor="middle", ink=SOFT)
    for number, bar in enumerate(bars):
        _draw(canvas, bar, place=(left, _TOP + _ROW * number, room))
    return canvas.written()


def _draw(canvas: Canvas, bar: Bar, *, place: tuple[float, float, float]) -> None:
    left, top, room = place
    base = top + _ROW / 2 + 5
    canvas.text((left - 10, base), fitted(bar.name, 14, _NAMES - 12), anchor="end")
    if bar.target is not None:
        x = left + room * min(bar.target, 1)
        canvas.line((x, top + 2), (x, top + _ROW - 2), ink=TARGET, width=2.5)
    if bar.share is None:
        canvas.text((left + 6, base), bar.words, size=13, ink=SOFT)
        return
    length = room * min(max(bar.share, 0), 1)
    canvas.bar((left, top + 6), (length, _ROW - 12), BAR if bar.reached else SHORT_BAR, told=f"{bar.name} {bar.words}")
    if not bar.reached:
        canvas.bar((left + max(length - 3, 0), top + 6), (min(length, 3), _ROW - 12), BAR)
    canvas.text((left + room + 10, base), bar.words, size=13, bold=not bar.reached)
