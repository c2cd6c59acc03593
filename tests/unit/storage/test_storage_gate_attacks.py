"""The gate attacked with raw SQL on both databases: the database refuses by itself, whoever writes."""

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from signed_off import decide, prepare
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import a_decision, a_document, a_proposal, add_document, an_interpretation

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement, Publication
from attrtrack.errors import GateRefusedError
from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import is_sqlite

DECIDE = (
    "INSERT INTO decisions (id, document_id, attribute, reason, decided_by, decided_at, rules_version, superseded_at, "
    "evaluation_id) VALUES ({id}, {document}, {attribute}, {reason}, '某人', '2024-03-01', 'r1', {superseded}, 1)"
)


def deciding(**values: object) -> str:
    """Write an INSERT of a decision on D1, which is declared withheld and let pass by the gate, with literals replaced."""
    stated = {"id": 90, "document": 1, "attribute": "'proactive'", "reason": "NULL", "superseded": "NULL"}
    return DECIDE.format(**{**stated, **values})


ON_BOTH = [
    "UPDATE documents SET state = 'signed' WHERE id = 1",
    "UPDATE documents SET state = 'published' WHERE id = 1",
    "UPDATE documents SET state = 'signed', unit = unit WHERE id = 3",
    "UPDATE documents SET state = 'issued_elsewhere' WHERE id = 2",
    "UPDATE documents SET state = 'whatever' WHERE id = 1",
    "UPDATE documents SET text = '改写' WHERE id = 2",
    "UPDATE documents SET id = 99 WHERE id = 2",
    "DELETE FROM documents WHERE id = 2",
    deciding(attribute="NULL"),
    deciding(attribute="'open'"),
    deciding(attribute="'withheld'"),
    deciding(attribute="'withheld'", reason="''"),
    deciding(attribute="'withheld'", reason="' \t\u3000\u00a0\u200b'"),
    deciding(attribute="'on_request'"),
    deciding(attribute="'on_request'", reason="'　'"),
    deciding(document=77),
    deciding(superseded="'2024-03-02'"),
    deciding(document=2),
    "UPDATE decisions SET attribute = 'on_request'",
    "UPDATE decisions SET reason = '后补'",
    "UPDATE decisions SET document_id = 1",
    "UPDATE decisions SET superseded_at = '2024-03-02' WHERE document_id = 2",
    "UPDATE decisions SET superseded_at = NULL",
    "DELETE FROM decisions",
    "UPDATE proposals SET attribute = 'withheld'",
    "DELETE FROM proposals",
    "UPDATE declarations SET attribute = 'withheld'",
    "DELETE FROM declarations",
    "UPDATE evaluations SET findings = '[]'",
    "DELETE FROM evaluations",
    "UPDATE publications SET url = 'x'",
    "DELETE FROM publications",
    "UPDATE journal SET actor = '别人'",
    "DELETE FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal)",
    f"INSERT INTO journal VALUES (9999, 't', 'a', 'b', 'c', 'd', 'e', '{'1' * 64}', '{'2' * 64}')",  # noqa: S608 - attack
    "INSERT INTO journal SELECT sequence + 1, at, actor, action, subject, outcome, detail, previous_hash, hash FROM journal",
    "UPDATE gate_switches SET value = '[]'",
    "DELETE FROM gate_switches",
    "INSERT INTO gate_switches VALUES (90, 'reason_required_for', '[]', 't', 'a')",
    "UPDATE links SET judgement = 'auto', judged_by = NULL",
    "UPDATE links SET document_id = 1",
    "DELETE FROM links",
]
ON_SQLITE = [
    deciding(id=1, document=2, attribute="'withheld'", reason="'x'").replace("INSERT", "INSERT OR REPLACE", 1),
    deciding(document=2).replace("INSERT", "INSERT OR REPLACE", 1),
    deciding(document=2).replace("INSERT", "REPLACE", 1),
    "UPDATE OR IGNORE documents SET state = 'signed' WHERE id = 1",
    "UPDATE OR REPLACE documents SET id = 2 WHERE id = 1",
    "UPDATE OR REPLACE documents SET rowid = 2 WHERE id = 1",
    "UPDATE OR FAIL decisions SET attribute = 'on_request'",
    "INSERT OR REPLACE INTO documents SELECT * FROM documents WHERE id = 2",
    "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE sequence = 1",
    "INSERT OR REPLACE INTO proposals SELECT * FROM proposals",
    "INSERT OR REPLACE INTO gate_switches SELECT id, code, '[]', set_at, set_by FROM gate_switches",
    "INSERT OR REPLACE INTO links SELECT * FROM links",
    deciding(document=2)
    + " ON CONFLICT (document_id) WHERE superseded_at IS NULL DO UPDATE SET attribute = 'on_request'",
    *(
        f"PRAGMA ignore_check_constraints = ON;PRAGMA foreign_keys = OFF;PRAGMA recursive_triggers = OFF;{statement}"
        for statement in (
            deciding(attribute="'withheld'"),
            deciding(attribute="'open'"),
            deciding(document=77),
            "UPDATE decisions SET superseded_at = '2024-03-02' WHERE document_id = 2",
            "UPDATE documents SET state = 'signed' WHERE id = 1",
            "UPDATE documents SET state = 'whatever' WHERE id = 1",
            "INSERT OR REPLACE INTO documents SELECT * FROM documents WHERE id = 2",
        )
    ),
]
SHADOW_SWITCHES = (
    "CREATE TEMPORARY TABLE gate_switches (id int, code text, value text)",
    "INSERT INTO gate_switches VALUES (1, 'reason_required_for', '[]')",
)
ON_POSTGRESQL = [
    *(f"TRUNCATE {table} CASCADE" for table in ("documents", "decisions", "links", "journal", "gate_switches")),
    *(f"TRUNCATE {table}" for table in ("proposals", "declarations", "evaluations", "publications")),
    "SET session_replication_role = replica;UPDATE documents SET state = 'signed' WHERE id = 1",
    "SET session_replication_role = replica;" + deciding(attribute="'withheld'"),
    """CREATE TEMPORARY TABLE decisions (document_id bigint, superseded_at text);
    INSERT INTO decisions VALUES (1, NULL);UPDATE documents SET state = 'signed' WHERE id = 1""",
    ";".join((*SHADOW_SWITCHES, deciding(attribute="'on_request'"))),
    deciding(document=2)
    + " ON CONFLICT (document_id) WHERE superseded_at IS NULL DO UPDATE SET attribute = 'on_request'",
]


