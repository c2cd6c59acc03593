"""The proposer as a predictor, so that `nlp.evaluation` can measure rules alone and all voices together."""

from collections.abc import Mapping

from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.evaluation import Prediction, Predictor, PredictorFactory
from attrtrack.proposing.proposer import Proposer
from attrtrack.rules.tables import Rules


def measured_voices(rules: Rules) -> Mapping[str, PredictorFactory]:
    """Return the voices to measure beside the model: rules alone, and rules and model together."""
    return {
        "规则": lambda _model: _predictor(Proposer(rules, None)),
        "规则和模型": lambda model: _predictor(Proposer(rules, model)),
    }


def _predictor(proposer: Proposer) -> Predictor:
    def predict(row: LetterRow) -> Prediction:
        proposal = proposer.propose(document_of(row))
        return Prediction(proposal.attribute, proposal.probability or 0.0, proposal.reason, proposal.abstained)

    return predict


def document_of(row: LetterRow) -> Document:
    """Make the document that a labelled letter stands for."""
    return Document(
        text=row.text,
        title=row.title,
        genre=Genre(row.genre),
        issuers=(row.issuer,),
        addressee=row.addressee or None,
    )
