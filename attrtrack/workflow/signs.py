"""Forms and channels of an interpretation: what shows each, and a person's word where the page was misread.

Decision: a person's word replaces what was read and is what measures count; who set what stands in the journal. Imports fill
only what is empty, so that none of them takes it back.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.pages import Page
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import UsageError
from attrtrack.linking import Recognised, find_channels, find_forms
from attrtrack.rules.schema import ChannelRow, FormRow
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

ACTION = "set-signs"
"""The journal's word for a person's setting of forms and channels."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A form or channel by code and name, and what shows it; `evidence` None: what is kept does not show it.

    `assumed`: it only follows from nothing saying otherwise. `by_person`: somebody has set it, whatever the page shows.
    """

    code: str
    name: str
    evidence: Evidence | None
    assumed: bool
    by_person: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The forms and channels that an interpretation has, and all that it may be given, as codes with names."""

    forms: tuple[Sign, ...]
    channels: tuple[Sign, ...]
    all_forms: tuple[tuple[str, str], ...]
    all_channels: tuple[tuple[str, str], ...]


def signs_of(app: App, item: Interpretation, said: Sequence[JournalEntry]) -> Signs:
    """Return the forms and channels of an interpretation with what shows them; `said` are the entries of `ACTION` on it."""
    page = _page_of(item)
    forms, channels = _names(app.rules.forms), _names(app.rules.channels)
    return Signs(
        _signs(item.forms, find_forms(page, app.rules), forms, by_person=bool(said)),
        _signs(item.channels, find_channels(page, app.rules), channels, by_person=bool(said)),
        tuple(forms.items()),
        tuple(channels.items()),
    )


def settings_of(work: "UnitOfWork", interpretation_id: str) -> list[JournalEntry]:
    """Return who set forms and channels of an interpretation, in order."""
    return [entry for entry in work.journal.entries(interpretation_id) if entry.action == ACTION]


def set_words(entry: JournalEntry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the forms and channels that somebody set."""
    told = json.loads(entry.detail)
    return tuple(map(str, told.get("forms", ()))), tuple(map(str, told.get("channels", ())))


def set_signs(app: App, interpretation_id: str, forms: Iterable[str], channels: Iterable[str]) -> bool:
    """Set the forms and channels of an interpretation by their codes; return whether that changed anything.

    Raises `UsageError` for a code that the rule tables do not have, and where no form is left.
    """
    permitted(app, Right.JUDGE_LINKS, subject=interpretation_id)
    of_form, of_channel = _names(app.rules.forms), _names(app.rules.channels)
    chosen, through = _chosen(forms, of_form, "形式"), _chosen(channels, of_channel, "渠道")
    if not chosen:
        raise UsageError("请至少选一种形式；看不出的选“文字”。")
    with app.unit_of_work() as work:
        item = work.interpretations.get(interpretation_id).interpretation
        if (set(chosen), set(through)) == (set(item.forms), set(item.channels)):
            return False
        work.interpretations.set_signs(interpretation_id, chosen, through)
        named = {"forms": [of_form[code] for code in chosen], "channels": [of_channel[code] for code in through]}
        work.journal.append(ACTION, interpretation_id, "done", named)
    return True


def _chosen(codes: Iterable[str], names: dict[str, str], what: str) -> tuple[str, ...]:
    """Return codes once each in the order of the table."""
    wanted = set(codes)
    if strange := sorted(wanted - set(names)):
        raise UsageError(f"没有{what}“{strange[0][:20]}”：请从所列{what}中选择。")
    return tuple(code for code in names if code in wanted)


def _page_of(item: Interpretation) -> Page:
    links = tuple((address, "") for address in item.links)
    return Page(item.title, item.text, item.published, publisher=item.publisher, address=item.url, links=links)


def _names(rows: Iterable[FormRow | ChannelRow]) -> dict[str, str]:
    return {row.code: row.name for row in rows}


def _signs(
    codes: Iterable[str], found: Iterable[Recognised], names: dict[str, str], *, by_person: bool
) -> tuple[Sign, ...]:
    shown = {item.code: item for item in found}
    return tuple(
        Sign(
            code,
            names.get(code, code),
            shown[code].evidence[0] if code in shown and shown[code].evidence else None,
            assumed=code in shown and shown[code].assumed,
            by_person=by_person,
        )
        for code in codes
    )
