"""The shape of every rule table: one named tuple a row (quick to define); the loader checks types, keys and cross-references.

Rows that recognise text carry `examples` (must be recognised) and `counterexamples` (must not be); a test runs both ways.
`source` names the paper or practice a row rests on.
"""

from typing import NamedTuple

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.certainty import Certainty
from attrtrack.domain.findings import Severity
from attrtrack.domain.needs import NeedAnswer


class AttributeRow(NamedTuple):
    """An attribute and the words that ledgers and forms use for it."""

    code: DisclosureAttribute
    name: str
    synonyms: tuple[str, ...]
    source: str


class GenreRow(NamedTuple):
    """A genre (文种): whether statutory, whether a letter of reply, endings of titles that mean it."""

    name: str
    statutory: bool
    is_reply: bool
    endings: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class ReasonRow(NamedTuple):
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


class ReasonFaultRow(NamedTuple):
    """Words given as a reason that resolve to no clause of the regulation in force (a pattern and what to do)."""

    code: str
    pattern: str
    advice: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class TextFaultRow(NamedTuple):
    """A wording in a document's own text that is a finding: a pattern over one sentence, and what to do about it."""

    code: str
    finding: str
    pattern: str
    unless: str
    advice: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class MarkRow(NamedTuple):
    """A printed mark: a pattern, the attribute it means, whether it announces a redacted publication."""

    code: str
    pattern: str
    attribute: DisclosureAttribute
    redacted: bool
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class SecrecyRow(NamedTuple):
    """A sign of secrecy: a pattern, and whether it counts in the head of a document only (`head`) or anywhere."""

    code: str
    pattern: str
    where: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class HandlingRow(NamedTuple):
    """Words that ask for careful handling (内部资料, 注意保存 …); a line made of such words alone is reported, not refused."""

    code: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class FindingRow(NamedTuple):
    """A finding: its code, severity, and the sentence people read; `{names}` are filled in by the rule."""

    code: str
    severity: Severity
    text: str
    source: str


class GateRow(NamedTuple):
    """A gate switch that an office may set (a list of words, or one of on/off)."""

    code: str
    values: tuple[str, ...]
    meaning: str
    source: str


class PrecedenceRow(NamedTuple):
    """When voices disagree: the first row whose condition fits says who is followed and whether a person must look."""

    code: str
    when: str
    follow: str
    abstain: bool
    doubt: str


class AttributeRuleRow(NamedTuple):
    """A rule of the label guide: genres it speaks of (empty: all), a pattern, where it must stand, what it proposes.

    `guide` names the steps (`S2:P20-03`) and the lines of the guide's table of letters (`T5`) that the row stands for.
    """

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
    guide: tuple[str, ...]
    source: str


class FormRow(NamedTuple):
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


class ChannelRow(NamedTuple):
    """A channel: synonyms and a pattern over address and publisher; whether it is off the government website."""

    code: str
    name: str
    off_website: bool
    synonyms: tuple[str, ...]
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class TargetRow(NamedTuple):
    """A target of a span of years and the paper that sets it (or says that none does); `year_to` 0 means open."""

    measure: str
    value: float
    year_from: int
    year_to: int
    source: str


class MeasureRow(NamedTuple):
    """A row of the measure dictionary: code, name, definition, unit of count per reading, source.

    It speaks of documents made from `valid_from` to `valid_to` (days; an empty `valid_to` means until further notice).
    """

    code: str
    name: str
    definition: str
    readings: tuple[str, ...]
    source: str
    valid_from: str
    valid_to: str


class WorkdayRow(NamedTuple):
    """A day of which an office says whether people work on it, before the calendar that comes with the program."""

    day: str
    is_workday: bool
    source: str


class PolicyKindRow(NamedTuple):
    """A kind of document that figures are told apart by (规范性文件, 政策性文件): the rows of interpretation_needed.toml that show it."""

    code: str
    name: str
    rules: tuple[str, ...]
    source: str


class InterpretationNeedRow(NamedTuple):
    """Which documents need an interpretation: kind of document, a pattern over title, core, number or text, and the answer.

    Rows are asked by ascending `order`; the first that fits (and whose `unless` does not) wins. `because` is what people read.
    """

    code: str
    order: int
    over: str
    answer: NeedAnswer
    kind: str
    because: str
    pattern: str
    unless: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class InterpretationElementRow(NamedTuple):
    """A content element of an interpretation: patterns over headings and sentences, whether its absence is told (`asked`)."""

    code: str
    name: str
    asked: bool
    heading: str
    pattern: str
    unless: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class UnitRow(NamedTuple):
    """A unit of an assessment plan with its class and aliases."""

    code: str
    name: str
    category: str
    aliases: tuple[str, ...]
    source: str


class HeaderRow(NamedTuple):
    """A ledger column: the field it fills and the Chinese headers seen for it."""

    field: str
    name: str
    synonyms: tuple[str, ...]
    source: str


class LexiconRow(NamedTuple):
    """A word list by purpose: segmentation words, stock phrases, corrections of machine-converted words (`from=to`)."""

    code: str
    purpose: str
    words: tuple[str, ...]
    source: str


class LinkWeightRow(NamedTuple):
    """What one clue adds to the log-odds that a page explains a document, at full strength, and where the figure is from."""

    code: str
    name: str
    weight: float
    judged: float
    source: str


SIGN_PLACES = ("title", "address", "publisher", "source", "links", "opening", "body", "publication")


class PageSignRow(NamedTuple):
    """A sign by which a page shows a form or a channel (the other of the two is empty), besides the tables' own labels.

    `where` is title, address, publisher, source (address, a space, publisher), links (what the article links to, one
    a line), opening (the first lines), body, or publication (the address at which a document itself is public); the pattern must fit `least` times. The
    lowest `rank` that shows something decides.
    """

    code: str
    form: str
    channel: str
    where: str
    rank: int
    least: int
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class ReportCheckRow(NamedTuple):
    """A check of published reports: its name, how sure a finding is, the sentence of a finding, that of what was not checked.

    `examples` are whole texts in which the check finds something, `counterexamples` those in which it must not.
    """

    code: str
    name: str
    certainty: Certainty
    text: str
    not_checked: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


LIST_PLACES = ("sentences", "headings")


class ReportListRow(NamedTuple):
    """An enumeration with a fixed number of items (`a|b`: ways to write one), in sentences or among headings.

    `pattern` fits sentences that speak of it; with fewer than `least` items a sentence lists something else.
    """

    code: str
    name: str
    over: str
    pattern: str
    least: int
    items: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class ReportWordingRow(NamedTuple):
    """A wording that is a slip in reports, and the right one."""

    code: str
    pattern: str
    right: str
    unless: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class ReportReferentRow(NamedTuple):
    """A thing that reports count, and a pattern over all the nouns for it."""

    code: str
    name: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


class KnownTitleRow(NamedTuple):
    """A title known to be right, with its number where it has one."""

    code: str
    title: str
    number: str
    source: str
