"""What measures, lists and pages are told."""

import datetime as dt

import pytest
from signed_off import decide
from unit.storage.conftest import Clock
from unit.storage.samples import a_decision, a_document, a_full_document, add_document, an_interpretation, proposals_for

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Judgement, LinkDecision, Publication
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.register import ListedInterpretation
from attrtrack.storage import Store

PAGE = "https://example.gov.cn/1.html"


@pytest.fixture
def year(store: Store, clock: Clock) -> Store:
    """Fill a year: D1 signed and published, D2 from a ledger, D3 draft of another unit, and three interpretations."""
    with store.unit_of_work("起草人") as work:
        one = add_document(work)
        add_document(work, a_full_document(), state=State.ISSUED_ELSEWHERE)
        add_document(work, a_document(date=WrittenDate(2023, 12), title=None), unit="乙县")
        work.declarations.add(one, Declaration(DisclosureAttribute.WITHHELD, "internal"))
        for number in range(3):
            work.interpretations.add(an_interpretation(title=f"解读{number}"), unit="甲县", year=2024)
        work.links.judge("I1", one, Judgement.CONFIRMED, "审核人")
        work.links.propose("I2", proposals_for("I2", (one, 0.6, LinkDecision.REVIEW)))
        work.links.propose("I3", proposals_for("I3", ("D2", 0.99, LinkDecision.AUTO)))
        work.links.judge("I3", one, Judgement.REJECTED, "审核人")
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("签发人") as work:
        decide(work, one, a_decision(decided_at=clock.now))
        work.documents.set_state(one, State.SIGNED)
        work.publications.add(one, Publication(PAGE, dt.date(2024, 3, 20), "website"))
        work.publications.add(one, Publication("https://example.gov.cn/2.html", dt.date(2024, 3, 25), "website"))
        work.documents.set_state(one, State.PUBLISHED)
        finding = Finding("mark-missing", Severity.NOTE, "没有标注。")
        work.evaluations.add(one, (finding,), "r1")
    return store


def test_measured_documents_carry_what_is_in_force(year: Store) -> None:
    """Attribute and reason of the same voice, first publication, interpretations confirmed or pending, none rejected; no draft."""
    with year.reading() as work:
        first, second = work.queries.measured_documents()
        assert [item.id for item in work.queries.measured_documents("甲县", 2024)] == ["D1", "D2"]
        assert list(work.queries.issued_documents("甲县", 2024)) == [("D1", "甲县"), ("D2", "甲县")]
        assert [title for title, _ in work.queries.titles(limit=1)] == ["河道清淤通知"]
        assert len(list(work.queries.titles(limit=9))) == 2
    assert first == MeasuredDocument(
        id="D1",
        title="河道清淤通知",
        number="甲政发〔2024〕1号",
        genre="通知",
        unit="甲县",
        date=WrittenDate(2024, 1, 5),
        attribute=DisclosureAttribute.PROACTIVE,
        reason=None,
        state=State.PUBLISHED,
        needs_interpretation=None,
        published_on="2024-03-20",
        published=True,
        interpretations=(
            MeasuredInterpretation("I1", ("graphic",), ("website",), confirmed=True, published=dt.date(2024, 1, 8)),
            MeasuredInterpretation("I2", ("graphic",), ("website",), confirmed=False, published=dt.date(2024, 1, 8)),
        ),
    )
    assert (second.attribute, second.reason) == (DisclosureAttribute.ON_REQUEST, "third-party")
    assert [item.confirmed for item in second.interpretations] == [True]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (dt.date(2024, 1, 4), []),
        (dt.date(2024, 1, 7), []),
        (dt.date(2024, 3, 1), []),
        (dt.date(2024, 3, 11), [("D1", "proactive", State.SIGNED, None, 2)]),
        (dt.date(2024, 3, 20), [("D1", "proactive", State.PUBLISHED, "2024-03-20", 2)]),
    ],
)
def test_as_of_a_day_shows_the_world_at_its_end(year: Store, day: dt.date, told: list[tuple[object, ...]]) -> None:
    """Later documents, interpretations, declarations, decisions and publications are not there yet; a draft is none of the year."""
    with year.reading() as work:
        rows = list(work.queries.measured_documents("甲县", 2024, as_of=day))
    shown = [(r.id, r.attribute, r.state, r.published_on, len(r.interpretations)) for r in rows if r.id == "D1"]
    assert shown == told


def test_the_years_list_holds_issued_documents_with_confirmed_interpretations(year: Store) -> None:
    """Drafts are left out; pending and rejected links show no interpretation."""
    with year.reading() as work:
        first, second = work.queries.year_list("甲县", 2024)
        assert list(work.queries.year_list(year=2023)) == []
    assert (first.id, first.document_url, first.attribute) == (
        "D1", "https://example.gov.cn/2.html", DisclosureAttribute.PROACTIVE,
    )  # fmt: skip
    assert first.interpretations == (ListedInterpretation("解读0", an_interpretation().url, ("graphic",)),)
    assert (second.drafting_department, second.document_url) == ("水务局", None)
    assert [item.title for item in second.interpretations] == ["解读2"]


def test_the_overview_pages_through_documents_newest_first(year: Store) -> None:
    """A page shows state, attribute and what the gate last found; counts, units and years go with it."""
    with year.reading() as work:
        queries = work.queries
        assert [row.id for row in queries.overview(limit=2)] == ["D3", "D2"]
        (row,) = queries.overview(limit=2, offset=2)
        assert queries.count_by_state("甲县") == {State.PUBLISHED: 1, State.ISSUED_ELSEWHERE: 1}
        assert queries.count_by_attribute() == {
            None: 1, DisclosureAttribute.PROACTIVE: 1, DisclosureAttribute.ON_REQUEST: 1,
        }  # fmt: skip
        assert (queries.units(), queries.years()) == (["乙县", "甲县"], [2023, 2024])
    assert (row.state, row.attribute) == (State.PUBLISHED, DisclosureAttribute.PROACTIVE)
    assert [finding.code for finding in row.findings] == ["mark-missing"]


def test_an_empty_register_answers_everything_with_nothing(store: Store) -> None:
    """No question fails for want of rows."""
    with store.reading() as work:
        assert list(work.queries.measured_documents()) == []
        assert list(work.queries.year_list()) == []
        assert work.queries.overview() == []
        assert (work.queries.count_by_state(), work.queries.count_by_attribute()) == ({}, {})
        assert (work.queries.units(), work.queries.years()) == ([], [])
