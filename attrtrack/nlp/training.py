"""Train the linear model: read the letters, calibrate on unseen writers, choose the features, fit the heads."""

from collections.abc import Sequence
from importlib.metadata import version

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import BadRowError
from attrtrack.nlp.calibration import Calibration, calibrate
from attrtrack.nlp.classifier import Head, Model, ModelFacts
from attrtrack.nlp.corpus import LetterRow, data_digest, writers_of
from attrtrack.nlp.digest import digest_of
from attrtrack.nlp.fitting import Manner, exported, fit_letters
from attrtrack.nlp.preparing import Prepared, Progress, prepare, untold
from attrtrack.nlp.vocabulary import Space, choose_space
from attrtrack.rules.tables import Rules

ATTRIBUTE = Manner(inverse_penalty=0.2, excerpt_weight=0.5)
REASON = Manner(inverse_penalty=1.0, tolerance=1e-3)


def train(
    rows: Sequence[LetterRow], rules: Rules, *, processes: int | None = None, progress: Progress = untold
) -> Model:
    """Train attribute and reasons on `rows`; the same rows and lexicon give the same digest, by however many processes."""
    return train_prepared(prepare(rows, rules, processes=processes, progress=progress), rules, progress=progress)


def train_prepared(prepared: Prepared, rules: Rules, *, progress: Progress = untold) -> Model:
    """Train on letters already prepared with the same rules."""
    if len(set(prepared.labels)) < len(DisclosureAttribute):
        raise BadRowError("训练数据应同时包含主动公开、依申请公开、不予公开三类。")
    calibration = calibrate(prepared, ATTRIBUTE, progress=progress)
    space = choose_space(prepared.table, prepared.writers)
    attribute = _attribute_head(space, prepared, calibration)
    progress("训练", 1, 2)
    reasons = {label: _reason_head(space, prepared, label) for label in DisclosureAttribute}
    progress("训练", 2, 2)
    scales = exported(space.scales)
    digest = digest_of(space.names, scales, attribute, reasons)
    return Model(space.names, scales, attribute, reasons, _facts(prepared.rows, rules, calibration), digest)


def _attribute_head(space: Space, prepared: Prepared, calibration: Calibration) -> Head:
    return fit_letters(space, prepared, prepared.labels, ATTRIBUTE).head(calibration.temperature)


def _reason_head(space: Space, prepared: Prepared, label: DisclosureAttribute) -> Head:
    mine = prepared.where(lambda row: row.label == label)
    return fit_letters(space, mine, [row.reason for row in mine.rows], REASON).head()


def _facts(rows: Sequence[LetterRow], rules: Rules, calibration: Calibration) -> ModelFacts:
    return ModelFacts(
        lexicon_hash=rules.hashes["lexicon"],
        data_digest=data_digest(rows),
        rows=len(rows),
        writers=writers_of(rows),
        genres=tuple(sorted({row.genre for row in rows})),
        sklearn_version=version("scikit-learn"),
        figures=calibration.figures,
    )
