"""Strings that a pattern cannot match without, and the sieve that looks for them first."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrtrack.nlp.cues import cues_of
from attrtrack.nlp.needles import needles
from attrtrack.nlp.sieve import Lines, Sieve
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
    ],
)
def test_needles_are_found(pattern: str, needed: set[str]) -> None:
    """Of a pattern the strings are told of which every match holds one."""
    found = needles(pattern)
    assert found is not None
    assert found <= needed


@pytest.mark.parametrize(
    "pattern", ["", "a?", "县*", ".", r"\d+", "[^一]", "(?i)县市", "(?P<x>县)", r"(县)\1", "(县", "会办|"]
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


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="你公司各县照此执行立案盲区征求意见稿查阅1元。，", max_size=30), min_size=1, max_size=5)
)
def test_sieve_misses_no_cue(rules: Rules, lines: list[str]) -> None:
    """Every cue of the lexicon that stands in a line is among the candidates for that line."""
    cues = list(cues_of(rules).rows.values())
    candidates = Sieve([cue.source for cue in cues]).candidates(Lines.of(lines))
    for number, cue in enumerate(cues):
        standing = {place for place, line in enumerate(lines) if cue.pattern.search(line)}
        assert standing <= candidates.get(number, set())
