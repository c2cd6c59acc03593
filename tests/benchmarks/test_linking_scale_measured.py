"""Linking at the size of a province's archive: the whole matcher, its judges and reasons included, beside bare searches.

The crowd of documents and the pages that ask are described in `crowded_titles`; texts are empty, as in a ledger. Peers
only rank titles (rapidfuzz's `cdist` by brute force, tf-idf of character pairs with sparse_dot_topn); they get titles in
normal form for nothing and are measured on a sample of the pages, their whole time extrapolated from it. The matcher reads
titles, finds candidates, judges them and gives reasons. All take turns in the same run. Asserted are processor
seconds. Brute force takes its turns among the answers, so that a busy machine slows both: as far as it stays behind its pace
on an idle machine (`IDLE_PACE`), so far are the seconds put back; a processor that is faster at it changes nothing. The aims
are printed as HELD or NOT HELD by the clock of this run, and by these seconds.
"""

import gc
import gzip
import json
import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from crowded_titles import Asked, asked, crowd
from measuring import in_full
from rapidfuzz import fuzz, process
from shared_data import shared
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from attrtrack.domain.interpretations import LinkableDocument, LinkDecision, LinkProposals
from attrtrack.linking import Matcher
from attrtrack.nlp.titles import bare, clean, strip_labels
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared
MANY, MOST = in_full(100_000, in_ci=10_000), in_full(1_000_000, in_ci=30_000)
PROCESSES, FIVE = 2, 5
SECONDS_OF_FEW, SECONDS_OF_MANY, MIB_OF_MANY = 2.0, 60.0 * MANY / 100_000, 1024
KNOWN_MS, UNKNOWN_MS = 10.0, 50.0
IDLE_PACE = 8.9e6
"""Pairs of these titles (30 signs) a second that `cdist` does with one thread of 2.5 GHz: the best of 150 short bursts."""
TURNS, PAIRS_A_TURN = 8, 2_500_000
SLACK = 1.15
"""How far beyond the aim, on an idle machine, a test fails: other work slows Python more than the tight loop of `cdist`.

On two cores with ten jobs waiting the five thousand came out at 1.5 to 1.6 s (aim 2), in three runs that took 17 to 24 s by the
clock; so what remains is for processors on which the two differ otherwise than here. One does `cdist` 1.6 times as fast as the
first, and the matcher no faster (1.5 s by the clock): its seconds are taken as they are.
"""
QUERIES_OF_ONE, QUERIES_OF_PEERS, SAMPLE = 200, 100, 2_000


def report(line: str) -> None:
    """Print a figure."""
    print(line)


def held(value: float, aim: float) -> str:
    """Say whether an aim was reached."""
    return f"{'HELD' if value <= aim else 'NOT HELD'} (aim {aim:g})"


def titles() -> list[dict[str, str]]:
    """Return the real titles."""
    return [json.loads(line) for line in gzip.decompress(shared("data/titles.jsonl.gz").read_bytes()).splitlines()]


def processor_seconds() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def resident_mib() -> float:
    """Return the room that this process and its forks hold, what they share counted once."""
    pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in pids]
    return sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")) / 1024


@dataclass
class Tally:
    """How often the right document was first and among five, and how automatic links fared."""

    asked: int = 0
    first: int = 0
    among_five: int = 0
    automatic: int = 0
    wrong_automatic: int = 0
    most_mib: float = field(default=0.0)

    def add(self, question: Asked, found: Sequence[LinkableDocument], *, automatic: bool = False) -> None:
        """Count one answer; a document that differs in nothing but its number is right too."""
        right = [_same(document, question.right) for document in found[:FIVE]]
        self.asked += 1
        self.first += any(right[:1])
        self.among_five += any(right)
        self.automatic += automatic
        self.wrong_automatic += automatic and not any(right[:1])

    def __str__(self) -> str:
        said = f"r@1 {self.first / self.asked:.3f} r@5 {self.among_five / self.asked:.3f}"
        return f"{said}, {self.automatic} automatic, {self.wrong_automatic} wrong" if self.automatic else said


def _same(one: LinkableDocument, other: LinkableDocument) -> bool:
    return (one.title, one.issuer, one.date) == (other.title, other.issuer, other.date)


