"""The need of an interpretation in the register: ledger, rules and person kept apart, in both databases."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.conftest import Clock
from unit.storage.samples import NOON, a_document, add_document

from attrtrack.domain.decisions import State
from attrtrack.domain.needs import NeedDecision, NeedProposal, NeedSource
from attrtrack.errors import AttrtrackError, UnknownRecordError
from attrtrack.storage import NewDocument, Store, upgrade_database, verify_guards
from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.measured import measured_where
from attrtrack.storage.revisions import _config, head_revision

YES = NeedProposal(needed=True, row="policy-kind", reason="政策性文件")
NO = NeedProposal(needed=False, row="award", reason="表彰")
OPEN = NeedProposal(None, "work-arrangement", "由人定")

_INSERT = """INSERT INTO need_decisions SELECT id + 1, document_id, needed, because, decided_by, decided_at, rules_version, {}
FROM need_decisions"""


def a_decision(**values: Any) -> NeedDecision:
    """Make a person's decision."""
    stated: dict[str, Any] = {"needed": True, "because": "涉及补贴", "decided_by": "甲", "decided_at": NOON}
    return NeedDecision(**{**stated, **values}, rules_version="r1")


def added(store: Store, need: NeedProposal | None, **facts: Any) -> str:
    """Add a document with what the rules propose for it and return its id."""
    with store.unit_of_work("甲") as work:
        return add_document(work, a_document(**facts), content_hash=f"{facts}", need=need, state=State.ISSUED_ELSEWHERE)


def measured(store: Store, as_of: dt.date | None = None) -> list[tuple[bool | None, str | None]]:
    """Return need and source of every document as the measures see them."""
    with store.reading() as work:
        rows = work.queries.measured_documents(as_of=as_of)
        return [(row.needs_interpretation, row.need_source) for row in rows]


def needs_of_all(store: Store) -> list[tuple[bool | None, str | None]]:
    """Return the same of every document there is, drafts too."""
    with store.reading() as work:
        return [(row.needs_interpretation, row.need_source) for row in measured_where(work.documents._transaction, [])]


def test_ledger_rules_and_nobody_are_told_apart(store: Store) -> None:
    """What a ledger states goes before the rules; an open row says nothing; without a proposal nobody speaks."""
    added(store, YES)
    added(store, NO, title="二", needs_interpretation=True)
    added(store, OPEN, title="三")
    added(store, None, title="四")
    assert measured(store) == [(True, "policy-kind"), (True, "ledger"), (None, "work-arrangement"), (None, None)]


def test_a_decision_outweighs_all_and_can_be_undone(store: Store) -> None:
    """Deciding again supersedes, undoing brings ledger and rules back, and the journal keeps each act without the reason."""
    identifier = added(store, YES)
    with store.unit_of_work("甲") as work:
        work.needs.decide(identifier, a_decision(needed=True))
        work.needs.decide(identifier, a_decision(needed=False, because="系内部事务"))
    assert measured(store) == [(False, NeedSource.PERSON)]
    with store.reading() as work:
        need = work.needs.get(identifier)
        assert need.decision == a_decision(needed=False, because="系内部事务")
        assert (need.needed, need.proposed, need.row, need.differs) == (False, True, "policy-kind", True)
    with store.unit_of_work("乙") as work:
        assert work.needs.undo(identifier)
        assert not work.needs.undo(identifier)
    assert measured(store) == [(True, "policy-kind")]
    with store.reading() as work:
        entries = [(entry.action, entry.actor, entry.detail) for entry in work.journal.entries()]
    kept = [entry for entry in entries if entry[0].endswith("need")]
    assert [(action, actor) for action, actor, _ in kept] == [
        ("decide-need", "甲"),
        ("undo-need", "甲"),
        ("decide-need", "甲"),
        ("undo-need", "乙"),
    ]
    assert not any("内部" in str(detail) for _, _, detail in kept)


def test_as_of_a_day_the_decision_of_that_day_counts(store: Store, clock: Clock) -> None:
    """A decision made later, or undone earlier, is not in the figures of a day."""
    identifier = added(store, YES)
    with store.unit_of_work("甲") as work:
        work.needs.decide(identifier, a_decision(needed=False, decided_at=clock()))
    day = clock().date()
    assert measured(store, day - dt.timedelta(days=1)) == [(True, "policy-kind")]
    assert measured(store, day) == [(False, "person")]


def test_doubtful_are_the_undecided_and_the_contradicted(store: Store) -> None:
    """Decided where the rules are silent, or in accord with them, is no doubt."""
    ids = [
        added(store, YES, title="一"),
        added(store, OPEN, title="二"),
        added(store, None, title="三"),
        added(store, NO, title="四", needs_interpretation=True),
        added(store, NO, title="五"),
        added(store, OPEN, title="六"),
    ]
    with store.unit_of_work("甲") as work:
        work.needs.decide(ids[4], a_decision(needed=True))
        work.needs.decide(ids[5], a_decision(needed=True))
    with store.reading() as work:
        found = [(need.id, need.needed, need.differs) for need in work.needs.doubtful()]
        assert list(work.needs.doubtful(year=1999)) == []
    assert found == [(ids[1], None, False), (ids[2], None, False), (ids[3], True, True), (ids[4], True, True)]


