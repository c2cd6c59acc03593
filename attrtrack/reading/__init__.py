"""The door: bytes in, source texts or tables out; one module a format, content decides where the name lies.

Decision: docx goes through our own zip and lxml reader (text boxes, content controls, tracked changes, headers);
python-docx misses them. Every reader caps what it unpacks before parsing, follows no reference, expands no entity.
"""

from attrtrack.reading.limits import MAX_BYTES
from attrtrack.reading.registry import is_ledger, read_source, read_table

__all__ = ["MAX_BYTES", "is_ledger", "read_source", "read_table"]
