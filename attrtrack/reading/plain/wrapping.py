"""Hard-wrapped lines rejoined: texts taken out of PDF files break every printed line, often with blank lines between.

Decision: only a line that fills the measure is joined to the next one, and never past the end of a sentence. So
titles, signatures and headings, which are short, keep their lines, and `recording` finds them.
"""

import re
import unicodedata

_PAGE_NUMBER = re.compile(
    r"^\s*(?:[—–－\-‐―·•]{1,3}\s*\d{1,4}\s*[—–－\-‐―·•]{1,3}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*$"
)
SENTENCE_END = tuple("。！？!?；;：:")
_OPENER = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条]"
    r"|.{1,24}[〔\[（(【](?:19|20)\d{2}[〕\]）)】]\s*第?\s*\d+\s*号$|[一二\d][\d〇○零一二三四五六七八九]{3}年.{1,3}月.{1,3}日$"
    r"|附件|抄送|主送|\d{1,2}[.．、]\s*[\u4e00-\u9fa5《]|[（(]此件|（联系)"
)
_LINES = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\x85")
_MIN_LINES, _MIN_FULL, _MIN_MEASURE, _MAX_MEASURE, _SLACK, _SHARE = 8, 5, 18, 60, 3.0, 0.25


def rejoin(text: str, *, printed: bool = False) -> str:
    """Return `text` with hard-wrapped lines rejoined and page numbers dropped; other texts keep their lines.

    `printed` says that every line is a printed one (PDF): even in a text too short to measure, broken sentences join.
    """
    lines = [line.rstrip() for line in _LINES.split(text)]
    lines = [line for line in lines if not _PAGE_NUMBER.match(line)]
    measure = _measure(lines)
    if measure is None:
        return "\n".join(_sentences_joined(lines) if printed else lines).strip("\n")
    return "\n".join(_paragraphs(lines, measure))


def page_numbers(text: str, rejoined: str) -> tuple[tuple[int, str], ...]:
    """Return the page numbers of `text` as printed, each with the offset in `rejoined` behind the line above it."""
    found: list[tuple[int, str]] = []
    place = 0
    for line in _LINES.split(text):
        if _PAGE_NUMBER.match(line):
            found.append((place, line.strip()))
        elif (bare := line.strip()) and (at := rejoined.find(bare, place)) >= 0:
            place = at + len(bare)
    return tuple(found)


def _sentences_joined(lines: list[str]) -> list[str]:
    """Join a line of running text that fills the page to the next one; titles and signatures have no comma."""
    full = max((width(line) for line in lines), default=0.0) - _SLACK
    joined: list[list[str]] = []
    joining = False
    for line in lines:
        if joining and line.strip() and not _OPENER.match(line):
            joined[-1].append(line.strip())
        else:
            joined.append([line])
        joining = full <= width(line) and full >= _MIN_MEASURE and "，" in line and not line.endswith(SENTENCE_END)
    return ["".join(pieces) for pieces in joined]


def width(line: str) -> float:
    """Return the printed width of a line in full-width characters; punctuation counts as full, however encoded."""
    return sum(0.5 if char.isascii() and (char.isalnum() or char == " ") else _width(char) for char in line.strip())


def _width(char: str) -> float:
    return 0.0 if unicodedata.combining(char) else 1.0


def _measure(lines: list[str]) -> float | None:
    """Return the width that wrapped lines fill, or None when the text is not hard-wrapped."""
    widths = sorted(width(line) for line in lines if line.strip())
    if len(widths) < _MIN_LINES:
        return None
    measure = widths[int(len(widths) * 0.97) - 1]
    full = sum(1 for value in widths if measure - _SLACK <= value <= measure + 1)
    longest_fits = widths[-1] <= measure + 6 or sum(value > measure + 6 for value in widths) <= len(widths) * 0.02
    wrapped = _MIN_MEASURE <= measure <= _MAX_MEASURE and full >= max(_MIN_FULL, len(widths) * _SHARE) and longest_fits
    return measure if wrapped and _open_ends(lines, measure) else None


def _open_ends(lines: list[str], measure: float) -> bool:
    """Whether full lines mostly break off inside a sentence, as wrapping does and a list of items does not."""
    full = [line for line in lines if width(line) >= measure - _SLACK]
    return sum(not line.endswith(SENTENCE_END) for line in full) * 2 > len(full)


def _paragraphs(lines: list[str], measure: float) -> list[str]:
    blank_means_break = _blanks_are_rare(lines)
    paragraphs: list[list[str]] = []
    joining = False
    for line in lines:
        bare = line.strip()
        if not bare:
            joining = joining and not blank_means_break
            continue
        if joining and not _OPENER.match(bare):
            paragraphs[-1] += [seam(paragraphs[-1][-1], bare), bare]
        else:
            paragraphs.append([bare])
        joining = measure - _SLACK <= width(line) <= measure + 1 and not bare.endswith(SENTENCE_END)
    return ["".join(pieces) for pieces in paragraphs]


def _blanks_are_rare(lines: list[str]) -> bool:
    return sum(not line.strip() for line in lines) * 4 < len(lines)


def opens(line: str) -> bool:
    """Whether a line begins something of its own: an item, a clause, a number, a date, an annex."""
    return bool(_OPENER.match(line))


def seam(before: str, after: str) -> str:
    """Return what stands between two joined lines: a blank between Latin words, else nothing."""
    latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha()
    return " " if latin else ""
