"""The doors by which an office acts on its register: use cases, the web's interface for programs, the command line."""

import datetime as dt
import gc
import hashlib
import io
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from typing import Any

from register_letters import OTHER, PEOPLE, TYPED, UNIT, Letter
from web_client import TestClient

from api.app import create_app
from attrtrack.cli.main import main
from attrtrack.domain.access import OPEN, RIGHTS, Access, Role
from attrtrack.domain.documents import SourceText
from attrtrack.errors import AttrtrackError
from attrtrack.recording import record as read_letter
from attrtrack.workflow import accounts, registering, reviewing
from attrtrack.workflow.app import App
from attrtrack.workflow.correcting_elements import correct_elements
from attrtrack.workflow.reexamining import reexamine
from attrtrack.workflow.signing_in import app_of_account

AT_THE_WEB = ("lini", "wang", "zhao")
"""Who works by the web where there are no accounts; each needs a web application of his own."""
_PATHS = {
    "declare": "declarations", "review": "reviews", "secrecy": "secrecy-reviews", "opinion": "opinions",
    "sign": "decisions", "publish": "publications", "withdraw": "withdrawals", "reexamine": "reexaminations",
}  # fmt: skip
_FORMS = {"retract": "/queue/D{key}/retraction", "correct": "/documents/D{key}/elements"}
"""Acts that programs are not offered: at the web they are forms."""


PASSWORD = "三只狐狸在桥下数星星 42"


class ServerError(Exception):
    """The web answered with a fault of its own."""


class Doors:
    """The doors of one program; which register lies behind them is up to the app, whether it is `peopled` to the caller."""

    def __init__(self, app: App) -> None:
        self.app, self.url, self.peopled = app, "", False
        self._clients: dict[str, TestClient] = {}
        self._tokens: dict[str, str] = {}
        self._accesses: dict[str, Access] = {}

    def people(self) -> None:
        """Give the register at hand units and accounts, each with a token."""
        app = self.app
        accounts.add_account(app, "admin", password=PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR])
        maker = app_of_account(app, "admin", origin="cli")
        accounts.add_account(maker, "security", roles=[Role.SECURITY_ADMINISTRATOR])
        granter = app_of_account(app, "security", origin="cli")
        for unit in (UNIT, OTHER):
            accounts.add_unit(maker, unit)
        for login, (unit, roles) in PEOPLE.items():
            accounts.add_account(maker, login, unit=unit)
            for role in roles:
                accounts.grant_role(granter, login, role)
            scopes = frozenset().union(*(RIGHTS[role] for role in roles))
            own = app_of_account(app, login, origin="cli")
            self._accesses[login] = own.access
            self._tokens[login] = accounts.add_token(own, login, "机", scopes=scopes, days=30).secret

    def acting(self, letter: Letter) -> App:
        """Return the app in which the letter's person acts."""
        if self.peopled:
            access = self._accesses[letter.person]
            return self.app.acting_as(letter.person, access, origin="cli", unit=access.home)
        typed = TYPED.get(letter.person, (letter.person,))
        return self.app.acting_as(typed[letter.key % len(typed)], OPEN, origin="cli", unit=UNIT)

    def by_use_case(self, letter: Letter) -> str | None:
        """Act in the program itself; return the code of the refusal, None where there is none."""
        try:
            _ACTS[letter.act](self.acting(letter), f"D{letter.key}", letter.said)
        except AttrtrackError as error:
            return error.code
        return None

    def by_command(self, letter: Letter) -> str | None:
        """Act by the command line, as far as it says the same."""
        said, name = letter.said, f"D{letter.key}"
        if letter.act not in {"declare", "sign"} or (letter.act == "declare" and said["reason"] is None):
            return self.by_use_case(letter)
        given = {"declare": ["--attribute", said.get("attribute"), "--reason", said.get("reason")], "sign": []}[
            letter.act
        ]
        because = ["--because", said["because"]] if said["because"] is not None else []
        person = self.acting(letter).actor if not self.peopled else letter.person
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore", ResourceWarning)
            status = main([letter.act, name, *given, *because, "--db", self.url, "--as", person])
            gc.collect()  # a command leaves its connection to the end of its process, which is ours
        return None if status == 0 else f"exit {status}"

    def by_api(self, letter: Letter) -> str | None:
        """Act over HTTP, having looked at the document first."""
        person = letter.person if self.peopled else TYPED.get(letter.person, (letter.person,))[0]
        if not self.peopled and person not in AT_THE_WEB:
            return self.by_use_case(letter)
        client = self._client(person)
        if letter.act in _FORMS:
            return self.by_use_case(letter) if self.peopled else _by_form(client, letter)
        headers = {"Authorization": f"Bearer {self._tokens[person]}"} if self.peopled else {}
        if letter.act == "record":
            body = {"title": letter.said["text"].split("\n")[1], "text": letter.said["text"]}
            answer = client.post("/api/v1/documents", json=body, headers=headers)
        else:
            place = f"/api/v1/documents/D{letter.key}"
            shown = client.get(place, headers=headers)
            said = {name: str(value) if isinstance(value, dt.date) else value for name, value in letter.said.items()}
            tag = {"If-Match": shown.headers.get("etag", '"v0"')}
            answer = client.post(f"{place}/{_PATHS[letter.act]}", json=said, headers=headers | tag)
        if answer.status_code >= 500:
            raise ServerError(answer.text[:500])
        return None if answer.status_code < 300 else f"{answer.status_code} {answer.json().get('code')}"

    def _client(self, person: str) -> TestClient:
        name = "anybody" if self.peopled else person
        if name not in self._clients:
            app = replace(self.app, actor=person)
            self._clients[name] = TestClient(
                create_app(app), base_url="http://127.0.0.1:8000", raise_server_exceptions=False
            )
        return self._clients[name]


