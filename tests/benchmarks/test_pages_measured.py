"""Measured: every page of a really started service over a register of 100,000 documents, its files to keep aside.

The pages are read off the assembled application: a page that another part adds is measured by itself, or fails here until it
is said below with which parameters it is asked for, or why it is none; so is one of whose filters none is asked. Two people
ask: one who sees the whole province, and one of the office of one unit, whose every question is narrowed.
"""

import math
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from great_registers import ISSUER, UNITS, YEARS, fill, finished_jobs, people
from measuring import in_full
from web_load import Client, served
from web_matrix import OPEN_TO_ALL, TABLE

from api.app import create_app
from api.permissions import GuardedRoute
from attrtrack.bootstrap import build_app
from attrtrack.domain.access import Role
from attrtrack.domain.worklist import Urgency, WaitsFor
from attrtrack.workflow.indexing import indexing
from attrtrack.workflow.signing_in import sign_in_identity
from attrtrack.workflow.standing import renewing

DOCUMENTS = in_full(100_000, in_ci=3_000)
CROWD, JOBS = in_full(600, in_ci=60), in_full(200, in_ci=20)
ASKED = in_full(20, in_ci=1)
LIMIT_MS = 300
LIMIT_BYTES = 150_000
LIMIT_MB = 400
ONE = UNITS[4]

