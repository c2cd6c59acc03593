"""The sample office-year: an invented office's documents beside real policy documents, taken through the whole job.

Decision: every act goes through the same use cases that the porches call, so the sample shows nothing the product cannot
do. Each act looks at the register first, hence loading again changes nothing, and an interrupted load is carried on.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedDocument, RecordedInterpretation
from attrtrack.errors import GateRefusedError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, import_ledger
from attrtrack.workflow.linking import judge, link
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.reading import read_document
from attrtrack.workflow.registering import declare, publish, record_document, sign
from attrtrack.workflow.reviewing import review_secrecy
from attrtrack.workflow.sample_plan import FOLDER, Plan, load_judgements, load_plans

YEAR = 2026
SAMPLE_UNIT = "云栖市人民政府（虚构示例单位）"
NOTICE = (
    f"登记中含有示例：单位为“{SAMPLE_UNIT}”的文件和解读是为演示编写的，其中的机关、人员、企业和事项均为虚构；"
    "其余示例文件和解读真实存在，只引用其公开的标题、文号、日期、发布机构和网址，没有为它们认定公开属性，"
    "没有列出解读也不表示没有解读。"
)
REAL_LEDGERS = ("政策文件台账.csv", "解读台账.csv")
OWN_LEDGER = "本单位解读台账.csv"


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One step of the sample: its stable name, how many things it did or found, and what to tell in Chinese."""

    name: str
    count: int
    message: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A sample document as it was read, with the digest of its file."""

    plan: Plan
    document: Document
    digest: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sample document in the register, and whether this load brought it in."""

    plan: Plan
    id: str
    fresh: bool


def load(app: App) -> Iterator[SampleStep]:
    """Take the sample year through the front door, yielding each step as it is done; loading again changes nothing."""
    read = [_read(app, plan) for plan in load_plans()]
    yield SampleStep("read", len(read), f"读文件：{len(read)} 份虚构单位的文件（txt、docx、html）。")
    yield SampleStep("classified", 0, "保密：带有国家秘密标志的文件一律拒收，不留内容；示例中没有这样的文件。")
    entries = [_record(app, item) for item in read]
    fresh = sum(entry.fresh for entry in entries)
    yield SampleStep("record", fresh, f"登记：新登记 {fresh} 份，原已在库 {len(entries) - fresh} 份。")
    yield from _declarations(app, entries)
    reviewed = sum(_review_secrecy(app, entry) for entry in entries)
    yield SampleStep("secrecy", reviewed, f"保密审查：拟主动公开的 {reviewed} 份，先审查、后公开。")
    yield from _signatures(app, entries)
    published = sum(_publish(app, entry) for entry in entries)
    yield SampleStep("publish", published, f"公开：登记公开地址 {published} 份。")
    yield from _ledgers(app)
    yield from _links(app)
    yield from _figures(app)


def _read(app: App, plan: Plan) -> _Read:
    data = resources.files(__package__).joinpath(FOLDER, "letters", plan.file).read_bytes()
    return _Read(plan, read_document(app, data, plan.file), hashlib.sha256(data).hexdigest())


def _record(app: App, read: _Read) -> _Entry:
    acting = _as(app, read.plan.declared_by, SAMPLE_UNIT)
    recorded = record_document(acting, read.document, content_hash=read.digest, file_name=read.plan.file)
    return _Entry(read.plan, recorded.record.id, fresh=not recorded.already)


def _as(app: App, actor: str, unit: str | None = None) -> App:
    """Let another person act on the same register with the same proposer."""
    return app.acting_as(actor, app.access, origin=app.origin, unit=unit)


def _get(app: App, entry: _Entry) -> RecordedDocument:
    with app.unit_of_work() as work:
        return work.documents.get(entry.id)


def _declarations(app: App, entries: list[_Entry]) -> Iterator[SampleStep]:
    waiting = [entry for entry in entries if entry.plan.attribute and _get(app, entry).state is State.DRAFT]
    yield SampleStep("declare", len(waiting), f"认定：起草人认定 {len(waiting)} 份的公开属性和理由。")
    for entry in waiting:
        plan = entry.plan
        found = declare(_as(app, plan.declared_by), entry.id, plan.attribute, plan.reason)
        flags = dict.fromkeys((*found.record.document.findings, *found.findings))
        yield from (_told("flag", entry, finding) for finding in flags if finding.severity is Severity.FLAG)


def _told(name: str, entry: _Entry, finding: Finding) -> SampleStep:
    word = "提示" if finding.severity is Severity.FLAG else "不予签发"
    return SampleStep(name, 1, f"　{word}：{entry.id} {entry.plan.file}：{finding.message}")


def _review_secrecy(app: App, entry: _Entry) -> bool:
    reviewer = entry.plan.secrecy_by
    with app.unit_of_work() as work:
        if reviewer is None or work.reviews.secrecy(entry.id):
            return False
    review_secrecy(_as(app, reviewer), entry.id, "cleared", "不涉及国家秘密、工作秘密和个人信息")
    return True


