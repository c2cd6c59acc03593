"""The door: bytes in, source texts or tables out; one folder a format, content decides where the name lies.

`registry` knows which reader reads what, `guarded` which files need a process of their own (`isolation`, `worker`).
Decision: docx, doc and ofd have readers of our own, since the libraries for them miss text boxes, tracked changes and
headers, or cannot bound what a hostile file costs. Every reader caps what it unpacks before parsing, follows no
reference, expands no entity.
"""

from attrtrack.reading.limits import MAX_BYTES
from attrtrack.reading.registry import is_ledger, read_source, read_table

__all__ = ["MAX_BYTES", "is_ledger", "read_source", "read_table"]
