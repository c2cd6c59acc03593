"""Declarations, decisions and the states a document passes through."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute


class State(StrEnum):
    """Where a document stands; `issued_elsewhere` came from a ledger and was never signed here."""

    DRAFT = "draft"
    DECLARED = "declared"
    SIGNED = "signed"
    PUBLISHED = "published"
    ISSUED_ELSEWHERE = "issued_elsewhere"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return _CHINESE[self]


_CHINESE = {
    State.DRAFT: "拟稿",
    State.DECLARED: "已认定",
    State.SIGNED: "已签发",
    State.PUBLISHED: "已公开",
    State.ISSUED_ELSEWHERE: "外部已印发",
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the drafter declares (起草认定): attribute and, where needed, the reason (code or words)."""

    attribute: DisclosureAttribute | None
    reason: str | None = None
    declared_by: str = ""
    declared_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the signatory decides (审定); appended, superseding the live one, never edited."""

    attribute: DisclosureAttribute
    reason: str | None
    decided_by: str
    decided_at: dt.datetime
    rules_version: str
