"""Organs that stand in the head without a signature: a letterhead over several lines, a masthead with its date, a cover."""

import re

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.domain.evidence import Span
from attrtrack.recording.imprint import is_imprint
from attrtrack.recording.lines import Found, Line, bare
from attrtrack.recording.organs import names_in, names_in_letterhead

_MOST_ORGANS, _MOST_BELOW = 12, 6
_PAPER = re.compile(r"[\s\u3000]*文\s*件$")
_OWN_PAPER = re.compile(r"^.{0,4}会议纪要$|^(?!.*(?:关于|的))[\u4e00-\u9fa5]{2,12}书$")
_PASSED = re.compile(
    r"^[（(][\s\d〇○零一二三四五六七八九十]{2,6}年.{2,8}?日\s*([\u4e00-\u9fa5]{0,14}?)第[一二三四五六七八九十百\d]{1,4}届"
    r"((?:全国)?人民代表大会(?:常务委员会)?)第.{1,12}通过"
)
_ALONE = frozenset({"文件", "令"})


def letterhead_of(lines: list[Line]) -> tuple[str, ...]:
    """Return the organs of the letterhead: of one line, or of several lines of which one ends with 文件."""
    for index, line in enumerate(lines):
        joint = _over_lines(lines[index : index + _MOST_ORGANS])
        if joint:
            return joint
        names = names_in_letterhead(line.text)
        if names:
            return names
    return ()


def _over_lines(lines: list[Line]) -> tuple[str, ...]:
    """Read organs that stand one below the other, 文件 beside one of them or alone; minutes and forms name theirs above (民事裁定书)."""
    names: tuple[str, ...] = ()
    paper = False
    for line in lines:
        alone = bare(line.text) in _ALONE
        organs = names_in(_PAPER.sub("", line.text))
        if not (organs or alone):
            paper = paper or (len(names) == 1 and bool(_OWN_PAPER.match(bare(line.text))))
            break
        paper = paper or alone or bool(_PAPER.search(line.text))
        names += organs
    return tuple(dict.fromkeys(names)) if paper else ()


def masthead_of(lines: list[Line]) -> tuple[tuple[str, ...], tuple[WrittenDate, Found]] | None:
    """Return the organs and the date of the first line that names both, as mastheads of minutes do."""
    for index, line in enumerate(lines):
        if is_row(lines, index):
            continue
        for date, span in find_dates(line.text):
            names = names_in(line.text[: span.start]) if span.end == len(line.text) else ()
            if names:
                return names, (date, line.part(span))
    return None


def is_row(lines: list[Line], index: int) -> bool:
    """Whether an organ and a date in two cells are a row of a list: the row above or below is no signature."""
    if "\t" not in lines[index].text:
        return False
    near = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
    return any("\t" in line.text and not names_in(line.text) and not is_imprint(line.text) for line in near)


def organs_below(lines: list[Line], first: int, *, addressed: int | None) -> tuple[str, ...]:
    """Return the organs that stand alone below a title, directly above a bracketed date or the addressee."""
    names: tuple[str, ...] = ()
    for index, line in enumerate(lines[first : first + _MOST_BELOW], start=first):
        if names and (index == addressed or _is_dated(line.text)):
            return names
        organs = names_in(line.text)
        if names and not organs:
            return ()
        names += organs
    return ()


def _is_dated(text: str) -> bool:
    """Whether a line is a date in a bracket and nothing else."""
    return text[:1] in "（(" and any((span.start, span.end) == (1, len(text) - 1) for _, span in find_dates(text))


def order_of(lines: list[Line], index: int) -> tuple[str, Span] | None:
    """Return the name of an order whose organs stand one below the other (某委员会 / 某部 / 令), and where it stands."""
    line = lines[index]
    last = "" if bare(line.text) == "令" else bare(line.text).removesuffix("令")
    if not bare(line.text).endswith("令") or (last and not names_in(last)):
        return None
    first = index
    while first > 0 and index - first < _MOST_ORGANS and names_in(lines[first - 1].text):
        first -= 1
    if first == index:
        return None
    names = [bare(above.text).removeprefix("中华人民共和国") for above in lines[first:index]]
    return "".join([*names, last]) + "令", Span(lines[first].span.start, line.span.end)


def passed_by(lines: list[Line]) -> tuple[str, ...]:
    """Return the congress that the bracket under a title names (某年某月某日某市第几届人民代表大会常务委员会第几次会议通过)."""
    match = next((match for line in lines if (match := _PASSED.match(line.text))), None)
    return (match[1] + match[2],) if match else ()
