"""Checks of published reports, measured: the five seeds, texts with one planted slip each, real documents as clean texts."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from forked_passages import in_report
from measuring import in_full
from report_texts import BOOKS, KINDS, ReportText, reports
from shared_data import rows_of, shared

from attrtrack.domain.contradictions import Contradiction, Examination, KnownTitle
from attrtrack.domain.documents import SourceText
from attrtrack.errors import AttrtrackError
from attrtrack.examining import Paper, examine
from attrtrack.nlp.relation_model import RelationModel, load_relation_model
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.resources import REPORTS, models_folder, training_folder
from attrtrack.rules import Rules

_FACTS = {
    "000": (),
    "001": (),
    "002": (("I25", "attachment-absent", "附件3"), ("I26", "page-numbers", "16、17")),
    "003": (
        ("I16", "counts-differ", "113"),
        ("I20", "table-empty", ""),
        ("I21", "cited-title", "山西省政务公开工作考核办法"),
        ("I22", "head-missing", ""),
    ),
    "004": (
        ("I1", "print-date-before-date", "2023-07-08"),
        ("I2", "rank-of-tie", "市城市管理局、市行政审批局"),
        ("I4", "units-differ", "15＋34＝49"),
        ("I6", "change-unexplained", "3.9%"),
        ("I8", "cases-differ", "3＋1＋1＝5件"),
        ("I9", "heading-numbering", "2、"),
        ("I9", "heading-numbering", "（1）"),
        ("I10", "wording", "视屏"),
        ("I10", "wording", "图标"),
        ("I10", "wording", "微博公众号"),
        ("I11", "wording", "公开为原则"),
        ("I12", "list-incomplete", "提出办理意见"),
        ("I13", "attachment-divided", "汇总表"),
    ),
}  # fmt: skip
"""By seed: the defects known from reading them, the check that finds each, and words of its answer."""
_UNSEEN = sorted((Path(__file__).parents[1] / "report_statements").glob("*.jsonl"))
"""Banks of passages, 200 each by one author who knew neither the checks nor the other texts: kind, right form, wrong form.

