"""Measure coverage against targets, each figure with the rows behind it."""

import datetime as dt

from attrtrack.domain.access import Right
from attrtrack.domain.measures import Measure
from attrtrack.domain.standings import Scope
from attrtrack.errors import UsageError
from attrtrack.metrics import DaysBehind, KindItem, KindRow, Scoped, measures, measures_of
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import compared, exact, renewed


def coverage(
    app: App,
    *,
    year: int | None = None,
    unit: str | None = None,
    as_of: dt.date | None = None,
    policy_kind: str | None = None,
) -> tuple[Measure, ...]:
    """Return every measure of a year, unit and kind of document (None: all), as the register stood at `as_of` (None: now).

    Figures of now are read off the standings where these tell exactly how the register is, else off the register itself.
    """
    permitted(app, Right.MEASURE)
    known = [row.code for row in app.rules.policy_kinds]
    if policy_kind is not None and policy_kind not in known:
        raise UsageError(f"没有文件种类 {policy_kind[:40]}：可以写 {'、'.join(known)}。")
    current = as_of is None and renewed(app, anew=False)
    with app.reading() as work:
        if current and exact(app, work):
            scope = Scope(year, unit, policy_kind=policy_kind)
            rows = [
                KindRow(key, kind, None, DaysBehind(days, provisional))
                for key, kind, days, provisional in work.standings.kind_rows(scope)
            ]
            items = [
                KindItem(key, kind, confirmed, by_people=said)
                for key, kind, confirmed, said in work.standings.link_rows(scope)
            ]
            return measures_of(rows, items, Scoped(year, unit, app.rules))
        copied = compared(app.rules)
        every = work.queries.measured_documents(unit=unit, year=year, as_of=as_of, compared=copied)
        documents = tuple(row for row in every if policy_kind in {None, app.rules.policy_kind(row.need_rule)})
    return measures(documents, year=year, unit=unit, rules=app.rules)
