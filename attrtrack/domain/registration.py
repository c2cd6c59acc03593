"""A row of the registration table of publication and classification (公开发布归类登记表)."""

import datetime as dt
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.reviews import SecrecyResult


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """One document: what it is, its attribute in force and the reason, the newest secrecy review, where it was published."""

    id: str
    title: str | None
    number: str | None
    genre: str | None
    date: str | None
    unit: str | None
    department: str | None
    state: State
    attribute: DisclosureAttribute | None
    reason: str | None
    said_by: str | None
    signed_by: str | None
    secrecy: SecrecyResult | None
    secrecy_by: str | None
    secrecy_at: dt.datetime | None
    url: str | None
    published: dt.date | None
    channel: str | None
