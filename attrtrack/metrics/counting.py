"""How each measure sorts a row: into the numerator, into the denominator only, or out by a named rule."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.genres import answers
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason
from attrtrack.rules.workdays import interpretation_term


class Place(Enum):
    """Where a counted row stands."""

    NUMERATOR = 1
    DENOMINATOR = 2
    AUTOMATIC = 3
    """In the numerator, and there by automatic links alone."""

    @property
    def is_above(self) -> bool:
        """Whether the row is in the numerator."""
        return self is not Place.DENOMINATOR


Sorted = Place | str
"""A place, or the code of the rule that left the row out."""
LINK_PENDING = "link-pending"
"""The rule that leaves out an interpretation none of whose links is confirmed."""
OUTSIDE_VALIDITY = "outside-validity"
"""The rule that leaves out a document made when a measure did not hold yet, or no longer."""


@dataclass(frozen=True)
class Sorter:
    """Sorts documents and interpretations; `pending_counts` imagines every pending link confirmed.

    Without `automatic_counts` only the links count that people confirmed.
    """

    rules: Rules
    pending_counts: bool = False
    automatic_counts: bool = True
    _resolved: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def diversified_codes(self) -> frozenset[str]:
        """The forms that count as diversified."""
        return self.rules.diversified_forms

    @cached_property
    def off_website_codes(self) -> frozenset[str]:
        """The channels that are not the government's websites."""
        return frozenset(row.code for row in self.rules.channels if row.off_website)

    @cached_property
    def needing_reason(self) -> frozenset[str]:
        """The attributes that must be reasoned."""
        return frozenset(self.rules.switch("reason_required_for"))

    @cached_property
    def interpretation_term(self) -> int | None:
        """The working days within which an interpretation follows its document."""
        return interpretation_term(self.rules)

    def publication_days(self, row: MeasuredDocument) -> int | None:
        """Return the working days from the making of a document to its publication; None where a day is not known."""
        made, published = row.date.as_date if row.date else None, _day(row.published_on)
        return None if made is None or published is None else self.rules.calendar.term(made, published)

    def interpretation_days(self, row: MeasuredDocument) -> int | None:
        """Return the working days from the publication of a document to its first interpretation that counts."""
        published = _day(row.published_on)
        days = [item.published for item in self.counted(row.interpretations) if item.published is not None]
        return self.rules.calendar.term(published, min(days)) if published is not None and days else None

    def resolves(self, reason: str) -> bool:
        """Whether a reason resolves to a clause; registers repeat the same words, so each is resolved once."""
        if reason not in self._resolved:
            self._resolved[reason] = resolve_reason(reason, self.rules).code is not None
        return self._resolved[reason]

    def counted(self, interpretations: Sequence[MeasuredInterpretation]) -> list[MeasuredInterpretation]:
        """Return the interpretations that count: the confirmed ones, and the pending if they are imagined confirmed."""
        if not self.automatic_counts:
            return [item for item in interpretations if item.confirmed and not item.automatic]
        return [item for item in interpretations if item.confirmed or self.pending_counts]


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


DocumentRule = Callable[[Sorter, MeasuredDocument], Sorted]
InterpretationRule = Callable[[Sorter, MeasuredInterpretation], Sorted]


