"""The wheel works where no checkout is: built, installed in an empty environment, tested from another folder."""

import shutil
import zipfile
from pathlib import Path

import pytest
from clean_runs import Installed, sh

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (
    "builders.py", "conftest.py", "contract_shapes.py", "decided_letters.py", "hostile_files.py", "office_files.py",
    "office_program.py", "ofd_files.py", "postgresql_servers.py", "ready_registers.py", "register_insides.py",
    "register_places.py", "saved_pages.py", "word_files.py",
)  # fmt: skip
INI = "[pytest]\npythonpath = .\naddopts = --import-mode=importlib -q\nfilterwarnings = error\nmarkers = postgresql\n    sqlite\n"


@pytest.mark.wheel
def test_wheel_holds_rules_model_migrations_and_pages(wheel: Path) -> None:
    """What the program reads at run time is inside."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "attrtrack/rules/data/reasons.toml",
        "attrtrack/_bundled/models/manifest.json",
        "attrtrack/_bundled/training_data/README.md",
        "attrtrack/storage/migrations/env.py",
        "attrtrack/deploy/requirements.lock",
        "attrtrack/deploy/attrtrack.service",
        "api/templates/overview.html",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.wheel
def test_installed_wheel_passes_the_contract_from_another_folder(installed: Installed, tmp_path: Path) -> None:
    """The environment that the bundle made, plain pytest beside it, no checkout on the path; `make test` runs the contract here alone."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    tools = installed.tools
    sh(tools / "pip", "install", "--quiet", "--disable-pip-version-check", "pytest", "openpyxl", "httpx", cwd=place)
    for name in CONTRACT:
        shutil.copy(ROOT / "tests" / name, place)
    shutil.copytree(ROOT / "tests" / "contract", place / "contract")
    (place / "pytest.ini").write_text(INI, encoding="utf-8")
    where = sh(tools / "python", "-c", "import attrtrack; print(attrtrack.__file__)", cwd=place)
    assert str(installed.folder) in where
    said = sh(tools / "pytest", "contract", cwd=place)
    assert " passed" in said
    assert "skipped" not in said
