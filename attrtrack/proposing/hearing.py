"""What the voices have said of one document, pooled; and the named conditions that the precedence table asks about."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.proposals import Opinion
from attrtrack.nlp.layout import Letter

STRONG_RULES = 0.65
STRONG_MODEL = 0.85
CLOSE_MARGIN = 0.25
SURE_ALONE = 0.9
STRONG_PRECEDENT = 0.85
DECIDING_PRECEDENT = 0.995
HEARD_PRECEDENT = 1.3
EVENLY_TAUGHT = 0.6
THE_SAME_TEXT = 0.95
SHORT_BODY = 40
LONG_BODY = 2500
_FLOOR = 1e-6
_ATTRIBUTES = tuple(DisclosureAttribute)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The opinions, the pooled probabilities, the laid-out letter, and the genres the model was trained on.

    Of the precedents: the log-odds that they give each attribute (`taught`) and its reasons, the likeness of the nearest,
    and whether the rules of articles 19 to 21 call for publication, which no precedent silently outweighs.
    """

    mark: Opinion
    rules: Opinion
    model: Opinion | None
    pooled: Mapping[DisclosureAttribute, float]
    letter: Letter
    trained_genres: tuple[str, ...]
    precedents: Opinion | None = None
    taught: Mapping[DisclosureAttribute, float] = field(default_factory=dict)
    taught_reasons: Mapping[DisclosureAttribute, Mapping[str, float]] = field(default_factory=dict)
    nearest: float = 0.0
    to_be_published: bool = False

    @property
    def voices(self) -> tuple[Opinion, ...]:
        """Every voice that was asked, whether it had an opinion or not."""
        asked = (self.mark, self.rules, self.model, self.precedents)
        return tuple([opinion for opinion in asked if opinion is not None])

    @property
    def likeliest(self) -> DisclosureAttribute:
        """The attribute for which all voices together speak most."""
        return max(self.pooled, key=lambda name: self.pooled[name])

    @property
    def content(self) -> Opinion | None:
        """The opinion on the content that is surest of itself: rules or model."""
        spoken = [
            opinion for opinion in (self.rules, self.model) if opinion is not None and opinion.attribute is not None
        ]
        return max(spoken, key=lambda opinion: opinion.probability or 0.0, default=None)

    @property
    def margin(self) -> float:
        """How far the likeliest attribute is ahead of the next."""
        first, second, *_ = sorted(self.pooled.values(), reverse=True)
        return first - second


def pool(*supports: Mapping[DisclosureAttribute, float]) -> dict[DisclosureAttribute, float]:
    """Pool log-odds of several voices into probabilities; no voice at all gives equal shares."""
    sums = {name: math.fsum([support.get(name, 0.0) for support in supports]) for name in _ATTRIBUTES}
    highest = max(sums.values())
    weights = {name: math.exp(value - highest) for name, value in sums.items()}
    total = math.fsum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def logarithms(probabilities: Mapping[DisclosureAttribute, float]) -> dict[DisclosureAttribute, float]:
    """Turn probabilities into log-odds for pooling."""
    return {name: math.log(max(probability, _FLOOR)) for name, probability in probabilities.items()}


def nothing_said(hearing: Hearing) -> bool:
    """No voice has an opinion, or there is no text to quote."""
    silent = {opinion.attribute for opinion in hearing.voices} == {None}
    return silent or not hearing.letter.normalised.text.strip()


def mark_disputed(hearing: Hearing) -> bool:
    """A mark is printed, and rules or model are sure of something else."""
    content = hearing.content if hearing.mark.attribute is not None else None
    return (
        content is not None
        and content.attribute != hearing.mark.attribute
        and (content.probability or 0.0) >= STRONG_MODEL
    )


def mark_speaks(hearing: Hearing) -> bool:
    """A mark is printed."""
    return hearing.mark.attribute is not None


def _precedents_against(hearing: Hearing, opinion: Opinion | None, *, least: float) -> bool:
    """Whether precedents at least so sure say something else than a voice that has an opinion."""
    precedents = hearing.precedents
    return (
        precedents is not None
        and opinion is not None
        and opinion.attribute is not None
        and opinion.attribute != precedents.attribute
        and (precedents.probability or 0.0) >= least
    )


def precedents_against_mark(hearing: Hearing) -> bool:
    """A mark is printed, and the office has decided otherwise of nearly the same text."""
    return _precedents_against(hearing, hearing.mark, least=DECIDING_PRECEDENT)


