"""Signs of state secrecy: a document that bears one is refused, and nothing of it goes into the message or a log."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from attrtrack.domain.documents import Document, SourceText
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.recording.lines import bare, squeeze
from attrtrack.recording.scripts import simplified
from attrtrack.rules.tables import Rules

_HEAD_LINES, _HEAD_WIDTH = 15, 80
_TAIL_LINES, _UNDER_ANNEX = 12, 3
_SHORT, _MOST_SPLIT, _LONGEST_NAME = 4, 8, 300
_FIRST_SIGNS = ("绝", "絕", "机", "機", "秘", "祕")
_APART = re.compile(r"\s{2,}|[\u3000\t|]+")
_LEVELS = re.compile("[绝絕机機秘祕]密")
_ANNEX = re.compile(r"^附(?:件|表|录)[\d一二三四五六七八九十]{0,3}[:：]?$")
_LABEL = re.compile(r"^(?:(?:文件|公文)?密[级級]|份[号號])[:：]?$")
_INVISIBLE = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_TYPED = str.maketrans({"︰": ":", "∶": ":", "꞉": ":", "˸": ":", "㊙": "〔秘密〕"})
_DRESSED = re.compile(r"^[#>*_`~·•\s-]+(?=[^#>*_`~])|[*_`~]+$")
_NAME_PARTS = re.compile(r"[\s_.·+-]+|(?<=[】）)\]〕])|(?=[【（(\[〔])")
_FOOT = re.compile(r"^(?:抄送|抄报|分送|主送)|[日号]$|印[发發制]$")


def refuse_classified(source: SourceText, rules: Rules) -> None:
    """Raise `ClassifiedMaterialError` if the text, header, box, metadata or name bears a sign (保密法 art. 31)."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    body = [squeeze(line).text for line in lines if "密" in line]
    fields = [text for label, value in (*source.box, *source.metadata) for text in (f"{label}：{value}", value)]
    head = [
        *_at_the_edges(lines),
        *_pieces(source.header.split("\n")),
        *_pieces(_lines_of(fields)),
        *_named(source.name),
    ]
    sign = sign_in(head, [*body, *_split(lines)], rules)
    if sign is not None:
        raise ClassifiedMaterialError(sign)


def refuse_classified_text(document: Document, rules: Rules) -> None:
    """Raise `ClassifiedMaterialError` if a document that came in without a file bears a sign in its text or elements."""
    box = tuple(("", element.text) for element in document.elements if element.span is None)
    loose = tuple(("", words) for words in (document.title, document.number, document.addressee) if words)
    refuse_classified(SourceText(document.title or "", document.format, document.text, box=(*box, *loose)), rules)


def refuse_classified_name(name: str, rules: Rules) -> None:
    """Raise `ClassifiedMaterialError` if the name of a file bears a sign, whether its content can be read or not."""
    sign = sign_in(_named(name), [], rules)
    if sign is not None:
        raise ClassifiedMaterialError(sign)


def secrecy_sign(texts: Iterable[str], rules: Rules) -> str | None:
    """Return the code of the first sign in loose fields (title, number, id, a cell), None when they bear none.

    Each text is judged like the head of a document; a field whose name matters is given as `密级：机密`.
    """
    lines = _lines_of(texts)
    return sign_in([*_pieces(lines), *_split(lines)], [], rules)


def sign_in(head: list[str], body: list[str], rules: Rules) -> str | None:
    """Return the code of the first rule that finds a sign; lines are given without blanks, in either script."""
    head = [dressed for line in head for dressed in _undressed(_plain(line))]
    everything = [line for line in (*head, *map(_plain, body)) if "密" in line]
    for row in rules.secrecy:
        lines = head if row.where == "head" else everything
        if any(re.search(row.pattern, line) for line in lines):
            return row.code
    return None


def _plain(line: str) -> str:
    """Return a line in simplified characters with half-width signs, so that a sign is found however it was typed."""
    return simplified(unicodedata.normalize("NFKC", _INVISIBLE.sub("", line).translate(_TYPED)))


def _undressed(line: str) -> tuple[str, ...]:
    """Return a line, and without the signs of plain-text markup (`# 机密`, `**机密**`) where it bears some."""
    undressed = _DRESSED.sub("", line)
    return (line,) if undressed == line else (line, undressed)


def _named(name: str) -> list[str]:
    """Return what the name of a file says: the whole, and its parts at blanks, points, dashes and brackets."""
    stem = PurePosixPath(name.replace("\\", "/")).stem[-_LONGEST_NAME:]
    parts = [part for part in _NAME_PARTS.split(_plain(stem)) if "密" in part]
    return [*_pieces([stem]), *parts]


def _lines_of(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line.strip()]


def _at_the_edges(lines: list[str]) -> list[str]:
    """Return the short lines where a level may stand alone: head, imprint, and the first lines of an annex."""
    lines = _without_lists(lines)
    annexed = [
        line
        for index, title in enumerate(lines)
        if len(title) < _HEAD_WIDTH and _ANNEX.match(bare(title))
        for line in lines[index + 1 : index + 1 + _UNDER_ANNEX]
    ]
    top = lines[:_HEAD_LINES]
    below = lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]
    foot = next((index for index, line in enumerate(below) if _FOOT.search(bare(line[-_HEAD_WIDTH:]))), len(below))
    return [*_pieces([*top, *below[foot:], *annexed]), *_split(top)]


def _without_lists(lines: list[str]) -> list[str]:
    """Leave out three lines that name the three levels one after the other: they speak of levels and state none."""
    listed: set[int] = set()
    for first in range(len(lines) - 2):
        named = [set(_LEVELS.findall(line)) if len(line) < _HEAD_WIDTH else set() for line in lines[first : first + 3]]
        if all(len(levels) == 1 for levels in named) and len(set.union(*named)) == len(named):
            listed.update(range(first, first + 3))
    return [line for index, line in enumerate(lines) if index not in listed]


def _pieces(lines: Iterable[str]) -> list[str]:
    """Return each short line, and its parts where wide blanks set a level apart from a letterhead or a title."""
    pieces: list[str] = []
    for line in lines:
        whole = bare(line)
        if len(whole) > _HEAD_WIDTH:
            continue
        pieces.append(whole)
        parts = [part for part in _APART.split(line.strip()) if part]
        if len(parts) > 1 and len(set(_LEVELS.findall(whole))) == 1:
            pieces.extend(bare("".join(parts[cut:])) for cut in range(1, len(parts)))
            pieces.extend(bare("".join(parts[:cut])) for cut in range(1, len(parts)))
            pieces.extend(bare(part) for part in parts)
    return pieces


def _split(lines: list[str]) -> Iterator[str]:
    """Yield a level printed over several short lines (机, 密, ★, 十年), as upright text boxes and forms give it."""
    short = [bare(line) if len(line) < _HEAD_WIDTH else line for line in lines]
    for index, line in enumerate(short):
        if _LABEL.match(line) and index + 1 < len(short):
            yield f"{line.rstrip(':：')}：{short[index + 1][:_HEAD_WIDTH]}"
        if not line.startswith(_FIRST_SIGNS) or len(line) > _SHORT:
            continue
        joined = line
        for following in short[index + 1 : index + _MOST_SPLIT]:
            if len(following) > _SHORT:
                break
            joined += following
            yield joined
