"""Who has signed in, in the words of the pages."""

from typing import Annotated

from fastapi import Depends, Request

from api.dependencies import TheApp
from api.pages.contexts import PersonView
from api.sessions import form_token
from attrtrack.domain.access import Right, Role
from attrtrack.domain.accounts import Account
from attrtrack.workflow.accounts import own_account
from attrtrack.workflow.app import App


def the_person(request: Request, app: TheApp) -> PersonView | None:
    """Return who has signed in; nobody on a single desk, whose register has no accounts."""
    account = acting_account(app)
    return None if account is None else person_view(account, form_token(request))


def acting_account(app: App) -> Account | None:
    """Return the account that acts; None on a single desk."""
    return None if app.access.rights is None else own_account(app)


def person_view(account: Account, token: str) -> PersonView:
    """Name a person with unit and roles, the roles in their fixed order."""
    roles = "、".join(role.chinese for role in Role if role in account.roles)
    return PersonView(
        account.display_name,
        account.login,
        account.unit,
        roles or "没有角色",
        token,
        reads=reads_figures(account),
    )


def reads_figures(account: Account) -> bool:
    """Whether the front page is for this account: administrators see no document, nor does who must change the password."""
    return {Right.READ, Right.MEASURE} <= account.rights


ThePerson = Annotated[PersonView | None, Depends(the_person)]
