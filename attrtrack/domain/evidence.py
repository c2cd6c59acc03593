"""Spans of text and the evidence that every judgement returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no such span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """Return the same range so many code points further on: of a line, where it stands in the text."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation, where it stands (None: outside the body, e.g. a ledger cell), and who brings it."""

    quote: str
    span: Span | None
    source: str

    @classmethod
    def at(cls, text: str, span: Span, source: str) -> "Evidence":
        """Quote `text` at `span`, so that the quotation cannot differ from the text."""
        return cls(quote=span.of(text), span=span, source=source)
