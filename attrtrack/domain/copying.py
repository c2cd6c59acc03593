"""How much of an interpretation stands word for word in its document (文件摘抄), and what of its content is there."""

from dataclasses import dataclass

from attrtrack.domain.evidence import Evidence, Span


@dataclass(frozen=True, slots=True)
class CopiedSpan:
    """A passage of the interpretation (`span`) and where it stands in the document (`source`), each in its own text.

    `quotation` says that the interpretation marks it as one (“…”); `own` is how many words of it were counted.
    """

    span: Span
    source: Span
    quotation: bool
    own: int


@dataclass(frozen=True, slots=True)
class CopyMeasure:
    """The share 0..1 of an interpretation's own words that stand word for word in its document, and the passages.

    `share` is None where it cannot be told: one of the texts is missing or too short. `signs` is how many letters, figures
    and ideographs the interpretation has, `own` how many of them are its own words.
    """

    share: float | None
    signs: int
    own: int
    spans: tuple[CopiedSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentElement:
    """A content element of an interpretation (背景, 依据 …): the sentence that shows it, None when nothing does.

    `asked` says that the office wants to be told when it is missing.
    """

    code: str
    name: str
    asked: bool
    evidence: Evidence | None