def tally(
    questions: Iterable[Asked],
    answers: Iterable[LinkProposals],
    documents: Sequence[LinkableDocument],
    *,
    before: float,
) -> Tally:
    """Count the answers of the matcher and look now and then at its room above what this process held `before`."""
    counted = Tally()
    for number, (question, answer) in enumerate(zip(questions, answers, strict=True)):
        found = [documents[int(link.document_id)] for link in answer.links]
        automatic = any(link.decision is LinkDecision.AUTO for link in answer.links)
        counted.add(question, found, automatic=automatic)
        if number % (MANY // 4) == MANY // 8:
            counted.most_mib = max(counted.most_mib, resident_mib() - before)
    return counted


def judged(matcher: Matcher, questions: Iterable[Asked]) -> str:
    """Say how the cascade fared before anything was withheld: right first, among five, among all that were judged."""
    counted, found = Tally(), 0
    for question in questions:
        order = [document for document, _ in matcher.weighed(question.page)]
        counted.add(question, order)
        found += any(_same(document, question.right) for document in order)
    return f"{counted}, found {found / counted.asked:.3f}"


def normal(title: str) -> str:
    """Return a title as peers compare it."""
    return bare(strip_labels(clean(title)))


Ranked = Iterator[tuple[Asked, Sequence[int]]]


def brute_force(questions: Sequence[Asked], choices: Sequence[str]) -> Ranked:
    """Rank by `fuzz.ratio` over all titles, one thread."""
    wanted = [normal(question.page.title or "") for question in questions]
    scores = process.cdist(wanted, choices, scorer=fuzz.ratio, dtype=np.uint8, workers=1)
    for question, row in zip(questions, scores, strict=True):
        best = np.argpartition(-row.astype(np.int16), FIVE)[:FIVE]
        yield question, best[np.argsort(-row[best].astype(np.int16), kind="stable")].tolist()


def by_pairs(choices: Sequence[str]) -> Callable[[Sequence[Asked], Sequence[str]], Ranked]:
    """Return a ranking by tf-idf of character pairs, pairs of more than a tenth of the titles left out."""
    reader = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), max_df=0.1, dtype=np.float32)
    matrix = reader.fit_transform(choices).T.tocsr()

    def rank(questions: Sequence[Asked], _choices: Sequence[str]) -> Ranked:
        wanted = reader.transform([normal(question.page.title or "") for question in questions])
        found = sp_matmul_topn(wanted, matrix, top_n=FIVE, sort=True, n_threads=1)
        for number, question in enumerate(questions):
            yield question, found.indices[found.indptr[number] : found.indptr[number + 1]].tolist()

    return rank


