"""Publications, interpretations and the links between interpretations and documents."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and when a document was published (公开发布); a ledger may give the address alone."""

    url: str
    published: dt.date | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A policy interpretation (政策解读); forms and channels are codes of the rule tables, empty when unknown."""

    id: str
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    text: str = ""
    forms: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cited_titles: tuple[str, ...] = ()
    cited_numbers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses that the page's article links to."""


@dataclass(frozen=True, slots=True)
class LinkableDocument:
    """What linking needs to know of a document; `same_as` names a copy of the same document."""

    id: str
    title: str
    number: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    url: str | None = None
    text: str = ""
    cited_titles: tuple[str, ...] = ()
    cited_numbers: tuple[str, ...] = ()
    same_as: str | None = None
    links: tuple[str, ...] = ()
    """Addresses that the document's own page links to, as 文件与解读相互关联 asks for."""


class LinkDecision(StrEnum):
    """What the matcher dares: link by itself, or lay before a person."""

    AUTO = "auto"
    REVIEW = "review"


class Judgement(StrEnum):
    """What a person, or the matcher where it is safe, says of a pair; pending means nobody has said."""

    PENDING = "pending"
    AUTO = "auto"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """One document proposed for one interpretation (解读关联建议), with its evidence lines."""

    document_id: str
    probability: float
    decision: LinkDecision
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LinkProposals:
    """All documents proposed for one interpretation, best first, at most five; empty means no document."""

    interpretation_id: str
    links: tuple[LinkProposal, ...]
