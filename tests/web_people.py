"""People of a small register: five units and an account for every role, made through the use cases, with cheap passwords."""

from pathlib import Path

import pytest
from web_client import TestClient
from web_register import an_app

from api.app import create_app
from attrtrack.domain.access import Role
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account, sign_in_identity

SUPERIOR, OWN, BELOW, OTHER, ASSESSED = "清江市政府", "云溪县人民政府", "云溪县水利局", "外县人民政府", "东山县人民政府"
UNITS = {SUPERIOR: None, OWN: SUPERIOR, BELOW: OWN, OTHER: SUPERIOR, ASSESSED: SUPERIOR}
"""Each unit with the one above it."""
PASSWORD = "春天的早晨窗外下着细雨呢"
LOGINS = {role: role.value.replace("_", "-") for role in Role}
HOST = "https://attrtrack.local"
ISSUER = "https://identity.local"


def acting(app: App, role: Role) -> App:
    """Return the program with the account of a role acting."""
    return app_of_account(app, LOGINS[role], origin="cli")


def a_peopled_app(folder: Path, app: App | None = None) -> App:
    """Assemble the program over a register with units and an account for every role, each in `OWN`, the assessor over `ASSESSED`.

    `app` is the program over an empty register, by default one without a model.
    """
    app = app or an_app(folder)
    system, security = LOGINS[Role.SYSTEM_ADMINISTRATOR], LOGINS[Role.SECURITY_ADMINISTRATOR]
    accounts.add_account(app, system, display_name="周系统", password=PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR])
    maker = app_of_account(app, system, origin="cli")
    accounts.add_account(maker, security, display_name="吴安全", roles=[Role.SECURITY_ADMINISTRATOR])
    granter = app_of_account(app, security, origin="cli")
    for unit, above in UNITS.items():
        accounts.add_unit(maker, unit, above)
    for role, login in LOGINS.items():
        if login not in {system, security}:
            accounts.add_account(maker, login, display_name=f"{role.chinese}甲", unit=OWN)
            accounts.grant_role(granter, login, role)
    for login in LOGINS.values():
        accounts.bind_identity(maker, login, ISSUER, subject_there=login)
    accounts.assign_unit(granter, LOGINS[Role.ASSESSOR], ASSESSED)
    return app


def with_password(app: App, login: str, password: str) -> None:
    """Give an account a password of its own, as if it had changed the one that it was given."""
    with app.store.unit_of_work("test", "cli") as work:
        from attrtrack.workflow.passwords import hashed_password  # noqa: PLC0415 - argon2 is loaded where it is used

        work.accounts.set_password(login, hashed_password(password), must_change=False)


def a_browser(app: App, *, host: str = HOST, address: str = "10.1.2.3", **named: object) -> TestClient:
    """Return a browser at another machine, over https, that tells where its requests come from as browsers do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTRTRACK_HOSTS", "attrtrack.local")
        web = create_app(app)
    client = TestClient(web, base_url=host, client=(address, 1), raise_server_exceptions=False, **named)
    client.headers.update({"origin": host, "sec-fetch-site": "same-origin"})
    return client


def signed_in(app: App, login: str, **named: object) -> TestClient:
    """Return a browser with a session that was begun without a page, and without the seconds that a password costs."""
    client = a_browser(app, **named)
    token = sign_in_identity(app, ISSUER, login, address="web 10.1.2.3").token
    client.cookies.set("__Host-attrtrack", token)
    return client