No check is ever corrected by them, and no model learns from them: they tell what to expect of wording that nobody has seen.
"""
_TAUGHT = [
    training_folder(None) / REPORTS / f"{bank}.jsonl"
    for bank in [
        "county",
        "city",
        "province",
        "mixed",
        "branches",
        "township",
        "bureau",
        "assessor",
        "service",
        "capital",
    ]
]
"""Banks of the same sort, by all misses of which checks were corrected; the model has learnt from these and from others."""
_LEFT_OUT = "attachment-absent"
"""What is told of every passage that lists attachments kept elsewhere, in its right form too; it finds no slip there."""
_LEAST_UNSEEN, _LEAST_NAMED, _MOST_ALARMED = 0.82, 0.87, 0.05
_MOST_ALARMED_IN = {"ministry": 0.07, "assorted": 0.06, "southwest": 0.06, "valley": 0.06}
"""What unseen banks bring that are new or hold long sentences with large figures: measured, and not mended by reading them."""
_MOST_TOLD, _MOST_TOLD_EACH = 2, 0.25
"""Of a right text, and of right texts in the mean: alarms, and where to look first."""
_PLANTED_EACH, _LEAST_FOUND, _MOST_UNLISTED = 200, 0.9, 2


@lru_cache(maxsize=1)
def relation_model() -> RelationModel:
    """Return the model that the program ships."""
    return load_relation_model(models_folder(None) / REPORTS)


def examined(source: SourceText, rules: Rules) -> Examination:
    """Examine a source with the titles that rules know; every quotation is checked."""
    known = tuple(KnownTitle(row.title, row.number or None, row.source) for row in rules.known_titles)
    made = examine(Paper(record(source, rules), rules, source.page_numbers, known, relation_model()))
    for item in made.told:
        assert item.evidence
        assert all(one.span is not None and one.quote == one.span.of(source.text) for one in item.evidence)
    return made


def found_in(source: SourceText, rules: Rules) -> tuple[Contradiction, ...]:
    """Return the contradictions found in a source."""
    return examined(source, rules).contradictions


def _examined_text(text: str, rules: Rules) -> Examination:
    return examined(read_source(text.encode(), "报告.txt"), rules)


def _found_in_text(text: str, rules: Rules) -> tuple[Contradiction, ...]:
    return _examined_text(text, rules).contradictions


@pytest.mark.shared
@pytest.mark.parametrize("number", _FACTS)
def test_seeds(number: str, rules: Rules) -> None:
    """Every listed defect of a seed is found, and at most two answers are of something else."""
    path = next(shared("seeds").glob(f"{number}_*"))
    found = found_in(read_source(path.read_bytes(), path.name), rules)
    listed = {
        (fact, item.message)
        for fact, code, words in _FACTS[number]
        for item in found
        if item.code == code and words in item.message
    }
    unlisted = [item.message for item in found if item.message not in {message for _, message in listed}]
    print(f"\n{number}: {sorted({fact for fact, _ in listed})}, not listed {unlisted}")
    assert {fact for fact, _ in listed} == {fact for fact, _, _ in _FACTS[number]}
    assert len(unlisted) <= _MOST_UNLISTED


@pytest.mark.parametrize("book", BOOKS)
def test_planted_slips(book: str, rules: Rules) -> None:
    """Of reports with one slip each nine in ten are found, and no right report brings more than one false alarm."""
    found, alarms = _planted(book, in_full(_PLANTED_EACH, in_ci=6), rules)
    assert found >= _LEAST_FOUND
    assert max(alarms) <= 1


class Statements(NamedTuple):
    """How a bank of passages went: by kind and whether found, alarms on right forms, slips and right forms pointed at besides."""

    outcomes: Counter[tuple[str, bool]]
    alarms: Counter[str]
    pointed_at: int
    looked: int
    told_of_right: Counter[int]

    @property
    def found(self) -> int:
        """How many slips are found."""
        return sum(count for (_, hit), count in self.outcomes.items() if hit)

    @property
    def named(self) -> int:
        """How many slips are found or pointed at."""
        return self.found + self.pointed_at


def _statements(bank: Path, every: int, rules: Rules) -> Statements:
    """Examine the passages of a bank, each in a report of its own, in its right and in its wrong form."""
    outcomes: Counter[tuple[str, bool]] = Counter()
    alarms: Counter[str] = Counter()
    told_of_right: Counter[int] = Counter()
    looked, pointed_at = 0, 0
    rows = [json.loads(line) for line in bank.read_text(encoding="utf-8").splitlines()]
    for row in rows[::every]:
        examined_right, examined_wrong = (_examined_text(in_report(row[form]), rules) for form in ("right", "wrong"))
        right, wrong = examined_right.contradictions, examined_wrong.contradictions
        known, left = {item.message for item in right}, {item.code for item in right} & {_LEFT_OUT}
        hit = any(item.message not in known and item.code not in left for item in wrong)
        outcomes[row["kind"], hit] += 1
        alarms.update({item.code for item in right})
        told_of_right[sum(item.code != _LEFT_OUT for item in examined_right.told)] += 1
        first = examined_right.first_look
        looked += first is not None
        pointed_at += (
            not hit and examined_wrong.first_look is not None and not _is_same(examined_wrong.first_look, first)
        )
    made = Statements(outcomes, alarms, pointed_at, looked, told_of_right)
    total = outcomes.total()
    by_kind = {kind: f"{outcomes[kind, True]} of {outcomes[kind, True] + outcomes[kind, False]}" for kind in KINDS}
    print(f"\n{bank.stem}: found {made.found} of {total}, {by_kind}; alarms on the right ones: {dict(alarms)}")
    print(f"{bank.stem}: found or told to be looked at first {made.named}; of the right ones {looked} told so")
    print(f"{bank.stem}: right ones by what is told of them without cause: {dict(told_of_right)}")
    assert set(by_kind) == {kind for kind, _ in outcomes}
    return made


def _is_same(one: Contradiction, other: Contradiction | None) -> bool:
    return other is not None and one.message == other.message


@pytest.mark.parametrize("bank", in_full(_TAUGHT, in_ci=_TAUGHT[:1]), ids=lambda path: path.stem)
def test_statements_with_a_slip(bank: Path, rules: Rules) -> None:
    """Of slips in passages that are all built differently, each in a report of its own, nine in ten are found."""
    made = _statements(bank, in_full(1, in_ci=3), rules)
    assert made.found >= made.outcomes.total() * _LEAST_FOUND
    assert _alarmed(made) <= made.outcomes.total() * _MOST_ALARMED


def test_unseen_statements_with_a_slip(rules: Rules) -> None:
    """Of slips that nobody has seen nine in ten are found or pointed at, and right texts are told of less than once in four."""
    banks = {bank.stem: _statements(bank, 1, rules) for bank in _UNSEEN}
    total = sum(made.outcomes.total() for made in banks.values())
    for name, made in banks.items():
        texts = made.outcomes.total()
        assert made.found >= texts * _LEAST_UNSEEN
        assert made.named >= texts * _LEAST_NAMED
        assert _alarmed(made) <= texts * _MOST_ALARMED_IN.get(name, _MOST_ALARMED)
        assert max(made.told_of_right) <= _MOST_TOLD
        assert sum(count * told for told, count in made.told_of_right.items()) <= texts * _MOST_TOLD_EACH
    found, named = (sum(getattr(made, name) for made in banks.values()) for name in ("found", "named"))
    print(f"\nunseen: found {found} of {total}, found or told to be looked at first {named}, {named / total:.1%}")
    assert named >= total * _LEAST_FOUND


def _alarmed(made: Statements) -> int:
    return sum(count for code, count in made.alarms.items() if code != _LEFT_OUT)


def _planted(book: str, count: int, rules: Rules) -> tuple[float, Counter[int]]:
    """Return the share of planted slips that are found, and how many right reports bring how many alarms."""
    outcomes: Counter[tuple[str, bool]] = Counter()
    alarms: Counter[int] = Counter()
    for right, wrong in reports(8, count, book):
        before = _found_in_text(right.text, rules)
        alarms[len(before)] += 1
        outcomes[str(wrong.kind), _is_found(wrong, before, rules)] += 1
    for kind in KINDS:
        print(
            f"\n{book} {kind}: found {outcomes[kind, True]} of {outcomes[kind, True] + outcomes[kind, False]}", end=""
        )
    found = sum(count for (_, hit), count in outcomes.items() if hit)
    print(f"\n{book}: found {found} of {outcomes.total()}; false alarms on the right ones: {dict(alarms)}")
    return found / outcomes.total(), alarms


def _is_found(wrong: ReportText, before: tuple[Contradiction, ...], rules: Rules) -> bool:
    known = {item.message for item in before}
    return any(item.message not in known for item in _found_in_text(wrong.text, rules))


def _real() -> Iterator[SourceText]:
    """Yield the published documents and the readable files of the reference data."""
    for row in rows_of("data/published_documents.jsonl"):
        yield SourceText(name="document.txt", format="txt", text=f"{row['title']}\n{row['text']}")
    for path in sorted(shared("data/files").glob("*/*")):
        if path.parent.name in {"html", "docx", "pdf", "txt"}:
            try:
                yield read_source(path.read_bytes(), path.name)
            except AttrtrackError:
                continue


@pytest.mark.shared
def test_real_documents_bring_few_alarms(rules: Rules) -> None:
    """On published documents that are no reports: attachments kept elsewhere apart, hardly anything is said."""
    counts: Counter[int] = Counter()
    codes: Counter[str] = Counter()
    for source in _real():
        try:
            found = found_in(source, rules)
        except AttrtrackError:
            continue
        codes.update(item.code for item in found)
        counts[len([item for item in found if not item.code.startswith("attachment-")])] += 1
    print(
        f"\n{counts.total()} real documents, contradictions a document without attachments: {dict(counts)}; {dict(codes)}"
    )
    assert max(counts) <= 1
    assert counts[0] >= counts.total() * 0.95
