"""Help that fits a terminal: a Chinese character is two columns wide, and a line never begins with its punctuation."""

import argparse
import re
import unicodedata
from collections.abc import Iterator

_COLUMN_AT_MOST = 28
_GAP = 2
_NOT_FIRST = frozenset("，。；：、！？）》”’…,.;:)")
_PIECE = re.compile(r"[!-~]+|\s+|.")
_EXAMPLE = re.compile(r" {2,}\S")
_NUMBERED = re.compile(r"\d\. ")


def display_width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, columns: int) -> list[str]:
    """Break a line where it is full: before any Chinese character, between other words, never before punctuation."""
    lines = [""]
    for piece in _PIECE.findall(text):
        full = display_width(lines[-1]) + display_width(piece) > columns
        if full and lines[-1] and piece not in _NOT_FIRST:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Lays help out by display width; examples stay on one line, so that they can be copied."""

    _widest = 0

    def add_argument(self, action: argparse.Action) -> None:
        """Note how wide the names of an argument are, those of commands below it too."""
        super().add_argument(action)
        if action.help is not argparse.SUPPRESS:
            self._widest = max([self._widest, *self._widths(action)])

    def _widths(self, action: argparse.Action) -> Iterator[int]:
        yield self._current_indent + display_width(self._format_action_invocation(action))
        for below in self._iter_indented_subactions(action):
            yield self._current_indent + display_width(self._format_action_invocation(below))

    def _format_action(self, action: argparse.Action) -> str:
        names = " " * self._current_indent + self._format_action_invocation(action)
        column = min(self._widest + _GAP, _COLUMN_AT_MOST)
        told = wrapped(self._expand_help(action), max(self._width - column, 20)) if action.help else []
        if told and display_width(names) + _GAP <= column:
            names += " " * (column - display_width(names)) + told.pop(0)
        lines = [names, *(" " * column + line for line in told)]
        below = [self._format_action(item) for item in self._iter_indented_subactions(action)]
        return "\n".join(lines) + "\n" + "".join(below)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines: list[str] = []
        for line in text.splitlines():
            if _EXAMPLE.match(line):
                lines.append(indent + line)
                continue
            hanging = " " * 3 if _NUMBERED.match(line) else ""
            first, *more = wrapped(line, width - len(indent) - len(hanging))
            lines += [indent + first, *(indent + hanging + rest for rest in more)]
        return "\n".join(lines)
