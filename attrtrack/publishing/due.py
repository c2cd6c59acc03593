"""By which day something is to be done: publish, interpret, look again at what is kept back."""

import datetime as dt

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.reexaminations import months_later
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason
from attrtrack.rules.workdays import workdays_later

PUBLISH_WORKDAYS = 20
"""政府信息公开条例 (2019) art. 26: within 20 working days of the day on which the information was made."""
INTERPRET_WORKDAYS = 3
"""Together with the document, at the latest three working days after it (郑州 2016 and others)."""


def publish_by(made: dt.date | None) -> dt.date | None:
    """Return the last day on which a document that is to be published has to be; None when its day is not known."""
    return None if made is None else workdays_later(made, PUBLISH_WORKDAYS)


def interpret_by(published: dt.date | None) -> dt.date | None:
    """Return the last day for the interpretation of a document published on a day; None while it is not published."""
    return None if published is None else workdays_later(published, INTERPRET_WORKDAYS)


def reexamine_by(attribute: DisclosureAttribute, decided: dt.date, rules: Rules) -> dt.date:
    """Return the day on which what was decided to be kept back comes up again."""
    months = int(float(rules.switch(f"reexamine_months_{attribute.value}")[0]))
    return months_later(decided, months)


def reason_gone(attribute: DisclosureAttribute, words: str | None, rules: Rules) -> str | None:
    """Say why a reason no longer holds by the present rules; None when it does, or the attribute needs none."""
    if attribute not in rules.switch("reason_required_for"):
        return None
    if not (words and words.strip()):
        return "没有写明理由"
    resolution = resolve_reason(words, rules)
    reasons = [rules.reason(code) for code in (resolution.code or "", *resolution.others)]
    if not any(reasons):
        return "理由对不上现行条款"
    carried = any(reason is not None and reason.carries(attribute) for reason in reasons)
    return None if carried else f"理由不能支持{attribute.chinese}"
