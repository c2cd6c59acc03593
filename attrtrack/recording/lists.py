"""Pages that list documents instead of being one: a column of titles with dates, whose first row is nobody's title."""

import re

from attrtrack.domain.documents import SourceText
from attrtrack.recording.lines import Line, bare
from attrtrack.recording.titles import looks_like_title
from attrtrack.rules.tables import Rules

_MOST_LINES = 200
_FEWEST_TITLES, _SHORTEST, _LONGEST = 4, 10, 150
_PROSE = re.compile(r"[。；]|，[^，]{8}|[：:]$")
_DAY = re.compile(r"[\s\[（(【]*(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?[\s\]）)】]*$|^[\s\d.、·•]+")
_OF_ONE_DOCUMENT = frozenset({"索引号", "标题", "名称", "文件名称", "信息名称", "发文机关"})


def is_list(lines: list[Line], rules: Rules) -> bool:
    """Whether a page's text is made of titles of documents, without one sentence; a notice about many documents has some."""
    head = lines[:_MOST_LINES]
    if any(_PROSE.search(line.text) for line in head):
        return False
    return sum(any(_is_title(cell, rules) for cell in line.text.split("\t")) for line in head) >= _FEWEST_TITLES


def has_own_box(source: SourceText) -> bool:
    """Whether the labelled fields of a page are the box of one document, not those beside the rows of a list."""
    return any(label in _OF_ONE_DOCUMENT for label, _ in source.box)


def _is_title(cell: str, rules: Rules) -> bool:
    title = bare(_DAY.sub("", _DAY.sub("", cell)))
    dated = title != bare(cell) and "关于" in title
    return _SHORTEST <= len(title) <= _LONGEST and (dated or looks_like_title(title, rules))
