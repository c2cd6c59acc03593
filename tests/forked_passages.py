"""Passages written once for both their forms, `{right|slip}`, and what is told of a short report that holds nothing else."""

import re
from collections.abc import Container

from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules

_FORKED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_FRAME = "甲地政府信息公开工作情况报告\n\n现将有关情况报告如下。\n{}\n"


def forms(passage: str) -> tuple[str, str]:
    """Return the right form of a passage and the one with the slip."""
    return _FORKED.sub(r"\1", passage), _FORKED.sub(r"\2", passage)


def in_report(passage: str) -> str:
    """Return the text of a report that holds a passage and nothing else."""
    return _FRAME.format(passage)


def told_of(passage: str, rules: Rules, *, left_out: Container[str] = ()) -> list[str]:
    """Return what is told of a report of one passage; checks `left_out` are not asked, by their codes."""
    source = read_source(in_report(passage).encode(), "报告.txt")
    found = examine(Paper(record(source, rules), rules)).contradictions
    return [item.message for item in found if item.code not in left_out]
