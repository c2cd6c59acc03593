"""The loaded rules: typed tables with the questions that rooms ask of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.reasons import LegalReason, LegalReference
from attrtrack.errors import RulesInvalidError
from attrtrack.rules import schema, schema_papers, schema_scores

if TYPE_CHECKING:
    from attrtrack.domain.schemes import Scheme
    from attrtrack.rules.reasons import ReasonResolution
    from attrtrack.rules.workdays import Calendar

Row = TypeVar("Row")


class Rows(Sequence[Row]):
    """The rows of one table, read and checked when one of them is first asked for."""

    def __init__(self, read: Callable[[], tuple[Row, ...]]) -> None:
        self._read = read

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return self._read()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows[index]


@dataclass(frozen=True)
class Rules:
    """Every rule table, the hash of each, and the version that stands for all of them (12 hex digits)."""

    attributes: Sequence[schema.AttributeRow]
    genres: Sequence[schema.GenreRow]
    reasons: Sequence[schema.ReasonRow]
    reason_faults: Sequence[schema.ReasonFaultRow]
    text_faults: Sequence[schema.TextFaultRow]
    marks: Sequence[schema.MarkRow]
    secrecy: Sequence[schema.SecrecyRow]
    handling: Sequence[schema.HandlingRow]
    findings: Sequence[schema.FindingRow]
    gate: Sequence[schema.GateRow]
    precedence: Sequence[schema.PrecedenceRow]
    attribute_rules: Sequence[schema.AttributeRuleRow]
    forms: Sequence[schema.FormRow]
    channels: Sequence[schema.ChannelRow]
    targets: Sequence[schema.TargetRow]
    measures: Sequence[schema.MeasureRow]
    measure_steps: Sequence[schema_scores.MeasureStepsRow]
    policy_kinds: Sequence[schema.PolicyKindRow]
    workdays: Sequence[schema.WorkdayRow]
    interpretation_needed: Sequence[schema.InterpretationNeedRow]
    interpretation_elements: Sequence[schema.InterpretationElementRow]
    units: Sequence[schema.UnitRow]
    headers: Sequence[schema.HeaderRow]
    lexicon: Sequence[schema.LexiconRow]
    link_weights: Sequence[schema.LinkWeightRow]
    page_signs: Sequence[schema.PageSignRow]
    score_headers: Sequence[schema_scores.ScoreHeaderRow]
    schemes: "Sequence[Scheme]"
    evidence_items: Sequence[schema_papers.EvidenceItemRow]
    remedies: Sequence[schema_papers.RemedyRow]
    report_checks: Sequence[schema.ReportCheckRow]
    report_lists: Sequence[schema.ReportListRow]
    report_wordings: Sequence[schema.ReportWordingRow]
    report_referents: Sequence[schema.ReportReferentRow]
    known_titles: Sequence[schema.KnownTitleRow]
    hashes: dict[str, str]
    version: str

    @cached_property
    def _findings_by_code(self) -> dict[str, schema.FindingRow]:
        return {row.code: row for row in self.findings}

    def finding(self, code: str, /, *evidence: Evidence, **names: object) -> Finding:
        """Make the finding `code` with its sentence filled in; an unknown code is a programming error (KeyError)."""
        row = self._findings_by_code[code]
        return Finding(row.code, row.severity, row.text.format(**names), evidence)

    @cached_property
    def _report_checks_by_code(self) -> dict[str, schema.ReportCheckRow]:
        return {row.code: row for row in self.report_checks}

    def report_check(self, code: str) -> schema.ReportCheckRow:
        """Return the row of a check of reports; an unknown code is a programming error (KeyError)."""
        return self._report_checks_by_code[code]

    @staticmethod
    def softened(finding: Finding) -> Finding:
        """Return a blocking finding as a flag, for an office that switched its blocking off."""
        return replace(finding, severity=Severity.FLAG)

    @staticmethod
    def hardened(finding: Finding) -> Finding:
        """Return a flag as a blocking finding, for an office that switched its blocking on."""
        return replace(finding, severity=Severity.BLOCK)

    def is_on(self, code: str) -> bool:
        """Whether an office has a switch of its gate on."""
        return "on" in self.switch(code)

    def switch(self, code: str) -> tuple[str, ...]:
        """Return the values an office has set for a gate switch; raises `RulesInvalidError` where its table lacks it."""
        values = self._switches.get(code)
        if values is None:
            raise RulesInvalidError(f"规则表 gate.toml 缺少开关 {code}：请从软件自带的 gate.toml 补上这一行。")
        return values

    @cached_property
    def _switches(self) -> dict[str, tuple[str, ...]]:
        return {row.code: row.values for row in self.gate}

    @cached_property
    def diversified_forms(self) -> frozenset[str]:
        """The codes of the forms that count as diversified; of the disputed ones those that the office has switched on."""
        switched_on = self.switch("disputed_forms_diversified")
        return frozenset(
            row.code for row in self.forms if (row.code in switched_on if row.disputed else row.diversified)
        )

    @cached_property
    def calendar(self) -> "Calendar":
        """Working days by the office's own table, else by the yearly notices."""
        from attrtrack.rules.workdays import Calendar  # noqa: PLC0415 - the calendar is read when the first term is counted

        return Calendar.of(self.workdays)

    @cached_property
    def _policy_kinds(self) -> dict[str, str]:
        return {rule: row.code for row in self.policy_kinds for rule in row.rules}

    def policy_kind(self, need_rule: str | None) -> str | None:
        """Return the kind of document that a row of interpretation_needed.toml shows; None where it shows none."""
        return None if need_rule is None else self._policy_kinds.get(need_rule)

    def words(self, code: str) -> tuple[str, ...]:
        """Return a word list of the lexicon."""
        return next(row.words for row in self.lexicon if row.code == code)

    def attribute_named(self, word: str) -> DisclosureAttribute | None:
        """Resolve a word of a ledger or form (主动公开, 不公开, 免予公开 …) to an attribute; None when it is none."""
        return self._attributes_by_word.get("".join(word.split()).strip("()（）[]【】"))

    @cached_property
    def _attributes_by_word(self) -> dict[str, DisclosureAttribute]:
        rows = reversed(self.attributes)
        return {word: row.code for row in rows for word in (row.code.value, row.name, *row.synonyms)}

    @cached_property
    def _proposable(self) -> dict[DisclosureAttribute, frozenset[str]]:
        return {
            attribute: frozenset(row.code for row in self.reasons if row.proposable and attribute in row.attributes)
            for attribute in DisclosureAttribute
        }

    def proposable(self, attribute: DisclosureAttribute) -> frozenset[str]:
        """Return the codes of the reasons that may be proposed for an attribute."""
        return self._proposable[attribute]

    @cached_property
    def resolved(self) -> "dict[str, ReasonResolution]":
        """What `resolve_reason` has lately found stated reasons to mean by these very tables."""
        return {}

    @cached_property
    def _reasons_by_code(self) -> dict[str, LegalReason]:
        return {row.code: legal_reason(row) for row in self.reasons}

    def reason(self, code: str) -> LegalReason | None:
        """Return the legal reason with this code, or None."""
        return self._reasons_by_code.get(code)


def legal_reason(row: schema.ReasonRow) -> LegalReason:
    """Turn a row of the reasons table into the domain's value."""
    return LegalReason(
        code=row.code,
        name=row.name,
        attributes=row.attributes,
        references=tuple(parse_reference(text) for text in row.references),
        force=row.force,
        sentence=row.sentence,
        must_show=row.must_show,
    )


def parse_reference(text: str) -> LegalReference:
    """Read `instrument#article[.paragraph[.item]]`; a 0 stands for "no paragraph"."""
    instrument, _, numbers = text.partition("#")
    article, paragraph, item = ([int(part) for part in numbers.split(".")] + [0, 0])[:3]
    return LegalReference(instrument, article, paragraph or None, item or None)
