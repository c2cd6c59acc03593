"""Where each document stands, made again along the journal before lists and figures are read.

Decision: whoever reads pays for what was written since somebody last read, and writers pay nothing: a sign-off or an import
does not know of lists. What cannot be written (a register on a read-only disk, a long writer in the way) is no reason to
show nothing: lists then show the standings as they are, and figures are computed from the register itself.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import ISSUED, State
from attrtrack.domain.doubts import Doubt
from attrtrack.domain.findings import Severity
from attrtrack.domain.genres import answers
from attrtrack.domain.measures import MeasuredDocument
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.domain.standings import ON_ITS_WAY, Asked, Course, LinkStanding, Source, Standing, waits_of
from attrtrack.domain.worklist import WaitsFor, urgency_of
from attrtrack.errors import StorageUnusableError
from attrtrack.linking.copying import copy_measure
from attrtrack.metrics import Kinds, days_behind, is_short
from attrtrack.publishing import interpret_by, publish_by, reason_gone, reexamine_by
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason
from attrtrack.rules.workdays import calendar_version
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork
    from attrtrack.storage.standing_lists import StandingLists

_FORMAT = 6
"""Raised whenever a standing is computed otherwise from the same register and rules."""
INTERPRETED = "interpretation-rate"
_ACTOR = "system"
_PATIENCE = 2.0
_FLAGGED = frozenset({WaitsFor.BLOCKED, WaitsFor.DOUBTFUL, WaitsFor.CHECK})
"""A document on which the gate found more than a note waits for one of these."""
_MEASURED = frozenset({Severity.BLOCK, Severity.FLAG})


def version_of(rules: Rules) -> str:
    """Return by what standings are computed: these rules, this calendar, this program."""
    words = f"{_FORMAT}\n{rules.version}\n{calendar_version()}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents have been made of how many."""

    done: int
    total: int


def renewed(app: App, *, anew: bool = True) -> bool:
    """Bring the standings to the register as it is now; return whether they can be read.

    With `anew` False those made by other rules are left to whoever uses those rules: a single command does not make a
    million again that the service would have to make back.
    """
    version = version_of(app.rules)
    try:
        with app.store.reading() as work:
            whole = work.renewal.whole(version)
            if whole and not work.renewal.behind(version):
                return True
        if not (whole or anew):
            return False
        for _ in renewing(app):
            pass
    except StorageUnusableError:
        with app.store.reading() as work:
            return work.renewal.whole(version)
    return True


@contextmanager
def reading_standings(app: App) -> "Iterator[tuple[UnitOfWork, StandingLists]]":
    """Look at one unchanging state of the register, with its standings as the person acting sees them."""
    version, current = version_of(app.rules), renewed(app)
    with ExitStack() as stack:
        work = stack.enter_context(app.reading())
        if current:
            yield work, work.standings
        else:
            aside = app.store.standings_aside(version, computing(app.rules), units=app.access.units)
            yield work, stack.enter_context(aside)


def exact(app: App, work: "UnitOfWork") -> bool:
    """Whether the standings tell exactly how the register is in an open reading."""
    version = version_of(app.rules)
    return work.renewal.whole(version) and not work.renewal.behind(version)


def renewing(app: App, *, patience: float | None = _PATIENCE) -> Iterator[Progress]:
    """Make again what is behind, part by part, each a transaction of its own; yield how far it is."""
    version, computed = version_of(app.rules), computing(app.rules)
    with app.store.reading() as work:
        total = 0 if work.renewal.whole(version) else work.renewal.count()
    done = 0
    while True:
        with app.store.unit_of_work(_ACTOR, _ACTOR, patience=patience) as work:
            made = work.renewal.step(version, computed)
            more = made is not None and work.renewal.behind(version)
        done += made or 0
        yield Progress(done, max(total, done))
        if not more:
            return


def settled(app: App) -> Iterator[Progress]:
    """Make again what is behind after much was written, so that the next page does not; yield how far it is.

    Where it cannot be written, the next page sees to it.
    """
    with suppress(StorageUnusableError):
        yield from renewing(app)


def computing(rules: Rules) -> "Computing":
    """Return what computes standings by some rules; what many documents share it finds out once."""
    return Computing(rules)


def compared(rules: Rules) -> Callable[[str, str], bool | None]:
    """Return the function that says whether an interpretation is an excerpt of its document, by the office's line."""
    line = float(rules.switch("copied_share")[0])

    def copied(text: str, document_text: str) -> bool | None:
        share = copy_measure(text, document_text).share
        return None if share is None else share >= line

    return copied


