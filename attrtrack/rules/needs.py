"""Which documents need an interpretation (应解读): the first row of the table that fits says yes or no, else nobody knows."""

import re
from functools import lru_cache

from attrtrack.rules.tables import Rules


def needs_interpretation(title: str | None, number: str | None, rules: Rules) -> bool | None:
    """Return whether a document with this title and number needs an interpretation; None when no row of the table fits."""
    values = {"title": _bare(title), "number": _bare(number)}
    for row in rules.interpretation_needed:
        value = values.get(row.over, "")
        if value and _compiled(row.pattern).search(value):
            return row.needed
    return None


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