def _signatures(app: App, entries: list[_Entry]) -> Iterator[SampleStep]:
    refused: list[SampleStep] = []
    signed = 0
    for entry in entries:
        if not _may_be_signed(app, entry):
            continue
        try:
            sign(_as(app, entry.plan.signed_by or ""), entry.id)
            signed += 1
        except GateRefusedError as refusal:
            refused.append(_told("refused", entry, _first_block(refusal)))
    yield SampleStep("sign", signed, f"签发：签发 {signed} 份，把关不过、不予签发 {len(refused)} 份。")
    yield from refused


def _may_be_signed(app: App, entry: _Entry) -> bool:
    """Whether a signature is due; one that the gate refused in an earlier load is not asked for again."""
    plan = entry.plan
    if plan.signed_by is None or (plan.refused and not entry.fresh):
        return False
    return _get(app, entry).state in {State.DRAFT, State.DECLARED}


def _first_block(refusal: GateRefusedError) -> Finding:
    findings = (finding for finding in refusal.findings if isinstance(finding, Finding))
    return next(finding for finding in findings if finding.severity is Severity.BLOCK)


def _publish(app: App, entry: _Entry) -> bool:
    plan = entry.plan
    if plan.url is None or plan.published is None or _get(app, entry).state is not State.SIGNED:
        return False
    publish(
        _as(app, plan.signed_by or plan.declared_by), entry.id, plan.url, plan.published, channel="government-website"
    )
    return True


def _ledgers(app: App) -> Iterator[SampleStep]:
    before = len(_interpretations(app))
    outcomes = Counter(_import(app))
    documents, refused, new = outcomes["document"], outcomes["refused"], len(_interpretations(app)) - before
    message = f"导入台账：新增外部已印发的文件 {documents} 份、解读 {new} 件，不能用的行 {refused} 行。"
    yield SampleStep("import", documents + new, message)


def _links(app: App) -> Iterator[SampleStep]:
    known = _interpretations(app)
    if known and not any(_best_judgement(app, item) for item in known):
        proposed = sum(1 for _ in link(app, year=YEAR))
        yield SampleStep("match", proposed, f"找关联：为 {proposed} 件解读找它解读的文件。")
    judged = sum(_judge(app, known, names) for names in load_judgements())
    yield SampleStep("judge", judged, f"人工判定：本次判定 {judged} 件，人的判定优先于系统建议。")
    states = Counter(_best_judgement(app, item) for item in known)
    auto, confirmed = states[Judgement.AUTO], states[Judgement.CONFIRMED]
    yield SampleStep(
        "link",
        auto + confirmed,
        f"关联解读：自动关联 {auto} 件，人工确认 {confirmed} 件，待人工判定 {states[Judgement.PENDING]} 件，"
        f"没有找到对应文件 {states[None] + states[Judgement.REJECTED]} 件。",
    )


def _interpretations(app: App) -> tuple[RecordedInterpretation, ...]:
    with app.unit_of_work() as work:
        return tuple(work.interpretations.all(None, YEAR))


def _import(app: App) -> Iterator[str]:
    """Import the ledgers and yield of each row whether it brought a document, nothing new, or was refused."""
    with resources.as_file(resources.files(__package__).joinpath(FOLDER)) as folder:
        for name in (*REAL_LEDGERS, OWN_LEDGER):
            scope = ImportScope(unit=SAMPLE_UNIT if name == OWN_LEDGER else None, year=YEAR)
            for row in import_ledger(_as(app, app.actor), str(folder / name), scope):
                if isinstance(row, ImportedRow):
                    yield _kind(row)


def _kind(row: ImportedRow) -> str:
    if row.outcome == "imported" and row.id is not None and row.id.startswith("D"):
        return "document"
    return row.outcome if row.outcome == "refused" else "known"


def _judge(app: App, known: tuple[RecordedInterpretation, ...], names: tuple[str, str, str]) -> bool:
    interpretation, document, judged_by = names
    found = next((item for item in known if item.interpretation.title == interpretation), None)
    with app.unit_of_work() as work:
        titles = {item.title: item.id for item in work.documents.linkables(year=YEAR)}
    if found is None or document not in titles or _best_judgement(app, found) is Judgement.CONFIRMED:
        return False
    judge(_as(app, judged_by), found.id, titles[document])
    return True


def _best_judgement(app: App, item: RecordedInterpretation) -> Judgement | None:
    with app.unit_of_work() as work:
        judgements = {one.judgement for one in work.links.of(item.id)}
    order = (Judgement.CONFIRMED, Judgement.AUTO, Judgement.PENDING, Judgement.REJECTED)
    return next((judgement for judgement in order if judgement in judgements), None)


def _figures(app: App) -> Iterator[SampleStep]:
    figures = coverage(app, year=YEAR)
    yield SampleStep(
        "coverage", len(figures), f"测算：{YEAR} 年 {len(figures)} 项指标，每项都可列出分子、分母和排除的文件。"
    )
    with app.unit_of_work() as work:
        rows = sum(1 for _ in work.queries.year_list(None, YEAR))
    yield SampleStep("list", rows, f"清单：{YEAR} 年已印发的公文 {rows} 份，可用 attrtrack export --year {YEAR} 导出。")
