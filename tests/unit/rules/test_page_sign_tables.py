"""The signs by which pages show forms and channels, and the switch of the disputed forms."""

import re
from pathlib import Path

import pytest

from attrtrack.domain.measures import MeasuredInterpretation
from attrtrack.errors import RulesInvalidError
from attrtrack.metrics.counting import Place, Sorter, diversified_item
from attrtrack.rules import load_rules
from attrtrack.rules.schema import PageSignRow

TABLES = load_rules()
DATA = Path(__file__).resolve().parents[3] / "attrtrack" / "rules" / "data"
ON = 'code = "disputed_forms_diversified"\nvalues = ["qa", "audio"]'


def fits(row: PageSignRow, text: str) -> bool:
    """Whether the text bears the sign as often as the row asks."""
    return len(re.findall(row.pattern, text)) >= row.least


@pytest.mark.parametrize("row", TABLES.page_signs, ids=lambda row: row.code)
def test_signs_recognise_examples_only(row: PageSignRow) -> None:
    """Both ways, no row without either kind of example, and each rests on a paper or practice."""
    assert row.examples
    assert row.counterexamples
    assert row.source
    assert all(fits(row, example) for example in row.examples)
    assert not any(fits(row, example) for example in row.counterexamples)


def test_disputed_forms_are_those_on_which_papers_differ() -> None:
    """Questions and answers, audio and experts, and their default says the same in both tables."""
    disputed = {row.code: row.diversified for row in TABLES.forms if row.disputed}
    assert disputed.keys() == {"qa", "audio", "expert"}
    assert {code for code, counts in disputed.items() if counts} == set(TABLES.switch("disputed_forms_diversified"))


@pytest.mark.parametrize(
    ("values", "counting"),
    [('["qa", "audio"]', {"qa", "audio"}), ("[]", set()), ('["expert"]', {"expert"})],
)
def test_an_office_switches_the_disputed_forms(tmp_path: Path, values: str, counting: set[str]) -> None:
    """Measures count a disputed form exactly where the office's switch names it; the others are untouched."""
    own = (DATA / "gate.toml").read_text(encoding="utf-8").replace(ON, ON.replace('["qa", "audio"]', values))
    (tmp_path / "gate.toml").write_text(own, encoding="utf-8")
    sorter = Sorter(load_rules(tmp_path))
    places = {
        code: diversified_item(sorter, MeasuredInterpretation("I1", (code,), ("government-website",), confirmed=True))
        for code in ("qa", "audio", "expert", "picture", "text")
    }
    assert {code for code in ("qa", "audio", "expert") if places[code] is Place.NUMERATOR} == counting
    assert (places["picture"], places["text"]) == (Place.NUMERATOR, Place.DENOMINATOR)


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("gate", ON, ON.replace('"qa"', '"picture"'), "picture"),
        ("gate", 'values = ["text"]', 'values = ["words"]', "words"),
        ("gate", 'code = "form_by_default"', 'code = "form_by_chance"', "缺少开关"),
        ("page_signs", 'form = "picture"', 'form = "painting"', "picture-address"),
        ("page_signs", 'channel = "repost"', 'channel = "gossip"', "gossip"),
        ("page_signs", 'where = "publisher"', 'where = "printer"', "where"),
        ("page_signs", 'channel = ""', 'channel = "wechat"', "只写一个"),
    ],
)
def test_signs_and_switches_name_what_the_tables_have(
    tmp_path: Path, table: str, old: str, new: str, told: str
) -> None:
    """An office that names an unknown form, channel or part of the page is told at loading."""
    text = (DATA / f"{table}.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / f"{table}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesInvalidError) as error:
        load_rules(tmp_path)
    assert told in error.value.message
