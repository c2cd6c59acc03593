"""A document as the rules read it: laid out, searched and sketched when first asked for, once for all who ask in one act."""

from functools import cached_property

from attrtrack.domain.documents import Document
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.sketches import Sketch, sketch_of
from attrtrack.proposing.by_rule import Hit, compiled_rules
from attrtrack.proposing.letters import lay_out
from attrtrack.rules.tables import Rules


class Study:
    """One document under one set of rules; both stay as they are, so that nothing read of them grows old."""

    def __init__(self, document: Document, rules: Rules) -> None:
        self.document, self.rules = document, rules

    @cached_property
    def letter(self) -> Letter:
        """The document laid out, without its printed marks."""
        return lay_out(self.document, self.rules)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Every rule of the table that the document fulfils, the strongest first."""
        return compiled_rules(self.rules.attribute_rules).find_hits(self.letter)

    @cached_property
    def sketch(self) -> Sketch:
        """The sketch by which precedents like the document are found."""
        return sketch_of(self.letter)
