"""What is said and decided of documents: proposals, declarations, decisions, evaluations."""

import contextlib
import datetime as dt

import pytest
import sqlalchemy as sa
from signed_off import decide
from sqlalchemy.engine import Engine
from unit.storage.samples import NOON, a_decision, a_document, a_proposal, add_document, codes

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import GateRefusedError, UnknownRecordError
from attrtrack.storage import Store


def test_a_proposal_comes_back_as_it_was(store: Store) -> None:
    """Voices, likelihoods, evidence and findings survive; the newest is the latest."""
    with store.unit_of_work("系统") as work:
        one = add_document(work)
        assert work.proposals.latest(one) is None
        work.proposals.add(one, a_proposal(attribute=None, probability=None, abstained=True, doubt="无从判断"))
        work.proposals.add(one, a_proposal())
        assert work.proposals.latest(one) == a_proposal()


def test_a_proposal_changes_neither_declaration_nor_decision(store: Store) -> None:
    """However sure the suggestion, what people declared and decided stays, in the record and in its tables."""
    with store.unit_of_work("起草人") as work:
        one = add_document(work)
        work.declarations.add(one, Declaration(DisclosureAttribute.WITHHELD, "internal"))
        decide(work, one, a_decision(DisclosureAttribute.WITHHELD, "internal"))
        before = work.documents.get(one)
        work.proposals.add(one, a_proposal(attribute=DisclosureAttribute.PROACTIVE, probability=1.0))
        assert work.documents.get(one) == before


def test_a_new_decision_supersedes_and_the_signed_state_stays(store: Store, raw: Engine) -> None:
    """Both decisions stay in the table, one is live, and the document is still signed."""
    later = NOON + dt.timedelta(days=1)
    with store.unit_of_work("签发人") as work:
        one = add_document(work)
        decide(work, one, a_decision())
        work.documents.set_state(one, State.SIGNED)
        made = decide(work, one, a_decision(DisclosureAttribute.WITHHELD, "危及公共安全", decided_at=later))
        recorded = work.documents.get(one)
    assert recorded.state is State.SIGNED
    assert recorded.decision == made
    with raw.connect() as connection:
        rows = connection.exec_driver_sql("SELECT attribute, superseded_at FROM decisions ORDER BY id").all()
    assert rows == [("proactive", "2024-03-02T04:00:00.000000+00:00"), ("withheld", None)]


@pytest.mark.parametrize("attribute", [DisclosureAttribute.WITHHELD, DisclosureAttribute.ON_REQUEST])
@pytest.mark.parametrize("reason", [None, "", "  ", "\u3000\t\n"])
def test_a_blank_reason_is_refused_and_the_old_decision_stays(
    store: Store, attribute: DisclosureAttribute, reason: str | None
) -> None:
    """A refused decision leaves everything as it was: the one before is still live."""
    with store.unit_of_work("签发人") as work:
        one = add_document(work)
        made = decide(work, one, a_decision())
    with pytest.raises(GateRefusedError, match="必须说明理由"), store.unit_of_work("签发人") as work:
        decide(work, one, a_decision(attribute, reason))
    with store.reading() as work:
        assert work.decisions.live(one) == made


def test_a_caught_refusal_cannot_be_committed_half(store: Store) -> None:
    """Catching the database's refusal inside the unit of work does not save the rest of it, on either database."""

    def carry_on_after_the_refusal() -> None:
        with store.unit_of_work("签发人") as work:
            one = add_document(work)
            with contextlib.suppress(GateRefusedError):
                decide(work, one, a_decision(DisclosureAttribute.WITHHELD))

    with pytest.raises(GateRefusedError):
        carry_on_after_the_refusal()
    with store.reading() as work:
        assert work.queries.count_by_state() == {}


def test_an_evaluation_keeps_findings_and_a_digest_of_its_input(store: Store, raw: Engine) -> None:
    """The digest changes when the declaration it looked at changes, and only then."""
    finding = Finding("reason-missing", Severity.BLOCK, "没有说明理由。")
    with store.unit_of_work("起草人") as work:
        one = add_document(work)
        assert work.evaluations.latest(one) is None
        work.evaluations.add(one, (finding,), "r1")
        work.evaluations.add(one, (finding,), "r1")
        work.declarations.add(one, Declaration(DisclosureAttribute.PROACTIVE))
        work.evaluations.add(one, (), "r1")
        assert codes(work.evaluations.latest(one) or ()) == []
    with raw.connect() as connection:
        first, second, third = connection.execute(sa.text("SELECT input_digest FROM evaluations ORDER BY id")).scalars()
    assert first == second
    assert third != first


def test_nothing_is_attached_to_an_unknown_document(store: Store) -> None:
    """Every kind of attachment asks for a document that is there."""
    with store.unit_of_work("起草人") as work:
        for attach in (
            lambda: work.proposals.add("D9", a_proposal()),
            lambda: work.declarations.add("D9", Declaration(None)),
            lambda: work.decisions.add("D9", a_decision()),
            lambda: work.evaluations.add("D9", (), "r1"),
            lambda: work.documents.set_state("D9", State.DECLARED),
            lambda: work.documents.replace_ledger_facts("D9", a_document()),
        ):
            with pytest.raises(UnknownRecordError):
                attach()


def test_reading_refuses_to_write(store: Store) -> None:
    """A reader cannot write by mistake."""
    with pytest.raises(Exception, match="只读"), store.reading() as work:
        add_document(work)


def test_a_failed_unit_of_work_leaves_nothing(store: Store) -> None:
    """An error of the caller's own rolls everything back, the journal included."""

    def fail_after_adding() -> None:
        with store.unit_of_work("起草人") as work:
            add_document(work)
            raise LookupError

    with pytest.raises(LookupError):
        fail_after_adding()
    with store.reading() as work:
        assert work.queries.count_by_state() == {}
        assert all(entry.action == "set-switch" for entry in work.journal.entries())
