"""Recording: a source text becomes a document, its elements of GB/T 9704 found, each with place and span.

Decision: nothing is guessed. What the text does not state is None and told as a finding; where places disagree the
body is followed before the attribute box, the box before the file name, and the disagreement is told. Ledgers are recognised by `recording.ledgers`, which one letter need not load.
"""

from attrtrack.recording.documents import record
from attrtrack.recording.secrecy import refuse_classified_name, refuse_classified_text, secrecy_sign

__all__ = ["record", "refuse_classified_name", "refuse_classified_text", "secrecy_sign"]
