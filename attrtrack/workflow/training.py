"""Train the model from labelled letters, and measure what it is worth."""

from pathlib import Path

from attrtrack.workflow.app import App


def train(app: App, data: Path | None, out: Path | None) -> str:
    """Train on the letters in `data` (default: the training folder), write the artefact to `out`, return its digest."""
    from attrtrack.nlp.artifact import save_model  # noqa: PLC0415 - scikit-learn is loaded for training only
    from attrtrack.nlp.corpus import load_corpus  # noqa: PLC0415 - the same
    from attrtrack.nlp.training import train as fit  # noqa: PLC0415 - the same

    rows = load_corpus(data or app.training_folder)
    model = fit(rows, app.rules)
    return save_model(model, out or app.models_folder)


def evaluate(app: App, data: Path | None) -> str:
    """Measure the three voices on letters the training never saw and return the report as text."""
    from attrtrack.nlp.corpus import load_corpus  # noqa: PLC0415 - scikit-learn is loaded for training only
    from attrtrack.nlp.evaluation import evaluate as measure  # noqa: PLC0415 - the same
    from attrtrack.nlp.evaluation import render  # noqa: PLC0415 - the same
    from attrtrack.proposing.measuring import measured_voices  # noqa: PLC0415 - the same

    letters = load_corpus(data or app.training_folder)
    return render(measure(letters, app.rules, measured_voices(app.rules)))
