"""Office packages that are given back with one part changed: opened as hostile, every other part as it came.

Decision: the rooms that read files stay apart from this one, so the caps stand here again; they are the same.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from attrtrack.errors import BrokenSourceError, EncryptedSourceError, SourceTooLargeError

MAX_MEMBERS = 5000
MAX_UNPACKED = 150 * 1024 * 1024
MAX_MARKUP = 1_250_000
_ENCRYPTED = 0x1
_RELATIONS = "_rels/.rels"
_USUAL_MAIN = "word/document.xml"
_MAIN_TYPE = "/officeDocument"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package with what the container says of it."""

    info: zipfile.ZipInfo
    content: bytes


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """The files of a package in their order, and the name of its main part."""

    members: tuple[Member, ...]
    main: str

    def bytes_of(self, name: str) -> bytes | None:
        """Return a file by its name; None when there is none."""
        return next((member.content for member in self.members if member.info.filename == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(member.info.filename for member in self.members)

    def with_main(self, content: bytes) -> bytes:
        """Return the package with another main part; every other file keeps its bytes, name, date and place."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for member in self.members:
                changed = member.info.filename == self.main
                archive.writestr(_copied(member.info), content if changed else member.content)
        return file.getvalue()


def open_package(data: bytes) -> OpenPackage:
    """Unpack a docx with every size capped; raises broken, encrypted or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _ensure_bearable(infos)
            members = tuple(Member(info, _content(archive, info)) for info in infos)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise broken() from error
    contents = {member.info.filename: member.content for member in members}
    main = _main_of(contents)
    if main not in contents:
        raise broken()
    return OpenPackage(members, main)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts, the same bytes for the same parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def parsed(xml: bytes) -> "etree._Element":
    """Parse a part without entities, document types or the network."""
    if xml.count(b"<") + 2 * xml.count(b"=") > MAX_MARKUP:
        raise too_large()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken() from error
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise broken()
    return root


def local(element: "etree._Element") -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def broken() -> BrokenSourceError:
    """Make the refusal of a package that cannot be used."""
    return BrokenSourceError("原件已损坏，不能加工：请用办公软件打开后另存为 docx，重新登记。")


def too_large() -> SourceTooLargeError:
    """Make the refusal of a package that unpacks to more than a document can be."""
    return SourceTooLargeError("原件解压后过大，不能加工：请去掉图片或拆分后重新登记。")


def _ensure_bearable(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise too_large()
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise EncryptedSourceError("原件设有密码：请去掉密码后重新登记。")
    if len({info.filename for info in infos}) != len(infos):
        raise broken()


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise too_large()
    return content


def _copied(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    made.external_attr, made.comment, made.create_system = info.external_attr, info.comment, info.create_system
    return made


def _main_of(contents: Mapping[str, bytes]) -> str:
    """Return the main part as the package names it, else the usual one."""
    relations = contents.get(_RELATIONS)
    if relations is not None:
        for relation in parsed(relations):
            if str(relation.get("Type", "")).endswith(_MAIN_TYPE):
                return posixpath.normpath(str(relation.get("Target", ""))).lstrip("/")
    return _USUAL_MAIN
