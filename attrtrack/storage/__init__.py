"""The cellar: the only place with SQL. Values go in and come out; tables stay here.

Decisions: SQLAlchemy Core and explicit mapping, because the domain's values are frozen and a loaded row must not
change by assignment. Keys are counted by the writer (writers take turns), so ids are the same in both databases and
never used twice. Moments are UTC text, so that the journal's chain hashes what is stored. The gate stands in the
database itself: CHECKs and triggers refuse a signed document without attribute or without the reason it needs,
whoever writes; at start-up `verify_guards` proves that they are all there. A signed document whose decision changes
leaves its state for the moment of the change, so that triggers can hold "signed means decided" without exception.
A transaction of somebody who may see some units only finds the records of those units and no others (see `sight`).
Precedents are rows like all others: a lesson is taught, found by likeness, set aside and superseded, never trained in.
"""

from attrtrack.storage.documents import NewDocument, PlainDocument, PrintedDocument, printed_document
from attrtrack.storage.guards import verify_guards
from attrtrack.storage.interpretations import PrintedInterpretation, printed_interpretation
from attrtrack.storage.revisions import upgrade_database
from attrtrack.storage.store import Store, open_store
from attrtrack.storage.unit_of_work import UnitOfWork

__all__ = [
    "NewDocument",
    "PlainDocument",
    "PrintedDocument",
    "PrintedInterpretation",
    "Store",
    "UnitOfWork",
    "open_store",
    "printed_document",
    "printed_interpretation",
    "upgrade_database",
    "verify_guards",
]
