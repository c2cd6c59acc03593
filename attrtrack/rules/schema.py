"""The shape of every rule table: one frozen class a row; the loader checks types, keys and cross-references.

Rows that recognise text carry `examples` (must be recognised) and `counterexamples` (must not be); a test runs both ways.
`source` names the paper or practice a row rests on.
"""

from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.findings import Severity


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """An attribute and the words that ledgers and forms use for it."""

    code: DisclosureAttribute
    name: str
    synonyms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class GenreRow:
    """A genre (文种): whether statutory, whether a letter of reply, endings of titles that mean it."""

    name: str
    statutory: bool
    is_reply: bool
    endings: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A legal reason: clause(s) as `instrument#article[.paragraph[.item]]`, force must/may/basis, what it must show."""

    code: str
    name: str
    attributes: tuple[DisclosureAttribute, ...]
    references: tuple[str, ...]
    force: str
    proposable: bool
    sentence: str
    must_show: str
    synonyms: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReasonFaultRow:
    """Words given as a reason that resolve to no clause of the regulation in force (a pattern and what to do)."""

    code: str
    pattern: str
    advice: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A printed mark: a pattern, the attribute it means, whether it announces a redacted publication."""

    code: str
    pattern: str
    attribute: DisclosureAttribute
    redacted: bool
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SecrecyRow:
    """A sign of secrecy: a pattern, and whether it counts in the head of a document only (`head`) or anywhere."""

    code: str
    pattern: str
    where: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding: its code, severity, and the sentence people read; `{names}` are filled in by the rule."""

    code: str
    severity: Severity
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate switch that an office may set (a list of words, or one of on/off)."""

    code: str
    values: tuple[str, ...]
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class PrecedenceRow:
    """When voices disagree: the first row whose condition fits says who is followed and whether a person must look."""

    code: str
    when: str
    follow: str
    abstain: bool
    doubt: str


@dataclass(frozen=True, slots=True)
class AttributeRuleRow:
    """A rule of the label guide: genres it speaks of (empty: all), a pattern, where it must stand, what it proposes."""

    code: str
    attribute: DisclosureAttribute
    reason: str
    strength: float
    genres: tuple[str, ...]
    where: str
    pattern: str
    unless: str
    text: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of interpretation: title labels and page cues (patterns) that show it; whether it counts as diversified."""

    code: str
    name: str
    diversified: bool
    disputed: bool
    synonyms: tuple[str, ...]
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel: synonyms and a pattern over address and publisher; whether it is off the government website."""

    code: str
    name: str
    off_website: bool
    synonyms: tuple[str, ...]
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target of a span of years and the paper that sets it (or says that none does); `year_to` 0 means open."""

    measure: str
    value: float
    year_from: int
    year_to: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of the measure dictionary: code, name, definition, unit of count per reading, source, validity."""

    code: str
    name: str
    definition: str
    readings: tuple[str, ...]
    source: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class InterpretationNeedRow:
    """Which documents need an interpretation: a pattern over title or number, and yes or no; the first fit wins."""

    code: str
    over: str
    pattern: str
    needed: bool
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of an assessment plan with its class and aliases."""

    code: str
    name: str
    category: str
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A ledger column: the field it fills and the Chinese headers seen for it."""

    field: str
    name: str
    synonyms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """A word list by purpose: segmentation words, stock phrases, corrections of machine-converted words (`from=to`)."""

    code: str
    purpose: str
    words: tuple[str, ...]
    source: str
