"""Laws that every measure keeps, whatever the rows."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation, Reading
from attrtrack.domain.standings import KindCount, LinkCount
from attrtrack.metrics import Kinds, Scoped, counted_measures, measures
from attrtrack.rules import load_rules

RULES = load_rules()
FORMS, CHANNELS = [row.code for row in RULES.forms], [row.code for row in RULES.channels]
ITEMS = st.builds(
    MeasuredInterpretation,
    id=st.sampled_from([f"I{number}" for number in range(12)]),
    forms=st.lists(st.sampled_from(FORMS), max_size=2).map(tuple),
    channels=st.lists(st.sampled_from(CHANNELS), max_size=2).map(tuple),
    confirmed=st.booleans(),
    automatic=st.booleans(),
).map(lambda item: replace(item, automatic=item.automatic and item.confirmed))
ROWS = st.lists(
    st.builds(
        MeasuredDocument,
        id=st.integers(0, 10**6).map("D{}".format),
        title=st.just("某办法"),
        number=st.none(),
        genre=st.none(),
        unit=st.sampled_from(["甲局", "乙局", None]),
        date=st.sampled_from([None, WrittenDate(2024, 5), WrittenDate(2025, 5)]),
        attribute=st.sampled_from([None, *DisclosureAttribute]),
        reason=st.sampled_from([None, "涉及个人隐私", "敏感"]),
        state=st.sampled_from(list(State)),
        needs_interpretation=st.sampled_from([True, False, None]),
        published_on=st.sampled_from([None, "2025-06-01"]),
        interpretations=st.lists(ITEMS, max_size=3, unique_by=lambda item: item.id).map(tuple),
    ),
    max_size=12,
    unique_by=lambda row: row.id,
)


@settings(deadline=None, max_examples=60)
@given(rows=ROWS, year=st.sampled_from([None, 2025]), unit=st.sampled_from([None, "甲局"]))
def test_every_row_is_counted_once_or_excluded_by_name(
    rows: list[MeasuredDocument], year: int | None, unit: str | None
) -> None:
    """Values lie in [0,1]; numerator ⊆ denominator; denominator and excluded are disjoint and hold every row."""
    documents = {row.id for row in rows}
    items = {item.id for row in rows for item in row.interpretations}
    for found in measures(rows, year=year, unit=unit, rules=RULES):
        denominator, excluded = set(found.denominator), {item.id for item in found.excluded}
        assert set(found.numerator) <= denominator
        assert not denominator & excluded
        assert denominator | excluded == (documents if found.reading is Reading.DOCUMENT else items)
        assert len(found.denominator) + len(found.excluded) == len(denominator | excluded)
        assert (found.value is None) == (not denominator)
        assert found.value is None or 0 <= found.value <= 1
        assert found.range is None or (found.value is not None and found.range[0] <= found.value <= found.range[1])


def _of_one_make(row: MeasuredDocument) -> MeasuredDocument:
    """Give each interpretation the forms and channels of its number: a register has one row of each."""
    items = (
        MeasuredInterpretation(
            item.id, (FORMS[int(item.id[1:]) % len(FORMS)],), (CHANNELS[int(item.id[1:]) % 2],) * (int(item.id[1:]) % 3 > 0),
            item.confirmed, automatic=item.automatic,
        )
        for item in row.interpretations
    )  # fmt: skip
    return MeasuredDocument(**{name: getattr(row, name) for name in row.__slots__} | {"interpretations": tuple(items)})


@settings(deadline=None, max_examples=60)
@given(rows=ROWS.map(lambda rows: [_of_one_make(row) for row in rows]), year=st.sampled_from([None, 2025]))
def test_counts_of_kinds_are_the_measures_of_the_rows(rows: list[MeasuredDocument], year: int | None) -> None:
    """Rows counted by kind, and interpretations once each, give every figure that the rows themselves give."""
    kinds, rows = Kinds(RULES), [row for row in rows if year is None or row.year == year]
    documents = Counter(kinds.of(row) for row in rows)
    once: dict[str, tuple[str, bool]] = {}
    people = {item.id for row in rows for item in row.interpretations if item.confirmed and not item.automatic}
    for item, kind in ((item, kinds.of_interpretation(item, row)) for row in rows for item in row.interpretations):
        confirmed = item.confirmed
        known = (once[item.id],) if item.id in once else ()
        once[item.id] = max((*known, (kind, confirmed)), key=lambda one: one[::-1])
    counted = counted_measures(
        [KindCount(kind, count) for kind, count in documents.items()],
        [
            LinkCount(kind, confirmed, 1, by_people=kind if key in people else None)
            for key, (kind, confirmed) in once.items()
        ],
        Scoped(year, None, RULES),
    )
    for one, found in zip(counted, measures(rows, year=year, unit=None, rules=RULES), strict=True):
        assert (one.code, one.reading, one.state, one.value, one.range, one.target, one.need_sources) == (
            found.code, found.reading, found.state, found.value, found.range, found.target, found.need_sources
        )  # fmt: skip
        assert one.automatic == found.automatic
        assert (len(one.numerator), len(one.denominator)) == (len(found.numerator), len(found.denominator))
        assert dict(one.excluded_by) == Counter(item.rule for item in found.excluded)
