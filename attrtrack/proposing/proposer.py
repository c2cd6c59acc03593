"""The proposer: asks the three voices about a document and writes down what they say together."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding
from attrtrack.domain.proposals import Opinion, Proposal
from attrtrack.nlp.classifier import Classification, Classifier, Model
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import Letter, read_letter
from attrtrack.proposing.by_mark import hear_mark, mark_findings, without_marks
from attrtrack.proposing.by_model import hear_model
from attrtrack.proposing.by_rule import CompiledRule, Hit, find_hits, hear_rules, rule_support
from attrtrack.proposing.combine import answer, gather_evidence, rank_reasons
from attrtrack.proposing.hearing import Hearing, logarithms, pool
from attrtrack.rules.tables import Rules


@dataclass(frozen=True)
class Proposer:
    """Proposes attribute and reason for documents, by one set of rules and, if there is one, a model that fits them.

    Raises `ModelUnusableError` when the model was trained with another lexicon or knows reasons the rules do not.
    """

    rules: Rules
    model: Model | None
    _compiled: tuple[CompiledRule, ...] = field(init=False, repr=False)
    _classifier: Classifier | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.model is not None:
            self.model.check_fits(self.rules)
        compiled = tuple(CompiledRule(row) for row in self.rules.attribute_rules)
        object.__setattr__(self, "_compiled", compiled)
        classifier = Classifier(self.model, Extractor.of(self.rules)) if self.model is not None else None
        object.__setattr__(self, "_classifier", classifier)

    def propose(self, document: Document) -> Proposal:
        """Propose for one document; "no opinion" is a proposal too."""
        letter = self._lay_out(document)
        hits = find_hits(letter, self._compiled)
        classification = self._classifier.classify(letter) if self._classifier and letter.sentences else None
        hearing = self._hear(document, letter, hits=hits, classification=classification)
        said = answer(hearing, self.rules.precedence)
        reasons = rank_reasons(
            said.attribute, hits, classification=classification, genre=letter.genre, rules=self.rules
        )
        return Proposal(
            attribute=said.attribute,
            probability=said.probability,
            abstained=said.abstained,
            doubt=said.doubt,
            reason=reasons[0].code if reasons else None,
            reasons=reasons,
            evidence=gather_evidence(document, hearing, said.attribute),
            voices=tuple(opinion for opinion in (hearing.mark, hearing.rules, hearing.model) if opinion is not None),
            findings=tuple(self._findings(document)),
            rules_version=self.rules.version,
            model_version=self.model.version if self.model is not None else None,
        )

    def _lay_out(self, document: Document) -> Letter:
        return read_letter(
            without_marks(document),
            title=document.title,
            genre=document.genre.value if document.genre is not None else None,
            addressee=document.addressee,
            corrections=self.rules.words("t2s-corrections"),
        )

    def _hear(
        self, document: Document, letter: Letter, *, hits: tuple[Hit, ...], classification: Classification | None
    ) -> Hearing:
        mark = hear_mark(document)
        supports = [rule_support(hits), _mark_support(mark)]
        model = None
        if self._classifier is not None and classification is not None:
            supports.append(logarithms(classification.attributes))
            model = hear_model(document, letter, self._classifier, classification)
        return Hearing(
            mark=mark,
            rules=hear_rules(document, hits),
            model=model,
            pooled=pool(*supports),
            letter=letter,
            trained_genres=self.model.facts.genres if self.model is not None else (),
        )

    def _findings(self, document: Document) -> Iterator[Finding]:
        yield from mark_findings(document, self.rules)
        if self.model is None:
            yield self.rules.finding("model-absent")


def _mark_support(mark: Opinion) -> dict[DisclosureAttribute, float]:
    if mark.attribute is None or mark.probability is None:
        return {}
    return {mark.attribute: math.log(mark.probability / (1.0 - mark.probability))}
