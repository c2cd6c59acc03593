"""A register of revision 0008, full of documents on their way, comes over whole, and what came since works on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from great_registers import fill
from register_places import register_at
from unit.storage.conftest import Clock
from unit.storage.samples import SWITCHES
from unit.storage.test_storage_transfer import quiet
from unit.workflow.test_standing import of_the_register, of_the_standings, opened
from whole_registers import told

from attrtrack.domain.access import OPEN
from attrtrack.domain.decisions import State
from attrtrack.domain.standings import Scope
from attrtrack.storage import upgrade_database, verify_guards
from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.revisions import _config, head_revision
from attrtrack.storage.store import Store, _mirror
from attrtrack.workflow.app import App
from attrtrack.workflow.backing_up import back_up, copy_register, restore
from attrtrack.workflow.public_versions import Passage, cut_passage, reasons_for_cuts
from attrtrack.workflow.queueing import QueuePart, Wanted, queue
from attrtrack.workflow.reviewing import retract_review
from attrtrack.workflow.searching import Narrowed, search

COUNT = 60
REVIEWED = "D17"
ALL = Scope(None, None)


def seen(app: App) -> tuple[list[tuple[object, ...]], QueuePart, list[str]]:
    """Return what the lists show: every figure, the queue, and what a word finds."""
    found = [hit.id for hit in search(app, "医疗救助", Narrowed()).hits]
    return of_the_standings(app, ALL), queue(app, Wanted(), limit=COUNT), found


def at_eighth_revision(url: str) -> None:
    """Fill a register of revision 0008 through the same repositories, under the guards that it had."""
    engine, clock = make_engine(url), Clock()
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0008")
    _mirror(engine, clock, SWITCHES, journal_hash=None)
    store = Store(engine, clock)
    fill(store, COUNT)
    store.close()


@pytest.fixture
def upgraded(database_url: str) -> Iterator[App]:
    """Give the program over a register that has come over, every row as it was."""
    at_eighth_revision(database_url)
    before = told(database_url)
    assert upgrade_database(database_url) == head_revision() > "0008"
    after = told(database_url)
    assert {name: after[name] for name in before} == before
    new = {"cuts", "kept_files", "page_links", "grade_decisions", "assessment_acts"}
    assert {name for name in after if name not in before} == new
    engine = make_engine(database_url)
    verify_guards(engine)
    with engine.connect() as connection:
        for table in ("standings", "standing_links", "standing_stamp", "search_entries", "search_stamp"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608
    engine.dispose()
    app = opened(database_url)
    yield app
    app.store.close()


def test_lists_figures_and_search_are_made_of_what_was_there(upgraded: App) -> None:
    """The first list makes them; they are those of the register, and the chain of the journal holds."""
    figures, part, found = seen(upgraded)
    assert figures == of_the_register(upgraded, ALL)
    assert len(part.rows) == sum(part.counts.values()) > COUNT // 3
    assert len(found) == len([number for number in range(COUNT) if number % 7 == 5])
    with upgraded.reading() as work:
        proof = work.journal.prove()
    assert (proof.ok, proof.outside_entries) == (True, 0)


def test_what_came_since_can_be_done_and_is_journalled(upgraded: App) -> None:
    """The office takes back a word that it said before; a passage is cut; both stand in the journal, and the chain holds."""
    office = upgraded.acting_as("赵审核", OPEN, origin="cli")
    cut_passage(office, REVIEWED, Passage("各有关单位"), reason=reasons_for_cuts(upgraded)[0].code, because="内部")
    assert retract_review(office, REVIEWED).record.state is State.DECLARED
    with upgraded.reading() as work:
        assert "cut" in {entry.action for entry in work.journal.entries() if entry.subject == REVIEWED}
        proof = work.journal.prove()
    assert (proof.ok, proof.outside_entries) == (True, 0)
    assert of_the_standings(upgraded, ALL) == of_the_register(upgraded, ALL)


@pytest.mark.parametrize("way", ["backup", "copy"])
def test_it_goes_into_another_database(upgraded: App, database_url: str, tmp_path: Path, way: str) -> None:
    """From an archive or straight: the lists there are the same, made again from what was carried."""
    expected, target = seen(upgraded), register_at(tmp_path / "other.db")
    carry(upgraded, database_url, target, tmp_path / "register.backup", way=way)
    there = opened(target)
    assert seen(there) == expected
    there.store.verify()
    there.store.close()


def carry(app: App, url: str, target: str, archive: Path, *, way: str) -> None:
    """Carry a register over."""
    if way == "copy":
        copy_register(app, url, target, told=quiet)
        return
    back_up(app, url, archive, force=False, told=quiet)
    restore(app, archive, target, told=quiet)
