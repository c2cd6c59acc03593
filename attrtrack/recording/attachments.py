"""Attachments: those that the body names (附件说明) against those that the file itself holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attrtrack.domain.dates import find_dates
from attrtrack.domain.documents import Element
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Place
from attrtrack.recording.imprint import is_copies, is_imprint
from attrtrack.recording.lines import Found, Line, bare
from attrtrack.recording.organs import names_in
from attrtrack.recording.titles import looks_like_title, title_first
from attrtrack.rules.tables import Rules

_CHINESE = "一二三四五六七八九十"
_LABEL = re.compile(
    r"^(?:附\s*[件表图录](?:\s*[：:]\s*|[\s\u3000]+(?=\S)(?!(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[：:]?$)|$)|附[：:]\s*"
    r"|[（(【\[—–\-]{1,6}附\s*[件表图录]\s*(?P<fenced>\d{1,2}|[一二三四五六七八九十]{1,3})[）)】\]—–\-]{1,6}$"
    r"|附\s*[件表图录]\s*(?:之\s*)?[（(【\[]?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)】\]]?(?:\s*[：:.．、]\s*|[\s\u3000]+|(?=《)|$)"
    r"|附\s*(?P<short>\d{1,2})\s*[：:]?$)"
)
_ITEM = re.compile(
    r"(?:^|(?<=[\s：:；;。，,、\u3000]))(?:[（(]?(?P<figure>\d{1,2})(?:[.．、）)]|(?=[\s\u3000]+\S))[\s\u3000]*(?![.．]|\d(?!\d{3}|\d?[月日]))|(?P<circled>[①-⑳])[\s\u3000]*)"
)
_EXTENSION = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpe?g|png|pptx?|txt)$", re.IGNORECASE)
_EDGES = re.compile(r"^[\s\u3000]+|[\s\u3000；;。，,、]+$")
_SENTENCE = re.compile(r"[。！？]\s*\S|[；;]\s*(?![（(]?\d{1,2}[.．、）)])\S")
_SEAM = re.compile(r"[《》（）()\s\u3000“”\"']|\.(?:docx?|xlsx?|pdf|wps)$")
_MOST_LABELS, _SHORT_TITLE = 500, 6
_LONGEST, _MOST, _WRAPPED, _TITLE_LINES = 160, 99, 2, 4


@dataclass(frozen=True, slots=True)
class Named:
    """An attachment with its number, if it has one, and where its name stands."""

    number: int | None
    found: Found


def read_attachments(
    lines: Sequence[Line], start: int, foot: int | None, *, inside: Sequence[str], rules: Rules
) -> list[Element]:
    """Compare what the lines from `start` on name with the headings below line `foot` (the signature) and `inside`.

    `inside` names the attachments embedded in the file itself.
    """
    named, present = _collected(lines, start, foot, rules)
    titles = _short_texts(lines, foot) if named else {}
    taken: set[int] = set()
    elements: list[Element] = []
    kept = [_bare_name(name) for name in inside]
    for item in named:
        index = _partner(item, present, taken, alone=len(named) == len(present) == 1)
        taken |= {index} if index is not None else set()
        name = _bare_name(item.found.text)
        here = index is not None or name in titles or any(_alike(name, other) for other in kept)
        elements.append(_element("attachment" if here else "attachment_absent", item.found))
    names = [_bare_name(item.found.text) for item in named]
    elements += [_element("attachment_unnamed", item.found) for i, item in enumerate(present) if i not in taken]
    unnamed = [name for name in inside if not any(_alike(_bare_name(name), other) for other in names)]
    return elements + [Element("attachment_unnamed", name, Place.METADATA) for name in unnamed]


def _element(name: str, found: Found) -> Element:
    return Element(name, found.text, Place.BODY, found.span)


def _partner(item: Named, present: Sequence[Named], taken: set[int], *, alone: bool) -> int | None:
    """Return the heading that carries this attachment: the same name, else the same number, else the only one."""
    free = [index for index in range(len(present)) if index not in taken]
    name = _bare_name(item.found.text)
    alike = next((index for index in free if _alike(name, _bare_name(present[index].found.text))), None)
    if alike is not None:
        return alike
    numbered = (index for index in free if item.number is not None and present[index].number == item.number)
    return next(numbered, free[0] if alone and free and present[free[0]].number in {None, 1} else None)


def _bare_name(name: str) -> str:
    return _SEAM.sub("", bare(name))


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or (min(len(one), len(other)) > 3 and (one in other or other in one)))  # noqa: PLR2004 - shorter names prove nothing


def _short_texts(lines: Sequence[Line], foot: int | None) -> set[str]:
    """Return what one, two or three lines below the signature read together: a title without the heading 附件."""
    if foot is None:
        return set()
    texts = [_bare_name(line.text) if len(line.text) <= _LONGEST else "" for line in lines[foot + 1 :]]
    return {"".join(texts[at : at + size]) for at in range(len(texts)) for size in (1, 2, 3)} - {""}


def _collected(lines: Sequence[Line], start: int, foot: int | None, rules: Rules) -> tuple[list[Named], list[Named]]:
    """Walk over the lines: lists of names on one side, headings of attachments with their titles on the other."""
    named: dict[str, Named] = {}
    present: dict[str, Named] = {}
    index, labels = start, 0
    while index < len(lines) and max(len(named), len(present)) < _MOST and labels < _MOST_LABELS:
        label = _label(lines[index])
        if label is None:
            index += 1
            continue
        labels += 1
        if foot is not None and index < foot and _only_leads(lines, index, label):
            index += 1
            continue
        rest = lines[index].text[label.end() :]
        listed = _list(lines, index, label, rules)
        below = foot is None or index > foot
        again = below and len(listed[0]) == 1 and _bare_name(listed[0][0].found.text) in named
        if not again and _is_list(lines, index, rest, foot, listed):
            items, index = listed
            for item in items:
                named.setdefault(_bare_name(item.found.text), item)
            continue
        heading = _heading(lines, index, label, rules)
        key = f"{heading.number}" if heading.number else _bare_name(heading.found.text)
        present.setdefault(key, heading)
        index += 1
    return list(named.values()), list(present.values())


def _label(line: Line) -> re.Match[str] | None:
    if len(line.text) > _LONGEST:
        return None
    label = _LABEL.match(line.text)
    return None if label is None or _SENTENCE.search(line.text[label.end() :]) else label


def _only_leads(lines: Sequence[Line], index: int, label: re.Match[str]) -> bool:
    """Whether a line reads 附件： and the next one 附件1 with a name: the list begins there."""
    following = _LABEL.match(lines[index + 1].text) if index + 1 < len(lines) else None
    return following is not None and bool(following["number"]) and not lines[index].text[label.end() :]


def _is_list(lines: Sequence[Line], index: int, rest: str, foot: int | None, listed: tuple[list[Named], int]) -> bool:
    """Whether a line with 附件 names attachments: above the signature, counting from one, or with nothing below it."""
    items, end = listed
    if not items:
        return False
    if foot is not None and index < foot:
        return True
    counted = len(items) > 1 or bool(_EXTENSION.search(items[0].found.text))
    return counted or bool(re.match(r"1[.．、]", rest)) or not _has_content(lines, end)


def _has_content(lines: Sequence[Line], index: int) -> bool:
    """Whether anything but labels, copies, imprint, organs and dates follows."""
    return any(
        not (_LABEL.match(line.text) or is_copies(line.text) or is_imprint(line.text) or names_in(line.text))
        and not _is_date(line.text)
        and not line.text.startswith(("公开", "信息公开", "（", "("))
        for line in lines[index : index + _TITLE_LINES]
    )


def _is_date(text: str) -> bool:
    return any(span.end - span.start >= len(text) - 1 for _, span in find_dates(text[:40]))


def _list(lines: Sequence[Line], index: int, label: re.Match[str], rules: Rules) -> tuple[list[Named], int]:
    """Read the names that begin behind a label, on its line and the following; return them and the next index."""
    line = lines[index]
    number = _number(label["number"] or label["short"] or label["fenced"])
    rest = line.text[label.end() :]
    if not rest:
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if not re.match(r"[（(]?1[.．、）)]|１[.．、]|①", following):
            return [], index + 1
        items = list(_items(lines[index + 1], 0))
        return _continued(lines, index + 2, items, rules)
    items = list(_items(line, label.end())) or [_named(number, line, label.end(), len(line.text))]
    return _continued(lines, index + 1, [item for item in items if item.found.text], rules)


def _items(line: Line, start: int) -> Iterator[Named]:
    """Yield the names of one line that counts them: 1.甲 2.乙; the numbers must follow one another."""
    text = line.text
    starts: list[re.Match[str]] = []
    for match in _ITEM.finditer(text, start):
        if not starts or _counted(match) == _counted(starts[-1]) + 1:
            starts.append(match)
    if not starts or starts[0].start() != start:
        return
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield _named(_counted(match), line, match.end(), end)


def _counted(item: re.Match[str]) -> int:
    """Return the number of an item, in figures or in a circle."""
    return int(item["figure"]) if item["figure"] else ord(item["circled"]) - ord("①") + 1


def _named(number: int | None, line: Line, start: int, end: int) -> Named:
    text = _EDGES.sub("", line.text[start:end])
    at = line.text.index(text, start) if text else start
    return Named(number, Found(text, Span(line.span.start + at, line.span.start + at + len(text))))


def _continued(lines: Sequence[Line], index: int, items: list[Named], rules: Rules) -> tuple[list[Named], int]:
    """Add the following lines: further items, and the rest of a name that broke off."""
    while items and index < len(lines):
        last = items[-1]
        more = [item for item in _items(lines[index], 0) if item.number == (last.number or 1) + 1]
        if more and last.number is not None:
            items += list(_items(lines[index], 0))
        elif _broken(lines, index, last, rules):
            items[-1] = _joined(last, lines[index])
        else:
            break
        index += 1
    return items, index


def _broken(lines: Sequence[Line], index: int, last: Named, rules: Rules) -> bool:
    """Whether a line is the rest of the name above it."""
    text, line = last.found.text, lines[index]
    other = _LABEL.match(line.text) or is_copies(line.text) or is_imprint(line.text) or names_in(line.text)
    if other or _is_date(line.text) or len(line.text) > _LONGEST or _SENTENCE.search(line.text) or "\n" in text:
        return False
    if text.count("《") > text.count("》") or text.count("（") > text.count("）"):
        return True
    following = lines[index + 1 : index + 1 + _WRAPPED]
    if last.number is not None and any(
        item.number == last.number + 1 for later in following for item in _items(later, 0)
    ):
        return True
    whole = looks_like_title(text, rules)
    return not whole and len(text) > 10 and looks_like_title(text + line.text, rules)  # noqa: PLR2004 - a short name does not break


def _joined(last: Named, line: Line) -> Named:
    rest = _EDGES.sub("", line.text)
    end = line.span.start + line.text.index(rest) + len(rest)
    return Named(last.number, Found(last.found.text + rest, Span(last.found.span.start, end)))


def _heading(lines: Sequence[Line], index: int, label: re.Match[str], rules: Rules) -> Named:
    """Read the title of an attachment behind its heading or on the lines below; without one, the heading names it."""
    line = lines[index]
    number = _number(label["number"] or label["short"] or label["fenced"])
    if line.text[label.end() :]:
        return _named(number, line, label.end(), len(line.text))
    below = list(lines[index + 1 : index + 1 + _TITLE_LINES])
    short = below and len(below[0].text) <= _SHORT_TITLE and looks_like_title(below[0].text, rules)
    title = Found(below[0].text, below[0].span) if short else title_first(below, rules)
    return Named(number, title or Found(line.text, line.span))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    tens, _, units = text.partition("十")
    ten = 10 * (_CHINESE.find(tens) + 1 or 1) if "十" in text else 0
    unit = units if "十" in text else tens
    return ten + (_CHINESE.find(unit) + 1 if unit else 0)
