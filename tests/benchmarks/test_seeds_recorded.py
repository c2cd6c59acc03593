"""The five seeds, recorded: the facts that the papers state, and no more."""

from typing import Any

import pytest
from shared_data import shared

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared


def seed(number: str, rules: Rules) -> Document:
    """Record the seed with this number."""
    path = next(shared("seeds").glob(f"{number}_*"))
    return record(read_source(path.read_bytes(), path.name), rules)


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("000", ("晋政办函〔2021〕3号", "通报", "2021-01-21", "山西省人民政府办公厅")),
        ("002", ("晋政办函〔2020〕42号", "通知", "2020-05-22", "山西省人民政府办公厅")),
        ("004", ("忻政办函〔2023〕48号", "通报", "2023-07-10", "忻州市人民政府办公室")),
    ],
)
def test_notices(rules: Rules, number: str, facts: tuple[str, ...]) -> None:
    """The three notices give number, genre, date, issuer and their mark."""
    document = seed(number, rules)
    genre: Any = document.genre
    date: Any = document.date
    assert (document.number, genre.value, date.isoformat(), document.issuer) == facts
    assert [mark.attribute for mark in document.marks] == [DisclosureAttribute.PROACTIVE]
    assert document.title is not None
    assert document.title.startswith(facts[3] + "关于")


def test_dates_of_004_are_out_of_order(rules: Rules) -> None:
    """The city's notice was printed two days before it was made, by its own account."""
    document = seed("004", rules)
    assert document.print_date is not None
    assert document.print_date.isoformat() == "2023-07-08"
    assert "print-date-before-date" in [finding.code for finding in document.findings]


def test_002_carries_a_plan(rules: Rules) -> None:
    """The plan travels under a notice: its title is a field of its own, and its page numbers are gone from the text."""
    document = seed("002", rules)
    assert document.carried_title == "2020年度政务公开工作考核方案"
    assert "—61—" not in document.text
    assert "省发展改革委、省教育厅" in document.text


def test_001_and_003_state_little(rules: Rules) -> None:
    """The work points have a title and nothing else; the mirrored report has not even that, and is converted."""
    points, report = seed("001", rules), seed("003", rules)
    assert (points.title, points.number, points.issuers, points.date, points.marks) == (
        "山西省2020年政务公开工作要点", None, (), None, (),
    )  # fmt: skip
    assert {"number-missing", "issuer-missing", "date-missing", "mark-missing-in-text"} <= {
        f.code for f in points.findings
    }
    assert (report.title, report.number) == (None, None)
    assert "converted-traditional" in {finding.code for finding in report.findings}
    assert "檔案" in report.text
