"""`train --from-register` and `train --restore`: a model that has learnt from the office's own decisions, and the way back."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say
from attrtrack.cli.stages import Stages
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.workflow import retraining
from attrtrack.workflow.retraining import Change, Retrained

_LISTED = 20


def from_register(options: argparse.Namespace) -> int:
    """Train with the register's precedents, print what would change, and replace the model if told so."""
    app = build_app(options.db, options.actor)
    folder = Path(options.out) if options.out else app.models_folder
    retraining.check_place(folder)
    stages = Stages(quiet=options.quiet or options.json)
    data = Path(options.data) if options.data else None
    found = retraining.retrain(app, data, year=options.year, progress=stages.tell)
    stages.clear()
    if not options.json:
        _print(found)
    replaced = _agreed(options)
    digest = retraining.install(app, found, folder) if replaced else None
    if options.json:
        print_row({**_row(found), "replaced": replaced, "out": str(folder), "digest": digest})
    elif replaced:
        print(
            f"模型已写入 {folder}，摘要 {digest}；原模型在 {folder / retraining.PREVIOUS}，可用 attrtrack train --restore 换回。"
        )
    else:
        print("没有替换，现用的模型不变。要替换请加 --yes。")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put the previous model back."""
    app = build_app(options.db, options.actor)
    folder = Path(options.out) if options.out else app.models_folder
    digest = retraining.restore(app, folder)
    if options.json:
        print_row({"out": str(folder), "digest": digest})
    else:
        print(
            f"已换回以前的模型，摘要 {digest}；刚才的模型保存在 {folder / retraining.PREVIOUS}，再次 --restore 即换回。"
        )
    return 0


def _agreed(options: argparse.Namespace) -> bool:
    """Whether a person at the terminal, or --yes, says that the model may be replaced."""
    if options.yes:
        return True
    if options.json or not sys.stdin.isatty():
        return False
    say("用新模型替换现用的模型？输入 yes 确认：")
    return sys.stdin.readline().strip().lower() in {"yes", "y", "是"}


def _print(found: Retrained) -> None:
    print(
        f"学习了登记中的 {found.learnt} 份文件；与现用模型（{found.current or '没有'}）在 {found.compared} 份文件上比较："
    )
    for reason in sorted({why for _, why in found.left_out}):
        print(f"  未学习（{reason}）：{'、'.join(name for name, why in found.left_out if why == reason)}")
    print("（登记中的文件新模型都学过，这里的“改对”不等于对新文件也准；准确程度请用 attrtrack evaluate 测。）")
    _print_changes("改对", found.gained)
    _print_changes("改错", found.lost)
    _print_changes("全部改变", found.changes)


def _print_changes(name: str, changes: Sequence[Change]) -> None:
    print(f"{name}：{len(changes)} 份")
    for change in changes[:_LISTED]:
        print(f"  {change.id}  {_named(change.before)} → {_named(change.after)}  {change.title}")
    if len(changes) > _LISTED:
        print(f"  …另有 {len(changes) - _LISTED} 份（--json 列出全部）")


def _named(attribute: DisclosureAttribute | None) -> str:
    return attribute.chinese if attribute else "没有意见"


def _row(found: Retrained) -> dict[str, Any]:
    return {
        "current": found.current,
        "new": found.model.version,
        "learnt": found.learnt,
        "left_out": [{"id": name, "why": why} for name, why in found.left_out],
        "compared": found.compared,
        "gained": [change.id for change in found.gained],
        "lost": [change.id for change in found.lost],
        "flipped": [
            {
                "id": change.id,
                "before": change.before.value if change.before else None,
                "after": change.after.value if change.after else None,
                "right": [attribute.value for attribute in change.right],
            }
            for change in found.changes
        ],
    }
