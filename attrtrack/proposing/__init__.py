"""Room 3: Document -> Proposal, from four voices: the printed mark, the rules, the model, the office's precedents.

Decision: the voices are pooled as log-odds and a table says who is followed and when a person must look; every voice
stays in the proposal, so disagreement is seen. Without a model the mark and the rules speak alone and the proposal says so.
"""

from attrtrack.proposing.proposer import Proposer

__all__ = ["Proposer"]
