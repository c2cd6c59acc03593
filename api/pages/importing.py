"""`/imports/new` and `/interpretations/import`: ledgers and saved pages are handed in and become a job."""

import hashlib
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import Crumb, DeskView, Option, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import attempted
from api.pages.importing_looks import looked_at
from api.pages.importing_views import ImportPage
from api.pages.once import a_mark, done_once
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs, takes
from api.sessions import ensure_form
from api.uploads import MAX_FORM, TheUploads, Uploads
from attrtrack.domain.access import Right
from attrtrack.domain.jobs import JobKind, Upload
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportScope
from attrtrack.workflow.jobs import start
from attrtrack.workflow.looked_ledgers import looked_at_before
from attrtrack.workflow.overview import choices
from attrtrack.workflow.page_archives import unpacked

router = APIRouter(route_class=GuardedRoute)
_LEDGER, _PAGES = JobKind.IMPORT_LEDGER.value, JobKind.IMPORT_PAGES.value


@dataclass(frozen=True, slots=True)
class _Counter:
    """A place where files are handed in, and what is taken there."""

    path: str
    title: str
    lead: str
    takes: tuple[str, ...]
    accept: str
    several: bool
    kinds: tuple[Option, ...]
    elsewhere: tuple[str, str]
    above: Crumb


_DOCUMENTS = _Counter(
    path="/imports/new",
    title="导入公文台账",
    lead="交一份台账（xlsx、xls、csv），已印发的公文、公开地址和解读一并登记。",
    takes=(
        "每行一份公文；认得的栏目：公文全称、文号、成文日期、公开属性、理由、起草部门、公文链接、解读链接等。",
        "再次导入同一份台账，只补充有变化的，不会重复登记。",
        "有问题的行不登记，导入后逐行列出，改好可以再导。",
    ),
    accept=".xlsx,.xls,.csv,.et,.ods",
    several=False,
    kinds=(),
    elsewhere=("要导入解读？", "/interpretations/import"),
    above=Crumb("任务", "/jobs"),
)
_READINGS = _Counter(
    path="/interpretations/import",
    title="批量导入解读",
    lead="交带解读链接的台账，或浏览器保存的解读网页（可以多选，也可以打成 zip）。",
    takes=(
        "网页：html、mht，一次最多一千个；zip 里的图片等不收。",
        "公文自己的公开页面可以一并交来：地址与登记的公开地址相同的，不作解读登记，只读页面上的链接，据以测算互链率。",
        "台账：xlsx、xls、csv，列有公文和解读链接。",
        "同一件解读再次导入，只补充缺少的内容，不会重复登记。",
    ),
    accept=".html,.htm,.shtml,.xhtml,.mht,.mhtml,.zip,.xlsx,.xls,.csv,.et,.ods",
    several=True,
    kinds=(
        Option(_PAGES, "保存的网页或 zip", "读出标题、地址、日期、正文，识别形式和渠道。"),
        Option(_LEDGER, "台账", "按公文和解读链接两栏登记并关联。"),
    ),
    elsewhere=("只有一件？逐件登记", "/interpretations/new"),
    above=Crumb("解读", "/interpretations"),
)


@router.get("/imports/new", dependencies=[needs(Right.IMPORT)])
def get_import_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show the form that takes a ledger of documents."""
    return show(_page(app, desk, _DOCUMENTS))


@router.get("/interpretations/import", dependencies=[needs(Right.IMPORT)])
def get_interpretations_import_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show the form that takes ledgers and saved pages of interpretations."""
    return show(_page(app, desk, _READINGS))


def _page(app: App, desk: DeskView, counter: _Counter, typed: dict[str, str] | None = None) -> ImportPage:
    home = app.home_unit or ""
    return ImportPage(
        title=counter.title,
        desk=desk,
        trail=(counter.above,),
        action=counter.path,
        lead=counter.lead,
        takes=counter.takes,
        accept=counter.accept,
        several=counter.several,
        kinds=counter.kinds,
        typed={"kind": _PAGES, "unit": home, "year": "", **(typed or {})},
        once=a_mark(),
        units=tuple(sorted({*choices(app).units, *([home] if home else [])})),
        elsewhere=counter.elsewhere,
        looks=counter is _DOCUMENTS,
    )


