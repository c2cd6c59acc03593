"""What the journal is told of the table of revision 0014, as `told_0008` tells of the others."""

from attrtrack.storage.migrations.told_0008 import Told

TOLD: tuple[Told, ...] = (
    Told(
        "page_links",
        "id:i document_id:i interpretation_id:i address links:j read_by read_at",
        subject="COALESCE('D' || {row}.document_id, 'I' || {row}.interpretation_id)",
        insert="'read-links'",
        update="'change'",
    ),
)
