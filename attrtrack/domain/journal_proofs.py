"""What a verification of the journal finds, and the checkpoint against which a chain cut short or made anew is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The end of the journal as it stood at a time, to be kept outside the system.

    `register` is the hash of the journal's first entry, by which one register is told from another; `counts` are the rows
    of each table.
    """

    register: str
    sequence: int
    hash: str
    at: str
    algorithm: str
    counts: Mapping[str, int]


class RowDoubt(StrEnum):
    """Why a row and its journal do not agree."""

    ALTERED = "altered"
    UNRECORDED = "unrecorded"
    LOST = "lost"

    @property
    def chinese(self) -> str:
        """What an auditor reads."""
        return {
            RowDoubt.ALTERED: "与日志记载的内容不符",
            RowDoubt.UNRECORDED: "日志中没有它的记录",
            RowDoubt.LOST: "日志中有记录，登记中已不见",
        }[self]


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row by its name in the journal (`decisions/5`), and what is wrong with it."""

    row: str
    doubt: RowDoubt


@dataclass(frozen=True, slots=True)
class JournalProof:
    """What was looked at and what was found; the first of each kind are named, all are counted.

    `first_bad` is the sequence at which the chain breaks; `checkpoint_fault` says in Chinese how a checkpoint was not met;
    `outside` counts entries written by no program of this register, which is told and is no fault of the journal.
    """

    entries: int
    rows: int
    first_bad: int | None
    checkpoint_fault: str | None
    doubtful: tuple[DoubtfulRow, ...]
    doubts: int
    outside: tuple[int, ...]
    outside_entries: int

    @property
    def ok(self) -> bool:
        """Whether chain, checkpoint and rows agree."""
        return self.first_bad is None and self.checkpoint_fault is None and not self.doubts
