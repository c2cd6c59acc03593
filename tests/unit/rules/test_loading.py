"""Rule tables: complete, versioned, and refused with a sentence when broken."""

import shutil
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import RulesInvalidError
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.loader import check_rules


def table(name: str) -> str:
    """Return a shipped table's text."""
    return resources.files("attrtrack.rules").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")


def test_same_tables_same_version(rules: Rules) -> None:
    """The version is a function of the content alone."""
    assert load_rules().version == rules.version
    assert set(rules.hashes) >= {"reasons", "marks", "targets", "units"}


def test_an_office_may_replace_one_table(rules: Rules, tmp_path: Path) -> None:
    """Another folder's table is validated the same way and gives another version."""
    text = table("gate").replace('values = ["on_request", "withheld"]', 'values = ["withheld"]')
    (tmp_path / "gate.toml").write_text(text, encoding="utf-8")
    own = load_rules(tmp_path)
    assert own.switch("reason_required_for") == ("withheld",)
    assert own.version != rules.version
    assert own.hashes["marks"] == rules.hashes["marks"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("row = 3", "row"),
        ("[[row]]\ncode = 'x'\n", "缺少字段"),
        ("not toml", "TOML"),
        ("[[row]]\ncode='a'\nvalues=[]\nmeaning=''\nsource=''\n" * 2, "重复"),
        ("[[row]]\ncode=1\nvalues=[]\nmeaning=''\nsource=''\n", "类型"),
    ],
)
def test_broken_table_is_refused_by_name(tmp_path: Path, broken: str, told: str) -> None:
    """The message names the table and what is wrong with it."""
    (tmp_path / "gate.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(RulesInvalidError, match=r"gate\.toml") as error:
        load_rules(tmp_path)
    assert told in error.value.message


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('values = ["0.8"]', 'values = ["八成"]', "doubt_threshold"),
        ('values = ["0.8"]', "values = []", "doubt_threshold"),
        ('values = ["2019-05-15"]', 'values = ["2019年"]', "regulation_since"),
        ('values = ["on"]', 'values = ["yes"]', "mark_contradiction_blocks"),
        ('code = "doubt_threshold"', 'code = "doubt"', "doubt"),
    ],
)
def test_a_switch_of_the_wrong_kind_is_refused_at_loading(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    """A number, a day and on/off are asked for before any document is judged; an unknown or missing switch is named."""
    text = table("gate")
    assert right in text
    (tmp_path / "gate.toml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(RulesInvalidError, match=told):
        load_rules(tmp_path)


def test_pattern_that_is_no_pattern_is_refused(tmp_path: Path) -> None:
    """A wrong regular expression is found at loading, not in the middle of a batch."""
    (tmp_path / "marks.toml").write_text(table("marks").replace("pattern = ", "pattern = '(' #", 1), encoding="utf-8")
    with pytest.raises(RulesInvalidError, match="正则"):
        load_rules(tmp_path)


def test_targets_say_where_they_come_from(rules: Rules) -> None:
    """70 % and 50 % come from the 2020 work points; no paper sets 100 % and the row says so."""
    sources = {row.measure: row.source for row in rules.targets}
    assert "2020年政务公开工作要点" in sources["diversified-rate"]
    assert "2020年政务公开工作要点" in sources["off-website-rate"]
    assert "没有文件规定" in sources["interpretation-rate"]
    assert "忻政办函〔2023〕48号" in sources["interpretation-rate"]


def test_fifty_four_units_in_two_classes(rules: Rules) -> None:
    """The 2020 plan assesses 11 cities and 43 provincial units."""
    classes = [row.category for row in rules.units]
    assert (classes.count("A"), classes.count("B")) == (11, 43)


@pytest.mark.parametrize(
    ("word", "attribute"),
    [
        ("主动公开", DisclosureAttribute.PROACTIVE),
        (" 不 公开 ", DisclosureAttribute.WITHHELD),
        ("免予公开", DisclosureAttribute.WITHHELD),
        ("（依申请公开）", DisclosureAttribute.ON_REQUEST),
        ("删减后公开", DisclosureAttribute.PROACTIVE),
        ("看情况", None),
        ("", None),
    ],
)
def test_words_of_ledgers_resolve_to_attributes(rules: Rules, word: str, attribute: DisclosureAttribute | None) -> None:
    """Synonyms map to one of three attributes; anything else is none, never a default."""
    assert rules.attribute_named(word) is attribute


def test_finding_sentences_exist_and_differ(rules: Rules) -> None:
    """Every finding tells people something of its own."""
    texts = [row.text for row in rules.findings]
    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_copy_of_all_tables_has_the_same_version(rules: Rules, tmp_path: Path) -> None:
    """An office that copies the tables unchanged has the program's own version."""
    source = Path(str(resources.files("attrtrack.rules").joinpath("data")))
    shutil.copytree(source, tmp_path / "rules")
    assert load_rules(tmp_path / "rules").version == rules.version


def test_shipped_tables_pass_every_check(rules: Rules) -> None:
    """The package's tables are read when first asked for; here all of them are checked, with patterns and references."""
    check_rules(rules)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("copied-rate/interpretation", "copied-rate/document"),
        ('days = ["成文日期", "公开日期"]', 'days = ["成文日期"]'),
        ("〔复查过〕 为 是", "〔复查过〕 大于 是"),
        ("〔复查过〕 为 是", "复查过 为 是"),
        ("分子：〔复查过〕 为 是", "上面：〔复查过〕 为 是"),
    ],
)
def test_steps_are_those_of_the_measures_and_can_be_followed(tmp_path: Path, right: str, wrong: str) -> None:
    """A measure without steps, steps of no measure and words that are no step are refused by the table's name."""
    text = resources.files("attrtrack.rules").joinpath("data", "measure_steps.toml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "measure_steps.toml").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(RulesInvalidError, match=r"measure_steps\.toml"):
        load_rules(tmp_path)


def test_a_table_is_read_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is known at once; parsing a table waits for its first reader and is done once."""
    parsed: list[str] = []
    plain = tomllib.loads

    def counted(text: str) -> dict[str, Any]:
        parsed.append(text)
        return plain(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    lazy = load_rules()
    assert (len(lazy.version), parsed) == (12, [])
    assert lazy.gate[0] == next(iter(lazy.gate))
    assert len(parsed) == 1


def test_own_tables_are_checked_before_they_are_asked_for(tmp_path: Path) -> None:
    """An office learns of a reference to a reason that is not there when the program starts, not in the middle of work."""
    text = table("attribute_rules").replace("reason = '", "reason = 'NO-", 1)
    (tmp_path / "attribute_rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesInvalidError, match="没有理由代码"):
        load_rules(tmp_path)