NO_LIST = {
    r"\.(xlsx|docx|txt|html|\{kind\})$|/files/|/original$": "a file to keep",
    r"^/(healthz|readyz|metrics)$": "an answer about the process",
    r"/(retraction|revocation|closing|locking|password)$": "a question before one act",
}
"""Addresses that are no page of a list or figure, and why."""
GIVEN = frozenset({"cursor", "after", "before", "still"})
"""Parameters that a page gives to the next one: what they ask for is a part like the first."""
NO_FILTERS = {
    "/documents/{document_id}": {"attribute": "what a drafter chose in a form"},
    "/interpretations/{interpretation_id}": {
        **dict.fromkeys(("year", "unit"), "the list it came from"),
        "sought": "words of a title, asked of /search",
    },
    "/queue/{document_id}": dict.fromkeys(
        ("waits", "unit", "year", "genre", "reason", "drafter"), "the queue it came from"
    ),
    "/flags/{document_id}": dict.fromkeys(("quarter", "genre", "policy_kind", "year", "unit"), "the list it came from"),
}
"""Parameters that narrow nothing, and what they are."""
SCOPES = ("year=&unit=", f"year={YEARS[3]}&unit=", f"year=&unit={ONE}", f"year={YEARS[3]}&unit={ONE}")
DEEP = DOCUMENTS // 8
NARROW = ("quarter=2", "genre=通知", "policy_kind=policy", "year=2022&quarter=2&genre=通知")
SCHEME = f"scheme=shanxi-2020-sample&year={YEARS[3]}"
NOTICE = f"kind=notice&{SCHEME}&all_units=true"
# with which questions a page is asked; one that is not named is asked once as it is, its parameters from `register`
QUERIES: dict[str, tuple[str, ...]] = {
    "/": (*SCOPES, *NARROW),
    "/documents": (
        *(f"{scope}&urgency={urgency.value}" for scope in SCOPES[::3] for urgency in Urgency),
        f"{SCOPES[0]}&urgency=check&offset={DEEP}",
    ),
    "/documents/{document_id}/public": ("", "offset=200"),
    "/figures/{code}/{reading}": (
        *SCOPES[::3],
        *NARROW[:3],
        f"{SCOPES[0]}&part=numerator&offset={DEEP // 2}",
        f"{SCOPES[0]}&part=excluded",
        f"{SCOPES[0]}&part=excluded&rule=not-interpreted",
    ),
    "/figures/by/{dimension}": (*SCOPES[:2], *NARROW, f"{SCOPES[0]}&show=interpretation-rate-document&sort=lack&order=down&offset=2"),
    "/missing": (*SCOPES, *NARROW, f"{SCOPES[0]}&figure=reasoned-rate-document&offset={DEEP // 8}"),
    "/flags": (*SCOPES, *NARROW, f"{SCOPES[0]}&corrected=true", f"{SCOPES[0]}&offset=200"),
    "/scores": ("", SCHEME, f"{SCHEME}&visit=2099-05-05&mend_by=2099-09-09", f"scheme=xinzhou-2022&year={YEARS[3]}"),
    "/scores/sheet": (f"{SCHEME}&unit={ONE}", f"{SCHEME}&unit={ONE}&visit=2099-05-05&mend_by=2099-09-09"),
    "/reports": (
        "",
        f"kind=self-check&year={YEARS[3]}&unit={ONE}",
        f"kind=rectification&year={YEARS[3]}&unit={ONE}",
        f"kind=rectification&{SCHEME}&unit={ONE}",
        f"kind=rectification&{SCHEME}",
        f"kind=rectification&{SCHEME}&offset=50",
        f"kind=notice&year={YEARS[3]}",
        f"{NOTICE}&deadline=2099-09-09&to=各县人民政府&class=B",
        *(f"{NOTICE}&table={table}" for table in (2, 3)),
        f"{NOTICE}&table=2&offset=50",
    ),
    "/audit/{job_id}": ("", "offset=100"),
    "/exports": SCOPES,
    "/interpretations": (
        *(f"tab={tab}" for tab in ("all", "waiting", "linked", "none", "missing")), f"tab=all&year={YEARS[3]}&unit={ONE}",
    ),
    "/interpretations/{interpretation_id}": ("", "beside=D13"),
    "/needs": SCOPES[::3],
    "/search": (
        *(f"q={words}" for words in ("医疗救助", "通知", "99", "台账 公示栏", "没有这几个字")),
        f"q=通知&year={YEARS[3]}&unit={ONE}&kind=document",
    ),
    "/queue": (
        *(f"waits={one.value}" for one in WaitsFor), f"unit={ONE}", f"year={YEARS[3]}", "genre=通知",
        "reason=internal-affairs", "drafter=起草人7",
    ),
    "/drafts": ("", "stage=mine", "stage=ended"),
    "/administration": ("state=all", "q=起草人5", f"unit={ONE}", "role=office"),
    "/administration/new": ("", f"unit={ONE}"),
    "/administration/units": ("", f"q={ONE[-3:]}", "offset=50"),
    "/administration/units/one": (f"name={ONE}",),
    "/journal": (
        "", "actor=王办理", "action=sign", "subject=D13", "since=2026-01-01", "outcome=refused", "until=2099-01-01",
    ),
    "/rules/tables/{name}": ("", "q=公开", "offset=50"),
}  # fmt: skip
DIMENSIONS = ("unit", "year", "quarter", "genre", "policy_kind")
FIGURES = (
    ("interpretation-rate", "document"),
    ("diversified-rate", "interpretation"),
    ("off-website-rate", "document"),
    ("reasoned-rate", "document"),
    ("publication-days", "document"),
    ("copied-rate", "interpretation"),
)
NO_LIST_OF_API = {
    r"\{(document|interpretation|job)_id\}": "one record",
    r"/exports/|/journal/(export|checkpoint)$": "a file to keep",
    "/measures$": "every figure with every row, for programs",
    "/replays$": "the gate asked again about every document, for programs",
    "/docs$": "the words of this address alone",
}
"""Addresses of the API that are no list, and why."""
API = (
    "/api/v1/overview?year=&unit=",
    "/api/v1/worklist?year=&unit=&limit=50",
    "/api/v1/documents?limit=50",
    "/api/v1/needs?limit=50",
    "/api/v1/links/waiting?limit=50",
    "/api/v1/interpretations?limit=50",
    "/api/v1/reexaminations/due?limit=50",
    "/api/v1/jobs?limit=50",
    "/api/v1/journal?limit=50",
    "/api/v1/search?q=通知&limit=50",
)
"""Lists of the API that answer like pages."""


