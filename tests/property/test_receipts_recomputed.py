"""Generated office-years: what the export states of its figures, the verifier finds again from the rows alone."""

import datetime as dt
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from measuring import in_full

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.register import ListedInterpretation, YearListRow
from attrtrack.metrics import measures
from attrtrack.reporting import Receipts, year_list_workbook
from attrtrack.rules import load_rules
from attrtrack.verify.figures import recomputed

RULES = load_rules()
FORMS, CHANNELS = [row.code for row in RULES.forms], [row.code for row in RULES.channels]
REASONS = (None, "R16-2c", "涉及个人隐私", "不宜公开", "=1+1")
OFFICE_YEARS = int(os.environ.get("ATTRTRACK_OFFICE_YEARS", in_full(50, in_ci=25)))
"""1,000 were measured; fifty are made with every run."""


def office_year(seed: int) -> tuple[MeasuredDocument, ...]:
    """Make the documents of one office in one year: up to thirty, some with interpretations that several explain."""
    chosen = random.Random(seed)  # noqa: S311 - the same offices every time
    items = [
        (
            f"I{n}",
            tuple(chosen.sample(FORMS, chosen.randint(0, 2))),
            tuple(chosen.sample(CHANNELS, chosen.randint(0, 2))),
        )
        for n in range(12)
    ]
    year = chosen.choice((2014, 2016, 2020, 2024))
    return tuple(document(chosen, number, items, year=year) for number in range(chosen.randint(0, 30)))


Item = tuple[str, tuple[str, ...], tuple[str, ...]]


def document(chosen: random.Random, number: int, items: list[Item], *, year: int) -> MeasuredDocument:
    """Make one document of the year."""
    linked = chosen.sample(items, chosen.choice((0, 0, 1, 1, 2)))
    made = chosen.choice((None, WrittenDate(year, chosen.randint(1, 12), chosen.choice((None, 3)))))
    days = chosen.randint(0, 60)
    return MeasuredDocument(
        id=f"D{number}",
        title=chosen.choice(("关于供热的通知", "关于用地的复函", "=HYPERLINK(1)", "")),
        number=None,
        genre=chosen.choice(("通知", "复函", None)),
        unit="甲局",
        date=made,
        attribute=chosen.choice((None, *DisclosureAttribute)),
        reason=chosen.choice(REASONS),
        state=chosen.choice(list(State)),
        needs_interpretation=chosen.choice((True, True, False, None)),
        published_on=chosen.choice((None, (dt.date(year, 3, 1) + dt.timedelta(days)).isoformat())),
        attribute_asked=chosen.random() < 0.8,
        interpretations=tuple(
            linked_item(chosen, key, forms, channels=channels, year=year) for key, forms, channels in linked
        ),
        year_stated=year if made is None else None,
        published=chosen.choice((None, True, False)),
        checked=chosen.choice((None, *DisclosureAttribute)),
        examined=chosen.random() < 0.3,
    )


def linked_item(
    chosen: random.Random, key: str, forms: tuple[str, ...], *, channels: tuple[str, ...], year: int
) -> MeasuredInterpretation:
    """Link an interpretation to a document: pending, by the matcher, or by a person."""
    judged = chosen.choice(("pending", "auto", "person"))
    return MeasuredInterpretation(
        key,
        forms,
        channels,
        confirmed=judged != "pending",
        published=chosen.choice((None, dt.date(year, 3, 1) + dt.timedelta(chosen.randint(0, 60)))),
        copied=chosen.choice((None, True, False)),
        mutual=chosen.choice((None, True, False)),
        automatic=judged == "auto",
    )


def exported(rows: tuple[MeasuredDocument, ...], path: Path) -> Path:
    """Write the year's list of an office with its receipts."""
    listed = [
        YearListRow(
            row.id,
            row.title or None,
            None,
            row.genre,
            row.attribute,
            None,
            None,
            tuple(_listed(row)),
            row.unit,
            row.date,
        )
        for row in rows
    ]
    figures = measures(rows, year=None, unit=None, rules=RULES)
    receipts = Receipts(figures, rows, {}, (("unit", "单位", "甲局"),))
    path.write_bytes(year_list_workbook(listed, unit="甲局", year=2024, rules=RULES, receipts=receipts))
    return path


def _listed(row: MeasuredDocument) -> Iterator[ListedInterpretation]:
    for item in row.interpretations:
        yield ListedInterpretation(None, f"https://example.gov.cn/{item.id}.html", item.forms)


@pytest.mark.parametrize("tens", range(0, OFFICE_YEARS, 5))
def test_the_verifier_finds_no_difference(tens: int, tmp_path: Path) -> None:
    """Every figure of every office-year is recomputed from the facts as it is stated."""
    for seed in range(tens, tens + 5):
        rows = office_year(seed)
        found = recomputed(exported(rows, tmp_path / f"{seed}.xlsx"))
        assert [one["differences"] for one in found if one["differences"]] == [], seed
        assert len(found) == sum(len(row.readings) for row in RULES.measures)
