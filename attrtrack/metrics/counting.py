"""How each measure sorts a row: into the numerator, into the denominator only, or out by a named rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason


class Place(Enum):
    """Where a counted row stands."""

    NUMERATOR = 1
    DENOMINATOR = 2


Sorted = Place | str
"""A place, or the code of the rule that left the row out."""
LINK_PENDING = "link-pending"
"""The rule that leaves out an interpretation none of whose links is confirmed."""


@dataclass(frozen=True)
class Sorter:
    """Sorts documents and interpretations; `pending_counts` imagines every pending link confirmed."""

    rules: Rules
    pending_counts: bool = False
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

    def resolves(self, reason: str) -> bool:
        """Whether a reason resolves to a clause; registers repeat the same words, so each is resolved once."""
        if reason not in self._resolved:
            self._resolved[reason] = resolve_reason(reason, self.rules).code is not None
        return self._resolved[reason]

    def counted(self, interpretations: Sequence[MeasuredInterpretation]) -> list[MeasuredInterpretation]:
        """Return the interpretations that count: the confirmed ones, and the pending if they are imagined confirmed."""
        return [item for item in interpretations if item.confirmed or self.pending_counts]


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


ASKING_NEED = frozenset({"interpretation-rate"})
"""The measures whose denominator rests on the need of an interpretation: each says who said so."""
NEED_RULES = frozenset({"need-undetermined", "interpretation-not-needed"})
"""The rules that leave a document out because of its need."""

DOCUMENT_RULES: dict[str, DocumentRule] = {
    "interpretation-rate": interpreted,
    "diversified-rate": diversified,
    "off-website-rate": off_website,
    "labelled-rate": labelled,
    "reasoned-rate": reasoned,
}
INTERPRETATION_RULES: dict[str, InterpretationRule] = {
    "diversified-rate": diversified_item,
    "off-website-rate": off_website_item,
}
