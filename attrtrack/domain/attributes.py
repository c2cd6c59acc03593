"""The disclosure attribute of a document (公开属性)."""

from enum import StrEnum


class DisclosureAttribute(StrEnum):
    """How a document is disclosed (政府信息公开条例 arts 13-16, 19-21); absence is `None`, never a default."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return _CHINESE[self]


_CHINESE = {
    DisclosureAttribute.PROACTIVE: "主动公开",
    DisclosureAttribute.ON_REQUEST: "依申请公开",
    DisclosureAttribute.WITHHELD: "不予公开",
}
