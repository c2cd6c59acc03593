"""What a transaction is asked at its beginning and told at its end, wherever its use case stands."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


class Condition(Protocol):
    """A condition of an act; writers take turns, so that what holds at the beginning holds until the commit."""

    def begin(self, work: "UnitOfWork") -> None:
        """Let the transaction go on, or raise why not."""

    def end(self, work: "UnitOfWork") -> None:
        """Note what the transaction has come to, before it is committed."""
