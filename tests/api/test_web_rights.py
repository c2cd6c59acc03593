"""Every route, every role, every unit: nothing readable or changeable outside its right, everything readable within it.

The oracle of what is out of sight: the answer must be that of a record which does not exist.
"""

import hmac
import io
import json
import re
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from register_places import register_at
from web_client import Answer, TestClient
from web_matrix import ALSO, MARKS, NOWHERE, OPEN_TO_ALL, SEEN, TABLE, Target, a_matrix_register
from web_people import LOGINS, OWN, UNITS, a_browser, signed_in

from api.permissions import Door, doors
from attrtrack.domain.access import RIGHTS, Role
from attrtrack.workflow.app import App

_KEPT_OUT = re.compile(r"^(journal|sessions|api_tokens|idempotency|sqlite_|alembic|standing|search_)")
_WITHOUT_UNIT = {"/account", "/api/v1/jobs"}
_ACTED = {200, 201, 202, 303, 400, 409, 412, 422}


@dataclass(frozen=True)
class Register:
    """A filled register, its records by unit, and a signed-in browser for every role."""

    app: App
    url: str
    targets: dict[str, Target]
    browsers: dict[Role, TestClient]
    doors: tuple[Door, ...]

    def contents(self) -> dict[str, list[Any]]:
        """Return every row of every table but those that any request writes."""
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            found = {
                name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))  # noqa: S608 - our own table names
                for name in sa.inspect(connection).get_table_names()
                if not _KEPT_OUT.match(name)
            }
        engine.dispose()
        return found

    def records_of(self, unit: str) -> list[object]:
        """Return the documents of a unit as the register knows them."""
        with self.app.store.reading() as work:
            return [work.documents.get(identifier) for identifier in self.targets[unit].documents]

    def version(self, subject: str) -> int:
        """Return the version that an entity tag names."""
        with self.app.store.reading() as work:
            return work.journal.version_of(subject)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of an empty register, on the kind of database that the run is for."""
    return register_at(tmp_path_factory.mktemp("matrix") / "web.db")


@pytest.fixture(scope="module")
def register(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Fill the register and sign everybody in."""
    app, targets = a_matrix_register(tmp_path_factory.mktemp("matrix"), url)
    web = a_browser(app).app
    browsers = {}
    for role, login in LOGINS.items():
        browser = signed_in(app, login)
        browsers[role] = TestClient(
            web, base_url=browser.base_url, client=("10.1.2.3", 1), raise_server_exceptions=False
        )
        browsers[role].headers.update({"origin": str(browser.base_url), "sec-fetch-site": "same-origin"})
        browsers[role].cookies = browser.cookies
        browsers[role].__enter__()
    yield Register(app, url, targets, browsers, tuple(doors(web)))
    for browser in browsers.values():
        browser.__exit__(None, None, None)
    app.store.close()


def _ask(
    register: Register, role: Role, door: tuple[str, str], *, place: int = 0, unit: str = OWN, asked_for: str = ""
) -> Answer:
    """Ask a route for a unit's record (its document at `place`), with a body that would do and the record's own tag."""
    method, path = door
    row, target = TABLE[door], register.targets[unit]
    document = target.documents[place]
    named = {"document_id": document, "interpretation_id": target.interpretation, "job_id": target.job}
    subject = next((named[name] for name in named if "{" + name + "}" in path), "")
    address = path.format(**named, **ALSO)
    headers = {"if-match": f'"v{register.version(subject)}"'} if method == "POST" and subject else {}
    sent: dict[str, Any] = {}
    if row.upload is not None:
        sent = {"files": {"file": row.file}, "data": row.upload}
    elif path.startswith("/api/") and row.body is not None:
        sent = {"json": row.body} if row.body else {}
    if method == "POST" and not path.startswith("/api/"):
        seen = register.version(subject) if subject else 0
        own = {"form_token": _form_token(register.browsers[role]), "version": str(seen)}
        sent["data"] = {**(row.body or {}), **(row.upload or {}), **own}
    return register.browsers[role].request(
        method, address, params=_query(door, asked_for), headers=headers, follow_redirects=False, **sent
    )


