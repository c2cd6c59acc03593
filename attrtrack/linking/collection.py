"""The documents a matcher chooses from: read when a page first needs them, and copies known as one."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.linking.profiles import DocumentProfile, profile_document

_REMEMBERED = 100_000


class Profiles:
    """The profiles of documents by row; the last ones used are remembered, for pages of one ledger need the same."""

    def __init__(self, documents: Sequence[LinkableDocument], corrections: Sequence[str]) -> None:
        self._documents = documents
        read: Callable[[int], DocumentProfile] = partial(self._read, corrections)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(read)

    def _read(self, corrections: Sequence[str], row: int) -> DocumentProfile:
        return profile_document(self._documents[row], corrections)

    def __getitem__(self, row: int) -> DocumentProfile:
        return self._remembered(row)


class Groups:
    """The group of each document: copies (same_as, followed to its end) count as one."""

    def __init__(self, documents: Sequence[LinkableDocument]) -> None:
        self._documents = documents
        self._target = {document.id: document.same_as for document in documents if document.same_as}

    def __getitem__(self, row: int) -> str:
        identifier = self._documents[row].id
        if identifier not in self._target:
            return identifier
        seen = {identifier}
        while (following := self._target.get(identifier)) and following not in seen:
            seen.add(following)
            identifier = following
        return identifier
