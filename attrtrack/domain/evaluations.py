"""Judgements of the gate as they are kept: what was judged, on which input, by which rules, with what outcome."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from attrtrack.domain.findings import Finding
from attrtrack.domain.proposals import Proposal


class GateAct(StrEnum):
    """What was on hand when the gate judged; `gate`: somebody only asked."""

    RECORD = "record"
    DECLARE = "declare"
    REVIEW = "review"
    SIGN = "sign"
    PUBLISH = "publish"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One judgement of the gate: its public id (`G-…`), the act, the findings, and the input it can be repeated from.

    `document_id` is None for a letter that is not in the register: then `given` holds digests and elements, no text.
    """

    code: str
    act: GateAct
    document_id: str | None
    findings: tuple[Finding, ...]
    passed: bool
    rules_version: str
    model_version: str | None
    given: Mapping[str, Any]
    evaluated_by: str
    evaluated_at: dt.datetime
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What the gate answers an office system that asks before its own sign-off."""

    decision_id: str
    passed: bool
    findings: tuple[Finding, ...]
    rules_version: str
    model_version: str | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A kept judgement beside what the present rules say of the same input.

    `carried_over` names the checks that could not be run again (their input, such as the text, was not kept): what they
    found stands in `after` as it was found then.
    """

    decision_id: str
    document_id: str | None
    act: GateAct
    before: bool
    after: bool
    findings_gone: tuple[str, ...]
    findings_new: tuple[str, ...]
    rules_before: str
    carried_over: tuple[str, ...] = field(default=())

    @property
    def flips(self) -> bool:
        """Whether what passed would be blocked, or the other way round."""
        return self.before != self.after
