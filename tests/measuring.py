"""How much is measured: everything by `make bench`, less where CI=true, for a run there may take 25 minutes in all.

Every test asserts the same bounds either way; what was left out is printed.
"""

import os
from typing import TypeVar

IN_CI = os.environ.get("CI") == "true"


Size = TypeVar("Size")


def in_full(whole: Size, *, in_ci: Size) -> Size:
    """Return how many rows, seeds or letters to measure, or which sets."""
    return in_ci if IN_CI else whole
