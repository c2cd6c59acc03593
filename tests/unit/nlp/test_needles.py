"""Strings that a pattern cannot match without, and the sieve that looks for them first."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrtrack.nlp.cues import cues_of
from attrtrack.nlp.needles import branches, folded_needles, needles
from attrtrack.nlp.sieve import Sieve
from attrtrack.rules import Rules


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("会办|协办", {"会办", "协办"}),
        ("立(?:了)?案(?!公布)", {"立案", "立了案"}),
        ("各[县市][^。]{0,9}照此", {"照此"}),
        ("(?:你|贵)局", {"你局", "贵局"}),
        ("收费+标准", {"标准"}),
        ("(?<!不)征收{2,3}的", {"征收", "收的", "征", "收"}),
        (r"\d元/", {"元/"}),
        ("(?P<quote>同意|批准)[^。]{0,9}照此", {"照此"}),
        ("第(?P<number>十四|14)条第", {"第十四条第", "第14条第"}),
    ],
)
def test_needles_are_found(pattern: str, needed: set[str]) -> None:
    """Of a pattern the strings are told of which every match holds one."""
    found = needles(pattern)
    assert found is not None
    assert found <= needed


@pytest.mark.parametrize(
    "pattern", ["", "a?", "县*", ".", r"\d+", "[^一]", "(?i)县市", "(?P=x)", "(?#县)", r"(县)\1", "(县", "会办|"]
)
def test_open_patterns_need_nothing(pattern: str) -> None:
    """A pattern that can match without any string, or that is not understood, is always tried."""
    found = needles(pattern)
    assert found is None or pattern == r"(县)\1"


_PIECES = st.sampled_from(
    ["县", "市局", "[省市]", "(?:同意|批准)", "(?:县|市局)?", "[^。]{0,2}", r"\d", "局+", "(?:照此)*", "|", "^", "$"]
)


@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join), st.text(alphabet="县市局省同意批准照此1。", max_size=24))
def test_every_match_holds_a_needle(pattern: str, text: str) -> None:
    """Whatever a pattern of such pieces matches holds one of its needles."""
    found = needles(pattern)
    if found is not None:
        assert all(any(needle in match.group() for needle in found) for match in re.finditer(pattern, text))


@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join), st.text(alphabet="县市局省同意批准照此1。", max_size=24))
def test_a_pattern_stands_where_one_of_its_branches_does(pattern: str, text: str) -> None:
    """A pattern matches where one of its alternatives does; of a literal one every string, and nothing else, is a match."""
    parts = branches(pattern)
    assert bool(re.search(pattern, text)) == any(re.search(branch.source, text) for branch in parts)
    for branch in parts:
        if branch.literal:
            assert branch.needs
            assert bool(re.search(branch.source, text)) == any(string in text for string in branch.needs)


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("会办|协办", [True, True]),
        ("同意|(?:你|贵)局[^。]{0,9}方案|公司$", [True, False, False]),
        ("立案(?!公布)", [False]),
        ("", [False]),
        ("(县", [False]),
    ],
)
def test_literal_branches_need_no_trying(pattern: str, literal: list[bool]) -> None:
    """Only an alternative that is nothing but strings is literal."""
    assert [branch.literal for branch in branches(pattern)] == literal


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="你公司各县照此执行立案盲区征求意见稿查阅1元。，", max_size=30), min_size=1, max_size=5)
)
def test_sieve_finds_what_patterns_find(rules: Rules, lines: list[str]) -> None:
    """Every cue of the lexicon and every rule is found in just the lines, and first in the line, where its pattern matches."""
    sources = [*(cue.source for cue in cues_of(rules).rows.values()), *(row.pattern for row in rules.attribute_rules)]
    candidates = Sieve(sources).candidates(lines)
    for source in sources:
        standing = {place for place, line in enumerate(lines) if re.search(source, line)}
        assert candidates.all(source) == standing
        assert candidates.first(source, range(len(lines))) == min(standing, default=None)
        assert candidates.first(source, ()) is None


def test_a_pattern_that_needs_no_string_is_tried_everywhere() -> None:
    """A pattern of digits alone is tried in every line."""
    candidates = Sieve([r"\d{2}", "元"]).candidates(["12元", "三元", "34"])
    assert candidates.all(r"\d{2}") == {0, 2}
    assert candidates.all("元") == {0, 1}
    assert candidates.all("角") == set()


def test_every_pattern_that_fits_a_text_is_worth_trying(rules: Rules) -> None:
    """Over several lines as well, and for needs, forms, channels and signs of pages alike."""
    tables = (rules.interpretation_needed, rules.forms, rules.channels, rules.page_signs)
    rows = [row for table in tables for row in table]
    sieve = Sieve(row.pattern for row in rows)
    texts = ["\n".join((*row.examples, *row.counterexamples)) for row in rows]
    for text in texts:
        worth = sieve.worth_trying(text)
        assert [row.code for row in rows if row.pattern not in worth and re.search(row.pattern, text)] == []


def test_the_first_of_some_neighbouring_lines_is_found() -> None:
    """Lines before and after those asked about do not count."""
    candidates = Sieve([r"元|\d"]).candidates(["元", "1", "三", "元2", "4"])
    found = [
        candidates.first(r"元|\d", range(start, end)) for start, end in ((0, 5), (1, 3), (2, 3), (2, 5), (4, 5), (5, 5))
    ]
    assert found == [0, 1, None, 3, 4, None]


def test_a_line_feed_may_be_what_a_pattern_needs() -> None:
    """A text is looked at whole: its ends of lines are signs like others."""
    assert "[\n]" in Sieve(["[\n]", "元"]).worth_trying("三\n四")


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"(?i)/(?:JDWD|wdjd)(?:/|$)", {"/jdwd/", "/wdjd/", "/jdwd", "/wdjd", "jdwd", "wdjd"}),
        ("(?s)问.{2,9}答", {"问", "答"}),
        ("(?im)^县|K$", {"县", "k"}),
        ("(?i)Д", None),
        ("(?x)县 市", None),
        ("(?i)[a-z]+", None),
        ("县市", None),
    ],
)
def test_patterns_with_flags_need_strings_in_any_case(pattern: str, needed: set[str] | None) -> None:
    """Only the letters of ASCII are looked for so; other flags than for case, lines and dots are left open."""
    found = folded_needles(pattern)
    assert (found is None) if needed is None else (found is not None and found <= needed)


@settings(deadline=None)
@given(st.text(alphabet="aKkKſsSİıiI县/.", max_size=8))
def test_a_sieve_knows_patterns_in_any_case_where_they_stand(text: str) -> None:
    """Also where a letter of another alphabet counts as one of ASCII (the sign of Kelvin, the long s, the dotless i)."""
    patterns = ["(?i)k", "(?i)ss", "(?i)/si", "(?im)^ki$", "(?s)a.i", "(?i)县K"]
    worth = Sieve(patterns).worth_trying(text)
    assert [pattern for pattern in patterns if pattern not in worth and re.search(pattern, text)] == []


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"甲[】\]]乙", {"甲"}),
        (r"[\]a]{2}名单", {"名单"}),
        ("[^]a]公开", {"公开"}),
        ("[]甲]", {"]", "甲"}),
        (" [^（ ]{0,9}(?:部|委)", {"部", "委"}),
    ],
)
def test_a_bracket_within_a_set_ends_no_set(pattern: str, needed: set[str]) -> None:
    """Escaped or first in it; and what stands in every second address, a blank, is needed by nothing that needs more."""
    assert needles(pattern) == needed
