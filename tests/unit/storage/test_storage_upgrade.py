"""Registers of earlier revisions, with what people judged in them, come over without loss."""

import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from signed_off import decide
from sqlalchemy.engine import Engine
from unit.storage.conftest import Clock
from unit.storage.samples import SWITCHES, a_decision, a_document, add_document, an_interpretation, proposals_for

from attrtrack.domain.access import OPEN
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement, LinkDecision
from attrtrack.domain.jobs import JobKind, NewJob
from attrtrack.domain.judgements import Act
from attrtrack.errors import GateRefusedError
from attrtrack.storage import Store, open_store, upgrade_database, verify_guards
from attrtrack.storage.engine import WRITING, act, make_engine
from attrtrack.storage.revisions import _config, head_revision, known_revisions

_MOMENT = "2024-03-0{day}T04:00:00.000000+00:00"
_LINKS = (
    # interpretation, document, judgement, probability, judged_by, day
    (1, 1, "confirmed", 0.9, "甲", 2),
    (1, 2, "rejected", 0.4, "甲", 2),
    (2, 1, "auto", 0.98, None, 1),
    (2, 2, "pending", 0.3, None, 1),
    (3, 3, "confirmed", None, "导入人", 1),
)


_DOCUMENT = """INSERT INTO documents (id, state, content_hash, format, issuers, text, marks, personal_data, elements,
findings, attribute_asked, recorded_at, recorded_by)
VALUES (:id, 'draft', :hash, 'txt', '[]', 'x', '[]', '[]', '[]', '[]', true, :moment, '甲')"""
_INTERPRETATION = """INSERT INTO interpretations
(id, title, url, text, forms, channels, cited_titles, cited_numbers, recorded_at)
VALUES (:id, :title, :url, '', '[]', '[]', '[]', '[]', :moment)"""
_LINK = "INSERT INTO links VALUES (:interpretation, :document, :judgement, :probability, '[]', :by, :moment)"


def _at_second_revision(engine: Engine) -> None:
    """Make a register of revision 0002 with documents, interpretations and links."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0002")
        moment = _MOMENT.format(day=1)
        for key in (1, 2, 3):
            connection.execute(sa.text(_DOCUMENT), {"id": key, "hash": f"h{key}", "moment": moment})
            page = {"id": key, "title": f"解读{key}", "url": f"https://a.example/{key}.html", "moment": moment}
            connection.execute(sa.text(_INTERPRETATION), page)
        for *names, day in _LINKS:
            fields = dict(zip(("interpretation", "document", "judgement", "probability", "by"), names, strict=True))
            connection.execute(sa.text(_LINK), {**fields, "moment": _MOMENT.format(day=day)})


def test_judgements_of_the_second_revision_come_over(database_url: str, clock: Clock) -> None:
    """Every pair stands as before, each moment's judgements are one act, and what was suggested can come back."""
    engine = make_engine(database_url)
    _at_second_revision(engine)
    assert upgrade_database(database_url) == head_revision()
    verify_guards(engine)
    engine.dispose()
    store = open_store(database_url, clock=clock, switches=SWITCHES)
    with store.reading() as work:
        proof = work.journal.prove()
        assert (proof.ok, proof.outside_entries) == (True, 0)
        assert {entry.actor for entry in work.journal.entries() if entry.action == "adopt"} == {"system"}
    with store.unit_of_work("乙") as work:
        kept = {
            (
                int(link.interpretation_id[1:]),
                int(link.document_id[1:]),
                link.judgement,
                link.probability,
                link.judged_by,
            )
            for key in (1, 2, 3)
            for link in work.links.of(f"I{key}")
        }
        assert kept == {(one, two, Judgement(word), probability, by) for one, two, word, probability, by, _ in _LINKS}
        (former,) = work.links.acts("I1")
        assert (former.act, former.by, len(former.words)) == (Act.FORMER, "甲", 2)
        assert former.at.isoformat() == "2024-03-02T04:00:00+00:00"
        work.links.act("I1", Act.UNDO, None, by="乙")
        assert {link.judgement for link in work.links.of("I1")} == {Judgement.PENDING}
        work.links.propose("I2", proposals_for("I2", ("D3", 0.9, LinkDecision.AUTO)))
        assert [link.document_id for link in work.links.of("I2")] == ["D3"]
        assert work.interpretations.at_address("http://a.example/3.html", unit=None)[0].id == "I3"
        identifier = add_document(work, a_document())
        added = work.interpretations.add(an_interpretation(), unit=None, year=None)
        assert (identifier, added.id) == ("D4", "I4")
    store.close()