def _by_form(client: TestClient, letter: Letter) -> str | None:
    """Act on a page, having looked at the document first, at a desk without accounts: its forms bear no session's token."""
    tag = client.get(f"/api/v1/documents/D{letter.key}").headers.get("etag", '"v0"')
    said = {**letter.said, "form_token": "", "version": tag.strip('"v')}
    answer = client.post(_FORMS[letter.act].format(key=letter.key), data=said, follow_redirects=False)
    if answer.status_code >= 500:
        raise ServerError(answer.text[:500])
    return None if answer.status_code < 400 else str(answer.status_code)


def _record(app: App, _name: str, said: dict[str, Any]) -> None:
    document = read_letter(SourceText(name="a.txt", format="txt", text=said["text"]), app.rules)
    registering.record_document(
        app, document, content_hash=hashlib.sha256(said["text"].encode()).hexdigest(), file_name="a.txt"
    )


_ACTS: dict[str, Callable[[App, str, dict[str, Any]], object]] = {
    "record": _record,
    "declare": lambda app, name, said: registering.declare(
        app, name, said["attribute"], said["reason"], because=said["because"]
    ),
    "review": lambda app, name, said: reviewing.review(
        app, name, said["result"], said["comment"], attribute=said.get("attribute")
    ),
    "secrecy": lambda app, name, said: reviewing.review_secrecy(app, name, **said),
    "opinion": lambda app, name, said: reviewing.co_issuer_opinion(
        app, name, said["unit"], said["result"], said["comment"]
    ),
    "sign": lambda app, name, said: registering.sign(app, name, because=said["because"]),
    "publish": lambda app, name, said: registering.publish(
        app, name, said["url"], said["date"], channel=said["channel"]
    ),
    "withdraw": lambda app, name, said: registering.withdraw(app, name, said["because"]),
    "reexamine": lambda app, name, said: reexamine(app, name, said["result"], said["because"]),
    "retract": lambda app, name, _said: reviewing.retract_review(app, name),
    "correct": correct_elements,
}
