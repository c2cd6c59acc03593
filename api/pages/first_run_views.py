"""What the page of the first run is made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Page, TroubleView


@dataclass(frozen=True, kw_only=True)
class FirstRunPage(Page):
    """The three ways to begin: the first account, the sample year (offered while the register is empty), a single desk."""

    template: ClassVar[str] = "first-run.html"
    login: str
    name: str
    password_length: int
    may_load: bool
    trouble: TroubleView | None


@dataclass(frozen=True, kw_only=True)
class LoadingPage(Page):
    """The sample year while it is loaded: what is done so far stands between the two halves of the page (`steps`)."""

    template: ClassVar[str] = "loading.html"
    steps: str
