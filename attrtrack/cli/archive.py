"""What the present model and rules are worth on an office's own decisions, printed for people and for programs."""

from collections.abc import Sequence

from attrtrack.cli.output import likelihood, print_row, told
from attrtrack.nlp.evaluation_text import aligned, figures_row, percent, render_table
from attrtrack.nlp.figures import GroupFigure
from attrtrack.workflow.archive import ArchiveFigures, Disagreement

_MOST_ISSUERS = 20


def print_archive_rows(found: ArchiveFigures, *, with_rows: bool) -> None:
    """Print one object a voice, and with `with_rows` one for each disagreement."""
    for voice, figures in found.by_voice.items():
        shared = {"split": "archive", "voice": voice, "model": found.model, **figures_row(figures)}
        if voice == "together":
            shared |= {"by_issuer": _shares(found.by_issuer), "by_year": _shares(found.by_year)}
        print_row({**shared, "left_out": found.left_out.counts, "of_known_writers": found.of_known_writers})
    for item in found.disagreements if with_rows else ():
        print_row(_row(item))


def _shares(groups: Sequence[GroupFigure]) -> dict[str, list[float | None]]:
    return {group.name: [group.letters, group.balanced_accuracy] for group in groups}


def _row(item: Disagreement) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "decided": item.decided.value,
        "proposed": item.proposed.value if item.proposed else None,
        "probability": item.probability,
        "reason": item.reason,
        "abstained": item.abstained,
        "doubt": item.doubt,
    }


def print_archive(found: ArchiveFigures, *, with_rows: bool) -> None:
    """Print tables: the figures of each voice, by issuer, by year; what was left out; and who disagrees."""
    letters = found.by_voice["together"].letters
    print(render_table(f"现有模型（{found.model or '没有模型，只有规则'}）和规则，直接测 {letters} 件", found.by_voice))
    if left_out := found.left_out.told():
        print(left_out)
    if found.of_known_writers:
        print(f"注意：其中 {found.of_known_writers} 件的撰写人见于模型的训练数据，这部分的数字偏高。")
    _print_groups("按机关", sorted(found.by_issuer, key=lambda group: (-group.letters, group.name)))
    _print_groups("按年度", found.by_year)
    _print_disagreements(found.disagreements, with_rows=with_rows)


def _print_groups(title: str, groups: Sequence[GroupFigure]) -> None:
    rows = [
        (told(group.name), f"{group.letters} 件", percent(group.balanced_accuracy)) for group in groups[:_MOST_ISSUERS]
    ]
    more = f"（件数最多的 {_MOST_ISSUERS} 个，共 {len(groups)} 个）" if len(groups) > _MOST_ISSUERS else ""
    print(f"\n{title}{more}：平衡正确率")
    print("\n".join(aligned(rows)))


def _print_disagreements(items: Sequence[Disagreement], *, with_rows: bool) -> None:
    print(f"\n与决定不一致的 {len(items)} 件" + ("：" if with_rows or not items else "，加 --rows 逐件列出。"))
    for item in items if with_rows else ():
        proposed = item.proposed.chinese if item.proposed else "没有意见"
        sure = f" {likelihood(item.probability)}" if item.probability is not None and item.proposed else ""
        doubt = f"，存疑：{item.doubt}" if item.abstained and item.doubt else ""
        print(f"  {told(item.id)}  定为{item.decided.chinese}，建议{proposed}{sure}，理由 {item.reason or '—'}{doubt}")
        if item.title:
            print(f"        {told(item.title)}")
