"""Help fits the terminal, counted in columns."""

import pytest

from attrtrack.cli.catalogue import COMMANDS
from attrtrack.cli.help_layout import display_width, wrapped
from attrtrack.cli.parser import build_parser

_COLUMNS = 80


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_help_fits_eighty_columns(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line is wider than the terminal, examples aside: those must be copied whole."""
    monkeypatch.setenv("COLUMNS", str(_COLUMNS))
    with pytest.raises(SystemExit):
        build_parser([name]).parse_args([name, "--help"])
    printed = capsys.readouterr().out
    told, _, examples = printed.partition("例：\n")
    assert [line for line in told.splitlines() if display_width(line) > _COLUMNS] == []
    (command,) = (item for item in COMMANDS if item.name == name)
    assert examples.splitlines() == [f"  {example}" for example in command.examples]


def test_descriptions_line_up_by_columns(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of Chinese characters and of Latin letters leave the same room before what is said of them."""
    monkeypatch.setenv("COLUMNS", str(_COLUMNS))
    with pytest.raises(SystemExit):
        build_parser(["resolve"]).parse_args(["resolve", "--help"])
    lines = capsys.readouterr().out.splitlines()
    starts = {
        display_width(line[: line.index(word)])
        for word in ("登记编号", "显示帮助", "为什么这样处理")
        for line in lines
        if word in line
    }
    assert len(starts) == 1


@pytest.mark.parametrize("columns", [10, 11, 12, 20, 40])
def test_lines_break_where_chinese_may_break(columns: int) -> None:
    """Nothing is lost, no line begins with punctuation, Latin words stay whole."""
    text = "先写 attrtrack，再写名称（如标题）：都不写的，不予登记。"
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line[0] not in "，。：）" for line in lines)
    assert any("attrtrack" in line for line in lines)


def test_usage_names_what_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Required options stand in the first line, others in the list below."""
    with pytest.raises(SystemExit):
        build_parser(["resolve"]).parse_args(["resolve", "--help"])
    assert capsys.readouterr().out.splitlines()[0] == "用法: attrtrack resolve [选项] 编号 --note 说明"
