"""What the pages of rules and model are made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Page, TabView


@dataclass(frozen=True, slots=True)
class TableView:
    """A table in the list of rules: `own` where the office has changed it."""

    title: str
    purpose: str
    href: str
    rows: int
    version: str
    own: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """Tables that belong together."""

    heading: str
    tables: tuple[TableView, ...]


@dataclass(frozen=True, kw_only=True)
class RulesPage(Page):
    """Every rule table, and the version that stands for all of them."""

    template: ClassVar[str] = "rules.html"
    places: tuple[TabView, ...]
    version: str
    own: int
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """A value of a row: its field in words, what stands there, and how it came with the program where the office differs."""

    label: str
    value: str
    usual: str | None


@dataclass(frozen=True, slots=True)
class RuleView:
    """A row: what it is called, its code, what it says, how it is looked for, and on what paper it rests."""

    number: int
    heading: str
    code: str | None
    facts: tuple[FactView, ...]
    technical: tuple[FactView, ...]
    source: str | None
    own: bool


@dataclass(frozen=True, kw_only=True)
class RuleTablePage(Page):
    """The rows of a table, a part at a time; `shown` is how many there are after narrowing."""

    template: ClassVar[str] = "rules-table.html"
    table: TableView
    text: str
    rows: tuple[RuleView, ...]
    shown: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a model's card."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ModelPage(Page):
    """What the model is; `trouble` says why there is none to be used."""

    template: ClassVar[str] = "model.html"
    places: tuple[TabView, ...]
    state: str
    trouble: str | None
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, int], ...]
    card: tuple[SectionView, ...]