class Computing:
    """Computes where documents stand."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.copied = compared(rules)
        self._behind = days_behind(rules)
        self._kinds = Kinds(rules)
        self._asked = Asked(rules.is_on("office_review_required"), rules.is_on("secrecy_review_required"))
        self._short: dict[str, bool] = {}
        self._reasons: dict[str, str | None] = {}
        self._gone: dict[tuple[DisclosureAttribute, str | None], bool] = {}

    def __call__(self, source: Source, /) -> Standing:
        """Return where a document stands."""
        row, course = source.measured, source.course
        withdrawn = row.state is State.WITHDRAWN
        issued = not withdrawn and (row.state in ISSUED or course.decided is not None)
        kind = self._kinds.of(row) if issued else None if withdrawn else ON_ITS_WAY
        short = issued and self._is_short(kind or "")
        comes_up, day = (False, None) if withdrawn else self._reexamined(row.state, course)
        waits = waits_of(source, asked=self._asked, uninterpreted=short, reexamined=comes_up)
        worst = course.worst if course.worst in _MEASURED else None
        unlabelled = row.attribute is None and row.attribute_asked
        made = row.date.as_date if row.date else None
        unpublished = row.attribute is DisclosureAttribute.PROACTIVE and row.published_on is None and not withdrawn
        confirmed = sum(item.confirmed for item in row.interpretations)
        days, provisional = self._behind(row)
        return Standing(
            id=row.id,
            unit=row.unit,
            year=row.year,
            quarter=(row.date.month + 2) // 3 if row.date else None,
            genre=row.genre,
            state=row.state,
            attribute=row.attribute,
            reason=self._reason(row.reason),
            kind=kind,
            urgency=urgency_of(row.state, worst, unlabelled=unlabelled, uninterpreted=short),
            waits=waits,
            recorded_by=course.recorded_by,
            declared_by=course.declared_by,
            confirmed=confirmed,
            pending=len(row.interpretations) - confirmed,
            publish_by=publish_by(made, self._rules) if unpublished else None,
            reexamine_by=day,
            interpret_by=interpret_by(_day(row.published_on), self._rules) if short else None,
            doubts=_doubts(row, course, waits) if kind is not None else frozenset(),
            corrected=course.corrected,
            policy_kind=self._rules.policy_kind(row.need_rule),
            days=days,
            provisional=provisional,
            links=tuple(self._links(source)) if issued else (),
        )

    def _links(self, source: Source) -> Iterator[LinkStanding]:
        for item in source.measured.interpretations:
            kind = self._kinds.of_interpretation(item, source.measured)
            yield LinkStanding(item.id, item.confirmed, kind, by_people=item.confirmed and not item.automatic)

    def _is_short(self, kind: str) -> bool:
        if kind not in self._short:
            self._short[kind] = is_short(kind, INTERPRETED, self._rules)
        return self._short[kind]

    def _reason(self, words: str | None) -> str | None:
        if not words:
            return None
        if words not in self._reasons:
            self._reasons[words] = resolve_reason(words, self._rules).code
        return self._reasons[words]

    def _reexamined(self, state: State, course: Course) -> tuple[bool, dt.date | None]:
        """Return whether a document comes up again, and the day; None: at once."""
        decided, at = course.decided, course.decided_at
        kept_back = decided is not None and decided is not DisclosureAttribute.PROACTIVE
        if decided is None or at is None or not kept_back or state not in {State.SIGNED, State.PUBLISHED}:
            return False, None
        act, due = course.examined or (None, None)
        if act == Reexamined.CHANGE.value or self._is_gone(decided, course.decided_reason):
            return True, None
        return True, due or reexamine_by(decided, at.date(), self._rules)

    def _is_gone(self, attribute: DisclosureAttribute, words: str | None) -> bool:
        asked = (attribute, words)
        if asked not in self._gone:
            self._gone[asked] = reason_gone(attribute, words, self._rules) is not None
        return self._gone[asked]


def _doubts(row: MeasuredDocument, course: Course, waits: frozenset[WaitsFor]) -> frozenset[Doubt]:
    """Return what an assessor doubts of a measured document: what the gate found and nobody settled, and a reply kept back."""
    found = course.doubts if row.attribute is not None and waits & _FLAGGED else frozenset[Doubt]()
    return (
        found | {Doubt.REPLY}
        if row.attribute is DisclosureAttribute.WITHHELD and answers(row.genre, row.title)
        else found
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
