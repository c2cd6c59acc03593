"""The import contracts hold; they run inside the test command, beside ruff and mypy (see the Makefile)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_import_contracts_hold() -> None:
    """Floors, side-by-side rooms and protected libraries are as the house says."""
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_a_broken_contract_would_be_seen() -> None:
    """The contracts name every room that exists, so that a new one must be given a floor."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "exhaustive = true" in settings
    for package in sorted(p.name for p in (ROOT / "attrtrack").iterdir() if (p / "__init__.py").is_file()):
        assert package in settings, package
