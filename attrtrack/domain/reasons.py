"""Legal reasons and the clauses they resolve to."""

from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute


@dataclass(frozen=True, slots=True)
class LegalReference:
    """An article, paragraph and item of an instrument, e.g. 政府信息公开条例 art. 16 para. 2."""

    instrument: str
    article: int
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        text = f"《{self.instrument}》第{chinese_numeral(self.article)}条"
        if self.paragraph is not None:
            text += f"第{chinese_numeral(self.paragraph)}款"
        if self.item is not None:
            text += f"第（{chinese_numeral(self.item)}）项"
        return text


@dataclass(frozen=True, slots=True)
class LegalReason:
    """A row of the reasons table: its code, what it says, the clauses it resolves to, the attributes it can carry."""

    code: str
    name: str
    attributes: tuple[DisclosureAttribute, ...]
    references: tuple[LegalReference, ...]
    force: str
    sentence: str
    must_show: str

    def carries(self, attribute: DisclosureAttribute) -> bool:
        """Whether the reason can be the ground of `attribute`."""
        return attribute in self.attributes


def chinese_numeral(value: int) -> str:
    """Print 1..99 in Chinese numerals, as statutes number their articles."""
    digits = "〇一二三四五六七八九"
    tens, units = divmod(value, 10)
    if not tens:
        return digits[units]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[units] if units else "")
