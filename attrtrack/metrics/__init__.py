"""Coverage measured: pure functions from rows to ratios whose numerator, denominator and excluded are lists of rows.

Decision: the papers count documents in one place and interpretations in another; both readings are given, each named,
because one document with three interpretations makes the figures differ. Only what a person confirmed counts.
"""

from attrtrack.metrics.measuring import measures

__all__ = ["measures"]
