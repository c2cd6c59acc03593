"""Rows of options to tick (公开方式：☑主动公开 □依申请公开 □不予公开): the one that is ticked is the mark."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span

_LABEL = re.compile(
    r"^[（(【\[]?(?:(?:政府|政务|公文|文件|此件)?(?:信息)?公开|公文|文件|此件)(?:方式|属性|选项|类别|类型|形式|级别)[】\]]?[:：|]*"
)
_AGREED_LABEL = re.compile(r"^(?:是否(?:同意)?(?:对外|主动|全文|向社会)?公开)[:：|]*")
_TICKED = "☑√■●✓✔☒✅◉▣"
_BOX = rf"(?P<box>[（(\[【]?[{_TICKED}□☐○◯▢◻][）)\]】]?|[（(\[【][）)\]】])"
_OPTIONS = {
    "主动公开": DisclosureAttribute.PROACTIVE,
    "依申请公开": DisclosureAttribute.ON_REQUEST,
    "不予公开": DisclosureAttribute.WITHHELD,
    "不公开": DisclosureAttribute.WITHHELD,
    "免予公开": DisclosureAttribute.WITHHELD,
}
_AGREED = {
    "是": DisclosureAttribute.PROACTIVE,
    "同意": DisclosureAttribute.PROACTIVE,
    "公开": DisclosureAttribute.PROACTIVE,
    "否": DisclosureAttribute.WITHHELD,
    "不同意": DisclosureAttribute.WITHHELD,
    "不公开": DisclosureAttribute.WITHHELD,
}


@dataclass(frozen=True, slots=True)
class TickRow:
    """A row of options without its blanks: the ticked ones, each with its attribute and its place in the row."""

    ticked: tuple[tuple[DisclosureAttribute, Span], ...]
    span: Span


def tick_row(text: str) -> TickRow | None:
    """Read a line without blanks as a row of options with boxes; None when it holds anything else."""
    agreed = _AGREED_LABEL.match(text)
    label = agreed or _LABEL.match(text)
    options = _AGREED if agreed else _OPTIONS
    start = label.end() if label else 0
    tokens = list(_tokens(text, start, options))
    if not tokens or tokens[-1].end() < len(text):
        return None
    boxes = [token for token in tokens if token["box"]]
    found = [token for token in tokens if token["word"]]
    if not boxes or not found:
        return None
    before = boxes[0].start() < found[0].start()
    ticks = [box for box in boxes if any(sign in _TICKED for sign in box["box"])]
    pairs = [(word, tick) for tick in ticks if (word := _beside(tick, found, before=before)) is not None]
    ticked = tuple(
        (options[word["word"]], Span(min(word.start(), tick.start()), max(word.end(), tick.end())))
        for word, tick in pairs
    )
    return TickRow(ticked, Span(0, len(text)))


def _tokens(text: str, place: int, options: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the boxes, options and signs between them from a place on, as far as there is nothing else."""
    words = "|".join(sorted(options, key=len, reverse=True))
    token = re.compile(rf"{_BOX}|(?P<word>{words})|[|:：、，,/;；。（）()]")
    while match := token.match(text, place):
        yield match
        place = match.end()


def _beside(tick: re.Match[str], words: list[re.Match[str]], *, before: bool) -> re.Match[str] | None:
    """Return the option that a tick belongs to: the next one where boxes stand before options, else the last one."""
    if before:
        return next((word for word in words if word.start() >= tick.end()), None)
    return next((word for word in reversed(words) if word.end() <= tick.start()), None)
