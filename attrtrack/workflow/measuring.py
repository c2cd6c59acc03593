"""Measure coverage against targets, each figure with the rows behind it."""

import datetime as dt

from attrtrack.domain.access import Right
from attrtrack.domain.measures import Measure
from attrtrack.domain.standings import Scope
from attrtrack.metrics import KindItem, KindRow, Scoped, measures, measures_of
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import exact, renewed


def coverage(
    app: App, *, year: int | None = None, unit: str | None = None, as_of: dt.date | None = None
) -> tuple[Measure, ...]:
    """Return every measure of a year and unit (None: all), as the register stood at `as_of` (None: now).

    Figures of now are read off the standings where these tell exactly how the register is, else off the register itself.
    """
    permitted(app, Right.MEASURE)
    current = as_of is None and renewed(app, anew=False)
    with app.reading() as work:
        if current and exact(app, work):
            scope = Scope(year, unit)
            rows = [KindRow(key, kind) for key, kind in work.standings.kind_rows(scope)]
            items = [KindItem(key, kind, confirmed) for key, kind, confirmed in work.standings.link_rows(scope)]
            return measures_of(rows, items, Scoped(year, unit, app.rules))
        documents = tuple(work.queries.measured_documents(unit=unit, year=year, as_of=as_of))
    return measures(documents, year=year, unit=unit, rules=app.rules)