_SIGNED = (
    _DOCUMENT.replace("'draft', :hash", "'declared', 'h'").replace(":id", "1"),
    "INSERT INTO declarations VALUES (1, 1, 'withheld', '危及公共安全', '甲', :moment)",
    "INSERT INTO evaluations VALUES (1, 1, 'd', '[]', NULL, 'r0', :moment)",
    "INSERT INTO decisions VALUES (1, 1, 'withheld', '危及公共安全', '甲', :moment, 'r0', NULL)",
    "UPDATE documents SET state = 'signed' WHERE id = 1",
)


def test_a_signed_document_of_the_fourth_revision_comes_over(database_url: str, clock: Clock) -> None:
    """What was signed by the former rules stays signed as it was, triggers and references stand, and new rules hold for what follows."""
    engine = make_engine(database_url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0004")
        for statement in _SIGNED:
            connection.execute(sa.text(statement), {"moment": _MOMENT.format(day=1)})
    assert upgrade_database(database_url) == head_revision()
    verify_guards(engine)
    with engine.connect() as connection:
        tables = sa.inspect(connection)
        assert {key["referred_table"] for key in tables.get_foreign_keys("decisions")} == {"documents", "evaluations"}
        assert [key["referred_table"] for key in tables.get_foreign_keys("declarations")] == ["documents"]
    engine.dispose()
    store = open_store(database_url, clock=clock, switches=SWITCHES)
    with store.unit_of_work("乙") as work:
        kept = work.documents.get("D1")
        assert (kept.state, kept.decision.decided_by, kept.decision.evaluation) == (State.SIGNED, "甲", None)  # type: ignore[union-attr]
        assert work.evaluations.latest("D1") == ()
        assert list(work.evaluations.kept()) == []
        assert [row.id for row in work.reexaminations.kept_back()] == ["D1"]
        made = decide(work, "D1", a_decision(DisclosureAttribute.PROACTIVE, because="理由消失"))
        assert (work.decisions.count("D1"), work.documents.get("D1").decision) == (2, made)
    with store.unit_of_work("甲") as work:
        work.documents.set_state(add_document(work), State.DECLARED)
    with pytest.raises(GateRefusedError, match="把关记录"), store.unit_of_work("签发人") as work:
        work.decisions.add("D2", a_decision(DisclosureAttribute.WITHHELD, "危及公共安全"))
    store.close()


_JOB = """INSERT INTO jobs (id, kind, parameters, access, started_by, origin, created_at, state, done, attempts, fruitless, done_when_taken)
VALUES (1, 'audit', '{}', '{"rights": null, "units": null, "home": null}', '甲', 'cli', :moment, 'queued', 0, 0, 0, 0)"""


def test_jobs_of_the_fifteenth_revision_come_over(database_url: str, clock: Clock) -> None:
    """A job that waited goes on waiting, the table still knows its kinds, and the new one among them."""
    engine = make_engine(database_url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0015")
        act(connection, "甲", "cli", now=None)
        connection.execute(sa.text(_JOB), {"moment": _MOMENT.format(day=1)})
    assert upgrade_database(database_url) == head_revision()
    verify_guards(engine)
    engine.dispose()
    store = open_store(database_url, clock=clock, switches=SWITCHES)
    with store.unit_of_work("system") as work:
        assert (work.jobs.waiting(), work.jobs.get("J1").kind) == (["J1"], JobKind.AUDIT)
        added = work.jobs.add(NewJob(JobKind.EXPORT, {"year": 2024}, OPEN, None, "cli"))
        assert work.jobs.take("乙", added) is not None
        work.products.keep(added, iter([b"x"]))
    with store.reading() as work:
        assert work.products.piece(added, 0) == b"x"
        assert work.journal.prove().ok
    store.close()


def test_revisions_are_known_by_the_names_of_their_scripts() -> None:
    """What Alembic reads in the scripts and what their names say is the same: one line, each after the one before."""
    scripts = list(ScriptDirectory.from_config(_config()).walk_revisions())
    assert {script.revision for script in scripts} == known_revisions()
    assert [script.down_revision for script in scripts] == [*(script.revision for script in scripts[1:]), None]
    assert scripts[0].revision == head_revision()


def test_a_register_that_is_there_is_opened_without_alembic(store: Store, database_url: str) -> None:
    """What only migrations need is not loaded by every command."""
    store.close()
    program = (
        "import sys, datetime as dt\nfrom attrtrack.storage import open_store\n"
        f"open_store({database_url!r}, clock=lambda: dt.datetime.now(dt.UTC), switches={SWITCHES!r}).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
