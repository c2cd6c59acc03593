"""Generated office-years on both databases: every set adds up, every way of asking agrees, the verifier finds nothing."""

from pathlib import Path

from office_years import differences, fill

from attrtrack.bootstrap import build_app
from attrtrack.workflow.measuring import coverage

OFFICES = {"sqlite": range(25), "postgresql": range(25, 50)}


def test_every_office_year_adds_up(database_url: str, tmp_path: Path) -> None:
    """Twenty-five offices on each database, other ones on each: no difference in any figure of any of them."""
    app = build_app(database_url, "王办理")
    measured = fill(app.store, app.rules, OFFICES[database_url.partition(":")[0].partition("+")[0]])
    found = {unit: differences(app, unit, year, tmp_path) for unit, year in measured.items()}
    together = coverage(app)
    app.store.close()
    assert {unit: told for unit, told in found.items() if told} == {}
    assert {one.code for one in together if not one.numerator} == set()
    assert {one.code for one in together if len(one.numerator) == len(one.denominator)} == set()
