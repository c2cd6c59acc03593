"""Documents in the register."""

import datetime as dt
from dataclasses import replace

import pytest
from signed_off import decide
from unit.storage.samples import NOON, a_decision, a_document, a_full_document, add_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.interpretations import Publication
from attrtrack.errors import BadRowError, GateRefusedError, TransitionNotAllowedError, UnknownRecordError
from attrtrack.storage import NewDocument, Store


def test_every_field_comes_back_as_it_went_in(store: Store) -> None:
    """A document with every field filled is equal to itself after the register kept it."""
    document = a_full_document()
    with store.unit_of_work("起草人") as work:
        added = work.documents.add(document, content_hash="ab", unit="甲县", file_name="通知.docx", state=State.DRAFT)
    with store.reading() as work:
        assert work.documents.get(added.id) == added
    assert (added.id, added.document, added.recorded_at) == ("D1", document, NOON)


def test_what_is_absent_stays_absent(store: Store) -> None:
    """A document of which only the text is known comes back with None everywhere else."""
    document = a_document(title=None, number=None, genre=None, issuers=(), date=None)
    with store.unit_of_work("起草人") as work:
        added = add_document(work, document, unit=None)
        recorded = work.documents.get(added)
    assert recorded.document == document
    assert (recorded.unit, recorded.attribute, recorded.declaration, recorded.decision) == (None, None, None, None)


@pytest.mark.parametrize("identifier", ["D2", "I1", "1", "D01", "D", "", "D1 OR 1=1", "D" + "9" * 30, "D１"])
def test_an_unknown_or_misspelt_id_is_told_so(store: Store, identifier: str) -> None:
    """Whatever is no id of a kept document is an unknown record, never a database error."""
    with store.unit_of_work("起草人") as work:
        add_document(work)
        with pytest.raises(UnknownRecordError, match="登记中没有"):
            work.documents.get(identifier)


def test_documents_are_found_by_hash_and_number(store: Store) -> None:
    """The same content is one document; one number may stand on several."""
    with store.unit_of_work("起草人") as work:
        first = add_document(work, content_hash="aa")
        second = add_document(work, a_document(text="另一份"), content_hash="bb")
    with store.reading() as work:
        found = work.documents.find_by_hash("bb")
        assert found is not None
        assert found.id == second
        assert work.documents.find_by_hash("cc") is None
        assert [item.id for item in work.documents.find_by_number("甲政发〔2024〕1号")] == [first, second]


def test_a_ledger_twin_is_same_unit_number_and_title(store: Store) -> None:
    """The twin needs unit, number and title alike; nothing to go by finds nothing."""
    with store.unit_of_work("导入人") as work:
        twin = add_document(work, state=State.ISSUED_ELSEWHERE)
        add_document(work, a_document(title=None, number=None), state=State.ISSUED_ELSEWHERE)
        find = work.documents.find_ledger_twin
        found = find("甲县", "甲政发〔2024〕1号", "河道清淤通知")
        assert found is not None
        assert found.id == twin
        assert find("乙县", "甲政发〔2024〕1号", "河道清淤通知") is None
        assert find("甲县", None, "河道清淤通知") is None
        assert find("甲县", None, None) is None


def test_a_newer_ledger_replaces_facts_of_a_ledger_document_only(store: Store) -> None:
    """What a ledger stated may be corrected by a ledger; what was recorded here may not."""
    newer = a_document(title="河道清淤通知（修订）", declared_attribute=DisclosureAttribute.PROACTIVE)
    with store.unit_of_work("导入人") as work:
        imported = add_document(work, state=State.ISSUED_ELSEWHERE)
        own = add_document(work, state=State.DRAFT)
        work.documents.replace_ledger_facts(imported, newer)
        assert work.documents.get(imported).document == newer
        found = work.documents.find_ledger_twin("甲县", newer.number, newer.title)
        assert found is not None
        assert found.id == imported
        with pytest.raises(TransitionNotAllowedError, match="台账不能改写"):
            work.documents.replace_ledger_facts(own, newer)


def test_the_record_carries_declaration_decision_and_publications(store: Store) -> None:
    """The record of a document shows the newest declaration, the live decision and one publication an address."""
    page = "https://example.gov.cn/1.html"
    with store.unit_of_work("起草人") as work:
        one = add_document(work)
        work.declarations.add(one, Declaration(None))
        made = decide(work, one, a_decision())
        declared = work.declarations.add(one, Declaration(DisclosureAttribute.PROACTIVE, "public-interest"))
        work.publications.add(one, Publication(page, None, None))
        work.publications.add(one, Publication(page, dt.date(2024, 1, 6), "website"))
        work.publications.add(one, Publication(page, dt.date(2024, 1, 6), "website"))
        recorded = work.documents.get(one)
    assert (declared.declared_by, declared.declared_at) == ("起草人", NOON)
    assert recorded.declaration == declared
    assert recorded.decision == made
    assert recorded.publications == (Publication(page, dt.date(2024, 1, 6), "website"),)


def test_a_document_enters_signed_or_published_only_with_a_live_decision(store: Store) -> None:
    """The database itself refuses the state, and the unit of work cannot be committed afterwards."""
    with store.unit_of_work("起草人") as work:
        one = add_document(work)
    for state in (State.SIGNED, State.PUBLISHED):
        with pytest.raises(GateRefusedError, match="没有有效的审定"), store.unit_of_work("起草人") as work:
            work.documents.set_state(one, state)
    with store.unit_of_work("签发人") as work:
        decide(work, one, a_decision())
        work.documents.set_state(one, State.SIGNED)
        work.documents.set_state(one, State.PUBLISHED)
        assert work.documents.get(one).state is State.PUBLISHED


