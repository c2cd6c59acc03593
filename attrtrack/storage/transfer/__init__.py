"""Moving a whole register: into one file, out of it again, or straight into another database.

Decisions: one portable stream serves both databases, so that a backup of either is restored into either and `db copy`
is the same stream without a file. It carries rows only. Tables, checks and triggers of the target are made by this
program's own migrations, never by an archive, so a hostile file can bring no guard-less table with it; a copy of the
SQLite file would also have carried whatever somebody did to its guards, and freed pages with what was deleted.
Everything is read in one snapshot while others write, and written in one transaction: guards set aside, rows loaded at
the revision they were taken at, read back and compared by digest, guards put back, upgraded, laws and journal proven;
whatever fails or is interrupted before the commit leaves the target as empty as it was.
Which tables and columns there are is read from the database, not from a list that a later revision would outgrow.
"""

from attrtrack.storage.transfer.archive import open_archive
from attrtrack.storage.transfer.backing_up import BackedUp, write_backup
from attrtrack.storage.transfer.inventory import Inventory, Told
from attrtrack.storage.transfer.restoring import Restored, copy_database, restore_archive

__all__ = [
    "BackedUp",
    "Inventory",
    "Restored",
    "Told",
    "copy_database",
    "open_archive",
    "restore_archive",
    "write_backup",
]
