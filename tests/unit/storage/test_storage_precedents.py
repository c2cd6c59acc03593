"""Precedents and corrections in the register: one live each, found by likeness, guarded by the database itself."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from signed_off import decide
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.conftest import Clock
from unit.storage.samples import NOON, SWITCHES, a_decision, a_document, add_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.precedents import Correction, Lesson, Resolution, Source, Standing
from attrtrack.errors import StorageUnusableError, UnknownRecordError
from attrtrack.storage import Store, UnitOfWork, open_store, upgrade_database, verify_guards
from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.precedents import PROBES
from attrtrack.storage.revisions import _config, head_revision

_P, _U, _W = DisclosureAttribute
SKETCH = tuple(range(-640, 640, 20))


def a_lesson(attribute: DisclosureAttribute = _W, **values: Any) -> Lesson:
    """Make a lesson of a first decision."""
    stated: dict[str, Any] = {
        "source": Source.DECISION,
        "reason": "R16-2c",
        "weight": 1.0,
        "sketch": SKETCH,
        "taught_by": "签发人",
        "taught_at": NOON,
    }
    return Lesson(attribute=attribute, **{**stated, **values})


def a_correction(attribute: DisclosureAttribute = _P, **values: Any) -> Correction:
    """Make an assessor's correction."""
    stated: dict[str, Any] = {"reason": None, "note": "抽查", "corrected_by": "考核员", "corrected_at": NOON}
    return Correction(attribute=attribute, rules_version="r1", **{**stated, **values})


def taught(work: UnitOfWork, lesson: Lesson | None = None, **facts: Any) -> str:
    """Add a document with a precedent and return its id."""
    identifier = add_document(work, a_document(**facts), content_hash=f"{facts.get('title', '')}")
    work.precedents.add(identifier, lesson or a_lesson())
    return identifier


def found(store: Store, sketch: tuple[int, ...] = SKETCH, **options: Any) -> list[str]:
    """Return the ids of the precedents like a sketch."""
    with store.reading() as work:
        return [match.precedent.document_id for match in work.precedents.like(sketch, least=0.2, **options)]


def test_a_precedent_is_found_again_as_it_was_taught(store: Store) -> None:
    """What comes back is what was kept, with the document's title and number."""
    with store.unit_of_work("甲") as work:
        identifier = taught(work, a_lesson(reason=None, weight=1.5))
    with store.reading() as work:
        (match,) = work.precedents.like(SKETCH, least=0.2)
    assert match.likeness == 1.0
    assert match.precedent.document_id == identifier
    assert match.precedent.lesson == a_lesson(reason=None, weight=1.5)
    assert (match.precedent.title, match.precedent.number) == ("河道清淤通知", "甲政发〔2024〕1号")


def test_likest_first_and_only_those_like_enough(store: Store) -> None:
    """Order is by likeness; unlike ones, and the document asked about, are left out."""
    half = (*SKETCH[:32], *range(1001, 1033))
    with store.unit_of_work("甲") as work:
        near = taught(work, a_lesson(sketch=half), title="甲")
        same = taught(work, title="乙")
        taught(work, a_lesson(sketch=tuple(range(5001, 5065))), title="丙")
    assert found(store) == [same, near]
    assert found(store, excluding=same) == [near]
    assert found(store, ()) == []


def test_a_new_precedent_takes_the_place_of_the_old(store: Store) -> None:
    """Of a document one precedent is live; the superseded one is kept and not found."""
    with store.unit_of_work("甲") as work:
        identifier = taught(work)
        work.precedents.add(identifier, a_lesson(_P, weight=1.5))
    with store.reading() as work:
        (match,) = work.precedents.like(SKETCH, least=0.2)
        assert match.precedent.lesson.attribute is _P
        assert len(list(work.precedents.live())) == 1


def test_a_conflict_teaches_nothing_until_resolved_and_again(store: Store) -> None:
    """In conflict it is listed and not found; --teach lets it teach, --set-aside takes it back, both journalled."""
    with store.unit_of_work("甲") as work:
        identifier = taught(work, a_lesson(opposed=("fee-standard",)))
        assert [item.standing for item in work.precedents.live(standing=Standing.CONFLICT)] == [Standing.CONFLICT]
    assert found(store) == []
    for teach, expected in ((True, [identifier]), (False, []), (True, [identifier])):
        with store.unit_of_work("乙") as work:
            assert work.precedents.resolve(identifier, Resolution(teach, "核对过", "乙", NOON))
        assert found(store) == expected
    with store.reading() as work:
        actions = [entry.action for entry in work.journal.entries(identifier)]
        assert actions.count("resolve-precedent") == 3
        resolved = work.precedents.of_document(identifier)
        assert resolved is not None
        assert resolved.resolution == Resolution(teach=True, note="核对过", resolved_by="乙", resolved_at=NOON)


