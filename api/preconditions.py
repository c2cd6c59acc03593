"""ETag and If-Match: an act on a record says which state of it the person has seen, so that nobody overwrites unseen.

The version of a record is the number of its newest entry in the journal, which every change writes.
"""

from typing import Annotated

from fastapi import Header

from attrtrack.errors import ChangeUnseenError
from attrtrack.workflow.expecting import Expectation

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=64,
        pattern='^"v[0-9]{1,15}"$',
        description="查看时答复头中的 ETag；其间被人改动过则答 412，不写则答 428",
        examples=['"v42"'],
    ),
]


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"v{version}"'


def seen(subject: str, if_match: str | None) -> Expectation:
    """Return the condition that the record is still what `if_match` was given out for.

    Raises `ChangeUnseenError` (428) without a tag.
    """
    if if_match is None:
        raise ChangeUnseenError(f"请在 If-Match 中写明所见版本：先查看 {subject[:20]}，把答复头中的 ETag 原样带回。")
    return Expectation(subject, int(if_match[2:-1]))
