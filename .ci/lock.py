"""Locks the run-time dependencies with the hashes of every file, and lists their licences from their own metadata.

Written are `attrtrack/deploy/requirements.lock` (pip's own form, for every Python from 3.11 on) and
`attrtrack/deploy/licences.tsv`; both ship in the wheel. uv resolves, because pip hashes only the files of this machine;
pip itself then reads the lock with --require-hashes and reports each package's metadata without installing it.
"""
# ruff: noqa: INP001 - scripts of the build, run by their path

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "attrtrack" / "deploy" / "requirements.lock"
LICENCES = ROOT / "attrtrack" / "deploy" / "licences.tsv"
BIN = Path(sys.executable).parent
HEAD = "# Run-time dependencies with hashes; made by `make lock`, checked by tests/laws/test_dependencies.py. Do not edit.\n"
CLASSIFIER = "License :: OSI Approved :: "


def run(*command: str | Path) -> str:
    """Run a tool of this environment and return its output, or end with what it said."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - own tools
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def lock() -> None:
    """Resolve pyproject's run-time dependencies with the postgresql extra."""
    made = run(
        BIN / "uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11", "--upgrade",
        "--extra", "postgresql", "--no-header", "--no-annotate", "--quiet", "pyproject.toml",
    )  # fmt: skip
    LOCK.write_text(HEAD + made, encoding="utf-8")


def licence(metadata: dict[str, Any]) -> str:
    """Return the licence that a package states: its expression, else its classifiers, else the first line of its field."""
    if stated := metadata.get("license_expression"):
        return str(stated)
    classified = [
        item.removeprefix(CLASSIFIER) for item in metadata.get("classifier", []) if item.startswith(CLASSIFIER)
    ]
    return " AND ".join(classified) or str(metadata.get("license") or "").strip().split("\n")[0]


def licences() -> None:
    """List name, version and licence of every locked package that this platform installs."""
    report = run(
        sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-",
        "--disable-pip-version-check", "--require-hashes", "-r", LOCK,
    )  # fmt: skip
    rows = sorted(
        (item["metadata"]["name"].lower(), item["metadata"]["version"], licence(item["metadata"]))
        for item in json.loads(report)["install"]
    )
    LICENCES.write_text(
        "".join("\t".join(row) + "\n" for row in (("name", "version", "licence"), *rows)), encoding="utf-8"
    )


if __name__ == "__main__":
    lock()
    licences()
