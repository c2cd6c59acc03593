"""What a person has seen of a record before acting on it: an act on what has changed meanwhile is refused."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.errors import ChangedMeanwhileError

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


@dataclass(slots=True)
class Expectation:
    """The version of a record that was seen, and the one that the act has `reached` (a `Condition` of one act).

    `version` None: nothing was seen, and the act overwrites nothing.
    """

    subject: str
    version: int | None
    reached: int | None = None

    def begin(self, work: "UnitOfWork") -> None:
        """Raise `ChangedMeanwhileError` when the record has another version by now; asked of the first transaction."""
        if self.reached is not None or self.version is None:
            return
        if work.journal.version_of(self.subject) != self.version:
            self._ensure_there(work)
            raise ChangedMeanwhileError(
                f"{self.subject.partition(':')[2] or self.subject} 在您查看以后又有过办理（包括被拒绝的），没有覆盖：请重新查看后再办理。"
            )

    def _ensure_there(self, work: "UnitOfWork") -> None:
        """Raise `UnknownRecordError` for a record that is not there or out of sight, whose version nobody shall learn."""
        if ":" in self.subject:
            return  # accounts and units are no secret to whoever may change them
        if self.subject.startswith("I"):
            work.interpretations.get(self.subject)
        else:
            work.documents.get(self.subject)

    def end(self, work: "UnitOfWork") -> None:
        """Keep the version that the record has now."""
        self.reached = work.journal.version_of(self.subject)
