"""By which day something is to be done: publish, interpret, look again at what is kept back."""

import datetime as dt

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.reexaminations import months_later
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason
from attrtrack.rules.workdays import interpretation_term


def publish_by(made: dt.date | None, rules: Rules) -> dt.date | None:
    """Return the last day on which a document that is to be published has to be; None when its day is not known."""
    return None if made is None else rules.calendar.later(made, PUBLISH_WORKDAYS)


def interpret_by(published: dt.date | None, rules: Rules) -> dt.date | None:
    """Return the last day for the interpretation of a document published on a day; None while it is not, or no term is set."""
    term = interpretation_term(rules)
    return None if published is None or term is None else rules.calendar.later(published, term)


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
