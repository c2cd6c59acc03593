"""Signs of state secrecy: a document that bears one is refused, and nothing of it goes into the message or a log."""

import re
from pathlib import PurePosixPath

from attrtrack.domain.documents import SourceText
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.recording.lines import bare, squeeze
from attrtrack.rules.tables import Rules

_HEAD_LINES = 15
_HEAD_WIDTH = 40


def refuse_classified(source: SourceText, rules: Rules) -> None:
    """Raise `ClassifiedMaterialError` if the text, header, box, metadata or name bears a sign (保密法 art. 31)."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    body = [squeeze(line).text for line in lines if "密" in line]
    head = [line for line in map(bare, lines[:_HEAD_LINES]) if len(line) <= _HEAD_WIDTH]
    beside = [squeeze(line).text for line in source.header.split("\n")]
    labelled = [
        line for label, value in (*source.box, *source.metadata) for line in (bare(f"{label}：{value}"), bare(value))
    ]
    sign = sign_in([*head, *beside, *labelled, bare(PurePosixPath(source.name.replace("\\", "/")).stem)], body, rules)
    if sign is not None:
        raise ClassifiedMaterialError(sign)


def sign_in(head: list[str], body: list[str], rules: Rules) -> str | None:
    """Return the code of the first rule that finds a sign; lines are given without blanks."""
    everything = [line for line in (*head, *body) if "密" in line]
    for row in rules.secrecy:
        pattern = re.compile(row.pattern)
        if any(pattern.search(line) for line in (head if row.where == "head" else everything)):
            return row.code
    return None
