"""Declarations, decisions and the states a document passes through."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute


class State(StrEnum):
    """Where a document stands; `issued_elsewhere` came from a ledger and was never signed here.

    `returned` waits for a new declaration; `withdrawn` is final: what is wanted again is recorded as a new document.
    """

    DRAFT = "draft"
    DECLARED = "declared"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    SIGNED = "signed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ISSUED_ELSEWHERE = "issued_elsewhere"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return _CHINESE[self]


ISSUED = frozenset({State.SIGNED, State.PUBLISHED, State.ISSUED_ELSEWHERE})
"""The states of documents that have gone out; lists and measures of a year speak of these."""

_CHINESE = {
    State.DRAFT: "拟稿",
    State.DECLARED: "已认定",
    State.REVIEWED: "已审核",
    State.RETURNED: "已退回",
    State.SIGNED: "已签发",
    State.PUBLISHED: "已公开",
    State.WITHDRAWN: "已撤回",
    State.ISSUED_ELSEWHERE: "外部已印发",
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the drafter declares (起草认定): attribute and, where needed, the reason (code or words).

    `because` says why a document that is signed already shall have another attribute (动态调整).
    """

    attribute: DisclosureAttribute | None
    reason: str | None = None
    declared_by: str = ""
    declared_at: dt.datetime | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the signatory decides (审定); appended, superseding the live one, never edited.

    `because` says why it differs from the decision before, or is taken over the office's dispute; `evaluation` is the id
    of the gate's judgement on which it rests (None: decided before judgements were kept whole).
    """

    attribute: DisclosureAttribute
    reason: str | None
    decided_by: str
    decided_at: dt.datetime
    rules_version: str
    because: str | None = None
    evaluation: str | None = None