@dataclass
class BruteForce:
    """The peer that all times are set against, measured in turns."""

    questions: Sequence[Asked]
    documents: Sequence[LinkableDocument]
    choices: Sequence[str]
    seconds: float = 0.0
    counted: Tally = field(default_factory=Tally)

    def among(self, answers: Iterable[LinkProposals]) -> Iterator[LinkProposals]:
        """Yield the answers of the matcher and take turns among them."""
        every = len(self.questions) // TURNS
        for number, answer in enumerate(answers):
            if number % every == every // 2:
                self._turn()
            yield answer

    def _turn(self) -> None:
        began, first = time.process_time(), self.counted.asked
        some = self.questions[first : first + PAIRS_A_TURN // len(self.choices)]
        for question, rows in brute_force(some, self.choices):
            self.counted.add(question, [self.documents[row] for row in rows])
        self.seconds += time.process_time() - began

    @property
    def whole(self) -> float:
        """Processor seconds for all questions."""
        return self.seconds * len(self.questions) / self.counted.asked

    @property
    def idle(self) -> float:
        """Seconds for all questions on an idle machine."""
        return len(self.questions) * len(self.choices) / IDLE_PACE


def peer(
    rank: Callable[[Sequence[Asked], Sequence[str]], Ranked],
    questions: Sequence[Asked],
    choices: Sequence[str],
    documents: Sequence[LinkableDocument],
) -> tuple[float, Tally]:
    """Return the processor seconds a page and how often a peer was right."""
    began, counted = time.process_time(), Tally()
    for question, rows in rank(questions, choices):
        counted.add(question, [documents[row] for row in rows])
    return (time.process_time() - began) / len(questions), counted


def linked(count: int, pages: int, rules: Rules) -> float:
    """Link `pages` pages to `count` documents, print the table; return the seconds of each process on an idle machine."""
    gc.collect()
    before = resident_mib()
    documents = crowd(titles(), count)
    questions = list(asked(documents, pages, unit=True))
    brute = BruteForce(questions, documents, [normal(document.title) for document in documents])
    gc.collect()
    began, clock = processor_seconds(), time.perf_counter()
    matcher = Matcher(documents, rules, processes=PROCESSES)
    built = time.perf_counter() - clock
    answers = matcher.propose_many((question.page for question in questions), processes=PROCESSES)
    counted = tally(questions, brute.among(answers), documents, before=before)
    took = time.perf_counter() - clock - brute.seconds
    spent = processor_seconds() - began - brute.seconds
    aim = SECONDS_OF_FEW if count < MANY else SECONDS_OF_MANY
    idle = spent / PROCESSES * min(1.0, brute.idle / brute.whole)
    report(
        f"\n{pages} pages x {count} documents, {PROCESSES} processes: {took:.1f} s (index {built:.1f}) {held(took, aim)}"
    )
    report(f"  matcher: {spent:.1f} processor seconds; {counted}")
    report(f"  cdist, brute force: {brute.whole:.1f} processor seconds (from {TURNS} turns); {brute.counted}")
    report(
        f"  matcher / brute force {spent / brute.whole:.3f}, on an idle machine {idle:.1f} s a process: {held(idle, aim)}"
    )
    report(f"  all that it judged, in its order (sample): {judged(matcher, questions[:SAMPLE])}")
    if counted.most_mib:
        report(
            f"  room: {counted.most_mib:.0f} MiB for documents, pages, index and forks {held(counted.most_mib, MIB_OF_MANY)}"
        )
        assert counted.most_mib <= MIB_OF_MANY
    by_pairs_measured(documents, questions, brute.choices)
    return idle


def by_pairs_measured(
    documents: Sequence[LinkableDocument], questions: Sequence[Asked], choices: Sequence[str]
) -> None:
    """Print what tf-idf needs for all questions, from a sample."""
    began = time.process_time()
    rank = by_pairs(choices)
    built = time.process_time() - began
    each, counted = peer(rank, questions[:SAMPLE], choices, documents)
    whole = each * len(questions) + built
    report(f"  tf-idf of pairs, sparse_dot_topn: {whole:.1f} processor seconds (from a sample); {counted}")


def test_a_ledger_of_five_thousand(rules: Rules) -> None:
    """5,000 pages against 4,000 documents, each judged with its reasons, stay near what bare brute force costs."""
    assert linked(4_000, 5_000, rules) <= SECONDS_OF_FEW * SLACK


def test_a_ledger_of_a_hundred_thousand(rules: Rules) -> None:
    """100,000 pages against 100,000 documents take a fraction of bare brute force, within the room."""
    assert linked(MANY, MANY, rules) <= SECONDS_OF_MANY * SLACK


def test_one_page_among_a_million(rules: Rules) -> None:
    """One new page finds its document among a million in milliseconds, by an index that is built once."""
    documents = crowd(titles(), MOST)
    gc.collect()
    before, began, clock = resident_mib(), processor_seconds(), time.perf_counter()
    matcher = Matcher(documents, rules, processes=PROCESSES)
    took, spent = time.perf_counter() - clock, processor_seconds() - began
    gc.collect()
    report(
        f"\nindex of {MOST} documents: {took:.1f} s, {spent:.1f} processor seconds, {matcher.index_bytes / 2**20:.0f} MiB"
    )
    report(f"  room: {before:.0f} MiB of documents and test, {resident_mib():.0f} with the index")
    medians = {}
    for unit, aim in ((True, KNOWN_MS), (False, UNKNOWN_MS)):
        questions = list(asked(documents, QUERIES_OF_ONE, unit=unit))
        times, counted = one_by_one(matcher, questions, documents)
        medians[unit] = statistics.median(times)
        worst = statistics.quantiles(times, n=20)[-1]
        report(
            f"  unit {'known' if unit else 'unknown'}: median {medians[unit]:.1f} ms {held(medians[unit], aim)}, p95 {worst:.1f} ms; {counted}"
        )
    choices = [normal(document.title) for document in documents]
    sample = questions[:QUERIES_OF_PEERS]
    brute, counted = peer(
        lambda some, all_: (hit for one in some for hit in brute_force([one], all_)), sample[:30], choices, documents
    )
    report(f"  cdist, one page: {brute * 1000:.1f} ms; {counted}")
    began = time.process_time()
    rank = by_pairs(choices)
    report(f"  tf-idf of pairs: index {time.process_time() - began:.1f} s")
    each, counted = peer(
        lambda some, all_: (hit for one in some for hit in rank([one], all_)), sample, choices, documents
    )
    report(f"  tf-idf of pairs, one page: {each * 1000:.1f} ms; {counted}")
    assert medians[True] <= KNOWN_MS * 2
    assert medians[False] <= UNKNOWN_MS
    assert medians[False] < brute * 1000


def one_by_one(
    matcher: Matcher, questions: Sequence[Asked], documents: Sequence[LinkableDocument]
) -> tuple[list[float], Tally]:
    """Return the milliseconds of processor time of each page, and how often the matcher was right."""
    times, counted = [], Tally()
    for question in questions:
        began = time.process_time()
        answer = matcher.propose(question.page)
        times.append((time.process_time() - began) * 1000)
        automatic = any(link.decision is LinkDecision.AUTO for link in answer.links)
        counted.add(question, [documents[int(link.document_id)] for link in answer.links], automatic=automatic)
    return times, counted
