"""Registers as large as a province's, made in bulk but by the register's own laws: every trigger speaks for every row."""

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.access import Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.needs import NeedProposal
from attrtrack.storage import Store, UnitOfWork
from attrtrack.storage.documents import NewDocument
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.tables import (
    decisions,
    declarations,
    documents,
    evaluations,
    interpretations,
    links,
    publications,
)
from attrtrack.storage.tables_gate import reexaminations, reviews, secrecy_reviews
from attrtrack.workflow import accounts, jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import app_of_account

PART = 1_000
UNITS = tuple(f"云{letter}县{bureau}" for letter in "东西南北中上" for bureau in (
    "人民政府", "发展改革局", "教育局", "公安局", "民政局", "财政局", "水务局", "农业农村局", "卫生健康局",
))  # fmt: skip
YEARS = range(2019, 2027)
GENRES = (Genre.NOTICE, Genre.OPINION, Genre.NOTICE, Genre.LETTER, Genre.NOTICE, Genre.REPLY_LETTER, Genre.CIRCULAR)
_TITLED = {Genre.LETTER: "复函"}
"""A 函 that answers says so in its title."""
ATTRIBUTES = (
    DisclosureAttribute.PROACTIVE, DisclosureAttribute.PROACTIVE, DisclosureAttribute.PROACTIVE,
    DisclosureAttribute.ON_REQUEST, DisclosureAttribute.WITHHELD,
)  # fmt: skip
REASON = "政府信息公开条例第十六条第一款：内部事务信息"
DRAFTERS = tuple(f"起草人{number}" for number in range(40))
SUBJECTS = ("灌区改造", "内涝防治", "项目核准", "安全检查", "道路命名", "医疗救助", "学位供给")
_PROVINCE = "云省人民政府"
ISSUER = "https://identity.example"
_WHO = (
    "各乡镇人民政府",
    "县直各单位",
    "各街道办事处",
    "有关企业",
    "各村民委员会",
    "项目建设单位",
    "行业主管部门",
    "县财政局",
)
_WHEN = (
    "每年三月底前",
    "自本通知印发之日起三十日内",
    "汛期以前",
    "每季度第一周",
    "年底以前",
    "接到申请后五个工作日内",
    "下一年度开始前",
)
_DOES = (
    "完成辖区内隐患的全面排查并建立台账", "把补助对象的名单在公示栏公示七天", "核对资金的来源和去向", "向群众说明办理的条件和时限",
    "组织一次联合检查并通报结果", "把整改情况报县人民政府办公室", "确定专人负责日常的维护和登记", "修订本部门的应急预案并开展演练",
    "落实配套的用地和用电条件", "按照职责分工做好宣传和解释", "对照清单逐项销号",
)  # fmt: skip


def fill(store: Store, count: int) -> None:
    """Add so many documents: two fifths from ledgers, the rest recorded here and on their way in every state."""
    for start in range(0, count, PART):
        with store.unit_of_work("导入人") as work:
            _fill(work, range(start, min(start + PART, count)))


def _fill(work: UnitOfWork, numbers: range) -> None:
    keys = [document_key(one) for one in work.documents.add_many(map(_document, numbers))]
    here = [(number, key) for number, key in zip(numbers, keys, strict=True) if not _from_ledger(number)]
    rows = _Rows(work)
    declared = [(number, key) for number, key in here if number % 20 != 6]
    said = {
        key: rows.add(
            declarations, document_id=key, **_said(number), declared_by=DRAFTERS[number % 40], declared_at=rows.now
        )
        for number, key in declared
    }
    rows.flush(declarations)
    _move(work, [key for _, key in declared], State.DECLARED)
    for number, key in declared:
        if number % 20 not in {7, 9}:
            rows.add(secrecy_reviews, document_id=key, result="cleared", note=None, personal_data_cleared=True,
                     reviewed_by="钱保密", reviewed_at=rows.now)  # fmt: skip
        if number % 20 == 16:
            rows.add(reviews, document_id=key, declaration_id=said[key], result="agree", attribute=None, reason=None,
                     comment=None, reviewed_by="赵审核", reviewed_at=rows.now)  # fmt: skip
    rows.flush(secrecy_reviews)
    rows.flush(reviews)
    _move(work, [key for number, key in declared if number % 20 == 16], State.REVIEWED)
    _sign(work, rows, [(number, key, said[key]) for number, key in declared if number % 20 not in {7, 9, 11, 16}])
    _judge(rows, [(number, key, said.get(key)) for number, key in here if number % 20 in {6, 7, 9, 11, 16}])
    _interpret(rows, [(number, key) for number, key in zip(numbers, keys, strict=True) if number % 3 == 0])


