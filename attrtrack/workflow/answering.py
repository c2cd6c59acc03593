"""Acts that a client may send twice (`Idempotency-Key`): done once, the second time answered from what was kept.

Decision: the key is claimed in the transaction of the act, not before it. So an act that fails leaves no claim, two at
once take turns, and a process that dies after the act leaves a claim without answer: the act is then never done again.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.answers import KeptAnswer
from attrtrack.errors import KeyUsedOtherwiseError, StillUnderWayError
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


class AnsweredBefore(Exception):  # noqa: N818 - no error: the same request has come meanwhile, and `kept` is its answer
    """Ends an act that another request under the same key has done."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__(kept.digest)
        self.kept = kept


@dataclass(slots=True)
class Claim:
    """Whose key, and the digest of what its request asks (a `Condition` of one act)."""

    actor: str
    key: str
    digest: str
    made: bool = False

    def begin(self, work: "UnitOfWork") -> None:
        """Claim the key, or raise what is known of it."""
        if self.made:
            return
        kept = work.answers.find(self.actor, self.key)
        if kept is not None:
            raise AnsweredBefore(_answered(kept, self.digest))
        work.answers.claim(self.actor, self.key, digest=self.digest)

    def end(self, work: "UnitOfWork") -> None:
        """Remember that the claim will be committed."""
        del work
        self.made = True


def answered(app: App, claim: Claim) -> KeptAnswer | None:
    """Return what was answered to the same request within a day, None when it is new.

    Raises `KeyUsedOtherwiseError` for another request under the key, `StillUnderWayError` while the first has no answer.
    """
    with app.reading() as work:
        kept = work.answers.find(claim.actor, claim.key)
        return None if kept is None else _answered(kept, claim.digest)


def keep(app: App, claim: Claim, status: int, answer: str, *, etag: str | None) -> None:
    """Keep what is answered to the request that made the claim; an act that wrote nothing has none."""
    if claim.made:
        with app.unit_of_work() as work:
            work.answers.keep(claim.actor, claim.key, status=status, answer=answer, etag=etag)


def release(app: App, claim: Claim) -> None:
    """Forget the claim of a request that was refused after all (its refusal was written down in a transaction)."""
    if claim.made:
        with app.unit_of_work() as work:
            work.answers.release(claim.actor, claim.key)


def _answered(kept: KeptAnswer, digest: str) -> KeptAnswer:
    if kept.digest != digest:
        raise KeyUsedOtherwiseError("这个 Idempotency-Key 已用于内容不同的请求：请换一个新的。")
    if kept.answer is None:
        raise StillUnderWayError("同一请求正在办理，或已办理而答复没有保存：请稍后查看记录现状，不要重复提交。")
    return kept
