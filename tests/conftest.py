"""What every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ready_registers import ReadyRegisters

from attrtrack.rules import Rules, load_rules
from attrtrack.storage import revisions

ROOT = Path(__file__).resolve().parent.parent
_NOT_RUN: list[str] = []
_COMPARE_SPEEDS = frozenset(
    [
        "cold_start",
        "delays",
        "exports",
        "docx",
        "hostile",
        "identifiers",
        "journal",
        "linking_scale",
        "pages",
        "pdf",
        "precedents",
        "proposal_speed",
        "proposing",
        "reading",
        "scale",
        "searching",
        "sign_off",
        "storage",
        "training",
        "transfer",
        "web_load",
    ]
)


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rule tables that the package ships."""
    return load_rules()


@pytest.fixture(scope="session", autouse=True)
def ready_registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copy fresh registers instead of migrating an empty database in every test."""
    really = revisions._upgrade
    revisions._upgrade = ReadyRegisters(tmp_path_factory.mktemp("ready"), really)  # type: ignore[assignment]
    yield
    revisions._upgrade = really


@pytest.fixture(autouse=True)
def nothing_of_others(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what earlier tests left in memory cost a measurement nothing: the collector walked it again and again."""
    if request.node.get_closest_marker("alone") is None:
        yield
        return
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the machine for itself, and run first what is long in one piece."""
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0] if item.path.is_relative_to(ROOT / "tests") else ""
        if folder == "benchmarks" and item.path.stem.split("_", 1)[1].removesuffix("_measured") in _COMPARE_SPEEDS:
            item.add_marker(pytest.mark.alone)
    items.sort(key=_shortest_last)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let one process have together what shares something dear to make: the wheel, the sample year, the models of a file.

    The mark `xdist_group` groups nothing with pytest-xdist 3.8 under pytest 9.2: the ids it writes to are no longer read.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only there when tests run side by side

    class Together(LoadScopeScheduling):  # type: ignore[misc, unused-ignore]
        def _split_scope(self, nodeid: str) -> str:
            parts = nodeid.partition("::")[0].split("/")
            kept = {"wheel": 2, "browser": 2, "benchmarks": 3}.get(parts[1] if len(parts) > 1 else "", 0)
            return "/".join(parts[:kept]) or nodeid

    return Together(config, log)


def _shortest_last(item: pytest.Item) -> int:
    """Order what is long in one piece before the many short tests, or one process ends alone with it."""
    long = ("wheel", "benchmarks", "property", "api", "browser")
    folder = item.path.relative_to(ROOT / "tests").parts[0] if item.path.is_relative_to(ROOT / "tests") else ""
    return long.index(folder) if folder in long else len(long)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped, so that the end of the run can say so."""
    if report.skipped:
        _NOT_RUN.append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly which measurements and tests were not run."""
    if _NOT_RUN:
        terminalreporter.write_line(f"not run ({len(_NOT_RUN)}): " + ", ".join(sorted(_NOT_RUN)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped PostgreSQL, browser or wheel test is a failure; only reference measurements may be absent."""
    if os.environ.get("CI") == "true" and any("benchmarks" not in name for name in _NOT_RUN):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
