"""Exit statuses, help and messages: what every command does alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from attrtrack.cli.catalogue import COMMANDS

CONTRACT = (
    ["read", "suggest", "check", "record", "declare", "sign", "publish", "import", "link", "judge", "coverage", "export", "train", "serve", "demo"]
)  # fmt: skip


def test_every_command_of_the_contract_is_there() -> None:
    """The catalogue holds at least the commands that this version promises."""
    assert set(CONTRACT) <= {command.name for command in COMMANDS}


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_help_teaches(run: Any, command: str) -> None:
    """Help is in Chinese, with an example that starts with the program's name."""
    done = run(command, "--help")
    assert done.status == 0
    assert "例：" in done.out
    assert f"attrtrack {command}" in done.out
    assert "usage:" not in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("nonsense",), ("read",), ("suggest",), ("suggest", "a.txt", "--batch", "b.jsonl"), ("sign",),
        ("coverage", "--year", "去年"), ("publish", "D1", "--url", "https://a.example", "--date", "昨天"),
        ("link", "--batch"), ("link", "--documents", "d.jsonl"), ("read", "--nonsense", "x"),
    ],
)  # fmt: skip
def test_wrong_use_is_status_two_with_a_chinese_sentence(run: Any, arguments: tuple[str, ...]) -> None:
    """Wrong use says what is wrong and prints nothing on stdout."""
    done = run(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert "错误[usage]" in done.err


def test_an_option_before_the_command_is_told_where_it_belongs(run: Any) -> None:
    """Who writes --as first is not told that a name is no command."""
    done = run("--as", "王办理", "coverage", "--year", "2023")
    assert done.status == 2
    assert "--as 应写在命令后面" in done.err


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("sqlite:////proc/不存在/a.db", marks=pytest.mark.sqlite("a folder that is not there")),
        "postgresql+psycopg://127.0.0.1:9/none",
        "nonsense",
    ],
)
def test_unusable_database_is_status_three(run: Any, letter: str, url: str) -> None:
    """The environment's failure is told in a sentence."""
    done = run("record", letter, "--db", url, "--json")
    assert done.status == 3
    assert "错误[" in done.err


def test_broken_model_is_status_three_and_says_what_to_run(
    run: Any, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that does not fit is refused, not used."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "manifest.json").write_text(json.dumps({"format": 0}), encoding="utf-8")
    monkeypatch.setenv("ATTRTRACK_MODELS_DIR", str(tmp_path / "models"))
    done = run("suggest", letter)
    assert done.status == 3
    assert "attrtrack train" in done.err


def test_without_a_model_the_rules_speak_and_say_so(
    run: Any, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No model is no failure: the proposal says that it rests on marks and rules alone."""
    monkeypatch.setenv("ATTRTRACK_MODELS_DIR", str(tmp_path / "nowhere"))
    row = run("suggest", letter, "--json").rows[0]
    assert row["model_version"] is None
    assert "model-absent" in {finding["code"] for finding in row["findings"]}


def test_unknown_setting_in_the_file_is_wrong_use(
    run: Any, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt setting is told, with the known ones."""
    (tmp_path / "a.toml").write_text('databse_url = "x"', encoding="utf-8")
    monkeypatch.setenv("ATTRTRACK_CONFIG", str(tmp_path / "a.toml"))
    done = run("read", letter)
    assert done.status == 2
    assert "databse_url" in done.err
    assert "database_url" in done.err
