"""The proposer: asks the voices about a document and writes down what they say together.

What hears precedents is loaded when there are some: a suggestion without a register starts without it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise, repeat
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.proposals import Opinion, Proposal
from attrtrack.nlp.classifier import Classification, Classifier, Model
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.sieve import Sieve, sieve_of
from attrtrack.proposing.by_mark import hear_mark, mark_findings, without_marks
from attrtrack.proposing.by_model import hear_model
from attrtrack.proposing.by_rule import CompiledRules, Hit, Searched, compiled_rules, hear_rules, rule_support, search
from attrtrack.proposing.combine import answer, gather_evidence, rank_reasons
from attrtrack.proposing.hearing import Hearing, logarithms, pool
from attrtrack.proposing.letters import lay_out
from attrtrack.rules.tables import Rules

if TYPE_CHECKING:
    from attrtrack.domain.precedents import PrecedentMatch


@dataclass(frozen=True)
class Proposer:
    """Proposes attribute and reason for documents, by one set of rules and, if there is one, a model that fits them.

    Raises `ModelUnusableError` when the model was trained with another lexicon or knows reasons the rules do not.
    """

    rules: Rules
    model: Model | None
    _compiled: CompiledRules = field(init=False, repr=False)
    _classifier: Classifier | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.model is not None:
            self.model.check_fits(self.rules)
        object.__setattr__(self, "_compiled", compiled_rules(self.rules.attribute_rules))
        classifier = Classifier(self.model, Extractor.of(self.rules)) if self.model is not None else None
        object.__setattr__(self, "_classifier", classifier)

    @cached_property
    def _sieve(self) -> Sieve:
        """A sieve of all that rules and model look for, so that a letter is searched once."""
        cues = self._classifier.extractor.cues.patterns if self._classifier is not None else ()
        return sieve_of((*self._compiled.patterns, *cues))

    def propose(self, document: Document, precedents: "Sequence[PrecedentMatch]" = ()) -> Proposal:
        """Propose for one document, `precedents` being like ones already decided; "no opinion" is a proposal too."""
        return self._judge((document,), (precedents,))[0][0]

    def propose_many(
        self, documents: Sequence[Document], precedents: "Sequence[Sequence[PrecedentMatch]] | None" = None
    ) -> list[Proposal]:
        """Propose for some documents, each with its precedents, as `propose` does; a hundred together take less time each."""
        return [proposal for proposal, _ in self._judge(documents, precedents or [()] * len(documents))]

    def made(self, proposal: Proposal) -> bool:
        """Whether a proposal was made by these rules and this model, so that they would say the same again."""
        version = self.model.version if self.model is not None else None
        return (proposal.rules_version, proposal.model_version) == (self.rules.version, version)

    def weigh_many(self, documents: Sequence[Document]) -> list[tuple[Proposal, Mapping[DisclosureAttribute, float]]]:
        """Propose by the content alone, as an audit needs it, and return the pooled probability of every attribute too.

        A printed mark repeats what was declared, and a precedent may be the document's own decision: both keep silent.
        """
        unmarked = [replace(document, text=without_marks(document), marks=()) for document in documents]
        return [
            (replace(proposal, evidence=_requoted(document, proposal)), hearing.pooled)
            for document, (proposal, hearing) in zip(
                documents, self._judge(unmarked, [()] * len(documents)), strict=True
            )
        ]

    def _judge(
        self, documents: Sequence[Document], precedents: "Sequence[Sequence[PrecedentMatch]]"
    ) -> list[tuple[Proposal, Hearing]]:
        """Take all documents through one step after the other: a step that is done often in a row is quicker."""
        letters = [lay_out(document, self.rules) for document in documents]
        searched = search(letters, self._sieve)
        hits = self._compiled.find_in(searched)
        classifications = list(self._classify(searched))
        hearings = [
            self._hear(document, letter, hits=found, classification=classification, precedents=alike)
            for document, letter, found, classification, alike in zip(
                documents, letters, hits, classifications, precedents, strict=True
            )
        ]
        return [
            (self._proposal(document, hearing, hits=found, classification=classification), hearing)
            for document, hearing, found, classification in zip(documents, hearings, hits, classifications, strict=True)
        ]

    def _classify(self, searched: Searched) -> Iterator[Classification | None]:
        """Yield what the model says of each letter: nothing of one without a sentence."""
        letters = searched.letters
        if self._classifier is None:
            return repeat(None, len(letters))
        extractor, written = self._classifier.extractor, [bool(letter.sentences) for letter in letters]
        cues = extractor.cues.heard(searched.candidates)
        heard = [cues[start:end] for start, end in pairwise(searched.starts)]
        read = extractor.read_many(list(compress(letters, written)), list(compress(heard, written)))
        said = iter(self._classifier.classify_many(read))
        return (next(said) if letter.sentences else None for letter in letters)

    def _proposal(
        self, document: Document, hearing: Hearing, *, hits: tuple[Hit, ...], classification: Classification | None
    ) -> Proposal:
        said = answer(hearing, self.rules.precedence)
        reasons = rank_reasons(
            said.attribute,
            hits,
            classification=classification,
            genre=hearing.letter.genre,
            rules=self.rules,
            taught=hearing.taught_reasons.get(said.attribute) if said.attribute is not None else None,
        )
        return Proposal(
            attribute=said.attribute,
            probability=said.probability,
            abstained=said.abstained,
            doubt=said.doubt,
            reason=reasons[0].code if reasons else None,
            reasons=reasons,
            evidence=gather_evidence(document, hearing, said.attribute),
            voices=hearing.voices,
            findings=tuple(self._findings(document)),
            rules_version=self.rules.version,
            model_version=self.model.version if self.model is not None else None,
        )

    def _hear(
        self,
        document: Document,
        letter: Letter,
        *,
        hits: tuple[Hit, ...],
        classification: Classification | None,
        precedents: "Sequence[PrecedentMatch]",
    ) -> Hearing:
        mark = hear_mark(document)
        supports = [rule_support(hits), _mark_support(mark)]
        model = None
        if self._classifier is not None and classification is not None:
            supports.append(logarithms(classification.attributes))
            model = hear_model(document, letter, classification)
        hearing = Hearing(
            mark=mark,
            rules=hear_rules(document, hits),
            model=model,
            pooled=pool(*supports),
            letter=letter,
            trained_genres=self.model.facts.genres if self.model is not None else (),
        )
        if not precedents:
            return hearing
        from attrtrack.proposing.by_precedent import with_precedents  # noqa: PLC0415 - see the module's docstring

        return with_precedents(hearing, document, precedents, hits=hits, rules=self.rules)

    def _findings(self, document: Document) -> Iterator[Finding]:
        yield from mark_findings(document, self.rules)
        if self.model is None:
            yield self.rules.finding("model-absent")


def _requoted(document: Document, proposal: Proposal) -> tuple[Evidence, ...]:
    """Quote what a proposal quotes from the document as it is printed."""
    return tuple(
        document.quote(item.span, item.source) if item.span is not None else item for item in proposal.evidence
    )


def _mark_support(mark: Opinion) -> dict[DisclosureAttribute, float]:
    if mark.attribute is None or mark.probability is None:
        return {}
    return {mark.attribute: math.log(mark.probability / (1.0 - mark.probability))}
