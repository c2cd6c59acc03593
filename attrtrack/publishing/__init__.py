"""Publishing: what is checked before a publication is registered (先审查、后公开).

Decision: due days live here too (see `due`); an act that a check blocks is refused, a flag goes along.
"""

from attrtrack.publishing.checks import ensure_address, ensure_past, publication_findings
from attrtrack.publishing.due import interpret_by, publish_by, reason_gone, reexamine_by

__all__ = [
    "ensure_address",
    "ensure_past",
    "interpret_by",
    "publication_findings",
    "publish_by",
    "reason_gone",
    "reexamine_by",
]
