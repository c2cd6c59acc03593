"""What others said of a declaration before it is signed: office, secrecy reviewer, co-issuers; and what the gate is told."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision


class ReviewResult(StrEnum):
    """What the office says of a declaration (审核); RETRACT takes its own last word back, so that it has said nothing."""

    AGREE = "agree"
    RETURN = "return"
    DISPUTE = "dispute"
    RETRACT = "retract"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return {"agree": "同意", "return": "退回", "dispute": "有不同意见", "retract": "收回审核意见"}[self.value]

    @property
    def stands(self) -> bool:
        """Whether the office has said something: a word taken back is none."""
        return self is not ReviewResult.RETRACT


class SecrecyResult(StrEnum):
    """What a secrecy review found (保密审查): fit for publication, in part only, or not at all."""

    CLEARED = "cleared"
    PARTLY = "partly"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return {"cleared": "可以公开", "partly": "部分可以公开", "refused": "不得公开"}[self.value]


class OpinionResult(StrEnum):
    """What a co-issuer says of the lead's declaration (联合发文)."""

    AGREE = "agree"
    DISAGREE = "disagree"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return {"agree": "同意", "disagree": "不同意"}[self.value]


@dataclass(frozen=True, slots=True)
class OfficeReview:
    """The office's word on one declaration; a dispute names the attribute and the reason that the office would have."""

    result: ReviewResult
    comment: str | None
    by: str
    at: dt.datetime | None = None
    attribute: DisclosureAttribute | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SecrecyReview:
    """Who reviewed a document for secrecy, when, with what result, and whether its personal data were looked at."""

    result: SecrecyResult
    by: str
    at: dt.datetime | None = None
    note: str | None = None
    personal_data_cleared: bool = False


@dataclass(frozen=True, slots=True)
class CoIssuerOpinion:
    """What another issuer of a joint document said of the lead's declaration; `by` entered it."""

    unit: str
    result: OpinionResult
    comment: str | None
    by: str
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How a document came to its sign-off: who signs, what was said before, what is still missing.

    `reviews`, and `opinions` newest last, are those of the declaration at hand; `secrecy` is the newest secrecy review;
    `decided` the decision in force, `because` why another shall follow it, `overruling` why the signatory overrules a dispute.
    `needs_interpretation` None: nobody knows. `interpreted` says whether interpretation material is at hand; `addresses`
    where the document has been published.
    """

    by: str
    reviews: tuple[OfficeReview, ...] = ()
    secrecy: SecrecyReview | None = None
    opinions: tuple[CoIssuerOpinion, ...] = ()
    decided: Decision | None = None
    because: str | None = None
    overruling: str | None = None
    needs_interpretation: bool | None = None
    interpreted: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def review(self) -> OfficeReview | None:
        """The office's last word on the declaration; None when it has said nothing, or has taken its word back."""
        last = self.reviews[-1] if self.reviews else None
        return None if last is None or last.result is ReviewResult.RETRACT else last

    @property
    def opinion_of(self) -> dict[str, CoIssuerOpinion]:
        """The last opinion of each co-issuer."""
        return {opinion.unit: opinion for opinion in self.opinions}