def test_there_may_be_nothing_to_resolve_or_withdraw(store: Store) -> None:
    """A document that nobody decided has no precedent and no correction; an unknown one is told."""
    with store.unit_of_work("甲") as work:
        identifier = add_document(work)
        assert not work.precedents.resolve(
            identifier, Resolution(teach=True, note=None, resolved_by="甲", resolved_at=NOON)
        )
        assert not work.corrections.withdraw(identifier)
        assert work.precedents.of_document(identifier) is None
    with store.unit_of_work("甲") as work, pytest.raises(UnknownRecordError):
        work.precedents.add("D99", a_lesson())


def test_a_correction_stands_beside_the_decision(store: Store) -> None:
    """The record shows the correction, and its attribute in force is still the decision's."""
    with store.unit_of_work("甲") as work:
        identifier = add_document(work)
        decide(work, identifier, a_decision(_W, "R16-2c"))
        work.corrections.add(identifier, a_correction(_U))
        work.corrections.add(identifier, a_correction(_P))
        record = work.documents.get(identifier)
        assert record.correction == a_correction(_P)
        assert record.attribute is _W
        assert work.corrections.withdraw(identifier)
        assert work.documents.get(identifier).correction is None
        assert work.corrections.live(identifier) is None


def test_precedents_of_a_year(store: Store) -> None:
    """A list may be of one year of documents."""
    with store.unit_of_work("甲") as work:
        taught(work)
        assert len(list(work.precedents.live(year=2024))) == 1
        assert list(work.precedents.live(year=2023)) == []


