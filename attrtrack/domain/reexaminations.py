"""Re-examination (定期复查): when what is kept back is looked at again, and what came of it."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute


class Reexamined(StrEnum):
    """What a person says after looking again: it stays as it is, or it shall be declared anew."""

    KEEP = "keep"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class DueDocument:
    """A document that is kept back, with the day on which it is to be looked at again.

    `due` None: somebody said that it shall change, and nobody has signed a new decision yet. `overdue` by the day asked
    about; `gone` says why its reason no longer holds by the present rules, None when it does.
    """

    id: str
    title: str | None
    number: str | None
    unit: str | None
    attribute: DisclosureAttribute
    reason: str | None
    decided_at: dt.datetime
    due: dt.date | None
    overdue: bool
    gone: str | None = None


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