def test_proposals_are_renewed_and_decisions_stay(store: Store) -> None:
    """A new table changes what is proposed, of documents recorded here as well, and nothing that a person said."""
    first, second = added(store, NO, title="一"), added(store, OPEN, title="二")
    with store.unit_of_work("甲") as work:
        work.needs.decide(second, a_decision(needed=False))
        texts = {need.id: text for need, text in work.needs.texts()}
        assert work.needs.renew([(first, YES), (second, YES)]) == 2
        assert work.needs.renew([]) == 0
    assert texts == {first: a_document().text, second: a_document().text}
    assert measured(store) == [(True, "policy-kind"), (False, "person")]


def test_a_newer_ledger_replaces_statement_and_proposal(store: Store) -> None:
    """The proposal goes with the title it was made for."""
    with store.unit_of_work("甲") as work:
        (identifier,) = work.documents.add_many(
            [NewDocument(a_document(needs_interpretation=False), "h", None, State.ISSUED_ELSEWHERE, None, YES)]
        )
        work.documents.replace_ledger_facts(identifier, a_document(title="表彰决定"), NO)
    assert measured(store) == [(False, "award")]


def test_a_decision_needs_a_document_and_a_reason(store: Store) -> None:
    """The database itself refuses a decision without a reason or a name."""
    identifier = added(store, YES)
    with pytest.raises(UnknownRecordError), store.unit_of_work("甲") as work:
        work.needs.decide("D99", a_decision())
    with pytest.raises(UnknownRecordError), store.reading() as work:
        work.needs.get("D99")
    for blank in ({"because": "\u3000 "}, {"decided_by": " "}):
        with pytest.raises(AttrtrackError), store.unit_of_work("甲") as work:
            work.needs.decide(identifier, a_decision(**blank))
    assert measured(store) == [(True, "policy-kind")]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE need_decisions SET needed = NOT needed",
        "UPDATE need_decisions SET because = '别的', superseded_at = '2030-01-01T00:00:00.000000+00:00'",
        "DELETE FROM need_decisions",
        "TRUNCATE need_decisions CASCADE",
        "UPDATE need_decisions SET decided_by = '别人'",
        _INSERT.replace("INSERT", "INSERT OR REPLACE").replace("id + 1", "id").format("NULL"),
        _INSERT.format("superseded_at"),
        _INSERT.format("'2030-01-01T00:00:00.000000+00:00'"),
    ],
)
def test_decisions_are_appended_and_superseded_only(store: Store, raw: Engine, attack: str) -> None:
    """No statement rewrites, deletes or doubles a decision."""
    identifier = added(store, YES)
    with store.unit_of_work("甲") as work:
        work.needs.decide(identifier, a_decision(needed=False))
    with pytest.raises(DBAPIError), raw.connect() as connection, connection.begin():
        connection.exec_driver_sql(attack)
    assert measured(store) == [(False, "person")]


def test_a_removed_document_takes_its_decisions_along(store: Store, raw: Engine) -> None:
    """Nothing that quotes a classified document stays."""
    identifier = added(store, YES)
    with store.unit_of_work("甲") as work:
        work.needs.decide(identifier, a_decision(because="正文写明"))
        work.documents.remove_classified(identifier, "secret-mark")
    with raw.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM need_decisions")).scalar_one() == 0


_DOCUMENT = """INSERT INTO documents (id, state, content_hash, format, issuers, text, marks, personal_data, elements,
findings, attribute_asked, needs_interpretation, recorded_at, recorded_by)
VALUES (:id, :state, :hash, 'txt', '[]', 'x', '[]', '[]', '[]', '[]', true, :needs, :moment, '甲')"""


def test_former_answers_come_over_with_what_is_known_of_their_origin(
    database_url: str, opened: Callable[[str], Store]
) -> None:
    """The rules' answers on own files become proposals; of a ledger's nobody knows who gave them, and it says so."""
    engine = make_engine(database_url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0003")
        kept = (("draft", True), ("issued_elsewhere", False), ("issued_elsewhere", None), ("draft", None))
        for key, (state, needs) in enumerate(kept, start=1):
            row = {"id": key, "state": state, "hash": f"h{key}", "needs": needs}
            connection.execute(sa.text(_DOCUMENT), {**row, "moment": "2024-03-01T04:00:00.000000+00:00"})
    assert upgrade_database(database_url) == head_revision()
    verify_guards(engine)
    engine.dispose()
    store = opened(database_url)
    assert needs_of_all(store) == [(True, "unrecorded"), (False, "unrecorded"), (None, None), (None, None)]
    with store.unit_of_work("甲") as work:
        work.needs.renew([("D1", NO), ("D2", YES)])
    assert needs_of_all(store) == [(False, "award"), (False, "unrecorded")] + [(None, None)] * 2
    with store.reading() as work:
        assert [(need.id, need.differs) for need in work.needs.doubtful()] == [
            ("D2", True),
            ("D3", False),
            ("D4", False),
        ]
