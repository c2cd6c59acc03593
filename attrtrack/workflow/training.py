"""Train the model from labelled letters, and measure what it is worth."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.nlp.evaluation import Evaluation

Progress = Callable[[str, int, int], object]
"""Is told what is being done, how much of it is done, and how much there is."""


def train(app: App, data: Path | None, out: Path | None, *, processes: int | None = None, progress: Progress) -> str:
    """Train on the letters in `data` (default: the training folder), write the artefact to `out`, return its digest.

    Whatever happens before the model is written leaves the old one as it was.
    """
    from attrtrack.nlp.artifact import save_model  # noqa: PLC0415 - scikit-learn is loaded for training only
    from attrtrack.nlp.corpus import load_corpus  # noqa: PLC0415 - the same
    from attrtrack.nlp.training import train as fit  # noqa: PLC0415 - the same

    rows = load_corpus(data or app.training_folder)
    model = fit(rows, app.rules, processes=processes, progress=progress)
    with uninterrupted():
        return save_model(model, out or app.models_folder)


def teach_reports(app: App, data: Path | None, out: Path | None, *, progress: Progress) -> str:
    """Teach by right texts which figures of reports belong together (default: the program's own), return the model's digest."""
    from attrtrack.examining.related.teaching import teach  # noqa: PLC0415 - the same
    from attrtrack.nlp.relation_model import save_relation_model  # noqa: PLC0415 - the same
    from attrtrack.workflow.teaching import load_lessons  # noqa: PLC0415 - scikit-learn is loaded for training only

    model = teach(load_lessons(data or app.training_folder, app.rules), progress)
    with uninterrupted():
        return save_relation_model(model, out or app.reports_folder)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Pass over Ctrl-C in here: the files of one model belong together, and are written in no time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def evaluate(app: App, data: Path | None, *, progress: Progress) -> "tuple[Evaluation, ...]":
    """Measure the voices on letters the training never saw, whole writers and whole issuers and years held out."""
    from attrtrack.nlp.corpus import load_corpus  # noqa: PLC0415 - scikit-learn is loaded for training only
    from attrtrack.nlp.evaluation import evaluate as measure  # noqa: PLC0415 - the same
    from attrtrack.proposing.measuring import measured_voices  # noqa: PLC0415 - the same

    letters = load_corpus(data or app.training_folder)
    return measure(letters, app.rules, measured_voices(app.rules), progress=progress)
