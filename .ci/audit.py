"""Asks the advisory service about the locked dependencies, and says honestly whether it answered.

Status 0: every package was audited and nothing is known against it. 1: something is known. 75: not run, or not for every
package. pip-audit itself prints "No known vulnerabilities found" and 0 when it could ask about none.
"""
# ruff: noqa: INP001 - scripts of the build, run by their path

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "attrtrack" / "deploy" / "requirements.lock"
CLEAN, KNOWN, NOT_RUN = 0, 1, 75
_SECONDS = 300


class Verdict(NamedTuple):
    """What the audit is worth, in a sentence, and the status it ends with."""

    status: int
    sentence: str


def judged(dependencies: Sequence[Mapping[str, Any]]) -> Verdict:
    """Judge pip-audit's own report: a package that was skipped was not audited."""
    skipped = [item for item in dependencies if item.get("skip_reason")]
    audited = len(dependencies) - len(skipped)
    found = {item["name"]: [fault["id"] for fault in item["vulns"]] for item in dependencies if item.get("vulns")}
    if found:
        faults = "; ".join(f"{name}: {', '.join(ids)}" for name, ids in sorted(found.items()))
        return Verdict(KNOWN, f"pip-audit: {len(found)} of {audited} audited packages have known faults: {faults}")
    if not audited:
        why = skipped[0]["skip_reason"] if skipped else "the report lists no package"
        return Verdict(NOT_RUN, f"pip-audit: NOT RUN: 0 of {len(dependencies)} packages were audited ({why})")
    if skipped:
        names = ", ".join(sorted(item["name"] for item in skipped))
        return Verdict(NOT_RUN, f"pip-audit: NOT COMPLETE: {audited} of {len(dependencies)} audited, not: {names}")
    return Verdict(CLEAN, f"pip-audit: {audited} packages audited, nothing known against them")


def audit() -> Verdict:
    """Run pip-audit on the lock."""
    command = [str(Path(sys.executable).parent / "pip-audit"), "-r", str(LOCK), "--require-hashes", "--disable-pip"]
    try:
        done = subprocess.run(  # noqa: S603 - own tool
            [*command, "--format", "json", "--progress-spinner", "off"],
            capture_output=True, text=True, check=False, timeout=_SECONDS,
        )  # fmt: skip
        return judged(json.loads(done.stdout)["dependencies"])
    except (OSError, subprocess.TimeoutExpired) as error:
        return Verdict(NOT_RUN, f"pip-audit: NOT RUN: {error}")
    except (ValueError, KeyError):
        said = (done.stderr or done.stdout).strip().splitlines()
        return Verdict(NOT_RUN, f"pip-audit: NOT RUN: {said[-1] if said else 'no answer'}")


if __name__ == "__main__":
    verdict = audit()
    sys.stdout.write(verdict.sentence + "\n")
    sys.exit(verdict.status)
