"""What a recomputation of somebody's published score table found (成绩汇总表): totals, full marks, ranks."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RankMethod(StrEnum):
    """How units of the same score are ranked; `NO_TIES`: no two have the same, every method ranks them alike."""

    DENSE = "dense"
    COMPETITION = "competition"
    MODIFIED = "modified"
    ORDINAL = "ordinal"
    FRACTIONAL = "fractional"
    NO_TIES = "no-ties"
    MIXED = "mixed"

    @property
    def chinese(self) -> str:
        """What officials call it, by example."""
        return _METHOD_NAMES[self]


_METHOD_NAMES = {
    RankMethod.DENSE: "同分并列、其后名次连续（1、2、2、3）",
    RankMethod.COMPETITION: "同分并列、其后名次空出（1、2、2、4）",
    RankMethod.MODIFIED: "同分并列、取靠后的名次（1、3、3、4）",
    RankMethod.ORDINAL: "同分也分先后（1、2、3、4）",
    RankMethod.FRACTIONAL: "同分取平均名次（1、2.5、2.5、4）",
    RankMethod.NO_TIES: "没有同分的单位，各种排法结果相同",
    RankMethod.MIXED: "各表排法不同",
}


@dataclass(frozen=True, slots=True)
class TotalFault:
    """A published total that is not what its own columns add up to; `published` is None where the cell says no number."""

    table: str
    row: int
    unit: str
    published: Decimal | None
    recomputed: Decimal
    message: str


@dataclass(frozen=True, slots=True)
class CapFault:
    """A score above the full mark that the table itself states for the column."""

    table: str
    row: int
    unit: str
    section: str
    value: Decimal
    full_mark: Decimal
    message: str


@dataclass(frozen=True, slots=True)
class RankChange:
    """A unit whose rank would be another once the fault before it is mended."""

    unit: str
    row: int
    published: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class RankFault:
    """Ranks that do not fit the scores: the units concerned, their ranks by the method of the table, and what would follow."""

    table: str
    units: tuple[str, ...]
    rows: tuple[int, ...]
    published: tuple[Decimal | None, ...]
    expected: tuple[Decimal, ...]
    follows: tuple[RankChange, ...]
    message: str


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell that should hold a number and holds other words; its row's total cannot be recomputed."""

    table: str
    row: int
    unit: str
    column: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What was found in one table; None stands for what the table gives no means to judge, `notes` say why."""

    name: str
    units: int
    formula: str
    totals_wrong: tuple[TotalFault, ...] | None
    caps_exceeded: tuple[CapFault, ...] | None
    rank_method: RankMethod | None
    rank_findings: tuple[RankFault, ...]
    unread: tuple[UnreadCell, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreCheck:
    """What was found in all tables of a file."""

    tables: tuple[TableCheck, ...]

    @property
    def units(self) -> int:
        """How many scored units there are."""
        return sum(table.units for table in self.tables)

    @property
    def totals_wrong(self) -> tuple[TotalFault, ...] | None:
        """The wrong totals of all tables; None where no table could be judged."""
        judged = [table.totals_wrong for table in self.tables if table.totals_wrong is not None]
        return tuple(fault for faults in judged for fault in faults) if judged else None

    @property
    def caps_exceeded(self) -> tuple[CapFault, ...] | None:
        """The scores above a full mark; None where no table states any."""
        judged = [table.caps_exceeded for table in self.tables if table.caps_exceeded is not None]
        return tuple(fault for faults in judged for fault in faults) if judged else None

    @property
    def rank_findings(self) -> tuple[RankFault, ...]:
        """The rank faults of all tables."""
        return tuple(fault for table in self.tables for fault in table.rank_findings)

    @property
    def unread(self) -> tuple[UnreadCell, ...]:
        """The cells of all tables that could not be read as numbers."""
        return tuple(cell for table in self.tables for cell in table.unread)

    @property
    def rank_method(self) -> RankMethod | None:
        """The method of all tables that tell one; None where nothing is ranked."""
        found = {table.rank_method for table in self.tables} - {None, RankMethod.NO_TIES}
        if len(found) > 1:
            return RankMethod.MIXED
        ranked = any(table.rank_method for table in self.tables)
        return next(iter(found), RankMethod.NO_TIES if ranked else None)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.totals_wrong or self.caps_exceeded or self.rank_findings or self.unread)
