"""Which documents are worth judging, and the numbers that an index keeps of them."""

import datetime as dt
from dataclasses import replace

import pytest

from attrtrack.domain.interpretations import Interpretation, LinkableDocument
from attrtrack.linking import Matcher
from attrtrack.linking.candidates import Candidates
from attrtrack.linking.collection import Groups
from attrtrack.linking.mentions import keys_in
from attrtrack.linking.numbering import numbers_of
from attrtrack.linking.profiles import profile_interpretation
from attrtrack.nlp.forking import sensible_processes
from attrtrack.nlp.titles import facets, names_of, simplify
from attrtrack.rules import Rules

DAY = dt.date(2024, 5, 20)
AID = LinkableDocument(
    "D1", "云栖市临时救助办法", "云政规〔2024〕7号", "云栖市民政局", DAY, url="https://a.gov.cn/7.html"
)
WATER = LinkableDocument("D2", "云栖市供水管理规定", "云政规〔2024〕8号", "云栖市水务局", DAY)
OLD = replace(AID, id="D3", number="云政规〔2014〕3号", date=dt.date(2014, 5, 1), url=None)
FILLING = tuple(
    LinkableDocument(f"F{number}", f"溪口区第{number}号桥梁养护方案", None, "溪口区交通局", DAY)
    for number in range(5_100)
)


REGISTER = (*FILLING, OLD, AID, WATER)


@pytest.fixture(scope="module")
def register() -> Candidates:
    """Return the index over a register so large that units are searched first."""
    return Candidates(REGISTER, ())


def found(page: Interpretation, documents: tuple[LinkableDocument, ...], index: Candidates | None = None) -> list[str]:
    """Return the identifiers of the documents worth judging."""
    (rows,) = (index or Candidates(documents, ())).of([profile_interpretation(page)])
    return [documents[row].id for row in rows]


def test_exact_names_numbers_and_addresses_are_found(register: Candidates) -> None:
    """What a page names exactly, cites by number or links to is worth judging; both versions of a name are."""
    exact = Interpretation("I1", "《云栖市临时救助办法》解读", published=DAY)
    assert {"D1", "D3"} <= set(found(exact, REGISTER, register))
    assert "D2" in found(Interpretation("I2", "云政规〔2024〕8号解读", published=DAY), REGISTER, register)
    assert "D1" in found(Interpretation("I3", "一图读懂", links=("http://a.gov.cn/7.html",)), REGISTER, register)


@pytest.mark.parametrize("publisher", ["云栖市民政局", "另一机关", None])
def test_a_name_written_wrongly_is_found(register: Candidates, publisher: str | None) -> None:
    """In the unit that published the page, and among all where the unit is unknown; first the one of its time."""
    page = Interpretation("I", "《云栖市临时救济办法》解读", published=DAY, publisher=publisher)
    assert found(page, REGISTER, register)[0] == "D1"


def test_of_very_many_with_one_name_those_of_unit_and_time_are_kept() -> None:
    """A hundred notices of one name are not all judged; the unit's own of the same weeks is among those that are."""
    crowd = tuple(replace(AID, id=f"C{n}", issuer=f"第{n}局", date=dt.date(1990 + n % 30, 1, 1)) for n in range(200))
    page = Interpretation("I", "《云栖市临时救助办法》解读", published=DAY, publisher="云栖市民政局")
    kept = found(page, (*crowd, AID))
    assert "D1" in kept
    assert len(kept) <= 30


def test_nothing_is_found_in_an_empty_register() -> None:
    """No document, no candidate."""
    assert found(Interpretation("I", "《云栖市临时救助办法》解读"), ()) == []


@pytest.mark.parametrize(
    "number",
    [
        "云政规〔2024〕7号",
        "根政发〔2024〕7号",
        "云栖市人民政府令第38号",
        "关于通知云政发[2021]12号",
        "雲政規〔2024〕7號",
        None,
    ],
)
def test_numbers_are_read_as_the_grammar_reads_them(number: str | None) -> None:
    """The short way and the grammar give the same keys; the title's number counts too."""
    document = LinkableDocument("D", "云栖市公告2023年第5号", number)
    texts = (number or "", document.title)
    assert list(numbers_of(document)) == list(
        dict.fromkeys(key for text in texts for key, _ in keys_in(simplify(text)))
    )


@pytest.mark.parametrize(
    "title",
    [
        "云栖市人民政府关于印发《云栖市供水办法》的通知",
        "【图解】临时救助办法来啦",
        "公告2023年第5号（关于供水的公告）",
        "",
        "关于的",
    ],
)
def test_an_index_keeps_the_names_that_facets_give(title: str) -> None:
    """Names read alone are those read with all facets."""
    assert names_of(title) == facets(title).names


def test_copies_of_copies_are_one_group() -> None:
    """`same_as` is followed to its end; a ring ends too."""
    ring = (
        replace(AID, id="A", same_as="B"),
        replace(AID, id="B", same_as="A"),
        replace(AID, id="C", same_as="A"),
        OLD,
    )
    groups = Groups(ring)
    assert groups[3] == "D3"
    assert groups[2] in {"A", "B"}


def test_many_pages_get_what_each_would_get(rules: Rules) -> None:
    """In bulk, over one process or several, answers are those of single questions, in order."""
    documents = (*FILLING[:40], AID, WATER, OLD)
    pages = [
        Interpretation(f"I{n}", f"《{documents[n % 43].title}》解读", published=DAY, publisher=documents[n % 43].issuer)
        for n in range(600)
    ]
    matcher = Matcher(documents, rules)
    single = [matcher.propose(page) for page in pages]
    assert list(matcher.propose_many(pages)) == single
    assert list(matcher.propose_many(iter(pages), processes=sensible_processes())) == single
    assert any(item.links for item in single)


def test_an_index_read_by_several_processes_is_the_same(rules: Rules) -> None:
    """The documents of a large register may be read by two processes."""
    documents = REGISTER
    page = Interpretation("I", "《云栖市临时救助办法》解读", published=DAY)
    one, two = (Matcher(documents, rules, processes=count) for count in (1, sensible_processes()))
    assert one.propose(page) == two.propose(page)
    assert one.index_bytes == two.index_bytes > 0