def people(app: App, *, crowd: int) -> dict[tuple[Role, str | None], str]:
    """Put a province above the units, with an account of every role there, one of the office in one unit, and a crowd.

    Return each login by its role and the unit it is narrowed to (None: it sees all); it is known as such at `ISSUER`.
    """
    system, security = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
    accounts.add_account(app, system.value, display_name="周系统", password="春天的早晨窗外下着细雨呢", roles=[system])  # noqa: S106 - a test's
    maker = app_of_account(app, system.value, origin="cli")
    accounts.add_account(maker, security.value, display_name="吴安全", roles=[security])
    granter = app_of_account(app, security.value, origin="cli")
    for unit in (_PROVINCE, *UNITS):
        accounts.add_unit(maker, unit, None if unit == _PROVINCE else _PROVINCE)
    known: dict[tuple[Role, str | None], str] = {(role, None): role.value for role in Role}
    known[Role.OFFICE, UNITS[4]] = "office-of-one"
    for (role, own), login in known.items():
        if role not in {system, security}:
            accounts.add_account(maker, login, display_name=login, unit=own or _PROVINCE)
            accounts.grant_role(granter, login, role)
        accounts.bind_identity(maker, login, ISSUER, subject_there=login)
    accounts.assign_unit(granter, Role.ASSESSOR.value, _PROVINCE)
    for number in range(crowd):
        accounts.add_account(maker, f"clerk{number}", display_name=f"起草人{number}", unit=UNITS[number % len(UNITS)])
    return known


def finished_jobs(app: App, login: str, count: int) -> str:
    """Start audits and cancel them before anybody works on them; return the last."""
    starter, job = app_of_account(app, login, origin="cli"), ""
    for number in range(count):
        job = jobs.start(starter, "audit", {"year": YEARS[number % len(YEARS)]})
        jobs.cancel(starter, job)
    return job


class _Rows:
    """Rows waiting to be written together, with the keys that they will have."""

    def __init__(self, work: UnitOfWork) -> None:
        self._transaction = work.documents._transaction
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self.now = self._transaction.now

    def add(self, table: sa.Table, **values: Any) -> int:
        key = self._transaction.next_key(table) if "id" in table.c else 0
        self._waiting.setdefault(table.name, []).append({"id": key, **values} if key else values)
        return key

    def flush(self, table: sa.Table) -> None:
        rows = self._waiting.pop(table.name, [])
        if rows:
            self._transaction.execute(table.insert(), rows)


def _from_ledger(number: int) -> bool:
    return number % 5 in {0, 3}


