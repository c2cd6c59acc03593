"""Printed disclosure marks (附注标注): evidence of what was meant, not the decision."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span


class Place(StrEnum):
    """Where something was found: the body, a page header or footer, an attribute box of a page, or file metadata."""

    BODY = "body"
    HEADER = "header"
    BOX = "box"
    METADATA = "metadata"
    FILE_NAME = "file_name"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed mark such as （此件公开发布）; `span` is None outside the body."""

    text: str
    attribute: DisclosureAttribute
    place: Place
    span: Span | None = None
    redacted: bool = False
