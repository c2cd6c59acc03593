"""One trial: every system learns from the same letters and judges the same unseen ones; trials run in two processes."""

import multiprocessing
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from deletions import Deletion, delete
from numpy.typing import NDArray
from peers import Judge, peers
from threadpoolctl import threadpool_limits

from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.evaluation import model_alone
from attrtrack.nlp.figures import Judged, Prediction, Truth
from attrtrack.nlp.preparing import Prepared
from attrtrack.nlp.training import train_prepared
from attrtrack.proposing import Proposer
from attrtrack.proposing.measuring import prediction_of
from attrtrack.rules import Rules, load_rules

RULES, MODEL, ATTRTRACK = "attrtrack: rules", "attrtrack: model", "attrtrack"
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """Letters to learn from and letters to judge, the systems to ask, and how many letters to delete quotations from."""

    seen: Prepared
    unseen: tuple[LetterRow, ...]
    systems: tuple[str, ...]
    deletions: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each system said, the seconds each took to judge, the quotations found and strayed, the deletions."""

    judged: Mapping[str, tuple[Judged, ...]]
    seconds: Mapping[str, float]
    quotations: int
    strayed: int
    deletions: tuple[Deletion, ...]


def run_trials(trials: Mapping[str, Trial]) -> Mapping[str, Outcome]:
    """Run trials by name in processes that start afresh."""
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures: dict[str, Future[Outcome]] = {name: pool.submit(run_trial, trial) for name, trial in trials.items()}
        return {name: future.result() for name, future in futures.items()}


def run_trial(trial: Trial) -> Outcome:
    """Let every system learn and judge, with one thread of arithmetic."""
    with threadpool_limits(limits=1):
        return _run(trial, load_rules())


def _run(trial: Trial, rules: Rules) -> Outcome:
    voices = _Voices(rules, trial.seen) if {RULES, MODEL, ATTRTRACK} & set(trial.systems) else None
    plain = peers(rules)
    judged, seconds = {}, {}
    for name in trial.systems:
        judge = plain[name](trial.seen.rows) if voices is None or name in plain else voices.judge(name)
        started = time.perf_counter()
        said = judge(trial.unseen)
        seconds[name] = time.perf_counter() - started
        judged[name] = tuple(Judged(Truth.of(row), one) for row, one in zip(trial.unseen, said, strict=True))
    return Outcome(
        judged=judged,
        seconds=seconds,
        quotations=voices.quotations if voices else 0,
        strayed=voices.strayed if voices else 0,
        deletions=tuple(voices.deletions(trial)) if voices else (),
    )


class _Voices:
    """The voices of attrtrack, one model for all; counts the quotations of its proposals and those not in the text."""

    def __init__(self, rules: Rules, seen: Prepared) -> None:
        model = train_prepared(seen, rules)
        self.quotations = self.strayed = 0
        self._together = Proposer(rules, model)
        self._rules = Proposer(rules, None)
        self._model = model_alone(rules)(model)

    def judge(self, name: str) -> Judge:
        """Return the judge of one voice, or of all together."""
        if name == MODEL:
            return lambda rows: [self._model(row) for row in rows]
        proposer = self._rules if name == RULES else self._together
        return lambda rows: [self._propose(proposer, row) for row in rows]

    def _propose(self, proposer: Proposer, row: LetterRow) -> Prediction:
        proposal = proposer.propose(document_of(row))
        self.quotations += len(proposal.evidence)
        self.strayed += sum(
            item.span is None or not item.quote or item.span.of(row.text) != item.quote for item in proposal.evidence
        )
        return prediction_of(proposal)

    def deletions(self, trial: Trial) -> Iterator[Deletion]:
        """Delete quotations from some of the letters judged, spread evenly over them."""
        for place in evenly(len(trial.unseen), trial.deletions):
            row = trial.unseen[place]
            found = delete(self._together, document_of(row), seed=row.id)
            if found is not None:
                yield found


def document_of(row: LetterRow) -> Document:
    """Make the document of a row; what it does not state is None."""
    return Document(
        text=row.text,
        title=row.title or None,
        genre=Genre(row.genre) if row.genre else None,
        issuers=(row.issuer,) if row.issuer else (),
        addressee=row.addressee or None,
    )


def folds(prepared: Prepared, groups: Sequence[int]) -> Iterator[tuple[Prepared, Prepared]]:
    """Yield, for each group of letters, the others and the group."""
    numbers = np.asarray(groups)
    for number in np.unique(numbers):
        yield prepared.part(np.flatnonzero(numbers != number)), prepared.part(np.flatnonzero(numbers == number))


def evenly(size: int, wanted: int) -> NDArray[np.intp]:
    """Return at most `wanted` places spread evenly over `size`."""
    return np.unique(np.linspace(0, size - 1, min(wanted, size)).astype(np.intp))
