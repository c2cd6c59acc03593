"""Where the reference data lie that measurements run on; it is no part of the repository."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("ATTRTRACK_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared(relative: str) -> Path:
    """Return a path of the reference data, or skip the measurement where there is none."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"no reference data at {relative} (set ATTRTRACK_SHARED)")
    return path


def rows_of(relative: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file of the reference data."""
    with shared(relative).open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)
