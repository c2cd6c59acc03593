"""`review`, `secrecy`, `opinion`, `withdraw`: what is said of a document before it is signed."""

import argparse
from collections.abc import Mapping

from attrtrack.bootstrap import build_app
from attrtrack.cli.register import run_act
from attrtrack.errors import UsageError
from attrtrack.workflow import registering, reviewing


def review(options: argparse.Namespace) -> int:
    """Keep the office's word on a declaration."""
    result = _chosen(options, {"agree": "agree", "send_back": "return", "dispute": "dispute"})
    app = build_app(options.db, options.actor)
    own = {"attribute": options.attribute, "reason": options.reason}
    return run_act(lambda: reviewing.review(app, options.id, result, options.comment, **own), "已审核", options)


def secrecy(options: argparse.Namespace) -> int:
    """Keep a secrecy review."""
    result = _chosen(options, {"cleared": "cleared", "partly": "partly", "refused": "refused"})
    app = build_app(options.db, options.actor)
    looked_at = options.personal_data_cleared
    return run_act(
        lambda: reviewing.review_secrecy(app, options.id, result, options.note, personal_data_cleared=looked_at),
        "已登记保密审查",
        options,
    )


def opinion(options: argparse.Namespace) -> int:
    """Keep what a co-issuer said."""
    result = _chosen(options, {"agree": "agree", "disagree": "disagree"})
    app = build_app(options.db, options.actor)
    said = (options.id, options.issuer, result, options.comment)
    return run_act(lambda: reviewing.co_issuer_opinion(app, *said), "已登记意见", options)


def withdraw(options: argparse.Namespace) -> int:
    """Withdraw a document."""
    app = build_app(options.db, options.actor)
    return run_act(lambda: registering.withdraw(app, options.id, options.because), "已撤回", options)


def _chosen(options: argparse.Namespace, answers: Mapping[str, str]) -> str:
    given = [answer for name, answer in answers.items() if getattr(options, name)]
    if len(given) != 1:
        known = "、".join(f"--{answer}" for answer in answers.values())
        raise UsageError(f"请写明结果，并且只写一个：{known}。")
    return given[0]
