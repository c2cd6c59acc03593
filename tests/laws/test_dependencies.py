"""What the program brings along: locked with hashes, licences that may ship, no known fault overlooked, nothing unsafe by bandit."""

import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "attrtrack" / "deploy"
LOCKED = re.findall(
    r"^([A-Za-z0-9_.-]+)==(\S+)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    (DEPLOY / "requirements.lock").read_text(encoding="utf-8"),
    re.MULTILINE,
)
LGPL_IMPORTED = {"psycopg", "psycopg-binary", "psycopg-pool", "python-stdnum"}
"""Under the LGPL, imported as they are, changed nowhere, replaceable by the office: that much the licence asks."""


def tool(name: str) -> ModuleType:
    """Load a tool of .ci."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def direct() -> list[Requirement]:
    """Return what pyproject asks for at run time, with the extra for PostgreSQL."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]]


def here(marker: str) -> bool:
    """Whether a line of the lock is for this machine."""
    return not marker or Requirement(f"x ; {marker}").marker.evaluate()  # type: ignore[union-attr]


def closure() -> Iterator[str]:
    """Yield the names of everything that the program needs here, by the metadata of what is installed."""
    queue, seen = direct(), set()
    while queue:
        wanted = queue.pop()
        if (key := (canonicalize_name(wanted.name), frozenset(wanted.extras))) in seen:
            continue
        seen.add(key)
        yield key[0]
        for text in importlib.metadata.requires(wanted.name) or []:
            one = Requirement(text)
            extras = wanted.extras or {""}
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(one)


def test_the_lock_has_what_pyproject_asks_for() -> None:
    """Each dependency stands in the lock at a version that pyproject permits; after a change, `make lock`."""
    versions = {canonicalize_name(name): version for name, version, marker, _ in LOCKED if here(marker)}
    for wanted in direct():
        assert versions.get(canonicalize_name(wanted.name)) in wanted.specifier, str(wanted)


def test_the_lock_has_everything_and_nothing_else() -> None:
    """What the dependencies themselves need is locked too, and nothing that nobody needs."""
    assert {canonicalize_name(name) for name, _, marker, _ in LOCKED if here(marker)} == set(closure())


def test_every_locked_file_has_its_hash() -> None:
    """Nothing is installed from the lock but what bears one of its digests."""
    text = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
    assert len(LOCKED) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE))


def test_no_licence_forbids_to_ship() -> None:
    """Every package says its licence; none is under the GPL or AGPL, and the LGPL ones are those that are only imported."""
    head, *rows = [
        line.split("\t") for line in (DEPLOY / "licences.tsv").read_text(encoding="utf-8").splitlines() if line
    ]
    assert head == ["name", "version", "licence"]
    listed = {(canonicalize_name(name), version) for name, version, _ in rows}
    assert listed <= {(canonicalize_name(name), version) for name, version, _, _ in LOCKED}
    assert {canonicalize_name(name) for name, _, marker, _ in LOCKED if here(marker)} <= {name for name, _ in listed}
    for name, _, licence in rows:
        assert licence not in {"", "UNKNOWN"}, name
        copyleft = re.search(r"GPL|General Public|SSPL|Commons Clause|Affero", licence)
        lesser = re.search(r"LGPL|Lesser General Public", licence)
        assert copyleft is None or (lesser and canonicalize_name(name) in LGPL_IMPORTED), f"{name}: {licence}"


def test_bandit_finds_nothing() -> None:
    """Only what ruff asks line by line is left out, each check named with its reason in .ci/bandit.yaml."""
    done = subprocess.run(
        [Path(sys.executable).parent / "bandit", "-q", "-c", ".ci/bandit.yaml", "-r", "attrtrack", "api", "-f", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert [f"{item['filename']}:{item['line_number']} {item['issue_text']}" for item in report["results"]] == []
    assert len(report["metrics"]) > 100
    reasons = re.findall(
        r"^  - (B\d+)(?:  # (ruff S\d+: .+))?$", (ROOT / ".ci" / "bandit.yaml").read_text(), re.MULTILINE
    )
    assert reasons
    assert all(reason for _, reason in reasons)


SKIPPED = {"name": "a", "skip_reason": "not found"}
CLEAN = {"name": "b", "version": "1", "vulns": []}
FAULTY = {"name": "c", "version": "1", "vulns": [{"id": "PYSEC-1"}]}


@pytest.mark.parametrize(
    ("report", "status", "word"),
    [
        ([], 75, "NOT RUN"),
        ([SKIPPED, SKIPPED], 75, "NOT RUN: 0 of 2"),
        ([SKIPPED, CLEAN], 75, "NOT COMPLETE: 1 of 2"),
        ([CLEAN], 0, "1 packages audited"),
        ([SKIPPED, FAULTY], 1, "PYSEC-1"),
    ],
)
def test_an_audit_of_nothing_is_no_audit(report: list[dict[str, Any]], status: int, word: str) -> None:
    """A package that was skipped was not audited: `make audit` passes only when every one was, and says otherwise which not."""
    verdict = tool("audit").judged(report)
    assert verdict.status == status
    assert word in verdict.sentence
