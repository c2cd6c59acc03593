"""How sure a check of a published report is."""

from enum import StrEnum


class Certainty(StrEnum):
    """Whether a contradiction stands whatever was meant, or only by the most likely reading."""

    SURE = "sure"
    PROBABLE = "probable"
