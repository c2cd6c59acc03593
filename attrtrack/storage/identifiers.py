"""Ids as people write them (`D12`, `I7`) and as the tables keep them (12, 7)."""

import re

from attrtrack.errors import UnknownRecordError

_SHAPE = re.compile(r"([DI])([1-9][0-9]{0,14})", re.ASCII)
_NAMES = {"D": "公文", "I": "解读"}


def document_key(identifier: str) -> int:
    """Return the table key of a document's id; a text that is no such id is an `UnknownRecordError`."""
    return _key("D", identifier)


def interpretation_key(identifier: str) -> int:
    """Return the table key of an interpretation's id; a text that is no such id is an `UnknownRecordError`."""
    return _key("I", identifier)


def document_id(key: int) -> str:
    """Print a document's id."""
    return f"D{key}"


def interpretation_id(key: int) -> str:
    """Print an interpretation's id."""
    return f"I{key}"


def unknown_record(kind: str, identifier: str) -> UnknownRecordError:
    """Make the error for an id under which nothing is kept; `kind` is D or I."""
    return UnknownRecordError(f"登记中没有编号为“{identifier[:20]}”的{_NAMES[kind]}：请核对编号（形如 {kind}12）。")


def _key(kind: str, identifier: str) -> int:
    match = _SHAPE.fullmatch(identifier)
    if match is None or match[1] != kind:
        raise unknown_record(kind, identifier)
    return int(match[2])
