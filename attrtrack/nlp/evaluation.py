"""What the voices are worth on letters that training never saw: figures as values, and as text for the command line."""

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.classifier import Classifier, Model
from attrtrack.nlp.corpus import LetterRow, letter_of
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.training import Example, prepare, train_baseline, train_prepared
from attrtrack.rules.tables import Rules

_BINS = 10
_FOLDS = 5
_COVERAGES = (1.0, 0.9, 0.8, 0.7)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a voice said of a letter: attribute (None: no opinion), its probability, a reason, whether it abstained."""

    attribute: DisclosureAttribute | None
    probability: float
    reason: str | None = None
    abstained: bool = False


Predictor = Callable[[LetterRow], Prediction]
PredictorFactory = Callable[[Model], Predictor]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled letter and what was predicted for it."""

    row: LetterRow
    prediction: Prediction

    @property
    def right(self) -> bool:
        """Whether the attribute is one that a careful reviewer could defend."""
        return self.prediction.attribute in self.row.acceptable


@dataclass(frozen=True, slots=True)
class Figures:
    """The worth of one voice; accuracies and coverage are shares of 1, `confusion` counts (label, predicted)."""

    letters: int
    accuracy: float
    strict_accuracy: float
    macro_f1: float
    reason_accuracy: float
    calibration_error: float
    answered: float
    accuracy_answered: float
    by_coverage: tuple[tuple[float, float], ...]
    by_group: tuple[tuple[str, float], ...]
    confusion: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by voice, with whole writers held out (what counts) and with issuers and years held out."""

    unseen_writers: Mapping[str, Figures]
    unseen_issuer_years: Mapping[str, Figures]


def evaluate(
    rows: Sequence[LetterRow], rules: Rules, voices: Mapping[str, PredictorFactory] | None = None
) -> Evaluation:
    """Measure the model, the baseline and further `voices` (made anew from each fold's model) on unseen letters."""
    factories = {"模型": model_alone(rules), **(voices or {})}
    examples = prepare(rows, rules)
    return Evaluation(
        held_out(examples, rules, factories, group=lambda row: row.writer),
        held_out(examples, rules, factories, group=_issuer_year_fold),
    )


def model_alone(rules: Rules) -> PredictorFactory:
    """Return the factory of the model's own voice."""

    def make(model: Model) -> Predictor:
        classifier = Classifier(model, Extractor.of(rules))

        def predict(row: LetterRow) -> Prediction:
            said = classifier.classify(letter_of(row, rules))
            best = max(said.attributes, key=lambda name: said.attributes[name])
            return Prediction(best, said.attributes[best], said.reasons[best][0][0])

        return predict

    return make


def _issuer_year_fold(row: LetterRow) -> str:
    """Put all letters of one issuer and year into one of five folds."""
    return str(int(hashlib.sha256(f"{row.issuer}{row.year}".encode()).hexdigest(), 16) % _FOLDS)


def held_out(
    examples: Sequence[Example],
    rules: Rules,
    factories: Mapping[str, PredictorFactory],
    *,
    group: Callable[[LetterRow], str],
) -> dict[str, Figures]:
    """Hold out one group of letters after the other, train on the rest, and judge what each voice says of it."""
    judged: dict[str, list[Judged]] = {name: [] for name in (*factories, "基线")}
    for held in sorted({group(example.row) for example in examples}):
        seen = [example for example in examples if group(example.row) != held]
        unseen = [example.row for example in examples if group(example.row) == held]
        model, baseline = train_prepared(seen, rules), train_baseline([example.row for example in seen], rules)
        for name, make in factories.items():
            predict = make(model)
            judged[name] += [Judged(row, predict(row)) for row in unseen]
        judged["基线"] += [Judged(row, Prediction(*baseline(row))) for row in unseen]
    return {name: figures(results, group) for name, results in judged.items()}


def figures(judged: Sequence[Judged], group: Callable[[LetterRow], str]) -> Figures:
    """Compute every figure from the judged letters; a voice without opinion counts as wrong."""
    answered = [one for one in judged if one.prediction.attribute is not None and not one.prediction.abstained]
    right_attribute = [one for one in judged if one.prediction.attribute == one.row.label]
    return Figures(
        letters=len(judged),
        accuracy=_share(judged),
        strict_accuracy=len(right_attribute) / max(1, len(judged)),
        macro_f1=macro_f1(judged),
        reason_accuracy=sum(one.prediction.reason == one.row.reason for one in right_attribute)
        / max(1, len(right_attribute)),
        calibration_error=calibration_error(judged),
        answered=len(answered) / max(1, len(judged)),
        accuracy_answered=_share(answered),
        by_coverage=_coverage_curve(judged),
        by_group=tuple(
            (name, _share([one for one in judged if group(one.row) == name]))
            for name in sorted({group(one.row) for one in judged})
        ),
        confusion=Counter((one.row.label.value, _name(one.prediction.attribute)) for one in judged),
    )


def _name(attribute: DisclosureAttribute | None) -> str:
    return attribute.value if attribute is not None else "none"


def _share(judged: Sequence[Judged]) -> float:
    return sum(one.right for one in judged) / max(1, len(judged))


def macro_f1(judged: Sequence[Judged]) -> float:
    """Return the mean over the three attributes of F1, a prediction that is acceptable counting as the label."""
    pairs = [(one.row.label, one.row.label if one.right else one.prediction.attribute) for one in judged]
    scores = [_f1(pairs, attribute) for attribute in DisclosureAttribute]
    return sum(scores) / len(scores)


def _f1(pairs: Sequence[tuple[Hashable, Hashable]], wanted: Hashable) -> float:
    both = sum(label == predicted == wanted for label, predicted in pairs)
    either = sum(label == wanted for label, _ in pairs) + sum(predicted == wanted for _, predicted in pairs)
    return 2 * both / either if either else 0.0


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error: mean distance of stated probability and share right, over ten bins."""
    spoken = [one for one in judged if one.prediction.attribute is not None]
    bins: dict[int, list[Judged]] = {}
    for one in spoken:
        bins.setdefault(min(int(one.prediction.probability * _BINS), _BINS - 1), []).append(one)
    distances = (
        abs(sum(one.prediction.probability for one in members) / len(members) - _share(members)) * len(members)
        for members in bins.values()
    )
    return sum(distances) / max(1, len(spoken))


def _coverage_curve(judged: Sequence[Judged]) -> tuple[tuple[float, float], ...]:
    ranked = sorted(judged, key=lambda one: (-one.prediction.probability, one.row.id))
    return tuple((coverage, _share(ranked[: max(1, round(coverage * len(ranked)))])) for coverage in _COVERAGES)


def render(evaluation: Evaluation) -> str:
    """Write the evaluation as text for people."""
    parts = [
        _table("按撰写人留出（以此为准）", evaluation.unseen_writers),
        _table("按发文机关和年份留出", evaluation.unseen_issuer_years),
    ]
    return "\n\n".join(parts)


def _table(title: str, by_voice: Mapping[str, Figures]) -> str:
    lines = [title]
    for name, one in by_voice.items():
        groups = "、".join(f"{group} {share:.0%}" for group, share in one.by_group)
        curve = "、".join(f"{coverage:.0%}→{share:.1%}" for coverage, share in one.by_coverage)
        lines += [
            f"  {name}：{one.letters} 件，正确率 {one.accuracy:.1%}（严格 {one.strict_accuracy:.1%}）",
            f"    宏平均 F1 {one.macro_f1:.3f}，理由正确率 {one.reason_accuracy:.1%}，校准误差 {one.calibration_error:.3f}",
            f"    自行作答 {one.answered:.1%}，其中正确 {one.accuracy_answered:.1%}；把握最大的部分：{curve}",
            f"    分组：{groups}",
            *_confusion_lines(one),
        ]
    return "\n".join(lines)


def _confusion_lines(one: Figures) -> list[str]:
    predicted = sorted({name for _, name in one.confusion})
    return [
        f"    {label.chinese}："
        + "，".join(f"判为 {name} {one.confusion.get((label.value, name), 0)}" for name in predicted)
        for label in DisclosureAttribute
    ]