@dataclass(frozen=True)
class Register:
    """The register, the cookie of each person, and the values that stand for the parameters of addresses."""

    url: str
    cookies: dict[tuple[Role, str | None], str]
    values: dict[str, str]


class Question(NamedTuple):
    """A page that somebody asks for; `unit` is what they see (None: all)."""

    path: str
    role: Role
    unit: str | None


@dataclass
class Answers:
    """What came back for one question."""

    milliseconds: list[float] = field(default_factory=list)
    size: int = 0
    statuses: set[int] = field(default_factory=set)

    def high(self, share: float = 0.95) -> float:
        """Return the time within which this share was answered (nearest rank: the 19th of twenty)."""
        ordered = sorted(self.milliseconds)
        return ordered[math.ceil(len(ordered) * share) - 1]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Make the register, and what is derived, as the service would have made it in the night."""
    path = tmp_path_factory.mktemp("pages") / "register.db"
    url = f"sqlite:///{path}"
    app = build_app(url, "王办理")
    begun = time.perf_counter()
    fill(app.store, DOCUMENTS)
    logins = people(app, crowd=CROWD)
    jobs = {unit: finished_jobs(app, logins[Role.OFFICE, unit], JOBS) for unit in (ONE, None)}
    made = time.perf_counter()
    for _ in renewing(app):
        pass
    stood = time.perf_counter()
    for _ in indexing(app):
        pass
    indexed = time.perf_counter()
    cookies = {
        who: f"attrtrack={sign_in_identity(app, ISSUER, login, address='web 127.0.0.1').token}"
        for who, login in logins.items()
    }
    app.store.close()
    print(
        f"\n{DOCUMENTS} documents: made in {made - begun:.0f} s, standings in {stood - made:.0f} s, "
        f"search in {indexed - stood:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
    )
    # number 12 of `fill`: signed, interpreted, and of the unit of whoever sees one unit only
    values = {"document_id": "D13", "interpretation_id": "I5", "login": "clerk4", "name": "findings"}
    return Register(url, cookies, {**values, "job_id": jobs[None], f"job_id of {ONE}": jobs[ONE]})


def test_every_page_is_there_in_time(register: Register, tmp_path: Path) -> None:
    """95 of 100 within 300 ms, none over 150 KB, the server within 400 MB."""
    questions = list(_questions(register))
    answers: dict[Question, Answers] = defaultdict(Answers)
    with served(register.url, tmp_path, workers=1) as port, Client(port) as client:
        for number in range(ASKED + 1):
            for question in questions:
                begun = time.perf_counter()
                status, _, body = client.ask(
                    "GET", question.path, Cookie=register.cookies[question.role, question.unit]
                )
                if number:  # rules and model are read once in the life of a process
                    answers[question].milliseconds.append(1000 * (time.perf_counter() - begun))
                answers[question].size = max(answers[question].size, len(body))
                answers[question].statuses.add(status)
        memory = _resident(port)
    _print(answers, memory)
    assert {one.path: answers[one].statuses for one in questions if answers[one].statuses != {200}} == {}
    assert {one.path: answers[one].size for one in questions if answers[one].size > LIMIT_BYTES} == {}
    assert {one.path: round(answers[one].high()) for one in questions if answers[one].high() > LIMIT_MS} == {}
    assert memory <= LIMIT_MB


def test_no_page_and_no_filter_is_left_out() -> None:
    """Every address that is read is asked above or said to be no list and why; so is every parameter that narrows a page."""
    asked_of_api = {address.partition("?")[0] for address in API}
    routes = dict(_readable())
    api = {path for path in routes if path.startswith("/api/")}
    unknown = set(QUERIES) - set(_pages(routes)) | asked_of_api - api
    assert not unknown, f"a question is asked of a page that is no more: {unknown}"
    left = {path for path in api - asked_of_api if not any(re.search(words, path) for words in NO_LIST_OF_API)}
    assert not left, f"say in API with which questions {left} are measured, or in NO_LIST_OF_API why they are not"
    for path in _pages(routes):
        asked = {name for query in QUERIES.get(path, ()) for name, _ in parse_qsl(query, keep_blank_values=True)}
        silent = routes[path] - asked - GIVEN - set(NO_FILTERS.get(path, ()))
        assert not silent, f"{path}: ask with {silent} in QUERIES, or say in NO_FILTERS what they are"


def _readable() -> Iterator[tuple[str, set[str]]]:
    """Yield every address that can be read and asks who is there, with the parameters of its query."""
    app = build_app("sqlite://", "王办理")
    for context in iter_route_contexts(create_app(app).routes):
        route, path = context.original_route, str(context.path)
        if isinstance(route, GuardedRoute) and "GET" in (context.methods or ()) and ("GET", path) not in OPEN_TO_ALL:
            yield path, set(_parameters(route.dependant))
    app.store.close()


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _parameters(inner)


def _pages(routes: Iterable[str]) -> list[str]:
    """Return the addresses of pages of lists and figures."""
    pages = (path for path in routes if not path.startswith("/api/"))
    return sorted(path for path in pages if not any(re.search(words, path) for words in NO_LIST))


def _questions(register: Register) -> Iterator[Question]:
    """Yield every page with each of its questions as the first role that may ask it does, then the lists of the API."""
    for path in _pages(dict(_readable())):
        role = _reader(path)
        for unit in (None, ONE) if role is Role.OFFICE else (None,):
            for address in _filled(path, register.values, unit):
                for query in QUERIES.get(path, ("",)):
                    yield Question(quote(f"{address}{'?' if query else ''}{query}", safe="/?&=%"), role, unit)
    for address in API:
        yield Question(quote(address, safe="/?&=%"), _reader(address.partition("?")[0]), None)


def _reader(path: str) -> Role:
    return next(role for role in (Role.OFFICE, *Role) if role in TABLE["GET", path].roles)


def _filled(path: str, values: dict[str, str], unit: str | None) -> Iterator[str]:
    """Put values in the place of a path's parameters; one that is not known fails, and is to be named in `register`."""
    own = {"job_id": values[f"job_id of {unit}"]} if unit else {}
    for dimension in DIMENSIONS if "{dimension}" in path else ("",):
        for code, reading in FIGURES if "{code}" in path else (("", ""),):
            known = {**values, **own, "dimension": dimension, "code": code, "reading": reading}
            missing = set(re.findall(r"\{(\w+)\}", path)) - set(known)
            assert not missing, (
                f"{path}: say in `register` with which {missing} it is measured, or in NO_LIST why it is not"
            )
            yield path.format(**known)


def _print(answers: dict[Question, Answers], memory: float) -> None:
    for question, found in answers.items():
        who = f"{question.role.chinese}{'' if question.unit is None else '，一个单位'}"
        said = f"{found.high(0.5):6.1f} {found.high():6.1f} ms {found.size / 1000:6.1f} KB"
        print(f"  {said} {sorted(found.statuses)} {unquote(question.path)} ({who})")
    slowest = max(answers.values(), key=Answers.high)
    largest = max(answer.size for answer in answers.values())
    print(
        f"{len(answers)} questions, {ASKED} times each: slowest p95 {slowest.high():.0f} ms, "
        f"largest page {largest / 1000:.0f} KB, server {memory:.0f} MB at most"
    )


def _resident(port: int) -> float:
    """Return the most memory that the service on a port has ever held, in MB."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if str(port).encode() in words and b"serve" in words:
                return int((folder / "status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
        except OSError:
            continue
    raise AssertionError("the service is not there")
