"""What each route of the porch may be asked by whom, in a table of its own, and a register with documents of five units.

The table is written by hand beside the routes on purpose: a route that declares another right than it should is found
here, and a new route must be given its row.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from web_people import ASSESSED, BELOW, LOGINS, OTHER, OWN, SUPERIOR, UNITS, a_peopled_app
from web_register import an_app

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, LinkDecision, LinkProposal, LinkProposals
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.registering import declare, publish, record_document, sign
from attrtrack.workflow.reviewing import review_secrecy

MARKS = {SUPERIOR: "青龙桥", OWN: "白鹭洲", BELOW: "赤松岭", OTHER: "黑石滩", ASSESSED: "紫云台"}
"""A word that stands in everything of a unit and nowhere else."""
NOWHERE = "nowhere"
"""The target that is not in the register."""
SEEN = {
    Role.DRAFTER: {OWN, BELOW},
    Role.OFFICE: {OWN, BELOW},
    Role.SIGNATORY: {OWN, BELOW},
    Role.ASSESSOR: {ASSESSED},
    Role.SYSTEM_ADMINISTRATOR: set(),
    Role.SECURITY_ADMINISTRATOR: set(),
    Role.AUDIT_ADMINISTRATOR: set(),
}
"""Whose documents an account of `OWN` sees: its unit's and those below; an assessor's only what is assigned."""
_ALL_MAKERS = {Role.DRAFTER, Role.OFFICE, Role.SIGNATORY}
READERS = {*_ALL_MAKERS, Role.ASSESSOR}
EVERYBODY = set(Role)
_MAKES, _GRANTS = {Role.SYSTEM_ADMINISTRATOR}, {Role.SECURITY_ADMINISTRATOR}
_MANAGERS = {*_MAKES, *_GRANTS}
_LETTER = {
    "title": "关于做好春耕备耕工作的通知",
    "text": "关于做好春耕备耕工作的通知\n各乡镇人民政府：\n请认真贯彻执行。\n",
}
_DECLARED = {"attribute": "proactive", "declared_by": "甲", "signed_by": "乙", **_LETTER}
UPLOADED = ("春耕.html", f"<!DOCTYPE html><title>春耕</title><p>{_LETTER['text']}</p>".encode(), "text/html")
"""A file that every upload takes, but for that of a ledger."""
_LEDGER = ("台账.csv", f"公文全称,文号,单位\n{_LETTER['title']},云外发〔2024〕1号,{OTHER}\n".encode(), "text/csv")
"""A ledger with a row of a unit out of sight."""
_SCHEME = "shanxi-2020-sample"
_FAULTS = ("扣分.csv", f"单位,规则,次数,说明,依据\n{OTHER},organisation,1,没有台账,检查记录\n".encode(), "text/csv")
"""What a person found, at a unit out of sight."""


@dataclass(frozen=True)
class Row:
    """Who may ask a route; what is sent; whether the address names one record; whether a list must show what is seen.

    `refused_as`: how a record in sight may be refused, in words, for its own reasons (no original kept, nothing cut).
    `of_all`: the journal, which names units and people of all, and no word of a document.
    `file`: what is uploaded beside the fields of `upload`.
    `neighbours`: a page of one document that also names like documents, of other units too where they are in sight.
    """

    roles: set[Role]
    body: dict[str, Any] | None = None
    upload: dict[str, Any] | None = None
    file: tuple[str, bytes, str] = UPLOADED
    query: dict[str, str] = field(default_factory=dict)
    shows: bool = False
    own_jobs: bool = False
    of_all: bool = False
    neighbours: bool = False
    refused_as: frozenset[int] = frozenset()


_D, _I = "/api/v1/documents", "/api/v1/interpretations"
_WHO = "/administration/accounts/{login}"
_ONE, _READING = f"{_D}/{{document_id}}", f"{_I}/{{interpretation_id}}"
TABLE: dict[tuple[str, str], Row] = {
    ("POST", "/api/v1/gate"): Row(_ALL_MAKERS, _DECLARED),
    ("POST", "/api/v1/gate/upload"): Row(_ALL_MAKERS, upload={"facts": '{"declared_by": "甲", "signed_by": "乙"}'}),
    ("GET", "/api/v1/overview"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/api/v1/worklist"): Row(READERS, query={"year": "", "unit": ""}, shows=True),
    ("GET", _D): Row(READERS, shows=True),
    ("GET", _ONE): Row(READERS, shows=True),
    ("POST", _D): Row({Role.DRAFTER, Role.OFFICE}, _LETTER),
    ("POST", f"{_D}/upload"): Row({Role.DRAFTER, Role.OFFICE}, upload={}),
    ("POST", "/api/v1/proposals"): Row(_ALL_MAKERS, _LETTER),
    ("POST", "/api/v1/proposals/upload"): Row(_ALL_MAKERS, upload={}),
    ("POST", f"{_ONE}/proposals"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("POST", f"{_ONE}/declarations"): Row({Role.DRAFTER}, {"attribute": "proactive", "because": "重新认定"}),
    ("POST", f"{_ONE}/reviews"): Row({Role.OFFICE}, {"result": "agree"}),
    ("POST", f"{_ONE}/secrecy-reviews"): Row({Role.OFFICE}, {"result": "cleared"}),
    ("POST", f"{_ONE}/opinions"): Row({Role.DRAFTER, Role.OFFICE}, {"unit": "某局", "result": "agree"}),
    ("POST", f"{_ONE}/withdrawals"): Row({Role.DRAFTER}, {"because": "内容有误"}),
    ("POST", f"{_ONE}/decisions"): Row({Role.SIGNATORY}, {"because": "同意"}),
    ("POST", f"{_ONE}/publications"): Row(
        {Role.DRAFTER, Role.OFFICE},
        {"url": "https://www.example.gov.cn/1", "date": "2023-06-01", "channel": "government-website"},
    ),
    ("GET", "/api/v1/reexaminations/due"): Row(READERS, query={"day": "2099-01-01"}),
    ("POST", f"{_ONE}/reexaminations"): Row(
        {Role.OFFICE, Role.SIGNATORY}, {"result": "keep", "because": "情况没有变化"}
    ),
    ("GET", "/api/v1/replays"): Row(READERS, query={"all": "true"}),
    ("GET", _I): Row(READERS, shows=True),
    ("GET", _READING): Row(READERS, shows=True),
    ("POST", _I): Row({Role.OFFICE}, {"title": "春耕政策问答", "text": "问：何时春耕？答：三月。"}),
    ("POST", f"{_I}/upload"): Row({Role.OFFICE}, upload={}),
    ("GET", "/api/v1/links/waiting"): Row(READERS, shows=True),
    ("POST", f"{_READING}/judgements"): Row({Role.DRAFTER, Role.OFFICE}, {"act": "none"}),
    ("GET", "/api/v1/needs"): Row(READERS),
    ("GET", f"{_ONE}/need"): Row(READERS),
    ("POST", f"{_ONE}/need-decisions"): Row({Role.OFFICE}, {"needed": True, "because": "涉及群众利益"}),
    ("POST", f"{_ONE}/need-decisions/undo"): Row({Role.OFFICE}, {}),
    ("GET", "/api/v1/search"): Row(READERS, query={"q": "政策 问答", "limit": "500"}, shows=True),
    ("GET", "/api/v1/measures"): Row(READERS, query={"rows": "true", "year": "", "unit": ""}),
    ("GET", "/api/v1/exports/year-list/{year}"): Row(READERS, shows=True),
    ("GET", "/api/v1/jobs"): Row(EVERYBODY),
    ("POST", "/api/v1/jobs"): Row({Role.OFFICE}, {"kind": "audit"}),
    ("POST", "/api/v1/jobs/upload"): Row({Role.OFFICE}, upload={"kind": "import-pages"}),
    ("GET", "/api/v1/jobs/{job_id}"): Row(EVERYBODY, own_jobs=True),
    ("POST", "/api/v1/jobs/{job_id}/cancellations"): Row(EVERYBODY, {}, own_jobs=True),
    ("GET", "/api/v1/journal"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("GET", "/api/v1/journal/export"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("GET", "/api/v1/journal/checkpoint"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("POST", "/api/v1/journal/verifications"): Row({Role.AUDIT_ADMINISTRATOR}, {}, of_all=True),
    ("GET", "/"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/figures/{code}/{reading}"): Row(READERS, query={"year": "", "unit": "", "part": "excluded"}, shows=True),
    ("GET", "/figures/by/{dimension}"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/missing"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/scores"): Row(READERS, query={"scheme": _SCHEME, "year": "2023"}),
    ("POST", "/scores"): Row(READERS, upload={"scheme": _SCHEME, "year": "2023"}, file=_FAULTS),
    ("GET", "/scores/sheet"): Row(
        READERS, query={"scheme": _SCHEME, "year": "2023", "unit": ""}, refused_as=frozenset({404})
    ),
    ("GET", "/scores/sheets.xlsx"): Row(READERS, query={"scheme": _SCHEME, "year": "2023"}),
    ("GET", "/reports"): Row(READERS, query={"kind": "rectification", "year": "2023"}),
    ("GET", "/reports/paper.docx"): Row(READERS, query={"kind": "notice", "year": "2023"}),
    ("GET", "/reports/paper.html"): Row(READERS, query={"kind": "rectification", "year": "2023"}),
    ("GET", "/checks/report"): Row(READERS),
    ("POST", "/checks/report"): Row(READERS, upload={}),
    ("GET", "/checks/scores"): Row(READERS),
    ("POST", "/checks/scores"): Row(READERS, upload={}, file=_LEDGER),
    ("GET", "/flags"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/flags/{document_id}"): Row(READERS, shows=True),
    ("POST", "/documents/{document_id}/correction"): Row({Role.ASSESSOR}, {"attribute": "withheld"}),
    ("POST", "/documents/{document_id}/correction/undo"): Row({Role.ASSESSOR}, {}),
    ("GET", "/lists/by/{dimension}.{kind}"): Row(READERS, query={"year": "", "unit": ""}),
    ("GET", "/lists/figures/{code}/{reading}.{kind}"): Row(READERS, query={"year": "", "unit": ""}, shows=True),
    ("GET", "/documents"): Row(READERS, query={"year": "", "unit": "", "urgency": "check"}),
    ("GET", "/documents/{document_id}"): Row(READERS, shows=True, neighbours=True),
    ("POST", "/documents/{document_id}/declaration"): Row({Role.DRAFTER}, {}),
    ("POST", "/documents/{document_id}/withdrawal"): Row({Role.DRAFTER}, {}),
    ("POST", "/documents/{document_id}/publication"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("POST", "/documents/{document_id}/elements"): Row({Role.DRAFTER}, {}),
    ("GET", "/documents/{document_id}/opinion.docx"): Row(READERS),
    ("GET", "/documents/{document_id}/original"): Row(_ALL_MAKERS, refused_as=frozenset({404})),
    ("GET", "/documents/{document_id}/marked.docx"): Row(_ALL_MAKERS, refused_as=frozenset({415})),
    ("GET", "/documents/{document_id}/files/{file_id}"): Row(READERS, refused_as=frozenset({404})),
    ("GET", "/documents/{document_id}/public.docx"): Row(READERS, refused_as=frozenset({409})),
    ("GET", "/documents/{document_id}/public.txt"): Row(READERS, refused_as=frozenset({409})),
    ("GET", "/documents/{document_id}/public"): Row(READERS, shows=True),
    ("POST", "/documents/{document_id}/public"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("POST", "/documents/{document_id}/public/personal"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("POST", "/documents/{document_id}/public/restore"): Row(
        {Role.DRAFTER, Role.OFFICE}, {"cut": "1"}, refused_as=frozenset({404})
    ),
    ("POST", "/documents/{document_id}/public/keep"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("GET", "/queue/registration.xlsx"): Row(READERS, shows=True),
    ("GET", "/drafts"): Row({Role.DRAFTER, Role.OFFICE}),
    ("GET", "/drafts/new"): Row({Role.DRAFTER, Role.OFFICE}),
    ("POST", "/drafts/new"): Row({Role.DRAFTER, Role.OFFICE}, upload={}),
    ("GET", "/lists/{year}.xlsx"): Row(READERS, query={"unit": ""}, shows=True),
    ("GET", "/exports"): Row(READERS, query={"year": "", "unit": ""}),
    ("POST", "/exports"): Row(READERS, {"year": "2023"}),
    ("GET", "/exports/{job_id}/list.xlsx"): Row(READERS, own_jobs=True),
    ("GET", "/interpretations"): Row(READERS, query={"tab": "all"}, shows=True),
    ("GET", "/interpretations/{interpretation_id}"): Row(READERS, shows=True),
    ("POST", "/interpretations/{interpretation_id}/judgements"): Row({Role.DRAFTER, Role.OFFICE}, {"said": "none"}),
    ("POST", "/interpretations/{interpretation_id}/candidates"): Row({Role.DRAFTER, Role.OFFICE}, {}),
    ("POST", "/interpretations/{interpretation_id}/signs"): Row({Role.DRAFTER, Role.OFFICE}, {"forms": "video"}),
    ("GET", "/interpretations/new"): Row({Role.OFFICE}),
    ("POST", "/interpretations/new"): Row({Role.OFFICE}, {"title": "春耕政策问答"}),
    ("POST", "/interpretations/new/page"): Row({Role.OFFICE}, upload={}),
    ("GET", "/interpretations/import"): Row({Role.OFFICE}),
    ("POST", "/interpretations/import"): Row({Role.OFFICE}, upload={"kind": "import-pages"}),
    ("GET", "/imports/new"): Row({Role.OFFICE}),
    ("POST", "/imports/new"): Row({Role.OFFICE}, upload={}, file=_LEDGER),
    ("GET", "/needs"): Row(READERS),
    ("GET", "/needs/{document_id}"): Row(READERS, shows=True),
    ("POST", "/needs/{document_id}"): Row({Role.OFFICE}, {"answer": "yes", "because": "涉及群众利益"}),
    ("POST", "/needs/{document_id}/undo"): Row({Role.OFFICE}, {}),
    ("GET", "/jobs"): Row(EVERYBODY),
    ("POST", "/jobs"): Row({Role.OFFICE}, {"kind": "audit"}),
    ("GET", "/jobs/{job_id}"): Row(EVERYBODY, own_jobs=True),
    ("POST", "/jobs/{job_id}/cancel"): Row(EVERYBODY, {}, own_jobs=True),
    ("POST", "/jobs/{job_id}/again"): Row({Role.OFFICE}, {}, own_jobs=True),
    ("GET", "/queue"): Row({Role.OFFICE, Role.SIGNATORY}, shows=True),
    ("POST", "/queue/accept"): Row({Role.OFFICE}),
    ("POST", "/queue/retractions"): Row({Role.OFFICE}),
    ("GET", "/queue/{document_id}"): Row({Role.OFFICE, Role.SIGNATORY}, shows=True, neighbours=True),
    ("POST", "/queue/{document_id}/review"): Row({Role.OFFICE}, {"result": "agree"}),
    ("GET", "/queue/{document_id}/retraction"): Row({Role.OFFICE}),
    ("POST", "/queue/{document_id}/retraction"): Row({Role.OFFICE}),
    ("POST", "/queue/{document_id}/secrecy"): Row({Role.OFFICE}, {"secrecy": "cleared"}),
    ("POST", "/queue/{document_id}/opinion"): Row({Role.DRAFTER, Role.OFFICE}, {"opinion": "agree"}),
    ("POST", "/queue/{document_id}/sign"): Row({Role.SIGNATORY}, {}),
    ("POST", "/queue/{document_id}/reexamination"): Row({Role.OFFICE, Role.SIGNATORY}, {"kept": "keep"}),
    ("POST", "/queue/{document_id}/need"): Row({Role.OFFICE}, {"needed": "yes"}),
    ("POST", "/queue/{document_id}/precedent"): Row({Role.OFFICE}, {"taught": "yes"}),
    ("GET", "/search"): Row(READERS, query={"q": "政策问答"}, shows=True),
    ("GET", "/audit"): Row({Role.OFFICE}),
    ("POST", "/audit"): Row({Role.OFFICE}),
    ("GET", "/audit/{job_id}"): Row({Role.OFFICE}),
    ("GET", "/audit/{job_id}/list.xlsx"): Row({Role.OFFICE}, refused_as=frozenset({404})),
    ("GET", "/rules"): Row(EVERYBODY),
    ("GET", "/rules/tables/{name}"): Row(EVERYBODY),
    ("GET", "/rules/model"): Row(EVERYBODY),
    ("GET", "/administration"): Row(_MANAGERS, of_all=True),
    ("GET", "/administration/new"): Row(_MAKES, of_all=True),
    ("POST", "/administration/accounts"): Row(_MAKES, {"login": "xin", "name": "新人"}),
    ("GET", _WHO): Row(_MANAGERS, of_all=True),
    ("POST", f"{_WHO}/name"): Row(_MAKES, {"name": "新人"}),
    ("GET", f"{_WHO}/closing"): Row(_MAKES, of_all=True),
    ("POST", f"{_WHO}/closing"): Row(_MAKES, {}),
    ("GET", f"{_WHO}/password"): Row(_MAKES, of_all=True),
    ("POST", f"{_WHO}/password"): Row(_MAKES, {}),
    ("GET", f"{_WHO}/locking"): Row(_MAKES, of_all=True),
    ("POST", f"{_WHO}/locking"): Row(_MAKES, {}),
    ("POST", f"{_WHO}/unlocking"): Row(_MAKES, {}),
    ("POST", f"{_WHO}/sessions"): Row(_MAKES, {}),
    ("POST", f"{_WHO}/roles"): Row(_MANAGERS, {"role": "signatory"}),
    ("POST", f"{_WHO}/roles/revocation"): Row(_GRANTS, {"role": "drafter"}),
    ("POST", f"{_WHO}/unit"): Row(_GRANTS, {"unit": OTHER}),
    ("POST", f"{_WHO}/assessed"): Row(_GRANTS, {"assessed": OTHER}),
    ("POST", f"{_WHO}/assessed/removal"): Row(_GRANTS, {"assessed": OTHER}),
    ("POST", f"{_WHO}/identities"): Row(_MAKES, {"issuer": "https://elsewhere.local", "subject": "x"}),
    ("POST", f"{_WHO}/identities/removal"): Row(_MAKES, {"issuer": "https://elsewhere.local", "subject": "x"}),
    ("GET", f"{_WHO}/tokens/{{token_id}}/revocation"): Row(_MAKES, of_all=True, refused_as=frozenset({404})),
    ("POST", f"{_WHO}/tokens/{{token_id}}/revocation"): Row(_MAKES, {}, refused_as=frozenset({404})),
    ("GET", "/administration/units"): Row(_MANAGERS, of_all=True),
    ("POST", "/administration/units"): Row(_MANAGERS, {"name": "新设局"}),
    ("GET", "/administration/units/one"): Row(_MANAGERS, query={"name": OTHER}, of_all=True),
    ("POST", "/administration/units/one"): Row(_GRANTS, {}, query={"name": OTHER}),
    ("GET", "/administration/units/closing"): Row(_MANAGERS, query={"name": OTHER}, of_all=True),
    ("POST", "/administration/units/closing"): Row(_MANAGERS, {}, query={"name": OTHER}),
    ("GET", "/administration/system"): Row(_MAKES, of_all=True),
    ("GET", "/journal"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("GET", "/journal/verification"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("POST", "/journal/verification"): Row({Role.AUDIT_ADMINISTRATOR}, {}, of_all=True),
    ("GET", "/journal/checkpoint.txt"): Row({Role.AUDIT_ADMINISTRATOR}, of_all=True),
    ("GET", "/account/tokens"): Row(EVERYBODY),
    ("POST", "/account/tokens"): Row(EVERYBODY, {"name": "办公系统"}),
    ("GET", "/account/tokens/{token_id}/revocation"): Row(EVERYBODY, refused_as=frozenset({404})),
    ("POST", "/account/tokens/{token_id}/revocation"): Row(EVERYBODY, {}, refused_as=frozenset({404})),
    ("GET", "/account"): Row(EVERYBODY),
    ("POST", "/account/password"): Row(EVERYBODY, {}),
}
ALSO = {
    "file_id": "F1",
    "year": 2023,
    "code": "interpretation-rate",
    "reading": "document",
    "login": LOGINS[Role.DRAFTER],
    "token_id": "T999",
    "name": "reasons",
    "dimension": "unit",
    "kind": "xlsx",
}
"""What else addresses name."""
OPEN_TO_ALL = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/docs"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/sign-in/elsewhere"),
    ("GET", "/first-run"),
    ("POST", "/first-run"),
    ("POST", "/first-run/sample"),
    ("GET", "/sign-in/elsewhere/back"),
}
"""Routes for those who have not signed in; `/metrics` asks for itself."""


@dataclass(frozen=True)
class Target:
    """The records of one unit by kind: draft, declared, signed, published; an interpretation; a job."""

    documents: tuple[str, ...]
    interpretation: str
    job: str


def a_matrix_register(folder: Path, url: str | None = None) -> tuple[App, dict[str, Target]]:
    """Fill a register with four documents, an interpretation and a job of each of five units, beside people of every role."""
    app = a_peopled_app(folder, an_app(folder, url))
    targets = {unit: _filled(app, unit) for unit in UNITS}
    targets[NOWHERE] = Target(("D999999",) * 4, "I999999", "J999999")
    return app, targets


def _filled(app: App, unit: str) -> Target:
    drafter, office, signatory = (
        app.acting_as(f"{unit}的{name}", Access(frozenset(Right), frozenset({unit}), unit), origin="cli", unit=unit)
        for name in ("拟稿人", "审核人", "签发人")
    )
    draft, declared, signed, published = (_drafted(drafter, unit, number) for number in range(1, 5))
    for identifier, attribute, reason in (
        (declared, "proactive", None),
        (signed, "withheld", "R16-1b"),
        (published, "proactive", None),
    ):
        declare(drafter, identifier, attribute, reason)
        review_secrecy(office, identifier, "cleared", "不涉密")
    for identifier in (signed, published):
        sign(signatory, identifier)
    address = f"https://www.example.gov.cn/{published}"
    publish(office, published, address, dt.date(2023, 6, 1), channel="government-website")
    interpretation = Interpretation("", f"{MARKS[unit]}政策问答", f"https://www.example.gov.cn/jd/{published}")
    with drafter.unit_of_work() as work:
        added = work.interpretations.add(interpretation, unit=unit, year=2023).id
        work.links.propose(added, LinkProposals(added, (LinkProposal(published, 0.6, LinkDecision.REVIEW, ()),)))
    starter = app.acting_as(
        LOGINS[Role.OFFICE] if unit == OWN else f"{unit}的审核人",
        Access(frozenset(Right), frozenset({unit}), unit),
        origin="cli",
        unit=unit,
    )
    job = jobs.start(starter, "audit", {"unit": unit})
    return Target((draft, declared, signed, published), added, job)


def _drafted(app: App, unit: str, number: int) -> str:
    mark = MARKS[unit]
    title = f"关于{mark}第{number}号农村饮水管理办法的通知"
    document = Document(
        text=f"{title}\n各乡镇人民政府：\n现将{mark}有关事项通知如下，请认真贯彻执行。\n{unit}\n",
        title=title,
        number=f"{mark}发〔2023〕{number}号",
        genre=Genre.NOTICE,
        issuers=(unit,),
        date=WrittenDate(2023, 5, 18),
        drafting_department=f"{mark}办公室",
        needs_interpretation=False,
    )
    return record_document(app, document, content_hash=f"{unit}{number}", file_name="公文.docx").record.id
