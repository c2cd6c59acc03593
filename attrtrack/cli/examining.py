"""`check-report`: contradictions in a published notice or annual report; needs no database."""

import argparse
from collections import Counter

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say, shown, told
from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Examination
from attrtrack.domain.evidence import Evidence
from attrtrack.workflow import examining

_SIGNS = {Certainty.SURE: "✗ 确定", Certainty.PROBABLE: "? 很可能", Certainty.POSSIBLE: "· 可能"}
_LONGEST, _MOST = 60, 3


def check_report(options: argparse.Namespace) -> int:
    """Examine one file and print each contradiction with its place, else where to look first; 1 when one was found."""
    app = build_app(options.db, options.actor)
    check = examining.check_report_by_register if options.db else examining.check_report
    examined = check(app, options.file)
    if options.json:
        for found in examined.told:
            print_row(_row(found))
        for sentence in _unchecked(examined):
            say(sentence)
    else:
        _print(options.file, examined)
    return 1 if examined.contradictions else 0


def _row(found: Contradiction) -> dict[str, object]:
    first, *others = found.evidence
    return {
        "code": found.code,
        "message": found.message,
        "place": _place(first),
        "certainty": found.certainty.value,
        "others": [_place(item) for item in others],
    }


def _place(evidence: Evidence) -> dict[str, object]:
    span = evidence.span
    return {"start": span.start if span else None, "end": span.end if span else None, "quote": evidence.quote}


def _print(name: str, examined: Examination) -> None:
    count = len(examined.contradictions)
    print(f"{shown(name)}：" + (f"发现 {count} 处矛盾" if count else "没有发现矛盾"))
    for found in examined.told:
        first = found.evidence[0]
        where = f"第 {first.span.start + 1} 字起 " if first.span else ""
        print(f"  {_SIGNS[found.certainty]} {told(found.message)}")
        print(f"      {where}“{_short(first.quote)}”")
    for sentence in _unchecked(examined):
        print(f"  · {sentence}")


def _unchecked(examined: Examination) -> list[str]:
    """Say what was not checked, a few of each kind and how many more."""
    counted = Counter(item.code for item in examined.unchecked)
    sentences: list[str] = []
    for code, count in counted.items():
        messages = [item.message for item in examined.unchecked if item.code == code]
        sentences += [f"没有核对：{told(message)}" for message in messages[:_MOST]]
        if count > _MOST:
            sentences.append(f"没有核对：另有 {count - _MOST} 处同样的情况。")
    sentences.append(
        "只核对写在文中的数字和所列的规则：数字本身是否属实、没有给出基数的百分比、图片里的内容，都没有核对。"
    )
    return sentences


def _short(quote: str) -> str:
    flat = told(quote)
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
