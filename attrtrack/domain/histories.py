"""What was done to a document, step by step: the journal's entries with the words that people wrote, which it leaves out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute


@dataclass(frozen=True, slots=True)
class Words:
    """What the row of a step says in people's own words: attribute, reason, comment (why, what to change), an address."""

    attribute: DisclosureAttribute | None = None
    reason: str | None = None
    comment: str | None = None
    address: str | None = None


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the journal on a document: when, who by login and name, the journal's own word for the act, and what was said.

    `detail` holds the entry's short columns (`result`, `from`, `to`, …); `words` is empty where the row says nothing more.
    """

    at: dt.datetime
    actor: str
    who: str
    action: str
    outcome: str
    detail: Mapping[str, object]
    words: Words = NO_WORDS
