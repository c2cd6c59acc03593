"""Office packages (OPC): parts however their names are spelt, their relationships, and a budget for parsing them."""

import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrtrack.reading.containers.archive import part
from attrtrack.reading.containers.markup import MOST_MARKUP, parsed, weight
from attrtrack.reading.limits import too_large

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDE = frozenset({b"\xff\xfe", b"\xfe\xff"})
_TYPES = "[Content_Types].xml"
_BUDGET = 5 * MOST_MARKUP // 4


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: id, the last word of its type, and the part that it points to."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of an open container.

    Names are compared without regard to case, leading slashes and backslashes, as programs that write packages by
    hand mix them. External targets are never followed, missing ones are no error.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_key(name): name for name in reversed(archive.namelist())}
        self._left = _BUDGET
        self._types: dict[str, str] | None = None
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._with_symbols: set[str] = set()

    @property
    def names(self) -> list[str]:
        """The keys of all parts, sorted."""
        return sorted(self._members)

    def bytes_of(self, name: str) -> bytes | None:
        """Unpack a part; None when there is no such part."""
        member = self._members.get(_key(name))
        return part(self._archive, member) if member is not None else None

    def xml(self, name: str, *, lenient: bool = False) -> "_Element | None":
        """Parse a part; None when it is missing or empty, too-large when all parts together are too much."""
        content = self.bytes_of(name)
        if not content or not content.strip():
            return None
        self._left -= min(weight(content), MOST_MARKUP)
        if self._left < 0:
            raise too_large()
        if b"ingdings" in content or content[:2] in _WIDE:
            self._with_symbols.add(_key(name))
        return parsed(content, lenient=lenient)

    def has_symbol_fonts(self, name: str) -> bool:
        """Whether a part that was parsed may hold text set in a font of symbols."""
        return _key(name) in self._with_symbols

    def relations(self, name: str = "") -> tuple[Relation, ...]:
        """Return the internal relationships of a part, of the package itself for an empty name."""
        key = _key(name)
        if key not in self._relations:
            self._relations[key] = self._read_relations(name)
        return self._relations[key]

    def _read_relations(self, name: str) -> tuple[Relation, ...]:
        folder, leaf = posixpath.split(_key(name))
        root = self.xml(posixpath.join(folder, "_rels", f"{leaf}.rels"), lenient=True)
        found = []
        for item in root if root is not None else ():
            target = item.get("Target")
            if target and str(item.get("TargetMode", "")).lower() != "external":
                kind = str(item.get("Type", "")).rpartition("/")[2]
                found.append(Relation(str(item.get("Id", "")), kind, _resolved(folder, target)))
        return tuple(found)

    def type_of(self, name: str) -> str:
        """Return the content type of a part in lower case, empty when none is stated."""
        if self._types is None:
            root = self.xml(_TYPES, lenient=True)
            rows = root if root is not None else ()
            self._types = {
                _key(str(row.get("PartName") or f".{row.get('Extension', '')}")): str(
                    row.get("ContentType", "")
                ).lower()
                for row in rows
            }
        key = _key(name)
        return self._types.get(key) or self._types.get(f".{key.rpartition('.')[2]}") or ""


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    """Resolve a target against the folder of its part; one that leaves the package points to no part."""
    path = unquote(target).replace("\\", "/").partition("#")[0]
    return _key(posixpath.normpath(path if path.startswith("/") else posixpath.join(folder, path)))
