"""Measure coverage against targets, each figure with the rows behind it."""

import datetime as dt

from attrtrack.domain.access import Right
from attrtrack.domain.measures import Measure
from attrtrack.metrics import measures
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted


def coverage(
    app: App, *, year: int | None = None, unit: str | None = None, as_of: dt.date | None = None
) -> tuple[Measure, ...]:
    """Return every measure of a year and unit (None: all), as the register stood at `as_of` (None: now)."""
    permitted(app, Right.MEASURE)
    with app.reading() as work:
        rows = tuple(work.queries.measured_documents(unit=unit, year=year, as_of=as_of))
    return measures(rows, year=year, unit=unit, rules=app.rules)
