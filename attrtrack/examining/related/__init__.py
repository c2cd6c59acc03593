"""Figures that belong together, read by a model that right texts have taught: what it doubts, patterns may not know to look at."""

from attrtrack.examining.related.doubts import check_doubts

__all__ = ["check_doubts"]
