"""What the journal is told of the tables of revision 0011, as `told_0008` tells of the others.

The bytes of a file are in no digest: `sha256` is, and whoever reads the bytes compares them with it (see `files`).
"""

from attrtrack.storage.migrations.told_0008 import Told

TOLD: tuple[Told, ...] = (
    Told(
        "cuts",
        "id:i document_id:i starts:i ends:i undoes:i reason because made_by made_at",
        subject="'D' || {row}.document_id",
        insert="CASE WHEN NEW.undoes IS NULL THEN 'cut' ELSE 'take-cut-back' END",
        update="'change'",
        safe=("undoes",),
    ),
    Told(
        "kept_files",
        "id:i document_id:i kind name format size:i sha256 cut_id:i kept_by kept_at",
        subject="'D' || {row}.document_id",
        insert="CASE WHEN NEW.kind = 'original' THEN 'keep-original' ELSE 'keep-public' END",
        update="'change'",
        safe=("kind", "size", "sha256"),
        unwatched=("content",),
    ),
)
