"""One uploaded file with its fields, kept in memory only: nothing of a refused classified file may reach a disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from attrtrack.errors import SourceTooLargeError, UnsupportedFormatError, UsageError

MAX_FILE = 25 * 1024 * 1024
MAX_JSON = 8 * 1024 * 1024
"""Bytes of a JSON body: a text of two million characters, the most that a row may hold, and its fields."""
MAX_FORM = MAX_FILE + 64 * 1024
"""Bytes of a request that brings a file: to be declared by its route (`takes`)."""
MAX_LETTER = MAX_FORM + MAX_JSON
"""Bytes of a form that brings a file or a pasted text, as drafters send it."""
MAX_FIELD = 16 * 1024
MAX_LOOKED_AT = 1024 * 1024
"""Bytes of a ledger that is tried at once, and kept for the person who looks at what it would change."""
MAX_FIELDS = 16
MAX_FILES = 1_000
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent: its name without folders, its bytes, and the text fields beside it."""

    name: str
    data: bytes
    fields: dict[str, str]

    def ensure_fields(self, *known: str) -> None:
        """Refuse text fields that the route does not know."""
        if strange := sorted(set(self.fields) - set(known)):
            raise UsageError(f"没有字段 {'、'.join(name[:40] for name in strange[:5])}：请对照接口说明检查拼写。")


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What a drafter's form brings: the file as sent, None where none was chosen, and the text fields, however long."""

    name: str
    data: bytes | None
    fields: dict[str, str]

    @property
    def upload(self) -> Upload | None:
        """The file, None where none was chosen; `UsageError` for its name, `SourceTooLargeError` for its size."""
        if self.data is None:
            return None
        if len(self.data) > MAX_FILE:
            raise too_large()
        return Upload(_name(self.name), self.data, self.fields)


class _InMemory(MultiPartParser):
    """Starlette's parser without its temporary files."""

    spool_max_size = MAX_LETTER + 1


async def the_upload(request: Request) -> Upload:
    """Read the one file of a multipart request; too large, none or several are refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise UnsupportedFormatError("上传文件请用 multipart/form-data，文件放在字段 file 中。")
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise UsageError("上传的内容读不懂：一次一个文件，放在字段 file 中，其余字段为短文字。") from error
    async with _parts(form) as parts:
        file = parts.pop("file", None)
        if not isinstance(file, UploadFile) or any(isinstance(value, UploadFile) for value in parts.values()):
            raise UsageError("没有收到文件：请把一个文件放在字段 file 中。")
        data = await file.read()
        if len(data) > MAX_FILE:
            raise too_large()
        return Upload(_name(file.filename), data, {name: str(value) for name, value in parts.items()})


@dataclass(frozen=True, slots=True)
class Uploads:
    """Several files as sent, with the text fields beside them."""

    files: tuple[Upload, ...]
    fields: dict[str, str]


async def the_uploads(request: Request) -> Uploads:
    """Read the files of a multipart request, all in the field `file`; none at all, or all together too large, is refused.

    A chosen folder comes as its files; a field left empty in a browser comes as a file without name, and is no file.
    """
    parser = _InMemory(
        request.headers, request.stream(), max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise UsageError(f"上传的内容读不懂：一次最多 {MAX_FILES} 个文件。") from error
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        files = [value for value in form.getlist("file") if isinstance(value, UploadFile) and value.filename]
        found = tuple([Upload(_name(item.filename), await item.read(), {}) for item in files])
    finally:
        await form.close()
    if sum(len(item.data) for item in found) > MAX_FILE:
        raise too_large()
    return Uploads(found, fields)


async def the_letter(request: Request) -> SentLetter:
    """Read a drafter's form: a file, or long texts; what is wrong with either is for the page to say, beside what was typed."""
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=MAX_FIELDS, max_part_size=MAX_JSON)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise UsageError("表单读不懂：请返回页面，选一个文件，或者粘贴文字。") from error
    async with _parts(form) as parts:
        file = parts.pop("file", None)
        if any(isinstance(value, UploadFile) for value in parts.values()):
            raise UsageError("文件只能放在“选择文件”一栏：请返回页面重新选择。")
        chosen = isinstance(file, UploadFile) and bool(file.filename)
        data = await file.read() if isinstance(file, UploadFile) and chosen else None
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
        return SentLetter(name, data, {key: str(value) for key, value in parts.items()})


@asynccontextmanager
async def _parts(form: FormData) -> AsyncIterator[dict[str, Any]]:
    """Give a form as a dictionary and close its files afterwards; a field sent twice is refused."""
    try:
        pairs = form.multi_items()
        if len({name for name, _ in pairs}) != len(pairs):
            raise UsageError("有字段写了两次：每个字段只写一次。")
        yield dict(pairs)
    finally:
        await form.close()


def _name(sent: str | None) -> str:
    name = (sent or "").replace("\\", "/").rpartition("/")[2].strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError("请给文件一个带扩展名的文件名，例如 复函.docx。")
    return name


def too_large() -> SourceTooLargeError:
    """Make the refusal of a file above the limit."""
    return SourceTooLargeError(f"文件超过上限 {MAX_FILE // 1_048_576} MB：请确认是否选错了文件，或拆分后再传。")


TheUpload = Annotated[Upload, Depends(the_upload)]
TheLetter = Annotated[SentLetter, Depends(the_letter)]
TheUploads = Annotated[Uploads, Depends(the_uploads)]


def upload_body(**fields: str) -> dict[str, Any]:
    """Return the OpenAPI description of a multipart body: a file and these optional text fields."""
    properties: dict[str, Any] = {"file": {"type": "string", "format": "binary", "description": "文件，上限 25 MB"}}
    properties.update({name: {"type": "string", "description": told} for name, told in fields.items()})
    schema = {"type": "object", "required": ["file"], "properties": properties, "additionalProperties": False}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}
