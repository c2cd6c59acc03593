"""Recording: a source text becomes a document, its elements of GB/T 9704 found, each with place and span.

Decision: nothing is guessed. What the text does not state is None and told as a finding; where places disagree the
body is followed before the attribute box, the box before the file name, and the disagreement is told.
"""

from attrtrack.recording.documents import record
from attrtrack.recording.ledgers import recognise
from attrtrack.recording.secrecy import secrecy_sign

__all__ = ["recognise", "record", "secrecy_sign"]
