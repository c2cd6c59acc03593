"""Whatever a document or proposal holds, the register gives it back unchanged."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from register_places import register_at

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document, Element, PersonalData
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.proposals import Opinion, Proposal, ReasonLikelihood, Voice
from attrtrack.storage import Store, open_store
from attrtrack.verify.__main__ import FIELDS, digest

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)
MAYBE = st.none() | TEXT
ATTRIBUTE = st.none() | st.sampled_from(DisclosureAttribute)
PROBABILITY = st.none() | st.floats(0, 1)
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(*sorted(ends)))
EVIDENCE = st.lists(st.builds(Evidence, TEXT, st.none() | SPANS, TEXT), max_size=2).map(tuple)
FINDINGS = st.lists(st.builds(Finding, TEXT, st.sampled_from(Severity), TEXT, EVIDENCE), max_size=2).map(tuple)
DATES = st.none() | st.builds(WrittenDate, st.integers(1949, 2100), st.integers(1, 12), st.integers(0, 28))
PLACES = st.sampled_from(Place)
MARKS = st.builds(Mark, TEXT, st.sampled_from(DisclosureAttribute), PLACES, st.none() | SPANS, st.booleans())
DOCUMENTS = st.builds(
    Document,
    text=TEXT,
    format=TEXT,
    title=MAYBE,
    number=MAYBE,
    genre=st.none() | st.sampled_from(Genre),
    issuers=st.lists(TEXT, max_size=3).map(tuple),
    addressee=MAYBE,
    date=DATES,
    print_date=DATES,
    marks=st.lists(MARKS, max_size=2).map(tuple),
    personal_data=st.lists(st.builds(PersonalData, TEXT, SPANS), max_size=2).map(tuple),
    elements=st.lists(st.builds(Element, TEXT, TEXT, PLACES, st.none() | SPANS), max_size=2).map(tuple),
    findings=FINDINGS,
    drafting_department=MAYBE,
    carried_title=MAYBE,
    declared_attribute=ATTRIBUTE,
    declared_reason=MAYBE,
    needs_interpretation=st.none() | st.booleans(),
)
OPINIONS = st.builds(Opinion, st.sampled_from(Voice), ATTRIBUTE, MAYBE, PROBABILITY, EVIDENCE)
PROPOSALS = st.builds(
    Proposal,
    attribute=ATTRIBUTE,
    probability=PROBABILITY,
    abstained=st.booleans(),
    doubt=MAYBE,
    reason=MAYBE,
    reasons=st.lists(st.builds(ReasonLikelihood, TEXT, st.floats(0, 1)), max_size=3).map(tuple),
    evidence=EVIDENCE,
    voices=st.lists(OPINIONS, max_size=3).map(tuple),
    findings=FINDINGS,
    rules_version=TEXT,
    model_version=MAYBE,
)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Store]:
    """Give an empty register, which all examples of a test fill."""
    store = open_store(
        register_at(tmp_path / "register.db"), clock=lambda: dt.datetime(2024, 3, 1, tzinfo=dt.UTC), switches={}
    )
    yield store
    store.close()


@QUIET
@given(document=DOCUMENTS, proposal=PROPOSALS)
def test_documents_and_proposals_come_back_unchanged(register: Store, document: Document, proposal: Proposal) -> None:
    """Every field of every shape survives, absent ones as absent."""
    with register.unit_of_work("某人") as work:
        kept = work.documents.add(document, content_hash="h", unit=None, file_name=None, state=State.DRAFT)
        work.proposals.add(kept.id, proposal)
        assert work.documents.get(kept.id).document == document
        assert work.proposals.latest(kept.id) == proposal


@QUIET
@given(entries=st.lists(st.tuples(TEXT, TEXT, TEXT, st.dictionaries(TEXT, TEXT, max_size=3)), max_size=5))
def test_the_chain_holds_whatever_is_written(
    register: Store, entries: list[tuple[str, str, str, dict[str, str]]]
) -> None:
    """No text in an entry can break the chain or its JSON."""
    with register.unit_of_work("某人") as work:
        for action, subject, outcome, detail in entries:
            if "rule" not in detail:
                kept = work.journal.append(action, subject, outcome, detail)
                assert json.loads(kept.detail) == detail
        assert work.journal.verify() is None


@given(one=st.lists(TEXT, min_size=2, max_size=4), other=st.lists(TEXT, min_size=2, max_size=4))
def test_different_entries_have_different_hashes(one: list[str], other: list[str]) -> None:
    """The hash cannot be kept while text moves from one field to the next."""
    hashes = [
        digest("sha256", dict.fromkeys(FIELDS, "") | dict(zip(FIELDS, said, strict=False))) for said in (one, other)
    ]
    told = [said + [""] * (len(FIELDS) - len(said)) for said in (one, other)]
    assert (hashes[0] == hashes[1]) == (told[0] == told[1])
