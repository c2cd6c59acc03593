"""README keeps its word: its console blocks run and print what stands there; its lists are complete."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from attrtrack import errors
from attrtrack.cli.catalogue import COMMANDS
from attrtrack.config import Settings
from attrtrack.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def steps(block: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a block with the lines that must be printed after each."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and line.strip() not in {"", "…"}:
            found[-1][1].append(line.strip())
    return found


def test_there_are_console_blocks() -> None:
    """The first minute is executable."""
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_console_block_runs(block: str, tmp_path: Path) -> None:
    """Each command prints every line shown after it, in that order (`…` in a line stands for anything)."""
    for name in ("attrtrack", "training_data", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ATTRTRACK_USER": "李拟稿",
    }
    env.pop("ATTRTRACK_DATABASE_URL", None)
    for command, expected in steps(block):
        done = subprocess.run(  # noqa: S602 - the README's own commands, as a reader types them
            command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
        printed = iter(done.stdout.splitlines() + done.stderr.splitlines())
        for line in expected:
            pattern = re.escape(line).replace("…", ".*")
            assert any(re.fullmatch(rf"\s*{pattern}\s*", text) for text in printed), (
                f"{command}\nnot printed: {line}\n{done.stdout}"
            )
        assert shlex.split(command)[0] in {"attrtrack", "cat", "printf", "ls"}


def test_every_command_setting_and_error_code_is_listed(rules: Rules) -> None:
    """What a reader may meet is enumerated."""
    missing = [f"`{command.name}`" for command in COMMANDS if f"`{command.name}`" not in README]
    missing += [name for field in fields(Settings) if (name := f"ATTRTRACK_{field.name.upper()}") not in README]
    queue = [errors.AttrtrackError]
    while queue:
        item = queue.pop()
        queue += item.__subclasses__()
        missing += [f"`{item.code}`"] if f"`{item.code}`" not in README else []
    missing += [f"`{row.code}`" for row in rules.measures if f"`{row.code}`" not in README]
    missing += [f"`{name}.toml`" for name in rules.hashes if f"`{name}.toml`" not in README]
    assert missing == []


def test_make_targets_of_the_readme_exist() -> None:
    """The two commands are targets of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert shutil.which("make")
