"""Every page of the assembled application, in every state that changes what it shows: no fault that axe-core knows, nothing cut off.

The pages are read off the application: one that is added later is looked at by itself, or fails here until it is said how
it is reached.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from decided_letters import PRICE
from measuring import in_full
from playwright.sync_api import Page
from sample_office import YEAR, SampleOffice
from web_matrix import OPEN_TO_ALL, TABLE
from web_people import LOGINS, OWN, acting

from api.app import create_app
from api.permissions import doors
from attrtrack.domain.access import Right, Role
from attrtrack.domain.documents import SourceText
from attrtrack.recording import record as find_elements
from attrtrack.workflow import accounts, jobs
from attrtrack.workflow.exports import start_export
from attrtrack.workflow.job_running import run_job
from attrtrack.workflow.registering import declare, record_document, sign
from attrtrack.workflow.reviewing import review

pytestmark = pytest.mark.browser
KEPT = re.compile(r"\.(xlsx|docx|txt|html|\{kind\})$|/files/|/original$|^/(healthz|readyz|metrics)$")
"""Addresses that answer with a file to keep, or about the process."""
ELSEWHERE = {"/sign-in/elsewhere", "/sign-in/elsewhere/back", "/first-run", "/journal/verification"}
"""Doors that lead on, and pages that are looked at by tests of their own: the first run, the verification that runs long."""
SCHEME = "shanxi-2020-sample"
QUERIES = {
    "/documents": ("year=&unit=&urgency=refused", f"year={YEAR}&unit=&urgency=check"),
    "/interpretations": ("tab=all", "tab=waiting", "tab=linked", "tab=none", "tab=missing"),
    "/search": ("q=医疗救助", "q=没有这几个字", ""),
    "/queue": ("", "waits=declare", "genre=没有的文种"),
    "/drafts": ("", "stage=ended"),
    "/administration/units/one": (f"name={OWN}",),
    "/administration/units/closing": (f"name={OWN}",),
    "/missing": ("", f"year={YEAR}&unit={OWN}"),
    "/scores": ("", f"scheme={SCHEME}&year={YEAR}&mend_by=2030-01-01"),
    "/scores/sheet": (f"scheme={SCHEME}&year={YEAR}&unit={OWN}",),
    "/reports": (
        "",
        f"kind=self-check&year={YEAR}&unit={OWN}&class=B",
        f"kind=notice&year={YEAR}&scheme={SCHEME}&all_units=true",
        f"kind=rectification&year={YEAR}&scheme={SCHEME}",
    ),
}
WIDTHS = (1440, 390)
CHECKED = in_full(WIDTHS, in_ci=(390,))
"""At which widths axe-core looks; the walks of each day have it look at both."""


class Address(NamedTuple):
    """A page and who asks for it."""

    path: str
    role: Role


def _kept_back(office: SampleOffice) -> str:
    """Sign a letter withheld against a rule: it comes up for re-examination, and somebody is asked whether it is a precedent."""
    drafter, reviewer, signatory = (acting(office.app, role) for role in (Role.DRAFTER, Role.OFFICE, Role.SIGNATORY))
    letter = find_elements(SourceText("kept.txt", "txt", PRICE.format(number=9, town="东山")), office.app.rules)
    identifier = record_document(drafter, letter, content_hash="kept back", file_name="kept.txt").record.id
    declare(drafter, identifier, "withheld", "R16-1b")
    review(reviewer, identifier, "agree")
    sign(signatory, identifier)
    return identifier


def _filled(office: SampleOffice, path: str, role: Role, kept_back: str) -> Iterator[str]:
    """Put values for the parameters of a page, several where its look depends on the state of what it shows."""
    app = office.app
    if "{document_id}" in path:
        of_states = {"/queue/{document_id}": ("declared", "reviewed"), "/queue/{document_id}/retraction": ("reviewed",)}
        states = of_states.get(
            path, ("draft", "signed", "published") if path == "/documents/{document_id}" else ("published",)
        )
        for state in states:
            yield path.replace("{document_id}", office.letters[state][-1])
        if path in {"/documents/{document_id}", "/queue/{document_id}"}:
            yield path.replace("{document_id}", kept_back)
    elif "{interpretation_id}" in path:
        yield path.replace("{interpretation_id}", "I1")
    elif "{token_id}" in path:
        owner = Role.OFFICE if role is Role.SYSTEM_ADMINISTRATOR else role
        login = LOGINS[owner]
        made = accounts.add_token(acting(app, owner), login, "对接", scopes=frozenset({Right.READ}), days=30)
        yield path.replace("{token_id}", made.token.id).replace("{login}", login)
    elif "{job_id}" in path:
        starter = acting(app, Role.OFFICE)
        job = jobs.start(starter, "audit", {"year": YEAR})
        jobs.cancel(starter, job)
        yield path.replace("{job_id}", job)
        if path == "/jobs/{job_id}":
            made = start_export(starter, YEAR)
            run_job(app, made)
            yield path.replace("{job_id}", made)
    elif "{dimension}" in path:
        yield from (path.replace("{dimension}", name) for name in ("unit", "year", "quarter", "genre", "policy_kind"))
    elif "{code}" in path:
        yield path.format(code="interpretation-rate", reading="document")
        yield path.format(code="publication-days", reading="document") + "?part=excluded"
        yield path.format(code="copied-rate", reading="interpretation") + "?part=numerator"
    else:
        yield path.replace("{login}", LOGINS[Role.DRAFTER]).replace("{name}", "findings")


def _addresses(office: SampleOffice) -> Iterator[Address]:
    kept_back = _kept_back(office)
    pages = {door.path for door in doors(create_app(office.app)) if door.method == "GET"}
    for path in sorted(pages - ELSEWHERE):
        if path.startswith("/api/") or KEPT.search(path) or ("GET", path) in OPEN_TO_ALL:
            continue
        allowed = TABLE["GET", path].roles
        role = next(role for role in (Role.OFFICE, *Role) if role in allowed)
        for filled in _filled(office, path, role, kept_back):
            assert "{" not in filled, f"nothing is known for a parameter of {path}"
            for query in QUERIES.get(path, ("",)):
                yield Address(f"{filled}?{query}" if query else filled, role)


def test_no_page_has_a_fault_or_is_cut_off(
    sample_office: SampleOffice, desk_at: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    """Each page once at a desk and once on a telephone; what is wrong is told of all pages together."""
    wrong: dict[str, list[str]] = {}
    pages: dict[Role, Page] = {}
    for address in _addresses(sample_office):
        page = pages.get(address.role) or pages.setdefault(address.role, desk_at(address.role))
        answer = page.goto(address.path)
        assert answer is not None
        faults = [] if answer.status == 200 else [f"answered {answer.status}"]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{width}: {fault}" for fault in (axe(page) if width in CHECKED else ())]
            sideways = page.evaluate("document.documentElement.scrollWidth")
            faults += [f"{width}: {sideways} wide"] if sideways > width else []
        if faults:
            wrong[address.path] = faults
    assert wrong == {}
