"""`train` and `evaluate`: the model and what it is worth."""

import argparse
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say
from attrtrack.workflow import training


def train(options: argparse.Namespace) -> int:
    """Train the model and write the artefact."""
    app = build_app(options.db, options.actor)
    say("正在训练，约需一分钟…")
    out = Path(options.out) if options.out else app.models_folder
    digest = training.train(app, _folder(options.data), out)
    if options.json:
        print_row({"out": str(out), "digest": digest})
    else:
        print(f"模型已写入 {out}，摘要 {digest}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print the evaluation report."""
    app = build_app(options.db, options.actor)
    say("正在评估（整位撰写人轮流留出），约需几分钟…")
    report = training.evaluate(app, _folder(options.data))
    if options.json:
        print_row({"report": report})
    else:
        print(report)
    return 0


def _folder(text: str | None) -> Path | None:
    return Path(text) if text else None
