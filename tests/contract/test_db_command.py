"""`db upgrade`: a register of an earlier program is refused until it is upgraded, and opens afterwards."""

from typing import Any

from alembic import command
from register_places import placed

from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.revisions import _config, head_revision


def test_an_older_register_opens_after_the_upgrade(run: Any, letter: str) -> None:
    """Before: status 3 and what to do; `db upgrade` names the revision; after it the register takes documents."""
    engine = make_engine(placed("sqlite:///attrtrack.db"))
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), "0002")
    engine.dispose()
    refused = run("record", letter)
    assert refused.status == 3
    assert "attrtrack db upgrade" in refused.err
    assert run("db", "upgrade", "--json").rows == [{"ok": True, "revision": head_revision()}]
    assert run("record", letter).status == 0


def test_upgrading_again_changes_nothing(run: Any) -> None:
    """A new database is created, and an upgraded one is told to be right."""
    assert run("db", "upgrade").status == 0
    again = run("db", "upgrade")
    assert again.status == 0
    assert head_revision() in again.err
