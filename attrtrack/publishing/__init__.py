"""Publishing: what is checked before a publication is registered (先审查、后公开).

Decision: due dates and the re-examination queue will live here too; an act that a check blocks is refused, a flag goes along.
"""

from attrtrack.publishing.checks import ensure_address, ensure_past, publication_findings

__all__ = ["ensure_address", "ensure_past", "publication_findings"]
