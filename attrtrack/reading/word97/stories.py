"""The stories of a binary Word document as lines: fields by their results, rows by tabs, boxes at their anchors."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence

from attrtrack.reading.word.marked import PRIVATE_SIGNS, drawn, in_font
from attrtrack.reading.word97.fib import WordFile
from attrtrack.reading.word97.fields import instructions, is_tick_box, ticked
from attrtrack.reading.word97.fonts import font_names
from attrtrack.reading.word97.pages import ParagraphLook, character_runs, paragraph_runs
from attrtrack.reading.word97.pieces import PieceTable, whole_characters
from attrtrack.reading.word97.rows import Rows

_MARK = re.compile("[\r\x07\x0c]")
_PARAGRAPH_MARK, _CELL_MARK = "\r", "\x07"
_CONTROLS: dict[int, str | None] = {code: None for code in range(0x20) if code != 0x09}  # noqa: PLR2004 - the tab stays
_SPECIAL = _CONTROLS | {0x0B: "\n", 0x0E: "\n", 0x1E: "-"}
_SYMBOL_FONTS = "wingdings"
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEFT_OUT, _REPLACED = 1, 2
_NOWHERE = ParagraphLook()
Anchored = Sequence[tuple[int, list[str]]]


class Text:
    """The whole text, what is left out of it (deletions, instructions of fields) and what stands for symbols."""

    def __init__(self, word: WordFile, pieces: PieceTable) -> None:
        self._word = word
        self._pieces = pieces
        self._text = pieces.text
        self._changed = bytearray(len(self._text))
        self._instead: dict[int, str] = {}
        self._forms: dict[int, int] = {}
        self._paragraphs: list[tuple[int, int, ParagraphLook]] | None = None
        self._apply_formats()

    def lines(self, start: int, end: int, boxes: Anchored = ()) -> list[str]:
        """Return the lines between two characters; `boxes` are lines by anchor, in order, told before their paragraph."""
        self._apply_fields(start, end)
        tables = self._text.find(_CELL_MARK, start, end) >= 0
        rows = Rows(marked=not tables or bool(self._looks()))
        first, last = (bisect_left(boxes, at, key=lambda box: box[0]) for at in (start, end))
        waiting = deque(boxes[first:last])
        for begin, after, mark in self._paragraphs_between(start, end):
            lines: list[str] = []
            while waiting and waiting[0][0] < after:
                place, box = waiting.popleft()
                lines.extend(() if self._changed[place] == _LEFT_OUT else box)
            said = self._shown(begin, after - len(mark)).split("\n")
            look = self._look_at(after - 1) if tables else _NOWHERE
            rows.add([*lines, *said], mark, look)
        return rows.lines()

    def _apply_formats(self) -> None:
        for piece in self._pieces.pieces:
            if piece.deleted:
                self._leave_out(piece.start, piece.end)
        fonts = font_names(self._word)
        telling = frozenset(number for number, name in enumerate(fonts) if name.casefold().startswith(_SYMBOL_FONTS))
        for start, end, look in self._pieces.placed(character_runs(self._word, telling)):
            if look.deleted:
                self._leave_out(start, end)
            elif look.form is not None:
                self._forms[start] = look.form
            elif look.symbol is not None:
                number, code = look.symbol
                sign = in_font(code, fonts[number] if number < len(fonts) else "")
                for at in range(start, end):
                    if self._text[at] == "(":
                        self._put(at, sign)
            elif look.font is not None:
                self._set_in(fonts[look.font], start, end)

    def _set_in(self, font: str, start: int, end: int) -> None:
        """Note what a font of signs prints for the characters set in it."""
        for at in range(start, end):
            sign = in_font(ord(self._text[at]), font) if self._text[at] > " " else ""
            if sign:
                self._put(at, sign)

    def _leave_out(self, start: int, end: int) -> None:
        self._changed[start:end] = bytes([_LEFT_OUT]) * (end - start)

    def _put(self, at: int, sign: str) -> None:
        if self._changed[at] != _LEFT_OUT:
            self._changed[at] = _REPLACED
            self._instead[at] = sign

    def _apply_fields(self, start: int, end: int) -> None:
        hidden: list[tuple[int, int]] = []
        for begin, after, last in instructions(self._text, start, end):
            hidden.append((begin, after))
            if is_tick_box(self._text, begin, after):
                self._put(last, self._tick(begin, after))
            elif last <= after + 1 and (sign := drawn(self._text[begin + 1 : after])):
                self._put(last, sign)
        reached = start
        for begin, after in sorted(hidden):
            self._leave_out(max(begin, reached), max(after, reached))
            reached = max(reached, after)

    def _tick(self, begin: int, end: int) -> str:
        place = next((self._forms[at] for at in range(begin, min(end, begin + 200)) if at in self._forms), None)
        found = ticked(self._word.container.stream("Data") or b"", place) if place is not None else None
        return {True: "☑", False: "□", None: ""}[found]

    def _paragraphs_between(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield begin, end with mark, and mark of each paragraph; one whose mark is deleted goes on in the next."""
        begin = start
        for mark in _MARK.finditer(self._text, start, end):
            if mark[0] == _PARAGRAPH_MARK and self._changed[mark.start()] == _LEFT_OUT:
                continue
            yield begin, mark.end(), mark[0]
            begin = mark.end()
        if begin < end:
            yield begin, end, ""

    def _shown(self, start: int, end: int) -> str:
        """Return what a reader sees of the characters between two places."""
        shown = self._text[start:end]
        changed = self._changed[start:end]
        if any(changed):
            shown = "".join(
                self._instead[at] if change else self._text[at]
                for at, change in enumerate(changed, start)
                if change != _LEFT_OUT
            )
        shown = shown.translate(_SPECIAL).translate(PRIVATE_SIGNS)
        return whole_characters(shown) if _SURROGATE.search(shown) else shown

    def _looks(self) -> list[tuple[int, int, ParagraphLook]]:
        if self._paragraphs is None:
            self._paragraphs = sorted(paragraph_runs(self._word), key=lambda run: run[:2])
        return self._paragraphs

    def _look_at(self, place: int) -> ParagraphLook:
        looks = self._looks()
        offset = self._pieces.offset_of(place)
        index = bisect_right(looks, offset, key=lambda run: run[0]) - 1
        return looks[index][2] if index >= 0 and offset < looks[index][1] else _NOWHERE
