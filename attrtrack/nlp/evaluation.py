"""What the voices are worth on letters that training never saw: every fold trains anew, every voice hears every letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attrtrack.nlp.baseline import train_baseline
from attrtrack.nlp.classifier import Classifier, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.figures import Figures, Judged, Prediction, Predictor, PredictorFactory, Truth, figures
from attrtrack.nlp.preparing import Prepared, Progress, prepare, untold
from attrtrack.nlp.splits import SPLITS, Split
from attrtrack.nlp.training import train_prepared
from attrtrack.rules.tables import Rules

BASELINE, MODEL = "baseline", "model"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of each voice on one split, and how many groups were held out one after the other."""

    split: Split
    groups: int
    by_voice: Mapping[str, Figures]


def evaluate(
    rows: Sequence[LetterRow],
    rules: Rules,
    voices: Mapping[str, PredictorFactory] | None = None,
    *,
    progress: Progress = untold,
) -> tuple[Evaluation, ...]:
    """Measure baseline, model and further `voices` (made anew from each fold's model) on every split."""
    prepared = prepare(rows, rules, progress=progress)
    factories = {MODEL: model_alone(rules), **(voices or {})}
    return tuple(held_out(prepared, rules, factories, split=split, progress=progress) for split in SPLITS)


def model_alone(rules: Rules) -> PredictorFactory:
    """Return the factory of the model's own voice."""

    def make(model: Model) -> Predictor:
        classifier = Classifier(model, Extractor.of(rules))

        def predict(row: LetterRow) -> Prediction:
            said = classifier.classify(letter_of(row, rules))
            best = max(said.attributes, key=lambda name: said.attributes[name])
            return Prediction(best, said.attributes[best], tuple(code for code, _ in said.reasons[best]))

        return predict

    return make


def held_out(
    prepared: Prepared,
    rules: Rules,
    factories: Mapping[str, PredictorFactory],
    *,
    split: Split,
    progress: Progress = untold,
) -> Evaluation:
    """Hold out one group of letters after the other, train on the rest, and judge what each voice says of it."""
    groups = np.asarray(split.groups(prepared.rows))
    numbers = np.unique(groups)
    judged: dict[str, list[Judged]] = {name: [] for name in (BASELINE, *factories)}
    for done, number in enumerate(numbers, start=1):
        seen, unseen = prepared.part(np.flatnonzero(groups != number)), np.flatnonzero(groups == number)
        rows = [prepared.rows[place] for place in unseen]
        for name, predict in _predictors(seen, rules, factories).items():
            judged[name] += [Judged(Truth.of(row), predict(row)) for row in rows]
        progress(split.chinese, done, len(numbers))
    return Evaluation(split, len(numbers), {name: figures(results) for name, results in judged.items()})


def _predictors(seen: Prepared, rules: Rules, factories: Mapping[str, PredictorFactory]) -> dict[str, Predictor]:
    model, baseline = train_prepared(seen, rules), train_baseline(seen.rows, rules)
    return {
        BASELINE: lambda row: Prediction(*baseline(row)),
        **{name: make(model) for name, make in factories.items()},
    }