def _document(number: int) -> NewDocument:
    year, ledger = YEARS[number % len(YEARS)], _from_ledger(number)
    unit = UNITS[number // 3 % len(UNITS)]
    genre = GENRES[number // 7 % len(GENRES)]
    title = f"{unit}关于做好第{number}批{SUBJECTS[number % len(SUBJECTS)]}工作的{_TITLED.get(genre, genre.value)}"
    document = Document(
        text=_text(title, number),
        title=title,
        number=f"云政发〔{year}〕{number}号",
        genre=genre,
        issuers=(unit,),
        date=WrittenDate(year, 1 + number // 8 % 12, 1 + number % 28),
        declared_attribute=ATTRIBUTES[number % 5] if ledger and number % 15 else None,
        declared_reason=REASON if ledger and number % 5 == 3 else None,
    )
    need = NeedProposal(number % 2 == 0, "policy-document", "示例") if number % 7 else None
    state = State.ISSUED_ELSEWHERE if ledger else State.DRAFT
    return NewDocument(document, f"{number:064x}", unit, state, f"{number}.docx", need)


def _text(title: str, number: int) -> str:
    """Return a letter of about 800 characters; no two are the same."""
    sentences = (
        f"{_WHO[(number + line) % 8]}{_WHEN[(number // 8 + line) % 7]}{_DOES[(number // 56 + line * 3) % 11]}。"
        for line in range(24)
    )
    return "\n".join((title, "各有关单位：", *sentences, f"有关情况及时报告。第{number}号。"))


def _said(number: int) -> dict[str, Any]:
    attribute = ATTRIBUTES[number // 5 % 5]
    return {"attribute": attribute.value, "reason": None if attribute is DisclosureAttribute.PROACTIVE else REASON}


def _move(work: UnitOfWork, keys: list[int], state: State) -> None:
    if keys:
        statement = documents.update().where(documents.c.id == sa.bindparam("key")).values(state=state.value)
        work.documents._transaction.execute(statement, [{"key": key} for key in keys])


def _evaluation(rows: _Rows, key: int, declaration: int | None, act: str, *, gravest: str | None, by: str) -> int:
    code, message = _FOUND["block" if gravest == "block" else "flag"]
    finding: dict[str, Any] = {"code": code, "severity": gravest, "message": message, "evidence": []}
    return rows.add(
        evaluations, document_id=key, input_digest="0" * 64, findings=[finding] if gravest else [], gravest=gravest,
        rules_version="r", evaluated_at=rows.now, code=f"G-{secrets.token_hex(10)}", act=act,
        outcome="blocked" if gravest == "block" else "passed", declaration_id=declaration, unit=None, input={},
        model_version=None, evaluated_by=by,
    )  # fmt: skip


_FOUND = {
    "block": ("reason-missing", "没有写明理由。"),
    "flag": ("attribute-doubtful", "起草人认定的公开属性与文字不符，请核对。"),
}


def _judge(rows: _Rows, waiting: list[tuple[int, int, int | None]]) -> None:
    for number, key, declaration in waiting:
        gravest = {6: "block", 7: "flag", 9: None, 11: "block" if number % 40 == 11 else None, 16: None}[number % 20]
        _evaluation(
            rows, key, declaration, "record" if declaration is None else "declare", gravest=gravest, by="王办理"
        )
    rows.flush(evaluations)


def _sign(work: UnitOfWork, rows: _Rows, signed: list[tuple[int, int, int]]) -> None:
    """Decide, sign, have what is kept back come up again, and publish three quarters of what is to be published."""
    decided = []
    for number, key, declaration in signed:
        evaluation = _evaluation(rows, key, declaration, "sign", gravest=None, by="王主任")
        decided.append((number, key, _said(number), evaluation))
    rows.flush(evaluations)
    at = rows.now - dt.timedelta(days=200)
    back = []
    for number, key, said, evaluation in decided:
        row = rows.add(decisions, document_id=key, **said, decided_by="王主任", decided_at=rows.now, rules_version="r",
                       superseded_at=None, because=None, evaluation_id=evaluation)  # fmt: skip
        if said["reason"]:
            back.append((number, key, row))
    rows.flush(decisions)
    _move(work, [key for _, key, _, _ in decided], State.SIGNED)
    for number, key, row in back:
        due = (at + dt.timedelta(days=number % 400)).date()
        rows.add(reexaminations, document_id=key, decision_id=row, act="schedule", due=due, because=None,
                 examined_by="王主任", examined_at=rows.now)  # fmt: skip
    rows.flush(reexaminations)
    published = [(number, key) for number, key, said, _ in decided if not said["reason"] and number % 7]
    for number, key in published:
        day = dt.date(YEARS[number % len(YEARS)], 12, 1 + number % 28)
        rows.add(publications, document_id=key, url=f"https://www.yun.example/{number}.html", published=day,
                 channel="government-website", registered_at=rows.now)  # fmt: skip
    rows.flush(publications)
    _move(work, [key for _, key in published], State.PUBLISHED)


def _interpret(rows: _Rows, linked: list[tuple[int, int]]) -> None:
    made = []
    for number, key in linked:
        forms, channels = (["text"], ["picture"], [])[number % 9 // 3], (["government-website"], ["wechat"])[number % 2]
        made.append((number, key, rows.add(
            interpretations, twin_hash=None, unit=UNITS[number // 3 % len(UNITS)], year=YEARS[number % len(YEARS)],
            title=f"一图读懂第{number}批工作", url=f"https://www.yun.example/jd/{number}.html", published=None, publisher=None,
            text="解读", forms=forms, channels=channels, cited_titles=[], cited_numbers=[], recorded_at=rows.now,
            links=None, address_key=None,
        )))  # fmt: skip
    rows.flush(interpretations)
    for number, key, interpretation in made:
        word = "pending" if number % 90 == 0 else "auto"
        rows.add(links, interpretation_id=interpretation, document_id=key, judgement=word, probability=0.9, evidence=[],
                 judged_by=None, judged_at=rows.now, suggested=word)  # fmt: skip
    rows.flush(links)
