"""Which documents need an interpretation: the rule table on real titles against two readers, beside two baselines.

The readers answered apart, each title on its own, yes, no or uncertain. The rules see title and number. What the readers
agree on (yes or no) is the truth; an abstention counts as wrong there. The parts of the titles stand apart, and the aim
holds for each of them alone:

* `dev`: the rules were written with these titles in view.
* `test`: measured blind once, 339 right of 369 (91.9 %), which missed the aim; the table was mended after that with these
  titles in view, so what it reaches on them now is no estimate of anything.
* `blind`: titles that nobody who wrote rules had seen when they were measured; only these say how the table generalises.
"""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from attrtrack.rules import Rules
from attrtrack.rules.needs import propose_need

FOLDER = Path(os.environ.get("ATTRTRACK_NEEDS", Path(__file__).resolve().parents[1] / "fixtures" / "needs"))
SHARED = Path(os.environ.get("ATTRTRACK_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "links"
labelled_only = pytest.mark.skipif(
    not any(FOLDER.glob("*.jsonl")), reason="there are no labelled titles (ATTRTRACK_NEEDS)"
)
SEEN = {"dev": "seen", "test": "seen since"}
AIM = 0.95
MOST_ABSTAINED = 0.05
INTERPRETED = 0.85
ANSWERS = {"yes": True, "no": False, "uncertain": None}
KEYWORDS = re.compile("办法|规定|意见|方案")
NAMES = {True: "yes", False: "no", None: "(none)"}


@dataclass(frozen=True)
class Labelled:
    """A title with both readers' answers; None is a reader's "uncertain"."""

    id: str
    government: str
    title: str
    number: str | None
    readers: tuple[bool | None, bool | None]

    @property
    def part(self) -> str:
        """The part that its id names: `dev012` belongs to `dev`."""
        return self.id.rstrip("0123456789")

    @property
    def agreed(self) -> bool | None:
        """What both say, or None."""
        first, second = self.readers
        return first if first == second else None


Answerer = Callable[[Labelled], bool | None]


@cache
def labelled() -> tuple[Labelled, ...]:
    """Read every labelled title once."""
    rows = [
        json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    return tuple(
        Labelled(row["id"], row["gov"], row["title"], row["number"], (ANSWERS[row["reader1"]], ANSWERS[row["reader2"]]))
        for row in rows
    )


def right(rows: Sequence[Labelled], answer: Answerer) -> tuple[int, int]:
    """Count the agreed titles that are answered right, and the agreed titles."""
    agreed = [row for row in rows if row.agreed is not None]
    return sum(answer(row) is row.agreed for row in agreed), len(agreed)


def agreement(rows: Sequence[Labelled]) -> tuple[float, float]:
    """Return the share on which the readers agree, "uncertain" being an answer, and Cohen's kappa."""
    pairs = Counter(row.readers for row in rows)
    observed = sum(count for (one, two), count in pairs.items() if one is two) / len(rows)
    first, second = (Counter(row.readers[place] for row in rows) for place in (0, 1))
    chance = sum(first[answer] * second[answer] for answer in first) / len(rows) ** 2
    return observed, (observed - chance) / (1 - chance)


def line(name: str, rows: Sequence[Labelled], answers: Sequence[Answerer]) -> str:
    """Print one line: titles, agreement, kappa, agreed, and right of the agreed for each answerer."""
    observed, kappa = agreement(rows)
    figures = [right(rows, answer) for answer in answers]
    shares = "  ".join(f"{good:3}/{whole:3} {good / whole:6.1%}" if whole else "   –" for good, whole in figures)
    return f"{name:34} {len(rows):4}  {observed:6.1%}  {kappa:5.2f}  {shares}"


def majority(rows: Sequence[Labelled]) -> bool:
    """Return what the readers agree on most often."""
    return Counter(row.agreed for row in rows if row.agreed is not None).most_common(1)[0][0] is True


@labelled_only
def test_the_rules_agree_with_the_readers(rules: Rules, capsys: pytest.CaptureFixture[str]) -> None:
    """Right on at least 95 % of what two readers agree on, in every part, and seldom without an answer."""
    rows = labelled()
    began = time.process_time()
    proposals = {row.id: propose_need(row.title, row.number, rules) for row in rows}
    spent = (time.process_time() - began) / len(rows)
    most = majority(rows)
    answers: tuple[Answerer, ...] = (
        lambda row: proposals[row.id].needed,
        lambda _row: most,
        lambda row: KEYWORDS.search(row.title) is not None,
    )
    parts = {part: [row for row in rows if row.part == part] for part in sorted({row.part for row in rows})}
    silent = [row for row in rows if proposals[row.id].needed is None]
    with capsys.disabled():
        print("\n                                      n   agree  kappa  rules (abstention wrong)  majority  keywords")
        for part, some in parts.items():
            print(line(f"part {part} ({SEEN.get(part, 'unseen by the rules')})", some, answers))
        print(line("all", rows, answers))
        for government in sorted({row.government for row in rows}):
            print(line(government, [row for row in rows if row.government == government], answers))
        confusion = Counter((NAMES[row.agreed], NAMES[proposals[row.id].needed]) for row in rows)
        print("readers -> rules:", ", ".join(f"{one} -> {two} {n}" for (one, two), n in sorted(confusion.items())))
        print(f"abstained: {len(silent)} of {len(rows)}; {spent * 1e6:.0f} µs of process time a title")
        for row in rows:
            if row.agreed is not None and proposals[row.id].needed is not row.agreed:
                print(
                    f"  wrong: {row.title}: {NAMES[row.agreed]}, rules {NAMES[proposals[row.id].needed]} ({proposals[row.id].row})"
                )
    assert len(silent) <= MOST_ABSTAINED * len(rows)
    for measured in (rows, *parts.values()):
        good, whole = right(measured, answers[0])
        assert good >= AIM * whole


@labelled_only
def test_every_proposal_says_why(rules: Rules) -> None:
    """A quotation that stands in the title or the number, and a sentence; only what no row fits has none."""
    for row in labelled():
        found = propose_need(row.title, row.number, rules)
        assert found.reason
        if found.row is None:
            assert found.evidence is None
            continue
        assert found.evidence is not None
        assert found.evidence.span is not None
        source = row.number if found.evidence.source == "number" else row.title
        assert source is not None
        assert found.evidence.span.of(source) == found.evidence.quote


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data folder is absent (ATTRTRACK_SHARED)")
def test_what_was_interpreted_is_said_to_need_it(rules: Rules, capsys: pytest.CaptureFixture[str]) -> None:
    """Other publishers, ministries above all: documents that do have an interpretation; says nothing of the needless ones.

    Not blind: these titles showed that ministries print the number before the title, and the table was mended for that.
    """
    documents = [json.loads(line) for line in (SHARED / "documents.jsonl").read_text("utf-8").splitlines()]
    linked = {json.loads(line)["document_id"] for line in (SHARED / "links.jsonl").read_text("utf-8").splitlines()}
    found = {
        row["id"]: propose_need(row.get("title"), row.get("doc_number"), rules, text=row.get("text"))
        for row in documents
        if row["id"] in linked
    }
    needed = Counter(NAMES[proposal.needed] for proposal in found.values())
    baseline = sum(KEYWORDS.search(row.get("title") or "") is not None for row in documents if row["id"] in linked)
    with capsys.disabled():
        print(f"\n{len(found)} interpreted documents: rules {dict(needed)}; keywords yes {baseline}")
    assert needed["yes"] >= INTERPRETED * len(found)
