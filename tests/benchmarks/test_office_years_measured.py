"""A thousand generated office-years, half on each database: every set adds up, and the verifier finds no difference."""

from pathlib import Path

from measuring import in_full
from office_years import differences, fill

from attrtrack.bootstrap import build_app

OFFICES = in_full(500, in_ci=3)


def test_every_office_year_adds_up_in_full(database_url: str, tmp_path: Path) -> None:
    """Other offices than those of the test command, and other ones on each database."""
    app, first = build_app(database_url, "王办理"), 1_000 if database_url.startswith("sqlite") else 2_000
    measured = fill(app.store, app.rules, range(first, first + OFFICES))
    found = {unit: differences(app, unit, year, tmp_path) for unit, year in measured.items()}
    app.store.close()
    wrong = {unit: told for unit, told in found.items() if told}
    print(f"\n{len(found)} office-years on {database_url.partition(':')[0]}: {len(wrong)} with differences")
    assert wrong == {}
