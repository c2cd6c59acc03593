"""Where each document stands for lists and figures: one narrow row, derived from all that is recorded of it.

A standing holds codes and days only, never a title or a text, and nothing in it depends on the day on which it is read:
what is overdue is asked of the due days. `kind` is all that counting looks at, so that rows of one kind are counted together.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.doubts import Doubt
from attrtrack.domain.findings import Severity
from attrtrack.domain.measures import MeasuredDocument
from attrtrack.domain.people import same_person
from attrtrack.domain.reviews import ReviewResult
from attrtrack.domain.worklist import Urgency, WaitsFor


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a page speaks of; None means all. `policy_kind` is a code of policy_kinds.toml."""

    year: int | None
    unit: str | None
    quarter: int | None = None
    genre: str | None = None
    policy_kind: str | None = None


@dataclass(frozen=True, slots=True)
class QueueWanted:
    """Which documents a queue shows; None: not narrowed by this. `genre` is the Chinese word, `reason` a code, `drafter` a login."""

    waits_for: WaitsFor | None = None
    unit: str | None = None
    year: int | None = None
    genre: str | None = None
    reason: str | None = None
    drafter: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What was done to a document beside what the measures look at: who, when, and what was said of it.

    `worst` is the gravest finding of the gate's newest judgement; `reviewed` the office's last word on the newest
    declaration; `examined` the newest re-examination of the live decision: its act and the day it comes up again; `doubts`
    what that judgement found doubtful; `corrected` whether an assessor's word stands.
    """

    recorded_by: str
    worst: Severity | None = None
    declared_by: str | None = None
    declared_at: dt.datetime | None = None
    declared: DisclosureAttribute | None = None
    reviewed: ReviewResult | None = None
    secrecy_by: str | None = None
    decided: DisclosureAttribute | None = None
    decided_reason: str | None = None
    decided_at: dt.datetime | None = None
    examined: tuple[str, dt.date | None] | None = None
    doubts: frozenset[Doubt] = frozenset()
    corrected: bool = False

    @property
    def awaits(self) -> bool:
        """Whether there is a declaration that nobody has decided on."""
        if self.declared_at is None:
            return False
        return self.decided_at is None or self.declared_at > self.decided_at


@dataclass(frozen=True, slots=True)
class Source:
    """All that a standing is computed from."""

    measured: MeasuredDocument
    course: Course


@dataclass(frozen=True, slots=True)
class Asked:
    """What an office asks for before a document is signed: the office's word, a secrecy review."""

    review: bool
    secrecy: bool


def waits_of(source: Source, *, asked: Asked, uninterpreted: bool, reexamined: bool) -> frozenset[WaitsFor]:
    """Return everything that a document waits for; a document of which nobody has declared waits for that before all else."""
    return frozenset(_waits(source, asked, uninterpreted=uninterpreted, reexamined=reexamined))


def _waits(source: Source, asked: Asked, *, uninterpreted: bool, reexamined: bool) -> Iterator[WaitsFor]:
    row, course = source.measured, source.course
    if row.state is State.WITHDRAWN:
        return
    if row.state in {State.DRAFT, State.RETURNED}:
        yield WaitsFor.DECLARE
    elif row.state in {State.DECLARED, State.REVIEWED} or (row.state in _SIGNED and course.awaits):
        yield from _before_signing(course, asked)
    elif course.worst in {Severity.BLOCK, Severity.FLAG} or (row.attribute is None and row.attribute_asked):
        yield WaitsFor.CHECK
    if row.state is State.SIGNED and course.decided is DisclosureAttribute.PROACTIVE and row.published_on is None:
        yield WaitsFor.PUBLISH
    if reexamined:
        yield WaitsFor.REEXAMINE
    if uninterpreted:
        yield WaitsFor.INTERPRET
    if any(not item.confirmed for item in row.interpretations):
        yield WaitsFor.JUDGE


def _before_signing(course: Course, asked: Asked) -> Iterator[WaitsFor]:
    if course.worst is Severity.BLOCK:
        yield WaitsFor.BLOCKED
    if course.worst is Severity.FLAG or course.reviewed is ReviewResult.DISPUTE:
        yield WaitsFor.DOUBTFUL
    if course.reviewed is None:
        yield WaitsFor.REVIEW
    proactive = course.declared is DisclosureAttribute.PROACTIVE
    looked_at = course.secrecy_by is not None and not same_person(course.secrecy_by, course.declared_by or "")
    if asked.secrecy and proactive and not looked_at:
        yield WaitsFor.SECRECY
    elif course.reviewed is not None or not asked.review:
        yield WaitsFor.SIGN


_SIGNED = frozenset({State.SIGNED, State.PUBLISHED})


ON_ITS_WAY = ""
"""The kind of a document that nobody has signed yet: it waits in lists, and is no document of its year."""


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """An interpretation of a document that counts, or would if its link were confirmed; `kind` by its forms and channels.

    `by_people` whether a person confirmed the link.
    """

    interpretation_id: str
    confirmed: bool
    kind: str
    by_people: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one document stands; `kind` None: it is listed nowhere (withdrawn), `ON_ITS_WAY`: listed and not measured.

    `days` are the working days that measures count of it, by their codes, `provisional` those that may still change.
    """

    id: str
    unit: str | None
    year: int | None
    quarter: int | None
    genre: str | None
    state: State
    attribute: DisclosureAttribute | None
    reason: str | None
    kind: str | None
    urgency: Urgency
    waits: frozenset[WaitsFor]
    recorded_by: str
    declared_by: str | None
    confirmed: int
    pending: int
    publish_by: dt.date | None = None
    reexamine_by: dt.date | None = None
    interpret_by: dt.date | None = None
    doubts: frozenset[Doubt] = frozenset()
    corrected: bool = False
    policy_kind: str | None = None
    days: Mapping[str, int] = field(default_factory=dict)
    provisional: frozenset[str] = frozenset()
    links: tuple[LinkStanding, ...] = ()


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many documents of a group are of one kind; None where the group is all."""

    kind: str
    count: int
    group: str | int | None = None


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many interpretations of a group are of one kind, each counted once, confirmed if any of its links is.

    `by_people` is their kind by those of their links alone that people confirmed; None where there is none.
    """

    kind: str
    confirmed: bool
    count: int
    group: str | int | None = None
    by_people: str | None = None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A document of a list as its standing tells it: what it waits for most, what else, and until when."""

    id: str
    unit: str | None
    genre: str | None
    state: State
    attribute: DisclosureAttribute | None
    urgency: Urgency
    waits_for: WaitsFor | None
    also: tuple[WaitsFor, ...]
    due: dt.date | None
    drafter: str | None
    confirmed: int
    pending: int
    place: tuple[int, ...]
