"""The register as a whole: into a file, out of one, into another database; each act leaves its entry in a journal.

Acts of the console only. Who may read all of a database is settled by the operating system and the server before this
program is asked, and a backup must be had of a register that is too old, full or damaged to look accounts up in; so no
right is asked for here, and the journal says who did it.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.errors import AttrtrackError
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.storage.transfer import BackedUp, Restored, Told


def back_up(app: App, url: str, path: Path, *, force: bool, told: "Told") -> tuple["BackedUp", bool]:
    """Write the register at `url` to a file; return what was written and whether the register's journal says so.

    A register that cannot be written to (older revision, full or read-only disk) is backed up all the same: that is
    when a backup is wanted most.
    """
    from attrtrack.storage.transfer import write_backup  # noqa: PLC0415 - SQLAlchemy is loaded when first needed

    done = write_backup(url, path, at=app.clock(), force=force, told_rows=told)
    return done, done.current and _entered(app, "backup", {"sha256": done.digest, "rows": done.rows})


def _entered(app: App, word: str, detail: dict[str, object]) -> bool:
    with suppress(AttrtrackError), app.store.unit_of_work(app.actor, app.origin) as work:
        work.journal.append(word, "-", "done", detail)
        return True
    return False


def restore(app: App, path: Path, url: str, *, told: "Told") -> "Restored":
    """Fill the empty database at `url` from a backup; its journal goes on with the restoring."""
    from attrtrack.storage.transfer import open_archive, restore_archive  # noqa: PLC0415 - the same

    with open_archive(path) as archive:
        return restore_archive(archive, url, actor=app.actor, clock=app.clock, told=told)


def copy_register(app: App, url: str, target: str, *, told: "Told") -> "Restored":
    """Copy the register at `url` into the empty database at `target`; its journal goes on with the copying."""
    from attrtrack.storage.transfer import copy_database  # noqa: PLC0415 - the same

    return copy_database(url, target, actor=app.actor, clock=app.clock, told=told)