def interpreted(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the proactive documents that need an interpretation, those that have one; a decided need outweighs a proposed one."""
    if row.attribute not in {DisclosureAttribute.PROACTIVE, None}:
        return "attribute-not-proactive"
    if row.attribute is None and row.published_on is None:
        return "attribute-undeclared"
    if row.needs_interpretation is None:
        return "need-undetermined"
    if not row.needs_interpretation:
        return "interpretation-not-needed"
    return Place.NUMERATOR if sorter.counted(row.interpretations) else Place.DENOMINATOR


def diversified(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the interpreted documents, those with an interpretation that is more than plain text."""
    return _any_of(sorter, row, diversified_item)


def off_website(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the interpreted documents, those with an interpretation published elsewhere than on government websites."""
    return _any_of(sorter, row, off_website_item)


def _any_of(sorter: Sorter, row: MeasuredDocument, rule: InterpretationRule) -> Sorted:
    """A document counts by its best interpretation; what is unknown of one leaves the document out unless another counts."""
    places = [rule(sorter, item) for item in sorter.counted(row.interpretations)]
    if not places:
        return "not-interpreted"
    if Place.NUMERATOR in places:
        return Place.NUMERATOR
    return next((place for place in places if isinstance(place, str)), Place.DENOMINATOR)


def labelled(_sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of all documents whose source has a place for it, those that bear a disclosure attribute."""
    if row.attribute is None and not row.attribute_asked:
        return "attribute-not-asked"
    return Place.DENOMINATOR if row.attribute is None else Place.NUMERATOR


def reasoned(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the documents that need a reason, those whose reason resolves to a clause."""
    if row.attribute is None:
        return "attribute-undeclared"
    if row.attribute.value not in sorter.needing_reason:
        return "reason-not-required"
    return Place.NUMERATOR if row.reason and sorter.resolves(row.reason) else Place.DENOMINATOR


def diversified_item(sorter: Sorter, item: MeasuredInterpretation) -> Sorted:
    """Of the confirmed interpretations, those in a form that is more than plain text."""
    return _by_code(sorter, item, item.forms, sorter.diversified_codes, unknown="form-unknown")


def off_website_item(sorter: Sorter, item: MeasuredInterpretation) -> Sorted:
    """Of the confirmed interpretations, those published elsewhere than on government websites."""
    return _by_code(sorter, item, item.channels, sorter.off_website_codes, unknown="channel-unknown")


def _by_code(
    sorter: Sorter, item: MeasuredInterpretation, codes: tuple[str, ...], counting: frozenset[str], *, unknown: str
) -> Sorted:
    if not sorter.counted((item,)):
        return LINK_PENDING
    if not codes:
        return unknown
    return Place.NUMERATOR if counting.intersection(codes) else Place.DENOMINATOR


def accurate(_sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the documents that a reviewer or an assessor has spoken of, those whose attribute is what that person said."""
    if row.checked is None:
        return "not-reviewed"
    return Place.NUMERATOR if row.attribute is row.checked else Place.DENOMINATOR


def reply_public(_sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the letters of reply, those to be disclosed proactively; one on a website without attribute is so in fact."""
    if not answers(row.genre, row.title):
        return "not-a-reply"
    if row.attribute is None and not row.is_published:
        return "attribute-undeclared"
    return Place.NUMERATOR if row.attribute in _PROACTIVE else Place.DENOMINATOR


def published(_sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the proactive documents that are signed, those of which a publication is registered."""
    kept_back = _not_proactive(row)
    if kept_back is not None:
        return kept_back
    if row.is_published:
        return Place.NUMERATOR
    if row.state is State.ISSUED_ELSEWHERE:
        return "publication-unknown"
    return Place.DENOMINATOR if row.state in _SIGNED else "not-signed"


def published_in_time(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the proactive documents that are published, those within 20 working days of being made (art. 26)."""
    kept_back = _not_proactive(row)
    if kept_back is not None:
        return kept_back
    if row.published_on is None:
        if row.is_published:
            return "publication-date-unknown"
        return "publication-unknown" if row.state is State.ISSUED_ELSEWHERE else "not-published"
    made = row.date.as_date if row.date else None
    if made is None:
        return "day-unknown"
    if row.published_on < made.isoformat():
        return "published-before-made"
    days = sorter.publication_days(row)
    return Place.NUMERATOR if days is not None and days <= PUBLISH_WORKDAYS else Place.DENOMINATOR


def _not_proactive(row: MeasuredDocument) -> str | None:
    if row.attribute not in _PROACTIVE:
        return "attribute-not-proactive"
    return "attribute-undeclared" if row.attribute is None and not row.is_published else None


_PROACTIVE = frozenset({DisclosureAttribute.PROACTIVE, None})
_SIGNED = frozenset({State.SIGNED, State.PUBLISHED})


def interpreted_in_time(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the interpreted documents, those whose first interpretation came within the office's term."""
    term, items = sorter.interpretation_term, sorter.counted(row.interpretations)
    if term is None:
        return "no-term-set"
    if not items:
        return "not-interpreted"
    if row.published_on is None:
        return "publication-date-unknown" if row.is_published else "not-published"
    days = sorter.interpretation_days(row)
    if days is not None and days <= term:
        return Place.NUMERATOR
    return "interpretation-date-unknown" if any(item.published is None for item in items) else Place.DENOMINATOR


def mutual(sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the interpreted documents whose page's links were read, those that an interpretation and they link to each other."""
    return _any_of(sorter, row, _mutual_item)


def _mutual_item(_sorter: Sorter, item: MeasuredInterpretation) -> Sorted:
    if item.mutual is None:
        return "links-unread"
    return Place.NUMERATOR if item.mutual else Place.DENOMINATOR


def copied_item(sorter: Sorter, item: MeasuredInterpretation) -> Sorted:
    """Of the confirmed interpretations whose text and document are at hand, those that are excerpts of it."""
    if not sorter.counted((item,)):
        return LINK_PENDING
    if item.copied is None:
        return "text-missing"
    return Place.NUMERATOR if item.copied else Place.DENOMINATOR


def reexamined(_sorter: Sorter, row: MeasuredDocument) -> Sorted:
    """Of the documents that were signed and kept back, those that were looked at again."""
    if row.examined:
        return Place.NUMERATOR
    if row.attribute in _PROACTIVE:
        return "not-kept-back"
    return Place.DENOMINATOR if row.state in _SIGNED else "not-signed"


ASKING_NEED = frozenset({"interpretation-rate"})
"""The measures whose denominator rests on the need of an interpretation: each says who said so."""
NEED_RULES = frozenset({"need-undetermined", "interpretation-not-needed"})
"""The rules that leave a document out because of its need."""
UNKNOWING_RULES = frozenset(
    {
        OUTSIDE_VALIDITY, "attribute-not-asked", "channel-unknown", "day-unknown", "form-unknown", "interpretation-date-unknown",
        "links-unread", "no-term-set", "publication-date-unknown", "publication-unknown", "text-missing",
    }
)  # fmt: skip
"""The rules that leave a row out because the register does not tell: where they leave nothing, a measure cannot be assessed."""

DOCUMENT_RULES: dict[str, DocumentRule] = {
    "interpretation-rate": interpreted,
    "diversified-rate": diversified,
    "off-website-rate": off_website,
    "labelled-rate": labelled,
    "reasoned-rate": reasoned,
    "accurate-rate": accurate,
    "reply-public-rate": reply_public,
    "published-rate": published,
    "publication-days": published_in_time,
    "interpretation-days": interpreted_in_time,
    "mutual-links-rate": mutual,
    "reexamined-rate": reexamined,
}
INTERPRETATION_RULES: dict[str, InterpretationRule] = {
    "diversified-rate": diversified_item,
    "off-website-rate": off_website_item,
    "copied-rate": copied_item,
}
DAYS: dict[str, Callable[[Sorter, MeasuredDocument], int | None]] = {
    "publication-days": Sorter.publication_days,
    "interpretation-days": Sorter.interpretation_days,
}
"""The measures that count working days, and how many lie behind a document."""
TOUCHED_BY_LINKS = frozenset(
    {"interpretation-rate", "diversified-rate", "off-website-rate", "interpretation-days", "mutual-links-rate"}
)
"""The measures counted by documents that a pending link may change."""
