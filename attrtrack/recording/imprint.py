"""The imprint (版记) at the end of a document: who gets a copy, and the date of printing."""

import re
from collections.abc import Iterator

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.recording.lines import Found, Line

_TIMES = r"[\s，,（(]*(?:共\s*)?(?:印\s*数?\s*)?[：:]?\s*(?:\d+\s*份)?[）)]?\s*"
_IMPRINT = re.compile(rf"(?:印\s*[发制]|日\s*印){_TIMES}$|^印\s*[发制]\s*(?:日期|时间)\s*[：:]")
_PRINTED = re.compile(rf"^印(?:\s*[发制])?{_TIMES}$")
_PRINT_LABEL = re.compile(r"印\s*[发制]\s*(?:日期|时间)\s*[：:]\s*$")
_COPIES = re.compile(r"^[（(]?\s*(?:抄\s*[送报]|分\s*送|报\s*送|主\s*送|送)(?:\s*(?:单位|机关))?\s*[：:]\s*(?=\S|$)")
_TO = re.compile(r"主\s*送")
_ENDS = re.compile(r"[。.]\s*[）)]?$")
_CUT = re.compile(r"[，,、；;。\n\t]|[\u3000 ]{2,}")
_OPEN, _CLOSE = "（(〔[《", "）)〕]》"
_EDGES = re.compile(r"^[\s。，,、；;]+|[\s。，,、；;]+$")
_MOST_LINES, _LONGEST = 8, 2000
_SHORTEST_ORGAN, _MOST_ORGANS = 2, 300


def is_imprint(text: str) -> bool:
    """Whether a line names the organ that printed the document and when (某办公室　2023年7月10日印发)."""
    return "印" in text and bool(_IMPRINT.search(" ".join(text.split())))


def is_copies(text: str) -> bool:
    """Whether a line begins the list of those that get a copy."""
    return bool(_COPIES.match(text))


def read_imprint(lines: list[Line]) -> tuple[WrittenDate, Found] | None:
    """Find the date of printing in the imprint (…年…月…日印发), the last one of the text, also on a line broken in two."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not is_imprint(line.text):
            continue
        for date, span in find_dates(line.text):
            before, after = line.text[: span.start], " ".join(line.text[span.end :].split())
            if _PRINTED.match(after) or (_PRINT_LABEL.search(before) and not after):
                return date, line.part(span)
        broken = _broken(lines[index - 1], line) if index else None
        if broken is not None:
            return broken
    return None


def _broken(above: Line, line: Line) -> tuple[WrittenDate, Found] | None:
    """Read a date that ends the line above a lone 印发."""
    if not _PRINTED.match(line.text):
        return None
    for date, span in find_dates(above.text):
        if span.end == len(above.text):
            return date, above.part(span)
    return None


def read_copies(lines: list[Line]) -> list[Found]:
    """List the organs under 抄送, 抄报 and 分送; a list may run over several lines."""
    found: list[Found] = []
    index = 0
    while index < len(lines) and len(found) < _MOST_ORGANS:
        label = _COPIES.match(lines[index].text)
        if label is None or (_TO.search(label[0]) and not found):
            index += 1
            continue
        end = _end_of_list(lines, index)
        found.extend(_organs(lines[index:end], label.end()))
        index = end
    return list({organ.text: organ for organ in reversed(found)}.values())[::-1]


def _end_of_list(lines: list[Line], first: int) -> int:
    """Return the index after the last line of a list: it ends with a full stop, and before the imprint or another list."""
    for index in range(first, min(len(lines), first + _MOST_LINES)):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if _ENDS.search(lines[index].text) or not following or _COPIES.match(following) or is_imprint(following):
            return index + 1
        if not _runs_on(lines[index].text, following):
            return index + 1
    return min(len(lines), first + _MOST_LINES)


def _runs_on(text: str, following: str) -> bool:
    """Whether a list goes on: it breaks off at a comma or at its label, or the next line ends like a list does."""
    bare = text.rstrip()
    dated = any(True for _ in find_dates(following))
    if dated or following.startswith(("附件", "（", "(", "公开", "信息公开", "联系", "印")):
        return False
    return bare.endswith(("，", ",", "、", "；", "：", ":")) or _ENDS.search(following) is not None


def _organs(lines: list[Line], skipped: int) -> Iterator[Found]:
    """Cut the lines of one list at its commas, outside brackets; 省、市有关部门 and a name broken over two lines stay whole."""
    places = [line.span.start + place for line in lines for place in range(len(line.text))][skipped:]
    text = "".join(line.text for line in lines)[skipped:][:_LONGEST]
    depth = begin = 0
    for place in range(len(text) + 1):
        inside = place < len(text)
        depth += (text[place] in _OPEN) - (depth > 0 and text[place] in _CLOSE) if inside else 0
        if inside and (depth or not _CUT.match(text, place) or _is_half(text, begin, place)):
            continue
        organ = _EDGES.sub("", text[begin:place])
        organ = organ if any(sign in organ for sign in _OPEN) else organ.rstrip(_CLOSE)
        if organ:
            first = text.index(organ, begin)
            yield Found(organ, Span(places[first], places[first + len(organ) - 1] + 1))
        begin = place + 1


def _is_half(text: str, begin: int, place: int) -> bool:
    """Whether a dash comma parts the two halves of 省、市有关部门 or follows nothing."""
    return text[place] == "、" and len(text[begin:place].strip()) < _SHORTEST_ORGAN
