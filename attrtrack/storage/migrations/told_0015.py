"""What the journal is told of the tables of revision 0015, as `told_0008` tells of the others: no reasons, no notes."""

from attrtrack.storage.migrations.told_0008 import Told

_OF_UNIT = "'grade:' || {row}.unit"

TOLD: tuple[Told, ...] = (
    Told(
        "grade_decisions",
        "id:i unit year:i scheme rules_version proposed total lowest grade rectify:b mend_by:d because decided_by decided_at",
        subject=_OF_UNIT,
        insert="CASE WHEN NEW.grade IS NULL THEN 'take-grade-back' ELSE 'decide-grade' END",
        update="'change'",
        safe=("year", "scheme", "proposed", "grade", "mend_by"),
    ),
    Told(
        "assessment_acts",
        "id:i unit year:i scheme act visit_on:d notify_by:d visit_id:i decision_id:i note acted_by acted_at",
        subject=_OF_UNIT,
        insert="CASE NEW.act WHEN 'visit' THEN 'set-visit' WHEN 'done' THEN 'finish-task' ELSE 'reopen-task' END",
        update="'change'",
        safe=("year", "scheme", "visit_on", "notify_by"),
    ),
)
