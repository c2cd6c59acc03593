"""Values to JSON and back, between the reading process and its parent; what comes back is checked field by field.

Decision: no pickle, since a hostile file may have taken the reading process over; a message that does not fit the
declared types of the value is refused. Fields added to the values later travel without a change here.
"""

import dataclasses
import datetime as dt
import json
import struct
import types
import typing
from enum import Enum
from functools import cache
from typing import IO, Any

from attrtrack.errors import BrokenSourceError, ClassifiedMaterialError, InputRefusedError

_LENGTH = struct.Struct(">Q")


class BadMessageError(Exception):
    """The other side sent something that is no message, or ended within one."""


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write a frame: eight bytes of length, then the content."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)


def read_frame(stream: IO[bytes], longest: int) -> bytes | None:
    """Read a frame of at most `longest` bytes; None at the end of the stream, `BadMessageError` within one."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size or (length := _LENGTH.unpack(head)[0]) > longest:
        raise BadMessageError
    content = stream.read(length)
    if len(content) < length:
        raise BadMessageError
    return content


def packed(message: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Encode a message; names that are no UTF-8 keep their bytes."""
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Decode a message."""
    try:
        return json.loads(content.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise BadMessageError from error


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of the domain
    """Return a value as lists, objects, texts and numbers."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def rebuilt(kind: Any, value: Any) -> Any:  # noqa: ANN401 - the type decides
    """Make a value of the type `kind` again; raises `BadMessageError` where anything does not fit."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _rebuilt_dataclass(kind, value)
    if typing.get_origin(kind) is tuple:
        return _rebuilt_tuple(typing.get_args(kind), value)
    if isinstance(kind, types.UnionType):
        return None if value is None else rebuilt(_not_none(kind), value)
    if isinstance(kind, type) and issubclass(kind, Enum | dt.date):
        try:
            return dt.date.fromisoformat(value) if issubclass(kind, dt.date) else kind(value)
        except (ValueError, TypeError) as error:
            raise BadMessageError from error
    if type(value) is not kind:
        raise BadMessageError
    return value


def _rebuilt_dataclass(kind: type, value: object) -> object:
    hints = _hints(kind)
    if not isinstance(value, dict) or set(value) != set(hints):
        raise BadMessageError
    try:
        return kind(**{name: rebuilt(hint, value[name]) for name, hint in hints.items()})
    except (ValueError, TypeError) as error:
        raise BadMessageError from error


def _rebuilt_tuple(kinds: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BadMessageError
    if kinds[1:] == (Ellipsis,):
        return tuple(rebuilt(kinds[0], item) for item in value)
    if len(kinds) != len(value):
        raise BadMessageError
    return tuple(rebuilt(kind, item) for kind, item in zip(kinds, value, strict=True))


def _not_none(kind: types.UnionType) -> Any:  # noqa: ANN401 - a type
    return next(member for member in typing.get_args(kind) if member is not type(None))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def refusal_message(error: InputRefusedError) -> dict[str, str]:
    """Return a refusal as a message."""
    rule = error.rule if isinstance(error, ClassifiedMaterialError) else ""
    return {"refused": error.code, "message": error.message, "rule": rule}


def refusal_of(message: dict[str, Any]) -> InputRefusedError:
    """Make the refusal that a message tells of."""
    code, text, rule = (rebuilt(str, message.get(key)) for key in ("refused", "message", "rule"))
    if code == ClassifiedMaterialError.code:
        return ClassifiedMaterialError(rule)
    kinds = {kind.code: kind for kind in InputRefusedError.__subclasses__() if kind is not ClassifiedMaterialError}
    return kinds.get(code, BrokenSourceError)(text)
