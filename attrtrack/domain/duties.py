"""What the law itself asks to be published of a document (政府信息公开条例 arts 19-21)."""

from dataclasses import dataclass

from attrtrack.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class NamedForPublication:
    """A reason of articles 19 to 21 that a text fulfils, why in Chinese, and the sentence (none: a title not printed)."""

    reason: str
    because: str
    evidence: tuple[Evidence, ...]
