"""Rows from other programs: checked before use, a bad one spoils only itself."""

import json

import pytest

from attrtrack.errors import BadRowError
from attrtrack.rules import Rules
from attrtrack.workflow.batches import (
    BadLine,
    document_of,
    error_of,
    identifier_of,
    interpretation_of,
    linkable_of,
    parse_lines,
)


def test_lines_that_are_no_rows_are_told_by_number() -> None:
    """Broken JSON, other JSON values and deep nesting each give a `BadLine`; blank lines are passed over."""
    lines = ['{"id": 1}', "", "[1]", "{", "[" * 100_000, '"text"', '{"id": "b"}']
    items = list(parse_lines(lines))
    assert [item.number if isinstance(item, BadLine) else item[0] for item in items] == [1, 3, 4, 5, 6, 7]
    assert [isinstance(item, BadLine) for item in items] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"id": "a"},
        {"id": "a", "text": "  "},
        {"id": "a", "text": 5},
        {"id": "a", "text": "x", "date": "某日"},
        {"id": "a", "text": "x", "declared_attribute": "随便"},
        {"id": "a", "text": "x\ud800"},
    ],
)
def test_rows_that_cannot_be_used_say_why(rules: Rules, row: dict[str, object]) -> None:
    """Each fault has a Chinese sentence."""
    with pytest.raises(BadRowError, match=r"[\u4e00-\u9fff]"):
        document_of(row, rules)


def test_what_the_row_states_goes_before_what_its_text_shows(rules: Rules) -> None:
    """Given title, genre, number and date are taken as given; the text stays exactly as it came."""
    text = "关于甲事项的通知\n各区：\n  正文 。\n"
    document = document_of(
        {
            "id": 7,
            "title": "关于乙事项的复函",
            "genre": "复函",
            "doc_number": "云建函[2025]31号",
            "text": text,
            "date": "2025-01-02",
        },
        rules,
    )
    assert (document.title, document.number, document.text) == ("关于乙事项的复函", "云建函〔2025〕31号", text)
    assert document.date is not None
    assert document.date.isoformat() == "2025-01-02"
    codes = {finding.code for finding in document.findings}
    assert not codes & {"title-missing", "number-missing", "genre-missing", "date-missing"}
    assert "issuer-missing" in codes  # neither stated nor in the text


def test_link_rows_may_lack_everything_but_the_id() -> None:
    """Titles are null on purpose in real data."""
    assert linkable_of({"id": "d", "title": None}).title == ""
    assert interpretation_of({"id": "i"}).title is None


@pytest.mark.parametrize("identifier", ["", True, 1.5, ["a"]])
def test_an_id_must_be_text_or_a_whole_number(identifier: object) -> None:
    """Anything else is no id."""
    with pytest.raises(BadRowError, match="id"):
        identifier_of({"id": identifier})


def test_errors_name_the_id_or_the_line() -> None:
    """A row that has an id is told by it."""
    error = BadRowError("不行")
    assert error_of((3, json.loads('{"id": 9}')), error)["id"] == "9"
    assert error_of((3, {}), error)["row"] == 3