@router.post("/imports/new", dependencies=[needs(Right.IMPORT), takes(MAX_FORM)])
def post_import(request: Request, app: TheApp, desk: TheDesk, sent: TheUploads) -> Response:
    """Show what a ledger of documents would change, or start its import."""
    if sent.fields.get("step") == "look":
        return _looked(request, app, desk, sent)
    return _started(request, app, desk, sent, counter=_DOCUMENTS)


def _looked(request: Request, app: App, desk: DeskView, sent: Uploads) -> Response:
    ensure_form(request, sent.fields.get("form_token", ""))
    typed = _typed(sent)
    page = _page(app, desk, _DOCUMENTS, typed)

    def act() -> Response:
        found = _parameters(app, _LEDGER, typed)
        if len(sent.files) != 1:
            raise UsageError("先看改动一次看一份台账：请选好一个文件。")
        scope = ImportScope(typed["unit"] or None, int(str(found["year"])) if found["year"] else None)
        return show(replace(page, looked=looked_at(app, sent.files[0], scope)))

    return attempted(act, again=lambda trouble: replace(page, trouble=trouble), done=lambda answer: answer)


def _typed(sent: Uploads) -> dict[str, str]:
    return {name: sent.fields.get(name, "").strip()[:500] for name in ("kind", "unit", "year")}


@router.post("/interpretations/import", dependencies=[needs(Right.IMPORT), takes(MAX_FORM)])
def post_interpretations_import(request: Request, app: TheApp, desk: TheDesk, sent: TheUploads) -> Response:
    """Start the import of interpretations."""
    return _started(request, app, desk, sent, counter=_READINGS)


def _started(request: Request, app: App, desk: DeskView, sent: Uploads, *, counter: _Counter) -> Response:
    ensure_form(request, sent.fields.get("form_token", ""))
    typed = _typed(sent)

    def act() -> str:
        kind = typed["kind"] if counter.kinds else _LEDGER
        parameters = _parameters(app, kind, typed)
        files = [Upload(item.name, item.data) for item in sent.files]
        if not files and sent.fields.get("looked"):
            files = [looked_at_before(app, sent.fields["looked"])]
        if not files:
            raise UsageError("没有选择文件：请选好文件再交。")
        digest = hashlib.sha256(f"{kind} {parameters}".encode(errors="replace"))
        for file in files:
            digest.update(hashlib.sha256(file.content).digest())
        chosen = unpacked(files) if kind == _PAGES else files
        return done_once(
            app, sent.fields.get("once", ""), digest.digest(), lambda acting: start(acting, kind, parameters, chosen)
        )

    def again(trouble: TroubleView) -> ImportPage:
        return replace(_page(app, desk, counter, typed), trouble=trouble)

    def told(job_id: str) -> Response:
        return done(request, f"/jobs/{job_id}", f"已收下，任务 {job_id} 开始办理；可以离开本页，办完在“任务”里查看。")

    return attempted(act, again=again, done=told)


def _parameters(app: App, kind: str, typed: dict[str, str]) -> dict[str, object]:
    if kind not in {_LEDGER, _PAGES}:
        raise UsageError("请选择交的是网页还是台账。")
    year = typed["year"]
    if year and not (year.isascii() and year.isdecimal() and len(year) == len("2023")):
        raise UsageError("年度应为四位年份，例如 2023。")
    if typed["unit"] and not app.access.sees(typed["unit"]):
        raise UsageError("这个单位不在您能办理的单位之内：请核对单位名称，或由该单位办理。")
    found: dict[str, object] = {"unit": typed["unit"] or None}
    if kind == _LEDGER:
        found["year"] = int(year) if year else None
    return found
