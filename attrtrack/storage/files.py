"""Files kept with documents: the original as it came and the public versions; bytes are proven whenever they are read."""

import hashlib
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.files import MAX_KEPT, FileKind, FileNote, KeptFile
from attrtrack.errors import SourceTooLargeError, StorageUnusableError, UnknownRecordError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.cuts import cut_id, cut_key
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables_files import kept_files
from attrtrack.storage.transaction import Transaction


class Files:
    """The files of documents."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep(
        self,
        document_id: str,
        content: bytes,
        *,
        kind: FileKind,
        name: str,
        form: str,
        cut: str | None = None,
    ) -> str:
        """Keep a file of a document and return its id; `form` is its format, `cut` what a public version rests on.

        Raises `SourceTooLargeError` above `MAX_KEPT`.
        """
        if len(content) > MAX_KEPT:
            raise SourceTooLargeError(f"文件超过 {MAX_KEPT // 1_048_576} MB，不能留存：请拆分后再登记。")
        values: dict[str, Any] = {
            "document_id": self._transaction.existing_document(document_id),
            "kind": kind.value,
            "name": storable(name, "文件名"),
            "format": form,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "cut_id": None if cut is None else cut_key(cut),
            "kept_by": self._transaction.actor,
            "kept_at": self._transaction.now,
            "content": content,
        }
        return _file_id(self._transaction.insert(kept_files, values))

    def of_document(self, document_id: str) -> tuple[FileNote, ...]:
        """Return what is known of the files of a document, oldest first."""
        rows = self._transaction.rows(_NOTES, {"document": document_key(document_id)})
        return tuple(map(_note, rows))

    def original(self, document_id: str) -> KeptFile | None:
        """Return the original of a document; None where none was kept."""
        notes = self.of_document(document_id)
        return next((self.get(document_id, note.id) for note in notes if note.kind is FileKind.ORIGINAL), None)

    def get(self, document_id: str, file_id: str) -> KeptFile:
        """Return a file of a document with its bytes; `UnknownRecordError` when the document has none of this id.

        Raises `StorageUnusableError` when the bytes are not those that were kept.
        """
        values = {"document": document_key(document_id), "file": _file_key(file_id)}
        row = self._transaction.first(_ONE, values)
        if row is None:
            raise _unknown(file_id)
        content = bytes(row.content)
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise StorageUnusableError("留存的文件与登记的摘要不符，可能被人改动：请联系系统管理员从备份核对。")
        return KeptFile(_note(row), content)


_KNOWN = tuple(column for column in kept_files.c if column.name != "content")
_MINE = kept_files.c.document_id == sa.bindparam("document")
_NOTES = sa.select(*_KNOWN).where(_MINE).order_by(kept_files.c.id)
_ONE = sa.select(kept_files).where(_MINE, kept_files.c.id == sa.bindparam("file"))


def _file_id(key: int) -> str:
    return f"F{key}"


def _file_key(identifier: str) -> int:
    digits = identifier[1:]
    if not (identifier.startswith("F") and digits.isascii() and digits.isdecimal() and len(digits) < 16):  # noqa: PLR2004 - keys are shorter
        raise _unknown(identifier)
    return int(digits)


def _unknown(identifier: str) -> UnknownRecordError:
    return UnknownRecordError(f"这份公文没有编号为“{identifier[:20]}”的文件：请核对编号。")


def _note(row: AnyRow) -> FileNote:
    return FileNote(
        id=_file_id(row.id),
        kind=FileKind(row.kind),
        name=row.name,
        format=row.format,
        size=row.size,
        sha256=row.sha256,
        kept_at=row.kept_at,
        kept_by=row.kept_by,
        cut=None if row.cut_id is None else cut_id(row.cut_id),
    )
