"""A county's year of 2,000 documents for browsers: a ledger of what was issued, and letters of ours in every state of the work.

Walks change what they take: each takes documents of its own with `take`.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from register_places import register_at
from repository import TRAINING_DATA
from web_people import ASSESSED, BELOW, LOGINS, OWN, a_peopled_app, acting

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import SourceText
from attrtrack.domain.interpretations import Interpretation
from attrtrack.nlp.corpus import LetterRow, load_corpus
from attrtrack.recording import record as find_elements
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, import_ledger
from attrtrack.workflow.registering import declare, publish, record_document, sign
from attrtrack.workflow.reviewing import review, review_secrecy

YEAR = 2026
DOCUMENTS = 2_000
LETTERS = {
    "draft": 20,
    "declared": 40,
    "unreasoned": 8,
    "returned": 8,
    "reviewed": 12,
    "signed": 16,
    "published": 16,
}
"""How many letters stand in which state; `unreasoned` are declared withheld without a reason, which the gate refuses."""
_HEADERS = (
    "公文全称", "文号", "成文日期", "公开属性", "理由", "牵头起草部门", "主动公开公文链接", "公开日期",
    "解读文件链接", "是否为非纯文字解读", "解读渠道",
)  # fmt: skip
_TOPICS = (
    "农村饮水工程管理办法", "校车安全管理办法", "老旧小区改造实施方案", "古树名木保护办法", "城乡居民医疗救助办法",
    "河道采砂管理办法", "公共停车场管理办法", "乡村道路养护方案", "集体土地征收补偿方案", "小微企业贷款贴息办法",
)  # fmt: skip


@dataclass
class SampleOffice:
    """The register of the sample year, and the ids of its letters by state."""

    app: App
    letters: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, state: str, count: int = 1) -> list[str]:
        """Take letters out of the pool of a state: nobody else gets them."""
        taken, self.letters[state] = self.letters[state][:count], self.letters[state][count:]
        assert len(taken) == count, f"the sample has no more letters that are {state}"
        return taken


def a_sample_office(folder: Path) -> SampleOffice:
    """Fill a register with the year, everything through the use cases."""
    settings = Settings()
    empty = assemble(settings, database_url=register_at(folder / "sample.db"), actor="李拟稿", unit=OWN)
    app = a_peopled_app(folder, empty)
    office = SampleOffice(app)
    rows = DOCUMENTS - sum(LETTERS.values())
    for unit, share in ((OWN, 0.5), (BELOW, 0.2), (ASSESSED, 0.3)):
        _import_year(app, folder / f"{unit}.csv", unit, int(rows * share))
    letters = _letters()
    for state, count in LETTERS.items():
        for letter in islice(letters, count):
            office.letters[state].append(_letter_in(app, letter, state))
    _interpret(app)
    return office


def _letters() -> Iterator[LetterRow]:
    """Yield letters that are surely to be published, one writer after the other."""
    for row in load_corpus(TRAINING_DATA):
        if row.label is DisclosureAttribute.PROACTIVE and row.difficulty != "hard":
            yield row


def _letter_in(app: App, letter: LetterRow, state: str) -> str:
    drafter, office, signatory = (acting(app, role) for role in (Role.DRAFTER, Role.OFFICE, Role.SIGNATORY))
    document = find_elements(SourceText(f"{letter.id}.txt", "txt", letter.text), app.rules)
    identifier = record_document(drafter, document, content_hash=letter.id, file_name=f"{letter.id}.txt").record.id
    if state == "draft":
        return identifier
    if state == "unreasoned":
        declare(drafter, identifier, "withheld", None)
        return identifier
    declare(drafter, identifier, "proactive", None)
    if state == "returned":
        review(office, identifier, "return", "请核对附件是否一并公开。")
    elif state != "declared":
        review(office, identifier, "agree")
        review_secrecy(office, identifier, "cleared", "不涉密", personal_data_cleared=True)
    if state in {"signed", "published"}:
        sign(signatory, identifier)
    if state == "published":
        address = f"https://www.yunxi.example/zfxxgk/{identifier}.html"
        publish(office, identifier, address, dt.date(2026, 3, 2), channel="government-website")
    return identifier


def _import_year(app: App, path: Path, unit: str, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(_HEADERS)
        rows.writerows(_ledger_row(unit, number) for number in range(1, count + 1))
    access = Access(frozenset(Right), frozenset({unit}), unit)
    importer = app.acting_as(LOGINS[Role.OFFICE], access, origin="cli", unit=unit)
    for row in import_ledger(importer, str(path), ImportScope(unit, YEAR)):
        assert not isinstance(row, ImportedRow) or row.outcome == "imported", row


def _ledger_row(unit: str, number: int) -> tuple[str, ...]:
    attribute = ("主动公开", "主动公开", "主动公开", "依申请公开", "不予公开", "")[number % 6]
    place = f"https://www.{'abc'[len(unit) % 3]}.example"
    public = attribute == "主动公开"
    linked = public and number % 3 == 0
    day = dt.date(YEAR, 1 + number % 10, 1 + number % 28)
    return (
        f"{unit}关于印发第{number}号{_TOPICS[number % 10]}的通知",
        f"{unit[:2]}政发〔{YEAR}〕{number}号",
        f"{day.year}年{day.month}月{day.day}日",
        attribute,
        "内部管理信息" if attribute in {"依申请公开", "不予公开"} and number % 4 else "",
        ("水利局", "教育局", "住建局", "民政局", "财政局")[number % 5],
        f"{place}/zfxxgk/{number}.html" if public else "",
        (day + dt.timedelta(days=9)).isoformat() if public else "",
        f"{place}/jiedu/{number}.html" if linked else "",
        ("否" if number % 4 else "是") if linked else "",
        ("政府网站", "政府网站、政务微信", "政府网站")[number // 6 % 3] if linked else "",
    )


def _interpret(app: App) -> None:
    """Register interpretations of letters and ledger documents that wait for a person, and one that explains none."""
    from attrtrack.workflow.linking import link  # noqa: PLC0415 - loads the matcher

    office = acting(app, Role.OFFICE)
    with office.unit_of_work() as work:
        for number in range(1, 13):
            topic = _TOPICS[number % 10]
            page = Interpretation(
                "",
                f"一图读懂《{topic}》",
                f"https://mp.weixin.example/s/{number}",
                published=dt.date(YEAR, 1 + number % 10, 20),
                forms=("picture",),
                channels=("wechat",),
                text=f"近日，云溪县印发了《{topic}》。为什么要出台？主要内容是什么？",
            )
            work.interpretations.add(page, unit=OWN, year=YEAR)
        work.interpretations.add(Interpretation("", "政策问答第八期"), unit=OWN, year=YEAR)
    list(link(office, unit=OWN, year=YEAR))
