"""Names that an office gave to styles and lists, exchanged for ours in a public version: a style may be called after a person.

Names that Word itself knows stay, since outline and table of contents hang on them.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrtrack.reporting.packages import local
from attrtrack.reporting.plain_word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

STYLES_NAMED_IN_BODY = frozenset({"pStyle", "rStyle", "tblStyle"})
_NAMING = STYLES_NAMED_IN_BODY | {"basedOn", "next", "link", "numStyleLink", "styleLink"}
_OWN_OF_WORD = re.compile(
    r"Normal|Normal \(Web\)|Normal Table|Table Grid|No List|Default Paragraph Font|heading [1-9]|toc [1-9]|header|footer|"
    r"Title|Subtitle|Date|Salutation|Closing|Signature|Plain Text|List Paragraph|Body Text|Body Text Indent",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[%\dA-Za-z第条章节款项附件编部分篇、.．。,，:：()（）\[\]【】〔〕<>《》\s*•·●○■□◆▪–—-]*")
_LABEL_INSTEAD = "%1．"


def without_names(*roots: "_Element | None") -> None:
    """Rename the styles of a body, of its styles and of its numbering alike; what names a style that is nowhere goes."""
    parts = [root for root in roots if root is not None]
    ours: dict[str | None, str] = {}
    for part in parts:
        for style in part.iter(f"{W}style"):
            number = len(ours) + 1
            ours[style.get(f"{W}styleId")] = f"s{number}"
            _rename(style, number)
    for part in parts:
        _refer(part, ours)
        _unname_lists(part)


def _rename(style: "_Element", number: int) -> None:
    style.set(f"{W}styleId", f"s{number}")
    for child in list(style):
        if local(child) == "name" and not _OWN_OF_WORD.fullmatch(child.get(f"{W}val") or ""):
            child.set(f"{W}val", f"style {number}")
        elif local(child) == "aliases":
            style.remove(child)


def _refer(part: "_Element", ours: "dict[str | None, str]") -> None:
    for element in _named(part, _NAMING):
        above, name = element.getparent(), ours.get(element.get(f"{W}val"))
        if name is not None:
            element.set(f"{W}val", name)
        elif above is not None:
            above.remove(element)


def _unname_lists(part: "_Element") -> None:
    """Take the names of lists away, and what a label of theirs says beyond numbers, their usual words and signs."""
    for element in _named(part, frozenset({"name", "lvlText"})):
        above, value = element.getparent(), element.get(f"{W}val") or ""
        if above is not None and local(above) == "abstractNum":
            above.remove(element)
        elif local(element) == "lvlText" and len(value) > 1 and not _LABEL.fullmatch(value):
            element.set(f"{W}val", _LABEL_INSTEAD)


def _named(part: "_Element", names: frozenset[str]) -> "Sequence[_Element]":
    return [element for element in part.iter() if local(element) in names]
