"""Scores: a scheme applied to faults with their rows, and somebody's published table recomputed.

Decision: points are decimal numbers, for 0.1 has no exact binary form and a tie at 92.5 decides a rank. What a table does
not state is not judged: no full marks, no caps. A scheme whose weights are invented says so in every score.
"""

from attrtrack.assessing.checking import check_tables
from attrtrack.assessing.entered import Entered, entered
from attrtrack.assessing.ranking import ranks_of
from attrtrack.assessing.register_faults import FoundDocuments, RegisterFaults, register_faults
from attrtrack.assessing.scoring import loss_sheet, ranked, score_unit
from attrtrack.assessing.tasks import assessment_tasks, kept_tasks, notify_by

__all__ = [
    "Entered",
    "FoundDocuments",
    "RegisterFaults",
    "assessment_tasks",
    "check_tables",
    "entered",
    "kept_tasks",
    "loss_sheet",
    "notify_by",
    "ranked",
    "ranks_of",
    "register_faults",
    "score_unit",
]
