"""LibreOffice as the office program of the tests: it writes the formats that no library of ours writes."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_SECONDS = 240


def converted(files: Mapping[str, bytes], target: str, folder: Path) -> dict[str, bytes]:
    """Convert files in one process of the program; `target` is its filter (`pdf`, `doc:MS Word 97` …).

    Returns the new bytes by the old names. Without LibreOffice the test is skipped; in CI that is a failure.
    """
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing")
        pytest.skip("needs LibreOffice Writer")
    sources, results = folder / "sources", folder / "results"
    sources.mkdir()
    for name, data in files.items():
        (sources / name).write_bytes(data)
    ending = target.partition(":")[0]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(results)]
    subprocess.run(
        [*command, *(str(sources / name) for name in files)], check=True, capture_output=True, timeout=_SECONDS
    )
    return {name: (results / f"{Path(name).stem}.{ending}").read_bytes() for name in files}
