"""How much is measured: everything by `make bench`, less where CI=true, for a run there may take 25 minutes in all.

Every test asserts the same bounds either way; what was left out is printed.
"""

import os

IN_CI = os.environ.get("CI") == "true"


def in_full(whole: int, *, in_ci: int) -> int:
    """Return how many rows, seeds or letters to measure."""
    return in_ci if IN_CI else whole
