"""What every use case is given: the rules, and openers for the proposer and the register."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.domain.access import OPEN, Access, Right
from attrtrack.domain.sign_in_rules import SignInRules
from attrtrack.errors import NotPermittedError
from attrtrack.rules import Rules
from attrtrack.workflow.conditions import Condition

if TYPE_CHECKING:
    from attrtrack.proposing import Proposer
    from attrtrack.storage import Store, UnitOfWork


def _open_to_all(_app: "App") -> Access:
    return OPEN


@dataclass(frozen=True)
class App:
    """One assembled program: rules, clock, the person acting, and lazily the proposer and the register.

    `origin` is where the person acts from (`cli`, `web 10.1.2.3`, `job 12`), as the journal keeps it; `access` is what they
    may, looked up in the register when it is first asked for, which every transaction does. `keep_originals`: the files of
    recorded documents are kept with them. `reports_folder` holds the model by which published reports are read. A year's list of up to `export_at_once` documents is made while its page waits.
    """

    rules: Rules
    clock: Callable[[], dt.datetime]
    actor: str
    unit: str | None
    models_folder: Path
    training_folder: Path
    reports_folder: Path
    make_proposer: Callable[[], "Proposer"]
    make_store: Callable[[], "Store"]
    origin: str = "cli"
    find_access: "Callable[[App], Access]" = _open_to_all
    sign_in_rules: SignInRules = field(default_factory=SignInRules)
    conditions: tuple[Condition, ...] = ()
    keep_originals: bool = True
    export_at_once: int = 5_000

    def under(self, *conditions: Condition) -> "App":
        """Return the same program, the transactions of which are asked these conditions too."""
        return replace(
            self,
            conditions=(*self.conditions, *conditions),
            find_access=lambda _: self.access,
            make_store=lambda: self.store,
            make_proposer=lambda: self.proposer,
        )

    def acting_as(self, actor: str, access: Access, *, origin: str, unit: str | None = None) -> "App":
        """Return the same program, register and proposer with another person acting."""
        return replace(
            self,
            actor=actor,
            unit=unit,
            find_access=lambda _: access,
            origin=origin,
            make_store=lambda: self.store,
            make_proposer=lambda: self.proposer,
        )

    @cached_property
    def access(self) -> Access:
        """What the person acting may do, and on whose documents; `NotPermittedError` for a name that is no account."""
        return self.find_access(self)

    @property
    def home_unit(self) -> str | None:
        """The unit in whose name is recorded: the one stated, else the account's own; `NotPermittedError` out of sight."""
        unit = self.unit or self.access.home
        if not self.access.sees(unit):
            raise NotPermittedError("不能以这个单位的名义登记：请写明您能办理的单位，或联系安全管理员。")
        return unit

    def ensure(self, right: Right) -> None:
        """Raise `NotPermittedError` when the person acting has no such right."""
        self.access.ensure(right)

    @cached_property
    def proposer(self) -> "Proposer":
        """The voices; without a model the rules and marks alone speak."""
        return self.make_proposer()

    @cached_property
    def store(self) -> "Store":
        """The register; opening it checks that the gate's constraints and triggers are all there."""
        return self.make_store()

    @contextmanager
    def unit_of_work(self) -> "Iterator[UnitOfWork]":
        """One use case is one transaction: committed on a clean exit, rolled back otherwise."""
        with self.store.unit_of_work(self.actor, self.origin, units=self.access.units) as work:
            for condition in self.conditions:
                condition.begin(work)
            yield work
            for condition in self.conditions:
                condition.end(work)

    def reading(self) -> "AbstractContextManager[UnitOfWork]":
        """Look at one unchanging state of the register; no writer waits for it."""
        return self.store.reading(self.access.units)

    @property
    def today(self) -> dt.date:
        """The day of the clock."""
        return self.clock().date()