def _form_token(browser: TestClient) -> str:
    """Return the token that the forms of a browser's session bear."""
    session = browser.cookies.get("__Host-attrtrack") or ""
    digest = hmac.digest(session.encode(), b"attrtrack form", "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _query(door: tuple[str, str], asked_for: str) -> dict[str, str]:
    query = TABLE[door].query
    return {**query, "unit": asked_for} if asked_for and door[1] not in _WITHOUT_UNIT else query


def _told(answer: Answer) -> str:
    """Return all words of an answer, of a workbook too."""
    if not answer.content.startswith(b"PK\x03\x04"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _names_a_record(path: str) -> bool:
    return any(name in path for name in ("{document_id}", "{interpretation_id}", "{job_id}"))


def _places(path: str) -> range:
    return range(4 if "{document_id}" in path else 1)


def test_the_table_has_a_row_for_every_route(register: Register) -> None:
    """A new route fails here until somebody has said who may ask it."""
    found = {(door.method, door.path): door.rule for door in register.doors}
    assert {door for door, rule in found.items() if rule.groups is None} == OPEN_TO_ALL
    assert set(found) - OPEN_TO_ALL == set(TABLE)


def test_the_rights_that_routes_declare_are_those_of_the_table(register: Register) -> None:
    """The roles that hold all rights of a route are the roles of its row."""
    for door in register.doors:
        if door.rule.groups is not None:
            holders = {role for role, rights in RIGHTS.items() if door.rule.lets(rights)}
            assert holders == TABLE[door.method, door.path].roles, door


@pytest.mark.parametrize("role", Role)
def test_without_the_right_every_door_is_closed(register: Register, role: Role) -> None:
    """Whatever unit's record is named: refused in words, and not a row of the register changes."""
    before = register.contents()
    closed = [door for door, row in TABLE.items() if role not in row.roles]
    assert closed
    for door in closed:
        for unit in (*UNITS, NOWHERE):
            answer = _ask(register, role, door, unit=unit)
            assert answer.status_code == 403, (door, unit, answer.text[:300])
            assert "权限" in answer.text
            assert not any(mark in answer.text for mark in MARKS.values())
    assert register.contents() == before


@pytest.mark.parametrize("role", Role)
def test_nobody_is_told_of_what_is_out_of_sight(register: Register, role: Role) -> None:
    """The answer is that of a record which is not there, whatever its state, and not a row of the register changes."""
    before = register.contents()
    for door, row in TABLE.items():
        if role not in row.roles or not _names_a_record(door[1]):
            continue
        for unit in set(UNITS) - SEEN[role]:
            for place in _places(door[1]):
                answer = _ask(register, role, door, unit=unit, place=place)
                nothing = _ask(register, role, door, unit=NOWHERE, place=place)
                assert answer.status_code == 404, (door, unit, place, answer.text[:300])
                assert _same_but_for_the_id(answer, nothing), (door, unit, place)
    assert register.contents() == before


def _same_but_for_the_id(one: Answer, other: Answer) -> bool:
    without = [re.sub(r"[DIJ]\d+", "…", answer.text) for answer in (one, other)]
    return one.status_code == other.status_code and without[0] == without[1]


@pytest.mark.parametrize("role", Role)
def test_lists_hold_what_is_seen_and_nothing_else(register: Register, role: Role) -> None:
    """No word of another unit in any list, figure, file or page, also when its name is asked for; every unit seen is there."""
    for door, row in TABLE.items():
        if door[0] != "GET" or role not in row.roles or _names_a_record(door[1]):
            continue
        answer = _ask(register, role, door)
        assert answer.status_code in {200, *row.refused_as}, (door, answer.text[:300])
        words = _told(answer)
        hidden = set(UNITS) - SEEN[role]
        if door[1] != "/account":
            names = set() if row.of_all else hidden - {OWN}  # one's own unit stands at the top of each page
            assert not [word for word in (*names, *(MARKS[unit] for unit in hidden)) if word in words], door
        if row.shows:
            assert all(MARKS[unit] in words for unit in SEEN[role]), door
        for unit in hidden:
            asked = _ask(register, role, door, asked_for=unit)
            assert MARKS[unit] not in _told(asked), (door, unit)


@pytest.mark.parametrize("role", [role for role in Role if SEEN[role]])
def test_what_is_seen_can_be_read(register: Register, role: Role) -> None:
    """Each document and interpretation of the units seen is shown to who may read, whole; others only as neighbours seen."""
    for door, row in TABLE.items():
        if door[0] != "GET" or role not in row.roles or not _names_a_record(door[1]) or row.own_jobs:
            continue
        others: set[str] = set()
        for unit in SEEN[role]:
            for place in _places(door[1]):
                answer = _ask(register, role, door, unit=unit, place=place)
                assert answer.status_code in {200, *row.refused_as}, (door, unit, answer.text[:300])
                _is_refused_for_its_own_reasons(register, role, door, answer=answer, place=place)
                named = {other for other, mark in MARKS.items() if mark in _told(answer)}
                assert not row.shows or unit in named, (door, unit, place)
                others |= named - {unit}
                assert named <= (SEEN[role] if row.neighbours else {unit}), (door, unit, place)
        assert others == (SEEN[role] if row.neighbours and len(SEEN[role]) > 1 else set()), door


def _is_refused_for_its_own_reasons(
    register: Register, role: Role, door: tuple[str, str], *, answer: Answer, place: int
) -> None:
    """A record in sight that is refused with 404 (nothing of the kind is kept with it) is not told like one not there."""
    if answer.status_code == 404 and _names_a_record(door[1]):
        nothing = _ask(register, role, door, unit=NOWHERE, place=place)
        assert not _same_but_for_the_id(answer, nothing), (door, place)


@pytest.mark.parametrize("role", Role)
def test_a_job_is_its_starters_and_their_units_offices(register: Register, role: Role) -> None:
    """Somebody else's job of a unit out of sight is not there; one's own office's is."""
    door = ("GET", "/api/v1/jobs/{job_id}")
    for unit in UNITS:
        answer = _ask(register, role, door, unit=unit)
        allowed = role is Role.OFFICE and unit in SEEN[role]
        assert (answer.status_code == 200) is allowed, (unit, answer.text[:300])
        assert answer.status_code in {200, 403, 404}
        if not allowed:
            assert unit not in answer.text
            cancelled = _ask(register, role, ("POST", f"{door[1]}/cancellations"), unit=unit)
            assert cancelled.status_code in {403, 404}
    listed = _ask(register, role, ("GET", "/api/v1/jobs")).text
    assert not [unit for unit in set(UNITS) - SEEN[role] if unit in listed]


@pytest.mark.parametrize("role", [role for role in Role if SEEN[role]])
def test_acts_on_what_is_seen_leave_the_rest_alone(register: Register, role: Role) -> None:
    """With the right and in sight an act is done or refused for its own reasons; documents of other units stay as they are."""
    hidden = sorted(set(UNITS) - SEEN[role])
    before = {unit: register.records_of(unit) for unit in hidden}
    for door, row in TABLE.items():
        if door[0] != "POST" or role not in row.roles or row.own_jobs or door[1] == "/account/password":
            continue
        for unit in sorted(SEEN[role]) if _names_a_record(door[1]) else [OWN]:
            for place in _places(door[1]):
                answer = _ask(register, role, door, unit=unit, place=place)
                assert answer.status_code in _ACTED | row.refused_as, (
                    door,
                    unit,
                    place,
                    answer.status_code,
                    answer.text[:400],
                )
                _is_refused_for_its_own_reasons(register, role, door, answer=answer, place=place)
    assert {unit: register.records_of(unit) for unit in hidden} == before


def test_nobody_signed_in_is_nobody(register: Register) -> None:
    """Every closed route answers a stranger with the way to sign in, and nothing of the register."""
    stranger = a_browser(register.app)
    stranger.app.state.throttle.strangers._burst = 10_000.0
    before = register.contents()
    for method, path in TABLE:
        target = register.targets[OWN]
        named = {"document_id": target.documents[3], "interpretation_id": target.interpretation, "job_id": target.job}
        address = path.format(**named, **ALSO)
        answer = stranger.request(method, address, follow_redirects=False)
        if path.startswith("/api/"):
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
        else:
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/sign-in")
        assert not any(mark in answer.text for mark in MARKS.values())
    assert register.contents() == before


def test_refusals_are_in_the_journal(register: Register) -> None:
    """Who, what, from where, which right was wanting."""
    login = LOGINS[Role.SYSTEM_ADMINISTRATOR]
    _ask(register, Role.SYSTEM_ADMINISTRATOR, ("GET", "/api/v1/documents"))
    with register.app.store.reading() as work:
        entry = work.journal.head()
    assert entry is not None
    assert (entry.action, entry.actor, entry.outcome, entry.origin) == (
        "refuse-access",
        login,
        "refused",
        "web 10.1.2.3",
    )
    assert json.loads(entry.detail) == {"right": "read"}
    assert entry.subject == "GET /api/v1/documents"


def test_metrics_are_for_this_machine_and_its_administrator(register: Register) -> None:
    """Another machine needs the right, also where it has signed in."""
    statuses = {role: browser.get("/metrics").status_code for role, browser in register.browsers.items()}
    assert statuses == {role: 200 if role is Role.SYSTEM_ADMINISTRATOR else 403 for role in Role}
    assert a_browser(register.app).get("/metrics").status_code == 401
