"""The links of pages in the register: appended, the newest reading counts, told of both sides whether they link to each other."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import a_document, add_document, an_interpretation, proposals_for

from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement, LinkDecision, Publication
from attrtrack.storage import Store, UnitOfWork

PAGE, ELSEWHERE = "https://www.jia.example/wj/1.html", "https://paper.example/2024/1.html"
READING = "https://www.jia.example/jd/1.html"


@pytest.fixture
def linked(store: Store) -> Store:
    """Give D1, published on a website and in a paper, with I1; D2, published nowhere, with I2."""
    with store.unit_of_work("甲") as work:
        for number in (1, 2):
            document = a_document(title=f"通知{number}", number=f"甲政发〔2024〕{number}号")
            add_document(work, document, content_hash=f"{number:064}", state=State.ISSUED_ELSEWHERE)
            made = an_interpretation(title=f"解读{number}", url=READING.replace("1.html", f"{number}.html"))
            work.interpretations.add(made, unit="甲县", year=2024)
            work.links.propose(f"I{number}", proposals_for(f"I{number}", (f"D{number}", 0.9, LinkDecision.AUTO)))
        work.publications.add("D1", Publication(PAGE, dt.date(2024, 1, 9), "government-website"))
        work.publications.add("D1", Publication(ELSEWHERE, dt.date(2024, 3, 9), None))
    return store


def mutual(store: Store, as_of: dt.date | None = None) -> dict[str, bool | None]:
    """Return what is said of each interpretation beside its document."""
    with store.reading() as work:
        rows = list(work.queries.measured_documents(as_of=as_of))
    return {item.id: item.mutual for row in rows for item in row.interpretations}


def read(store: Store, document: tuple[str, ...] | None, interpretation: tuple[str, ...] | None) -> None:
    """Read the page of D1 and that of I1, as far as links are given."""
    with store.unit_of_work("乙") as work:
        if document is not None:
            work.page_links.read_of_document("D1", PAGE, document)
        if interpretation is not None:
            work.page_links.read_of_interpretation("I1", READING, interpretation)


def test_both_pages_read_and_linked_is_mutual(linked: Store) -> None:
    """Scheme, host in capitals, fragment and last slash make no difference; a pair whose pages were not read stays unknown."""
    read(linked, ("http://WWW.JIA.example/jd/1.html#top",), ("http://www.jia.example/wj/1.html/",))
    assert mutual(linked) == {"I1": True, "I2": None}


@pytest.mark.parametrize(
    ("document", "interpretation", "said"),
    [
        ((READING,), None, None),
        (None, (PAGE,), None),
        ((), (), False),
        ((READING,), (), False),
        ((), (PAGE,), False),
        ((READING + "?2",), (PAGE,), False),
        ((READING,), (ELSEWHERE,), True),
        (("https://www.jia.example/",), ("https://www.jia.example",), False),
    ],
)
def test_one_side_is_not_both(
    linked: Store, document: tuple[str, ...] | None, interpretation: tuple[str, ...] | None, said: bool | None
) -> None:
    """Unknown while one page was not read; any public address of the document will do, that of a whole site will not."""
    read(linked, document, interpretation)
    assert mutual(linked)["I1"] is said


def test_the_newest_reading_of_a_page_counts(linked: Store) -> None:
    """A link put in since, and one taken away since; the same page again is no new entry."""
    read(linked, (), (PAGE,))
    read(linked, (READING,), None)
    assert mutual(linked)["I1"] is True
    with linked.unit_of_work("乙") as work:
        assert work.page_links.read_of_document("D1", PAGE.replace("https", "http"), [READING]) is False
        assert work.page_links.read_of_document("D1", PAGE, []) is True
    assert mutual(linked)["I1"] is False


def test_a_rejected_pair_is_not_asked_about(linked: Store) -> None:
    """No more than in any other measure."""
    read(linked, (READING,), (PAGE,))
    with linked.unit_of_work("甲") as work:
        work.links.judge("I1", "D1", Judgement.REJECTED, "审核人")
    assert mutual(linked) == {"I2": None}


def test_of_a_past_day_addresses_of_later_days_are_none(linked: Store) -> None:
    """On a day before the paper printed it, nobody could link to the paper; links themselves are knowledge."""
    with linked.unit_of_work("乙") as work:
        work.page_links.read_of_document("D1", PAGE, [READING])
        work.page_links.read_of_interpretation("I1", READING, [ELSEWHERE])
    assert mutual(linked)["I1"] is True
    assert mutual(linked, dt.date(2024, 2, 1))["I1"] is False
    assert mutual(linked, dt.date(2024, 3, 9))["I1"] is True


def test_a_page_at_an_address_that_is_not_the_documents_tells_nothing(linked: Store) -> None:
    """What was read under an address that is registered of no document is no page of it."""
    with linked.unit_of_work("乙") as work:
        work.page_links.read_of_document("D2", PAGE, [READING.replace("1.html", "2.html")])
        work.page_links.read_of_interpretation("I2", READING, [PAGE])
    assert mutual(linked)["I2"] is None


def test_documents_are_found_by_their_address(linked: Store) -> None:
    """However scheme and last slash are written; a site's own address and one that very many name are nobody's page."""

    def found(address: str) -> tuple[str, ...]:
        with linked.reading() as work:
            return work.page_links.documents_at(address)

    for written in (PAGE, PAGE.replace("https", "http"), PAGE + "/", PAGE + "#body", f" {PAGE} "):
        assert found(written) == ("D1",)
    with linked.unit_of_work("甲") as work:
        work.publications.add("D2", Publication(ELSEWHERE.replace("https", "http"), None, None))
        work.publications.add("D2", Publication("https://www.jia.example/", None, None))
        for number in range(21):
            one = add_document(work, a_document(title=f"第{number}号", number=None), content_hash=f"{number + 9:064}")
            work.publications.add(one, Publication("https://www.jia.example/list.html", None, None))
    assert found(ELSEWHERE) == ("D1", "D2")
    assert (found("https://www.jia.example/"), found("https://www.jia.example/list.html"), found("")) == ((), (), ())


STATEMENTS = [
    "UPDATE page_links SET address = 'x'",
    "DELETE FROM page_links",
    "INSERT INTO page_links SELECT 9, NULL, NULL, address, links, read_by, read_at FROM page_links WHERE id = 1",
    "INSERT INTO page_links SELECT 9, 1, 1, address, links, read_by, read_at FROM page_links WHERE id = 1",
    "INSERT INTO page_links SELECT 9, 77, NULL, address, links, read_by, read_at FROM page_links WHERE id = 1",
    "INSERT INTO page_links SELECT 9, 1, NULL, ' ', links, read_by, read_at FROM page_links WHERE id = 1",
    "INSERT INTO page_links SELECT 9, 1, NULL, address, links, '', read_at FROM page_links WHERE id = 1",
    "INSERT INTO page_links SELECT * FROM page_links WHERE id = 1",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_raw_sql_is_refused(linked: Store, raw: Engine, statement: str) -> None:
    """Readings are appended, each of one owner that is there."""
    read(linked, (READING,), (PAGE,))
    with raw.connect() as connection, pytest.raises(DBAPIError), connection.begin():
        connection.execute(sa.text(statement))


def test_a_reading_is_an_entry_of_its_document_or_interpretation(linked: Store) -> None:
    """By that the standings are made anew; the entry holds no address."""
    read(linked, (READING,), (PAGE,))
    with linked.reading() as work:
        entries = [entry for entry in work.journal.entries() if entry.action == "read-links"]
        assert work.journal.verify() is None
    assert [(entry.subject, entry.actor) for entry in entries] == [("D1", "乙"), ("I1", "乙")]
    assert not any("example" in entry.detail for entry in entries)


def test_a_removed_document_takes_its_pages_along(linked: Store, raw: Engine) -> None:
    """What its page linked to goes with it, that of the interpretation stays."""
    read(linked, (READING,), (PAGE,))
    with linked.unit_of_work("乙") as work:
        work.documents.remove_classified("D1", "R14-1")
    linked.scrub()
    with raw.connect() as connection:
        left = connection.execute(sa.text("SELECT interpretation_id FROM page_links")).scalars().all()
    assert left == [1]
    assert mutual(linked) == {"I2": None}


Question = Callable[[UnitOfWork], object]


def test_pages_of_other_units_are_out_of_sight(linked: Store) -> None:
    """Neither the document at an address nor what two pages say of each other."""
    read(linked, (READING,), (PAGE,))
    questions: tuple[Question, ...] = (
        lambda work: work.page_links.documents_at(PAGE),
        lambda work: [item.mutual for row in work.queries.measured_documents() for item in row.interpretations],
    )
    for unit, expected in (("甲县", [("D1",), [True, None]]), ("乙县", [(), []])):
        with linked.reading(units=frozenset({unit})) as work:
            assert [ask(work) for ask in questions] == expected
