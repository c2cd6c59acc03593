"""How sure a check of a published report is."""

from enum import StrEnum


class Certainty(StrEnum):
    """Whether a contradiction stands whatever was meant, only by the most likely reading, or is merely worth a look."""

    SURE = "sure"
    PROBABLE = "probable"
    POSSIBLE = "possible"
