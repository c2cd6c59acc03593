"""What goes where: rows and readable text on stdout, progress and errors on stderr."""

import datetime as dt
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import AttrtrackError
from attrtrack.nlp.identifiers import masked

_SURE = 0.99
_SIGNS = {Severity.BLOCK: "✗ 阻止", Severity.FLAG: "! 提示", Severity.NOTE: "· 说明"}


def print_row(row: Mapping[str, Any]) -> None:
    """Print one JSON object on one line of stdout."""
    print(json.dumps(row, ensure_ascii=False))


def say(text: str) -> None:
    """Tell the person something that is no result: progress, hints; personal data are masked, for this is kept as a log."""
    print(masked(text), file=sys.stderr)


def shown(name: str) -> str:
    """Return a file name as it may be shown: a line break or a terminal's command in it is spelt out, not obeyed."""
    return "".join(char if char.isprintable() or "\udc80" <= char <= "\udcff" else ascii(char)[1:-1] for char in name)


def told(words: str) -> str:
    """Return words of a document as they may be shown: on one line, a terminal's command in them spelt out."""
    return shown(" ".join(words.split()))


def say_error(error: AttrtrackError, place: str = "") -> None:
    """Tell the person what was refused or failed, and where."""
    say(f"错误[{error.code}] {place + '：' if place else ''}{error.message}")


def print_findings(findings: Iterable[Finding], indent: str = "  ") -> None:
    """Print findings for people, the gravest first, each with its first quotation."""
    order = list(Severity)
    for finding in sorted(findings, key=lambda item: order.index(item.severity)):
        print(f"{indent}{_SIGNS[finding.severity]} {finding.message}")
        if finding.evidence and finding.severity is not Severity.NOTE:
            print(f"{indent}      依据：“{_short(finding.evidence[0].quote)}”")


def _short(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def local_time(moment: dt.datetime) -> str:
    """Write a moment by the clock of the office, to the minute."""
    return moment.astimezone().replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")


def likelihood(value: float) -> str:
    """Print a probability for people; nothing is ever quite certain, and nothing quite impossible."""
    if value > _SURE:
        return "99%以上"
    return "不足1%" if value < 1 - _SURE else f"{value:.0%}"


def percent(value: float | None) -> str:
    """Print a share for people; undefined is told as such."""
    return "无法计算" if value is None else f"{value:.1%}"
