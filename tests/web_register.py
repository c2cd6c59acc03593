"""A small register for the tests of the web porch, filled through the use cases; built once, then only read."""

import datetime as dt
from pathlib import Path

from register_places import register_at

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import OPEN
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, LinkDecision, LinkProposal, LinkProposals
from attrtrack.errors import GateRefusedError
from attrtrack.workflow.app import App
from attrtrack.workflow.linking import judge
from attrtrack.workflow.registering import declare, publish, record_document, sign
from attrtrack.workflow.reviewing import review_secrecy

UNIT = "云溪县人民政府"
HOSTILE = '<script>alert("x")</script>关于“引号”的通知'


def an_app(folder: Path, url: str | None = None) -> App:
    """Assemble the program over an empty register in `folder`, or at `url`; without a model, so that no training decides the lists."""
    return assemble(
        Settings(models_dir=folder), database_url=url or register_at(folder / "web.db"), actor="李拟稿", unit=UNIT
    )


def a_filled_app(folder: Path) -> App:
    """Assemble the program over a register with a document of every urgency."""
    app = an_app(folder)
    interpreted = _drafted(app, "关于印发农村饮水管理办法的通知", "云政发〔2023〕1号")
    waiting = _drafted(app, HOSTILE, "云政发〔2023〕2号")
    refused = _drafted(app, "关于提案办理情况的通知", "云政发〔2023〕3号")
    _drafted(app, "关于表扬先进集体的通报", "云政发〔2023〕4号", genre=Genre.CIRCULAR)
    for identifier in (interpreted, waiting):
        declare(app, identifier, "proactive", None)
        _signed(app, identifier)
        publish(
            app,
            identifier,
            f"https://www.example.gov.cn/{identifier}",
            dt.date(2023, 6, 1),
            channel="government-website",
        )
    declare(app, refused, "withheld", None)
    try:
        _signed(app, refused)
    except GateRefusedError:
        pass
    else:
        raise AssertionError("the gate let a withheld document without reason pass")
    _interpret(app, interpreted)
    return app


def _signed(app: App, identifier: str) -> None:
    office, signatory = (app.acting_as(name, OPEN, origin="cli", unit=UNIT) for name in ("赵审核", "王签发"))
    review_secrecy(office, identifier, "cleared", "不涉密")
    sign(signatory, identifier)


def _drafted(app: App, title: str, number: str, *, genre: Genre = Genre.NOTICE) -> str:
    document = Document(
        text=f"{title}\n各乡镇人民政府：\n现将有关事项通知如下，请认真贯彻执行。\n{UNIT}\n",
        title=title,
        number=number,
        genre=genre,
        issuers=(UNIT,),
        date=WrittenDate(2023, 5, 18),
        drafting_department="政府办公室",
        needs_interpretation=True,
    )
    return record_document(app, document, content_hash=number, file_name="公文.docx").record.id


def _interpret(app: App, document_id: str) -> None:
    graphic = Interpretation(
        "", "一图读懂农村饮水管理办法", "https://mp.weixin.qq.com/s/1", forms=("graphic",), channels=("wechat",)
    )
    text = Interpretation("", "农村饮水管理办法解读", "https://www.example.gov.cn/jd", forms=("text",))
    with app.unit_of_work() as work:
        added = [work.interpretations.add(item, unit=UNIT, year=2023).id for item in (graphic, text)]
        pending = work.interpretations.add(Interpretation("", "政策问答"), unit=UNIT, year=2023).id
        link = LinkProposal(document_id, 0.6, LinkDecision.REVIEW, ())
        work.links.propose(pending, LinkProposals(pending, (link,)))
        known = Document(
            text="", title="关于加强防汛工作的通知", number="外政发〔2022〕8号", date=WrittenDate(2022, 3, 1)
        )
        work.documents.add(known, content_hash="外", unit="外县人民政府", file_name=None, state=State.ISSUED_ELSEWHERE)
    for identifier in added:
        judge(app, identifier, document_id)
