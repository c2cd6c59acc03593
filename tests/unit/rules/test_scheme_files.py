"""Schemes among the rule tables: an office's own beside the program's, checked before anything is done."""

from importlib import resources
from pathlib import Path

import pytest

from attrtrack.errors import RulesInvalidError
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.loader import SHIPPED


def shipped(name: str) -> str:
    """Return a shipped scheme's text."""
    return resources.files("attrtrack.rules").joinpath("data", "schemes", f"{name}.toml").read_text(encoding="utf-8")


def an_own(folder: Path, text: str, name: str = "own") -> Path:
    """Put a scheme in an office's folder of rules."""
    (folder / "schemes").mkdir(exist_ok=True)
    (folder / "schemes" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_shipped_scheme_is_known(rules: Rules) -> None:
    """The names in the program are the files beside it, and the code of each is its file's name."""
    files = resources.files("attrtrack.rules").joinpath("data", "schemes").iterdir()
    assert {file.name.removesuffix(".toml") for file in files} == set(SHIPPED) == {one.code for one in rules.schemes}


def test_an_office_adds_its_own_scheme(rules: Rules, tmp_path: Path) -> None:
    """It stands behind the program's, and the version of the rules is another."""
    text = shipped(SHIPPED[0]).replace(f'code = "{SHIPPED[0]}"', 'code = "own"', 1)
    found = load_rules(an_own(tmp_path, text))
    assert [one.code for one in found.schemes] == [*SHIPPED, "own"]
    assert found.version != rules.version


def test_an_office_replaces_a_scheme_of_the_program(tmp_path: Path) -> None:
    """A file of the same name takes its place."""
    text = shipped(SHIPPED[0]).replace("places = 1", "places = 2", 1)
    found = load_rules(an_own(tmp_path, text, SHIPPED[0]))
    assert [one.places for one in found.schemes] == [2, 1]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (f'code = "{SHIPPED[0]}"', f'code = "{SHIPPED[0]}"', "重复"),
        ('source = "measure:labelled-rate"', 'source = "measure:nothing"', "nothing"),
        ('source = "finding:mark-contradicts"', 'source = "finding:nothing"', "nothing"),
        ('least = "0"', 'least = "10"', "等次"),
        ("[scheme]", "[[scheme]]", "scheme"),
        ("[scheme]", "[scheme", "TOML"),
    ],
)
def test_a_broken_scheme_of_an_office_is_refused_at_once(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    """Before any command does anything, with the name of what is wrong."""
    text = shipped(SHIPPED[0])
    assert right in text
    if told != "重复":
        text = text.replace(f'code = "{SHIPPED[0]}"', 'code = "own"', 1)
    with pytest.raises(RulesInvalidError, match=told):
        load_rules(an_own(tmp_path, text.replace(right, wrong, 1)))
