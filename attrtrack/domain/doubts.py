"""Why an assessor doubts the attribute of a document."""

from enum import StrEnum


class Doubt(StrEnum):
    """What is doubtful: the attribute, its reason, or that a letter of reply is kept back."""

    ATTRIBUTE = "attribute"
    REASON = "reason"
    REPLY = "reply"

    @property
    def chinese(self) -> str:
        """The word that officials read."""
        return _CHINESE[self]


_CHINESE = {Doubt.ATTRIBUTE: "属性存疑", Doubt.REASON: "理由存疑", Doubt.REPLY: "函复不予公开"}
