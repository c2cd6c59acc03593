"""The proposer as a predictor, so that `nlp.evaluation` can measure rules alone and all voices together."""

from collections.abc import Mapping
from dataclasses import replace

from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.proposals import Proposal, Voice
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.figures import Prediction, Predictor, PredictorFactory
from attrtrack.proposing.by_mark import without_marks
from attrtrack.proposing.proposer import Proposer
from attrtrack.rules.tables import Rules

RULES, TOGETHER = "rules", "together"
_ALONE = (Voice.RULES, Voice.MODEL)


def measured_voices(rules: Rules) -> Mapping[str, PredictorFactory]:
    """Return the voices to measure beside the model: rules alone, and rules and model together.

    The rules learn nothing, so that they are asked once about each letter, however often it is held out.
    """
    heard: dict[str, Prediction] = {}
    alone = _predictor(Proposer(rules, None))

    def by_rules(row: LetterRow) -> Prediction:
        if row.id not in heard:
            heard[row.id] = alone(row)
        return heard[row.id]

    return {RULES: lambda _model: by_rules, TOGETHER: lambda model: _predictor(Proposer(rules, model))}


def _predictor(proposer: Proposer) -> Predictor:
    return lambda row: prediction_of(proposer.propose(document_of(row)))


def prediction_of(proposal: Proposal) -> Prediction:
    """Take from a proposal what is measured of it."""
    reasons = tuple(reason.code for reason in proposal.reasons)
    return Prediction(proposal.attribute, proposal.probability or 0.0, reasons, proposal.abstained)


def opinions_of(proposal: Proposal) -> dict[str, Prediction]:
    """Take from a proposal what rules and model said alone, and what was said together."""
    alone = {
        opinion.voice.value: Prediction(
            opinion.attribute, opinion.probability or 0.0, (opinion.reason,) if opinion.reason else ()
        )
        for opinion in proposal.voices
        if opinion.voice in _ALONE
    }
    return {**alone, TOGETHER: prediction_of(proposal)}


def unmarked(document: Document) -> Document:
    """Blank out the printed marks of a document, which would give the answer away."""
    return replace(document, text=without_marks(document), marks=())


def document_of(row: LetterRow) -> Document:
    """Make the document that a labelled letter stands for."""
    return Document(
        text=row.text,
        title=row.title,
        genre=Genre(row.genre),
        issuers=(row.issuer,),
        addressee=row.addressee or None,
    )
