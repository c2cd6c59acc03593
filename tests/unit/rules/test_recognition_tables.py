"""The recognition tables prove themselves: every example is recognised, no counter-example is."""

import pytest

from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Place
from attrtrack.recording.genres import genre_of
from attrtrack.recording.headers import field_names, header_key
from attrtrack.recording.lines import bare
from attrtrack.recording.marks import marks_in
from attrtrack.recording.secrecy import sign_in
from attrtrack.rules.loader import load_rules
from attrtrack.rules.schema import GenreRow, MarkRow, SecrecyRow
from attrtrack.rules.tables import Rules

RULES = load_rules()


@pytest.mark.parametrize("row", RULES.genres, ids=lambda row: row.name)
def test_genre_examples(row: GenreRow) -> None:
    """A genre's example titles end in it, its counter-examples do not, and its flags agree with the domain."""
    genre = Genre(row.name)
    assert {genre_of(title, RULES) for title in row.examples} == {genre}
    assert genre not in {genre_of(title, RULES) for title in row.counterexamples}
    assert row.counterexamples
    assert genre.is_reply == row.is_reply


def test_every_genre_has_a_row() -> None:
    """The table and the enumeration name the same genres, fifteen of them statutory."""
    assert {row.name for row in RULES.genres} == {genre.value for genre in Genre}
    assert sum(row.statutory for row in RULES.genres) == 15


@pytest.mark.parametrize("row", RULES.marks, ids=lambda row: row.code)
def test_mark_examples(row: MarkRow) -> None:
    """A mark's examples are read as its attribute, and no counter-example is read through this row."""
    for text in row.examples:
        found = marks_in(text, RULES, Place.BODY)
        assert [(mark.attribute, mark.redacted) for mark in found] == [(row.attribute, row.redacted)], text
    alone = _only(row)
    for text in row.counterexamples:
        assert marks_in(text, alone, Place.BODY) == [], text


def _only(row: MarkRow) -> Rules:
    """Return rules that know one mark."""
    from dataclasses import replace  # noqa: PLC0415 - used in this one place

    return replace(RULES, marks=(row,))


@pytest.mark.parametrize("row", RULES.secrecy, ids=lambda row: row.code)
def test_secrecy_examples(row: SecrecyRow) -> None:
    """A sign's examples are refused where it counts, and no row of the table refuses its counter-examples."""
    for text in row.examples:
        head, body = ([bare(text)], []) if row.where == "head" else ([], [bare(text)])
        assert sign_in(head, body, RULES) is not None, text
    for text in row.counterexamples:
        assert sign_in([bare(text)], [bare(text)], RULES) is None, text


def test_a_head_sign_does_not_count_in_running_text() -> None:
    """A line that merely says 机密 deep in a body is no sign; at the head of a document it is."""
    assert sign_in([], ["机密"], RULES) is None
    assert sign_in(["机密"], [], RULES) == "level-alone"


def test_headers_are_unambiguous() -> None:
    """No header word names two fields."""
    words = [header_key(word) for row in RULES.headers for word in {row.name, *row.synonyms}]
    assert len(words) == len(set(words))
    assert field_names(RULES)[header_key("*公文全称（必填）：")] == "title"


def test_units_of_the_2020_plan() -> None:
    """The plan assesses 54 units, 11 of class A and 43 of class B, each found by its short name."""
    assert [sum(unit.category == category for unit in RULES.units) for category in "AB"] == [11, 43]
    names = [name for unit in RULES.units for name in (unit.name, *unit.aliases)]
    assert len(names) == len(set(names))
    assert next(unit.name for unit in RULES.units if "省发展改革委" in unit.aliases) == "山西省发展和改革委员会"
