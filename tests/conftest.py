"""What every test may use."""

import gc
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from postgresql_servers import PostgreSqlServer, a_server
from ready_registers import ReadyRegisters
from register_places import KINDS, OF_SQLITE_ALONE, PLACES

from attrtrack.rules import Rules, load_rules
from attrtrack.storage import revisions

ROOT = Path(__file__).resolve().parent.parent
_NOT_RUN: list[str] = []
_OF_SQLITE: Counter[str] = Counter()
_ON: dict[str, list[str]] = {"postgresql": [], "sqlite": [], "": []}
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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSqlServer]:
    """Give a PostgreSQL server: the one that is named, else one started for this run."""
    with a_server() as server:
        yield server


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    server: PostgreSqlServer = request.getfixturevalue("postgresql_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


@pytest.fixture(scope="session", autouse=True)
def register_places(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the registers stand where `--database` says, and throw away at the end what several tests had together."""
    if _on_postgresql(request.config):
        PLACES.move_to(request.getfixturevalue("postgresql_server"))
    yield
    PLACES.drop_below(Path("/"))


@pytest.fixture(autouse=True)
def registers_of_a_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Throw a test's own registers away after it, and tell on which kind of database it was run."""
    if not _on_postgresql(request.config):
        yield
        return
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    PLACES.used.clear()
    yield
    if folder is not None:
        PLACES.drop_below(folder)
    request.node.user_properties.append(("databases", " ".join(sorted(PLACES.used))))


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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the other database, and a part of the tests."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="where every test makes its registers; on postgresql what is of SQLite alone is left out, counted and told",
    )
    parser.addoption("--one-in", type=int, default=1, metavar="N", help="run one test of N, chosen by its name")


def _on_postgresql(config: pytest.Config) -> bool:
    return bool(config.getoption("--database") == "postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose, mark what needs the machine for itself or SQLite, and run first what is long in one piece."""
    among = config.getoption("--one-in")
    left_out = [item for item in items if zlib.crc32(item.nodeid.encode()) % among]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not zlib.crc32(item.nodeid.encode()) % among]
    for item in items if _on_postgresql(config) else ():
        for marker in item.iter_markers("sqlite"):
            item.add_marker(pytest.mark.skip(reason=OF_SQLITE_ALONE + marker.args[0]))
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
    """Remember what was skipped and on which database the others were run, so that the end of the run can say so."""
    why = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if OF_SQLITE_ALONE in why:
        _OF_SQLITE[why.partition(OF_SQLITE_ALONE)[2]] += 1
    elif report.skipped:
        _NOT_RUN.append(report.nodeid)
    for name, value in report.user_properties if report.when == "teardown" else ():
        if name == "databases":
            for kind in str(value).split() or [""]:
                _ON[kind].append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly which measurements and tests were not run, and what was run where."""
    write = terminalreporter.write_line
    if _on_postgresql(terminalreporter.config):
        write(f"on PostgreSQL: {len(_ON['postgresql'])}; without a register: {len(_ON[''])}")
        write(f"on SQLite as well ({len(_ON['sqlite'])}): " + ", ".join(sorted(_ON["sqlite"])))
        write(f"of SQLite alone ({_OF_SQLITE.total()}):")
        for reason, count in _OF_SQLITE.most_common():
            write(f"  {count} {reason}")
    if _NOT_RUN:
        write(f"not run ({len(_NOT_RUN)}): " + ", ".join(sorted(_NOT_RUN)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped PostgreSQL, browser or wheel test is a failure; only reference measurements may be absent."""
    if os.environ.get("CI") == "true" and any("benchmarks" not in name for name in _NOT_RUN):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
