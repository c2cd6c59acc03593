"""How the working days behind a measure are printed."""

from attrtrack.domain.measures import Days


def days_row(days: tuple[Days, ...], *, with_rows: bool) -> dict[str, object]:
    """Return the median (the lower of two) and the longest, None without any, and how many rows may still change."""
    counted = sorted(one.days for one in days)
    row: dict[str, object] = {
        "median": counted[(len(counted) - 1) // 2] if counted else None,
        "longest": counted[-1] if counted else None,
        "provisional": sum(one.provisional for one in days),
    }
    if with_rows:
        row["rows"] = [{"id": one.id, "days": one.days, "provisional": one.provisional} for one in days]
    return row