@pytest.fixture
def peopled(store: Store) -> Store:
    """Fill the register: D1 judged and ready to sign, D2 signed, D3 from a ledger, and one row in every other table."""
    with store.unit_of_work("起草人") as work:
        for state in (State.DRAFT, State.DRAFT, State.ISSUED_ELSEWHERE):
            add_document(work, a_document(), state=state)
        prepare(work, "D1", a_decision(DisclosureAttribute.WITHHELD, "危及公共安全", decided_by="某人"))
        work.proposals.add("D2", a_proposal())
        decide(work, "D2", a_decision())
        work.documents.set_state("D2", State.SIGNED)
        work.publications.add("D2", Publication("https://example.gov.cn/1.html", None, None))
        work.interpretations.add(an_interpretation(), unit="甲县", year=2024)
        work.links.judge("I1", "D2", Judgement.CONFIRMED, "审核人")
    return store


def contents(engine: Engine) -> dict[str, object]:
    """Read every table whole; an index of phrases cannot be read, the tables that hold it can."""
    inspected = sa.inspect(engine)
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1').all()  # noqa: S608 - own names
            for name in inspected.get_table_names()
            if name != "search_index"
        }


def attack(engine: Engine, script: str) -> None:
    """Run a script as an intruder would and commit it."""
    with engine.connect() as connection:
        for statement in script.split(";"):
            connection.exec_driver_sql(statement)
        connection.commit()


@pytest.fixture
def refuses(peopled: Store, raw: Engine) -> Callable[[str], None]:
    """Give a function that asserts that a script is refused and nothing changed."""

    def check(script: str) -> None:
        before = contents(raw)
        with pytest.raises(DBAPIError):
            attack(raw, script)
        raw.dispose()
        assert contents(raw) == before
        with peopled.reading() as work:
            assert work.journal.verify() is None

    return check


def test_every_attack_is_refused(refuses: Callable[[str], None], raw: Engine) -> None:
    """No statement signs a document without decision, edits or removes what is appended, or loosens a switch unseen."""
    for script in (*ON_BOTH, *(ON_SQLITE if is_sqlite(raw) else ON_POSTGRESQL)):
        refuses(script)


def test_the_same_statement_passes_when_it_is_lawful(peopled: Store, raw: Engine) -> None:
    """The attacks above fail for what they want, not for how they are written."""
    del peopled
    attack(raw, deciding(attribute="'withheld'", reason="'危及公共安全'"))
    attack(raw, "UPDATE documents SET state = 'signed' WHERE id = 1")
    with raw.connect() as connection:
        state = connection.exec_driver_sql("SELECT state FROM documents WHERE id = 1").scalar_one()
    assert state == "signed"


def test_an_office_may_switch_the_reason_off_for_on_request_only(
    store: Store, opened: Callable[..., Store], database_url: str, raw: Engine
) -> None:
    """The switch is read by the trigger and journalled; withheld needs its reason whatever the switch says."""
    del store

    loose = open_store(database_url, clock=lambda: a_decision().decided_at, switches={"reason_required_for": ()})
    with loose.unit_of_work("签发人") as work:
        add_document(work)
        decide(work, "D1", a_decision(DisclosureAttribute.ON_REQUEST))
        switched = [
            (entry.subject, json.loads(entry.detail))
            for entry in work.journal.entries()
            if entry.action == "set-switch"
        ]
    with pytest.raises(GateRefusedError, match="不予公开必须说明理由"), loose.unit_of_work("签发人") as work:
        decide(work, "D1", a_decision(DisclosureAttribute.WITHHELD))
    loose.close()
    subject, said = switched[-1]
    assert (subject, said["from"], said["to"]) == ("reason_required_for", '["on_request","withheld"]', "[]")
    opened(database_url)
    with pytest.raises(DBAPIError):
        attack(raw, deciding(attribute="'on_request'"))


def test_the_same_switches_again_change_nothing(
    store: Store, opened: Callable[[str], Store], database_url: str
) -> None:
    """Opening twice with the same rules leaves the journal as it was."""
    opened(database_url)
    with store.reading() as work:
        assert [entry.action for entry in work.journal.entries()] == ["set-switch", "set-switch"]
