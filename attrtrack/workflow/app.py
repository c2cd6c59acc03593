"""What every use case is given: the rules, and openers for the proposer and the register."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.rules import Rules

if TYPE_CHECKING:
    from attrtrack.proposing import Proposer
    from attrtrack.storage import Store, UnitOfWork


@dataclass(frozen=True)
class App:
    """One assembled program: rules, clock, the person acting, and lazily the proposer and the register."""

    rules: Rules
    clock: Callable[[], dt.datetime]
    actor: str
    unit: str | None
    models_folder: Path
    training_folder: Path
    make_proposer: Callable[[], "Proposer"]
    make_store: Callable[[], "Store"]

    @cached_property
    def proposer(self) -> "Proposer":
        """The voices; without a model the rules and marks alone speak."""
        return self.make_proposer()

    @cached_property
    def store(self) -> "Store":
        """The register; opening it checks that the gate's constraints and triggers are all there."""
        return self.make_store()

    def unit_of_work(self) -> "AbstractContextManager[UnitOfWork]":
        """One use case is one transaction: committed on a clean exit, rolled back otherwise."""
        return self.store.unit_of_work(self.actor)

    def reading(self) -> "AbstractContextManager[UnitOfWork]":
        """Look at one unchanging state of the register; no writer waits for it."""
        return self.store.reading()

    @property
    def today(self) -> dt.date:
        """The day of the clock."""
        return self.clock().date()
