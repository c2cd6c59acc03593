"""Every table that the journal is told of, whichever revision made it."""

from attrtrack.storage.migrations import told_0008, told_0011, told_0014, told_0015
from attrtrack.storage.migrations.told_0008 import Told

TOLD: tuple[Told, ...] = (*told_0008.TOLD, *told_0011.TOLD, *told_0014.TOLD, *told_0015.TOLD)