ATTACKS = (
    "UPDATE precedents SET attribute = 'proactive'",
    "UPDATE precedents SET weight = 9",
    "UPDATE precedents SET standing = 'teaching'",
    "UPDATE precedents SET standing = 'teaching', resolved_by = ' ', resolved_at = 't'",
    "UPDATE precedents SET opposed = NOT opposed",
    "UPDATE precedents SET note = '改写'",
    "UPDATE precedents SET resolved_by = '某人', resolved_at = 't'",
    (
        "INSERT INTO precedents SELECT id + 1, document_id + 1, source, attribute, reason, weight, sketch, opposed, rules, "
        "taught_by, taught_at, 'teaching', '某人', 't', NULL, NULL FROM precedents"
    ),
    "UPDATE precedents SET document_id = 2",
    "DELETE FROM precedents",
    "UPDATE corrections SET attribute = 'withheld'",
    "UPDATE corrections SET note = '改写'",
    "UPDATE corrections SET superseded_at = NULL",
    "DELETE FROM corrections",
    (
        "INSERT INTO corrections SELECT id + 1, document_id, attribute, reason, note, corrected_by, corrected_at, rules_version, "
        "superseded_at FROM corrections"
    ),
    (
        "INSERT INTO precedents SELECT id + 1, document_id + 1, source, attribute, reason, weight, sketch, opposed, rules, "
        "taught_by, taught_at, 'teaching', NULL, NULL, NULL, NULL FROM precedents"
    ),
    (
        "INSERT INTO precedents SELECT id + 1, document_id + 1, source, attribute, reason, weight, sketch, opposed, rules, "
        "taught_by, taught_at, 'set_aside', NULL, NULL, NULL, NULL FROM precedents"
    ),
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_itself_refuses(store: Store, raw: Engine, attack: str) -> None:
    """Whoever writes: a precedent is not rewritten, and one against the law does not come to teach unseen."""
    with store.unit_of_work("甲") as work:
        identifier = taught(work, a_lesson(opposed=("fee-standard",)))
        add_document(work)
        work.corrections.add(identifier, a_correction())
    with pytest.raises(DBAPIError), raw.begin() as connection:
        connection.exec_driver_sql(attack)


def test_removal_takes_precedent_correction_and_hashes(
    opened: Callable[[str], Store], database_url: str, tmp_path: Path
) -> None:
    """Of a document that turns out to be classified no precedent, no note, no hash stays; superseded ones neither."""
    store = opened(database_url)
    with store.unit_of_work("甲") as work:
        identifier = taught(work, a_lesson(sketch=tuple(range(7_000_000_000_000_001, 7_000_000_000_000_065))))
        work.precedents.add(identifier, a_lesson(sketch=tuple(range(8_000_000_000_000_001, 8_000_000_000_000_065))))
        work.corrections.add(identifier, a_correction(note="巡线口令"))
        work.documents.remove_classified(identifier, "R14-1")
    store.scrub()
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin():
        for table in ("precedents", "precedent_hashes", "corrections"):
            assert connection.execute(sa.text(f"SELECT COUNT(*) FROM {table}")).scalar() == 0  # noqa: S608 - our own names
    engine.dispose()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "巡线口令".encode() not in kept
    assert b"7000000000000001" not in kept
    assert b"8000000000000001" not in kept


def test_a_correction_is_found_among_many_later_decisions(store: Store) -> None:
    """An assessor's word on a notice that the office decides again and again is not buried, nor is one nearly alike."""
    near = (*SKETCH[:-2], 1001, 1002)
    with store.unit_of_work("甲") as work:
        corrected = taught(work, a_lesson(_P, source=Source.CORRECTION, sketch=near), title="甲")
        for number in range(150):
            taught(work, title=f"通知{number}")
    matches = found(store)
    assert corrected in matches
    assert len(matches) > 1


def test_notes_of_resolutions_stay_out_of_the_journal(store: Store, raw: Engine) -> None:
    """The journal cannot be rid of a word again, should the document turn out to be classified."""
    with store.unit_of_work("甲") as work:
        identifier = taught(work, a_lesson(opposed=("fee-standard",)))
        work.precedents.resolve(identifier, Resolution(teach=True, note="巡线口令", resolved_by="乙", resolved_at=NOON))
    with raw.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM journal").all()
    assert "巡线口令" not in str(kept)


def test_a_precedent_names_the_unit_of_its_document(store: Store) -> None:
    """Whose decision a precedent is can be told."""
    with store.unit_of_work("甲") as work:
        identifier = add_document(work, unit="乙县")
        work.precedents.add(identifier, a_lesson())
        (match,) = work.precedents.like(SKETCH, least=0.2)
    assert match.precedent.unit == "乙县"


def test_the_index_holds_hashes_of_what_teaches_only(store: Store, raw: Engine) -> None:
    """A few hashes a precedent, none of one superseded, in conflict or set aside, and never a word."""
    with store.unit_of_work("甲") as work:
        first = taught(work, title="甲")
        work.precedents.add(first, a_lesson(_P))
        taught(work, a_lesson(opposed=("x",)), title="乙")
        aside = taught(work, title="丙")
        work.precedents.resolve(aside, Resolution(teach=False, note=None, resolved_by="乙", resolved_at=NOON))
    with raw.connect() as connection:
        rows = connection.execute(sa.text("SELECT hash, precedent_id FROM precedent_hashes")).all()
    assert len(rows) == PROBES
    assert {row.hash for row in rows} == set(SKETCH[:PROBES])


def test_a_register_of_the_first_revision_is_upgraded(database_url: str, clock: Clock) -> None:
    """It is refused with the command that helps; upgraded it has every guard, and its decisions can be gathered."""
    engine = make_engine(database_url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0001")
    with pytest.raises(StorageUnusableError, match="db upgrade"):
        open_store(database_url, clock=clock, switches=SWITCHES)
    assert upgrade_database(database_url) == head_revision()
    verify_guards(engine)
    engine.dispose()
    store = open_store(database_url, clock=clock, switches=SWITCHES)
    with store.unit_of_work("甲") as work:
        identifier = add_document(work)
        decide(work, identifier, a_decision())
        assert work.decisions.without_precedent() == [identifier]
        work.precedents.add(identifier, a_lesson(_P))
        assert work.decisions.without_precedent() == []
    store.close()


def test_taught_at_breaks_ties(store: Store) -> None:
    """Of equally like precedents the newer goes first."""
    with store.unit_of_work("甲") as work:
        older = taught(work, title="甲")
        newer = taught(work, a_lesson(taught_at=NOON + dt.timedelta(days=1)), title="乙")
    assert found(store) == [newer, older]
