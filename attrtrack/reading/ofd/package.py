"""The parts of an OFD container: found however their paths are written, parsed within bounds.

Programs write part names absolute (`/Doc_0/…`), relative (`../`), with backslashes, percent-encoded or in another case
than the container has them (GB/T 33190—2016, 7.3 allows the first two only).
"""

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrtrack.errors import BrokenSourceError
from attrtrack.reading.containers.archive import broken, part
from attrtrack.reading.containers.markup import local, parsed
from attrtrack.reading.limits import too_large

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_XML = 96 * 1024 * 1024
_HEAD = 512
_CONTROLS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_TAIL_STEPS = 2


def child(element: "_Element", name: str) -> "_Element | None":
    """Return the first child of this local name, in whatever case, or None."""
    return next((found for found in element if local(found).lower() == name.lower()), None)


def children(element: "_Element | None", name: str) -> list["_Element"]:
    """Return the children of this local name; none of None."""
    return [] if element is None else [found for found in element if local(found).lower() == name.lower()]


def text_of(element: "_Element | None") -> str:
    """Return the text of an element with all it holds, edge blanks aside; empty for None."""
    return "" if element is None else "".join(str(text) for text in element.itertext()).strip()


class Package:
    """An opened container: `find` names a part, `tree` parses it; all XML together is bounded."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._exact: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._tails: dict[str, list[str]] = {}
        self._left = _MOST_XML
        for name in archive.namelist():
            if name.endswith(("/", "\\")):
                continue
            path = _normal("", name)
            self._exact.setdefault(path, name)
            self._names.setdefault(path.lower(), name)
            self._tails.setdefault(_tail(path), []).append(name)

    def names(self) -> list[str]:
        """Return the normalised paths of all parts, in lower case."""
        return list(self._names)

    def find(self, reference: str, *folders: str) -> str | None:
        """Return the part that a reference means, tried from each folder, the root, then by its last two steps."""
        wanted = reference.strip()
        if not wanted:
            return None
        spellings = dict.fromkeys((wanted, unquote(wanted, errors="replace")))
        paths = [_normal(folder, spelling) for folder in (*folders, "") for spelling in spellings]
        for index, form in ((self._exact, str), (self._names, str.lower)):
            for path in paths:
                if (name := index.get(form(path))) is not None:
                    return name
        alike = self._tails.get(_tail(paths[0]), [])
        return alike[0] if len(alike) == 1 and "/" in _tail(paths[0]) else None

    def tree(self, name: str) -> "_Element":
        """Parse a part; raises broken when it is no XML, too-large beyond what a document can be."""
        content = part(self._archive, name)
        if content is None:
            raise broken()
        self._left -= len(content)
        if self._left < 0:
            raise too_large()
        try:
            return parsed(content)
        except BrokenSourceError:
            return parsed(_mended(content))


def folder_of(name: str) -> str:
    """Return the folder of a part, normalised."""
    return posixpath.dirname(_normal("", name))


def _normal(folder: str, reference: str) -> str:
    """Return a path from the root without dots; steps above the root stay at the root."""
    path = reference.replace("\\", "/")
    steps: list[str] = []
    for step in (path if path.startswith("/") else f"{folder}/{path}").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _tail(path: str) -> str:
    return "/".join(path.lower().split("/")[-_TAIL_STEPS:])


def _mended(content: bytes) -> bytes:
    """Take out what programs write although XML forbids it: control characters, blanks before the declaration, GBK."""
    if b"<" not in content[:_HEAD] or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise broken()
    content = _CONTROLS.sub(b"", content.removeprefix(b"\xef\xbb\xbf")).strip()
    try:
        content.decode()
    except UnicodeDecodeError:
        content = _DECLARATION.sub(b"", content).decode("gb18030", errors="replace").encode()
    return content
