"""The wheel works where no checkout is: built, installed in an empty environment, tested from another folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (
    "builders.py", "conftest.py", "contract_shapes.py", "decided_letters.py", "hostile_files.py", "office_files.py",
    "office_program.py", "ofd_files.py", "saved_pages.py", "word_files.py",
)  # fmt: skip
OPENED_BY_OFFICE = "contract/test_auditing_command.py::test_an_office_program_opens_the_list"
"""Needs a program that is no part of the wheel; the checkout runs it."""
INI = "[pytest]\npythonpath = .\naddopts = --import-mode=importlib -q\nfilterwarnings = error\n"


def sh(*command: str | Path, cwd: Path) -> str:
    """Run a command without the checkout's environment and return its output, or fail with it."""
    env = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "ATTRTRACK", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the checkout."""
    out = tmp_path_factory.mktemp("wheel")
    sh(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ".", cwd=ROOT)
    return next(out.glob("*.whl"))


@pytest.mark.wheel
def test_wheel_holds_rules_model_migrations_and_pages(wheel: Path) -> None:
    """What the program reads at run time is inside."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "attrtrack/rules/data/reasons.toml",
        "attrtrack/_bundled/models/manifest.json",
        "attrtrack/_bundled/training_data/README.md",
        "attrtrack/storage/migrations/env.py",
        "api/templates/overview.html",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.wheel
def test_installed_wheel_passes_the_contract_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """An empty environment, the wheel, plain pytest, no checkout on the path."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    sh(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    tools = tmp_path / "env" / "bin"
    sh(
        tools / "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        wheel,
        "pytest",
        "openpyxl",
        "httpx",
        cwd=place,
    )
    for name in CONTRACT:
        shutil.copy(ROOT / "tests" / name, place)
    shutil.copytree(ROOT / "tests" / "contract", place / "contract")
    (place / "pytest.ini").write_text(INI, encoding="utf-8")
    where = sh(tools / "python", "-c", "import attrtrack; print(attrtrack.__file__)", cwd=place)
    assert str(tmp_path / "env") in where
    said = sh(tools / "pytest", "contract", "--deselect", OPENED_BY_OFFICE, cwd=place)
    assert " passed" in said
    assert "skipped" not in said
