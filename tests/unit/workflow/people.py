"""An office with accounts, for the tests of use cases: who may act as whom."""

from dataclasses import replace

from attrtrack.domain.access import Role
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account

PASSWORD = "三只狐狸在桥下数星星 42"
NEW_PASSWORD = "雨后的石板路通向北门 7"
TOWN, HOUSING, ROOFS, WATER = "云栖市", "云栖市住建局", "房管科", "云栖市水务局"


def acting(app: App, login: str) -> App:
    """Return the app in which an account acts at the console."""
    return app_of_account(app, login, origin="cli")


def set_up(app: App) -> App:
    """Make the three administrators and the units; return the app in which the security administrator acts."""
    accounts.add_account(app, "admin", password=PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR])
    admin = acting(app, "admin")
    accounts.add_account(admin, "security", password=PASSWORD, roles=[Role.SECURITY_ADMINISTRATOR])
    accounts.add_unit(admin, TOWN, top=True)
    accounts.add_unit(admin, HOUSING, TOWN)
    accounts.add_unit(admin, ROOFS, HOUSING)
    accounts.add_unit(admin, WATER, TOWN)
    with app.store.unit_of_work("test") as work:
        hashed = work.accounts.password_hash("security")
        work.accounts.set_password("security", str(hashed), must_change=False)
    return acting(app, "security")


def add_person(app: App, login: str, *roles: Role, unit: str | None = None) -> App:
    """Let the administrators make an account without password and give it roles; return the app in which it acts."""
    accounts.add_account(acting(app, "admin"), login, unit=unit)
    for role in roles:
        accounts.grant_role(acting(app, "security"), login, role)
    return acting(app, login)


def nobody(app: App) -> App:
    """Return the program as the console starts it, for somebody who has no account."""
    return replace(app, actor="路人")