def test_a_document_issued_elsewhere_never_becomes_signed(store: Store) -> None:
    """A ledger's document keeps its state, and nobody decides on it here."""
    with store.unit_of_work("导入人") as work:
        one = add_document(work, state=State.ISSUED_ELSEWHERE)
    with pytest.raises(GateRefusedError, match="外部已印发"), store.unit_of_work("签发人") as work:
        decide(work, one, a_decision())
    for state in (State.SIGNED, State.DRAFT):
        with pytest.raises(TransitionNotAllowedError, match="外部已印发"), store.unit_of_work("签发人") as work:
            work.documents.set_state(one, state)


def test_no_document_is_added_as_signed(store: Store) -> None:
    """There is no way in that passes the gate by."""
    with pytest.raises(GateRefusedError), store.unit_of_work("起草人") as work:
        add_document(work, state=State.SIGNED)


@pytest.mark.parametrize("facts", [{"text": "甲\0乙"}, {"title": "\ud800"}, {"number": "甲" * 501}])
def test_what_a_database_cannot_hold_is_a_bad_row(store: Store, facts: dict[str, str]) -> None:
    """NUL, broken code points and numbers without end are told in Chinese; the unit of work goes on."""
    with store.unit_of_work("导入人") as work:
        with pytest.raises(BadRowError):
            add_document(work, a_document(**facts))
        add_document(work)
    with store.reading() as work:
        assert sum(work.queries.count_by_state().values()) == 1


def test_many_documents_enter_each_with_its_journal_entry(store: Store) -> None:
    """The bulk path gives ids in order, keeps every field, and each document stands in the journal."""
    document = a_full_document()
    rows = [NewDocument(document, f"{number:064}", "甲县", State.ISSUED_ELSEWHERE) for number in range(2500)]
    with store.unit_of_work("导入人") as work:
        before = work.journal.head()
        identifiers = work.documents.add_many(rows)
        assert work.documents.add_many([]) == []
        last = work.documents.add_many([(document, "f", None, State.ISSUED_ELSEWHERE)])
        added = list(work.journal.entries(after=before.sequence if before else 0))
    assert (identifiers[0], identifiers[-1], last) == ("D1", "D2500", ["D2501"])
    assert [(entry.subject, entry.action) for entry in added] == [(f"D{key}", "record") for key in range(1, 2502)]
    with store.reading() as work:
        assert work.documents.get("D2500").document == document


def test_a_document_added_among_many_is_kept_as_one_added_alone(store: Store) -> None:
    """What is printed before it is inserted stands in the table, and in the digest of its entry, as the types would write it."""
    document = a_full_document()
    with store.unit_of_work("导入人") as work:
        alone = work.documents.add(document, content_hash="f", unit=None, file_name=None, state=State.ISSUED_ELSEWHERE)
        (among,) = work.documents.add_many([(document, "f", None, State.ISSUED_ELSEWHERE)])
    with store.reading() as work:
        one, other = (work.documents.get(identifier) for identifier in (alone.id, among))
        assert replace(one, id=among) == other
        assert work.journal.prove().doubts == 0


@pytest.mark.parametrize("refused_at", [0, 39, 40, 94])
def test_many_documents_of_which_the_database_refuses_one_leave_nothing(store: Store, refused_at: int) -> None:
    """Rows go in by tens and single: wherever one among them may not enter, none of them does."""
    states = [State.SIGNED if number == refused_at else State.ISSUED_ELSEWHERE for number in range(95)]
    rows = [NewDocument(a_document(), f"{number:064}", None, state) for number, state in enumerate(states)]
    with pytest.raises(GateRefusedError), store.unit_of_work("导入人") as work:
        work.documents.add_many(rows)
    with store.reading() as work:
        assert work.queries.count_by_state() == {}


def test_linkables_carry_address_and_name_copies(store: Store) -> None:
    """Linking sees title, number, date, newest address, text, and which document is a copy of which."""
    with store.unit_of_work("起草人") as work:
        first = add_document(work, content_hash="aa")
        add_document(work, content_hash="aa", unit="乙县")
        add_document(work, a_document(title=None, number=None))
        work.publications.add(first, Publication("https://example.gov.cn/1.html", dt.date(2024, 1, 6), "website"))
        original, copy = work.documents.linkables()
        assert [item.id for item in work.documents.linkables("乙县", 2024)] == ["D2"]
    assert (original.url, original.same_as, copy.same_as) == ("https://example.gov.cn/1.html", None, first)
    assert (original.title, original.issuer, original.date) == ("河道清淤通知", "甲县人民政府", dt.date(2024, 1, 5))


def test_several_documents_are_asked_for_together(store: Store) -> None:
    """Those that there are come back whole, by id, each once; those that there are not do not come."""
    rows = [NewDocument(a_full_document(), f"{number:064}", "甲县", State.ISSUED_ELSEWHERE) for number in range(3)]
    with store.unit_of_work("导入人") as work:
        first, _, last = work.documents.add_many(rows)
        several = work.documents.several([last, first, "D999", last])
        assert several == {identifier: work.documents.get(identifier) for identifier in (first, last)}
