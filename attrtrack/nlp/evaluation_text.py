"""An evaluation for people: one table a split, one column a voice; and one object a split and voice for programs."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.figures import NO_OPINION, Figures, GroupFigure, Share

if TYPE_CHECKING:
    from attrtrack.nlp.evaluation import Evaluation

VOICES = {"baseline": "基线", "rules": "规则", "model": "模型", "together": "规则和模型"}
GROUPS = {"province": "省级", "city": "市级", "county": "县级", "department": "部门", "other": "其他"}
_OUTCOMES = {**{label.value: label.chinese for label in DisclosureAttribute}, NO_OPINION: "没有意见"}
_NOTE = (
    "基线只看篇幅、发文机关类别和套话，不看内容：它应当接近三分之一。平衡正确率是三类正确率的平均；可辩护的答案算对。"
)

Lines = Sequence[tuple[str, Callable[[Figures], str]]]


def render(evaluations: Iterable["Evaluation"]) -> str:
    """Write evaluations as tables."""
    return "\n\n".join([*(render_table(_title(one), one.by_voice) for one in evaluations), _NOTE])


def _title(one: "Evaluation") -> str:
    letters = max((figures.letters for figures in one.by_voice.values()), default=0)
    return f"{one.split.chinese}：{letters} 件，分 {one.groups} 组轮流留出"


def render_table(title: str, by_voice: Mapping[str, Figures]) -> str:
    """Write the figures of some voices as one table."""
    voices = list(by_voice.values())
    rows = [("", *(VOICES.get(name, name) for name in by_voice))]
    rows += [(name, *(told(one) for one in voices)) for name, told in _lines(voices)]
    return "\n".join([title, *aligned(rows)])


def _lines(voices: Sequence[Figures]) -> Lines:
    return (
        ("平衡正确率", lambda one: percent(one.balanced_accuracy)),
        ("正确率", lambda one: percent(one.accuracy)),
        ("严格正确率（只认标注）", lambda one: percent(one.strict_accuracy)),
        ("疑难件平衡正确率", lambda one: counted(one.hard_balanced_accuracy, one.hard_letters, "件")),
        *_group_lines(voices),
        ("对照组两边都对", lambda one: counted(one.pairs_right, one.pairs, "组")),
        ("宏平均 F1", lambda one: number(one.macro_f1)),
        ("不予公开 F2", lambda one: number(one.f2_withheld)),
        ("理由首选正确（属性对时）", lambda one: percent(one.reason_first)),
        ("理由前三含正确", lambda one: percent(one.reason_in_three)),
        ("校准误差", lambda one: number(one.calibration_error)),
        ("自行作答", lambda one: percent(one.answered)),
        ("  其中正确", lambda one: percent(one.precision_answered)),
        *_coverage_lines(voices),
        *_confusion_lines(voices),
    )


def _group_lines(voices: Sequence[Figures]) -> Iterator[tuple[str, Callable[[Figures], str]]]:
    names = sorted({group.name for one in voices for group in one.by_group})
    if len(names) > 1:
        yield "最差的机关类别", lambda one: _worst(one.worst_group)
        for name in names:
            yield f"  {GROUPS.get(name, name)}", lambda one, name=name: _group(one, name)  # type: ignore[misc]


def _group(one: Figures, name: str) -> str:
    found = next((group for group in one.by_group if group.name == name), None)
    return counted(found.balanced_accuracy, found.letters, "件") if found else "—"


def _worst(group: GroupFigure | None) -> str:
    return "—" if group is None else f"{percent(group.balanced_accuracy)} {GROUPS.get(group.name, group.name)}".rstrip()


def _coverage_lines(voices: Sequence[Figures]) -> Iterator[tuple[str, Callable[[Figures], str]]]:
    for place, (covered, _) in enumerate(voices[0].coverage if voices else ()):
        yield f"  最有把握的 {covered:.0%} 正确", lambda one, place=place: percent(one.coverage[place][1])  # type: ignore[misc]


def _confusion_lines(voices: Sequence[Figures]) -> Iterator[tuple[str, Callable[[Figures], str]]]:
    for label in DisclosureAttribute:
        for said, told in _OUTCOMES.items():
            if any(one.confusion.get((label.value, said)) for one in voices):
                yield (
                    f"  {label.chinese} → {told}",
                    lambda one, key=(label.value, said): str(one.confusion.get(key, 0)),  # type: ignore[misc]
                )


def percent(value: Share) -> str:
    """Write a share, or that there is none."""
    return "—" if value is None else f"{value:.1%}"


def number(value: Share) -> str:
    """Write a figure between 0 and 1, or that there is none."""
    return "—" if value is None else f"{value:.3f}"


def counted(value: Share, count: int, what: str) -> str:
    """Write a share with the number it is a share of."""
    return "—" if value is None else f"{percent(value)}（{count}{what}）"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Align the columns of a table; an ideograph is as wide as two letters."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def figures_row(one: Figures) -> dict[str, object]:
    """Write figures as one object; shares are numbers of 1 or null."""
    return {
        **{name: getattr(one, name) for name in _PLAIN},
        "by_group": {group.name: [group.letters, group.balanced_accuracy] for group in one.by_group},
        "worst_group": one.worst_group.name if one.worst_group else None,
        "coverage": [list(point) for point in one.coverage],
        "confusion": {
            label.value: {said: one.confusion.get((label.value, said), 0) for said in _OUTCOMES}
            for label in DisclosureAttribute
        },
    }


_PLAIN = (
    "letters", "balanced_accuracy", "accuracy", "strict_accuracy", "hard_letters", "hard_balanced_accuracy", "pairs",
    "pairs_right", "macro_f1", "f2_withheld", "reason_first", "reason_in_three", "calibration_error", "answered",
    "precision_answered",
)  # fmt: skip


def evaluation_rows(evaluations: Iterable["Evaluation"]) -> Iterator[dict[str, object]]:
    """Yield one object for each split and voice."""
    for one in evaluations:
        for voice, found in one.by_voice.items():
            yield {"split": one.split.name, "groups": one.groups, "voice": voice, **figures_row(found)}