def precedents_contradict(hearing: Hearing) -> bool:
    """Like documents of the office were decided differently, and none of the precedents is clearly nearer."""
    first, second, *_ = (*sorted(hearing.taught.values(), reverse=True), 0.0, 0.0)
    return first >= HEARD_PRECEDENT and second >= EVENLY_TAUGHT * first


def precedents_against_publication(hearing: Hearing) -> bool:
    """Articles 19 to 21 call for publication, and precedents speak strongly for something else."""
    precedents = hearing.precedents
    return (
        hearing.to_be_published
        and precedents is not None
        and precedents.attribute is not DisclosureAttribute.PROACTIVE
        and (precedents.probability or 0.0) >= STRONG_PRECEDENT
    )


def precedents_decide_against_rules(hearing: Hearing) -> bool:
    """The rules are sure, and the office has decided otherwise of nearly the same text."""
    sure = (hearing.rules.probability or 0.0) >= STRONG_RULES
    return sure and _precedents_against(hearing, hearing.rules, least=DECIDING_PRECEDENT)


def precedents_against_rules(hearing: Hearing) -> bool:
    """The rules are sure, and precedents speak strongly for something else."""
    sure = (hearing.rules.probability or 0.0) >= STRONG_RULES
    return sure and _precedents_against(hearing, hearing.rules, least=STRONG_PRECEDENT)


def precedents_against_model(hearing: Hearing) -> bool:
    """The model is sure, and precedents of another wording speak strongly for something else."""
    sure = hearing.model is not None and (hearing.model.probability or 0.0) >= STRONG_MODEL
    like_only = hearing.nearest < THE_SAME_TEXT
    return sure and like_only and _precedents_against(hearing, hearing.model, least=STRONG_PRECEDENT)


def precedents_decide(hearing: Hearing) -> bool:
    """The office has decided nearly the same text before."""
    return hearing.precedents is not None and (hearing.precedents.probability or 0.0) >= DECIDING_PRECEDENT


def text_too_short(hearing: Hearing) -> bool:
    """The body has fewer characters than a sentence needs to be judged by."""
    return len(hearing.letter.body) < SHORT_BODY and hearing.rules.attribute is None


def rules_alone(hearing: Hearing) -> bool:
    """There is no model."""
    return hearing.model is None


def rules_alone_and_strong(hearing: Hearing) -> bool:
    """There is no model and the rules are clear."""
    return hearing.model is None and (hearing.rules.probability or 0.0) >= STRONG_RULES


def rare_genre(hearing: Hearing) -> bool:
    """The model has seen no document of this genre, and the rules are silent."""
    return hearing.letter.genre not in hearing.trained_genres and hearing.rules.attribute is None


def rules_and_model_opposed(hearing: Hearing) -> bool:
    """Rules and model are both sure, and of different things."""
    rules, model = hearing.rules, hearing.model
    return (
        model is not None
        and rules.attribute is not None
        and rules.attribute != model.attribute
        and (rules.probability or 0.0) >= STRONG_RULES
        and (model.probability or 0.0) >= STRONG_MODEL
    )


def unlike_training(hearing: Hearing) -> bool:
    """The rules are silent, and the document is far longer than any letter the model learnt from."""
    return hearing.rules.attribute is None and len(hearing.letter.body) > LONG_BODY


def model_alone_unsure(hearing: Hearing) -> bool:
    """The rules are silent and the model is not sure."""
    return (
        hearing.rules.attribute is None
        and hearing.model is not None
        and (hearing.model.probability or 0.0) < SURE_ALONE
    )


def close_call(hearing: Hearing) -> bool:
    """The two likeliest attributes are nearly equally likely."""
    return hearing.margin < CLOSE_MARGIN


def otherwise(_hearing: Hearing) -> bool:
    """Every hearing that no row above has settled."""
    return True


CONDITIONS: Mapping[str, Callable[[Hearing], bool]] = {
    condition.__name__: condition
    for condition in (
        nothing_said,
        mark_disputed,
        precedents_against_mark,
        mark_speaks,
        precedents_contradict,
        precedents_against_publication,
        precedents_decide_against_rules,
        precedents_against_rules,
        precedents_against_model,
        precedents_decide,
        text_too_short,
        rules_alone_and_strong,
        rules_alone,
        rare_genre,
        rules_and_model_opposed,
        unlike_training,
        model_alone_unsure,
        close_call,
        otherwise,
    )
}
