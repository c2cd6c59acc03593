"""The third voice: the trained model, with the sentences that weigh most in its sum."""

from attrtrack.domain.documents import Document
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.classifier import Classification
from attrtrack.nlp.layout import Letter


def hear_model(document: Document, letter: Letter, classification: Classification) -> Opinion:
    """Return the model's attribute and its best reason."""
    attribute = max(classification.attributes, key=classification.attributes.__getitem__)
    ranked = classification.reasons[attribute]
    return Opinion(
        Voice.MODEL,
        attribute,
        reason=ranked[0][0] if ranked else None,
        probability=classification.attributes[attribute],
        evidence=tuple(
            document.quote(letter.span(letter.sentences[number]), Voice.MODEL)
            for number in classification.telling(attribute)
        ),
    )
