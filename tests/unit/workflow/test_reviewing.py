"""Drafter, office, secrecy reviewer, co-issuer and signatory, each acting on the register as themselves."""

from pathlib import Path

import pytest
from builders import LETTER
from signed_off import SECRECY, SIGNATORY, acting, sign_as_others

from attrtrack.domain.access import Access, Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.findings import Finding
from attrtrack.errors import (
    BadRowError,
    GateRefusedError,
    NotPermittedError,
    TransitionNotAllowedError,
    UnknownRecordError,
    UsageError,
)
from attrtrack.workflow import registering
from attrtrack.workflow.app import App
from attrtrack.workflow.reviewing import co_issuer_opinion, review, review_secrecy

OFFICE = "赵审核"


def record(app: App, folder: Path, text: str = LETTER) -> str:
    """Record a letter and return its id."""
    (folder / "函.txt").write_text(text, encoding="utf-8")
    return registering.record_file(app, str(folder / "函.txt")).record.id


def declared(app: App, folder: Path, text: str = LETTER) -> str:
    """Record a letter that its drafter declares withheld, and return its id."""
    identifier = record(app, folder, text)
    registering.declare(app, identifier, "withheld", "R16-2c")
    return identifier


def blocked(error: GateRefusedError) -> set[str]:
    """Return the codes for which an act was refused."""
    return {item.code for item in error.findings if isinstance(item, Finding)}


def test_the_office_agrees_and_the_signatory_signs(app: App, tmp_path: Path) -> None:
    """Declared, reviewed, signed; the decision rests on a kept judgement of just that."""
    identifier = declared(app, tmp_path)
    assert review(acting(app, OFFICE), identifier, "agree").record.state is State.REVIEWED
    signed = registering.sign(acting(app, SIGNATORY), identifier).record
    assert signed.state is State.SIGNED
    assert signed.decision is not None
    with app.reading() as work:
        kept = work.evaluations.get(signed.decision.evaluation or "")
    assert (kept.act, kept.document_id, kept.passed, kept.evaluated_by) == (
        GateAct.SIGN,
        identifier,
        True,
        SIGNATORY,
    )
    assert kept.given["document"]["content_hash"] == signed.content_hash
    assert kept.given["course"]["reviews"][0][:3] == ["agree", None, OFFICE]


def test_what_is_returned_is_declared_anew(app: App, tmp_path: Path) -> None:
    """The comment reaches the drafter; only a new declaration leads on."""
    identifier = declared(app, tmp_path)
    assert review(acting(app, OFFICE), identifier, "return", "没有写明条款").record.state is State.RETURNED
    with pytest.raises(TransitionNotAllowedError, match="重新认定"):
        registering.sign(acting(app, SIGNATORY), identifier)
    registering.declare(app, identifier, "withheld", "R16-2c")
    assert registering.sign(acting(app, SIGNATORY), identifier).record.state is State.SIGNED


def test_a_dispute_stands_until_the_signatory_says_why(app: App, tmp_path: Path) -> None:
    """The signatory sees the office's attribute, and overrules it with a reason that the decision keeps."""
    identifier = declared(app, tmp_path)
    own = {"attribute": "proactive", "reason": "L-A"}
    review(acting(app, OFFICE), identifier, "dispute", "同类情形都适用", **own)
    with pytest.raises(GateRefusedError) as refusal:
        registering.sign(acting(app, SIGNATORY), identifier)
    assert {"office-disputes", "dispute-unanswered"} <= blocked(refusal.value)
    signed = registering.sign(acting(app, SIGNATORY), identifier, because="尚未成熟")
    assert "office-disputes" in {item.code for item in signed.findings}
    assert signed.record.decision is not None
    assert signed.record.decision.because == "尚未成熟"


def test_nobody_does_two_of_the_acts(app: App, tmp_path: Path) -> None:
    """The drafter neither reviews, nor clears for secrecy, nor signs; however the name is typed."""
    identifier = declared(app, tmp_path)
    self_again = acting(app, " 李拟稿　")
    with pytest.raises(GateRefusedError, match="审核自己"):
        review(self_again, identifier, "agree")
    with pytest.raises(GateRefusedError, match="保密审查"):
        review_secrecy(self_again, identifier, "cleared")
    with pytest.raises(GateRefusedError) as refusal:
        registering.sign(self_again, identifier)
    assert blocked(refusal.value) == {"same-person"}


def test_acts_put_wrongly_are_told(app: App, tmp_path: Path) -> None:
    """Unknown answers, a return without comment, a dispute without attribute, nothing declared: each in words."""
    identifier = record(app, tmp_path)
    office = acting(app, OFFICE)
    with pytest.raises(TransitionNotAllowedError, match="拟稿"):
        review(office, identifier, "agree")
    registering.declare(app, identifier, "withheld", "R16-2c")
    for result, words in (("fine", "看不懂"), ("return", "意见"), ("dispute", "属性")):
        with pytest.raises(UsageError, match=words):
            review(office, identifier, result)
    with pytest.raises(UsageError, match="--dispute"):
        review(office, identifier, "agree", attribute="proactive")
    with pytest.raises(UsageError, match="看不懂"):
        review_secrecy(office, identifier, "perhaps")
    with pytest.raises(UsageError, match="原因"):
        registering.withdraw(app, identifier, " ")
    sign_as_others(app, identifier)
    with pytest.raises(TransitionNotAllowedError, match="重新认定"):
        review(office, identifier, "agree")


def test_personal_data_and_secrecy_are_cleared_before_publication(app: App, tmp_path: Path) -> None:
    """A letter with a mobile number to be published waits until the reviewer says that it was looked at."""
    text = LETTER.replace("特此函复。", "联系人：张三，电话13812345678。\n特此函复。")
    identifier = record(app, tmp_path, text)
    registering.declare(app, identifier, "proactive", None)
    signatory = acting(app, SIGNATORY)
    with pytest.raises(GateRefusedError) as refusal:
        registering.sign(signatory, identifier)
    assert blocked(refusal.value) == {"secrecy-review-missing", "personal-data"}
    review_secrecy(acting(app, SECRECY), identifier, "cleared")
    with pytest.raises(GateRefusedError) as refusal:
        registering.sign(signatory, identifier)
    assert blocked(refusal.value) == {"personal-data"}
    review_secrecy(acting(app, SECRECY), identifier, "cleared", "号码为办公电话", personal_data_cleared=True)
    assert registering.sign(signatory, identifier).record.state is State.SIGNED


def test_co_issuers_of_a_joint_letter(app: App, tmp_path: Path) -> None:
    """A disagreement blocks until the lead declares anew; a unit that did not issue it is refused."""
    identifier = declared(app, tmp_path, LETTER)
    with pytest.raises(BadRowError, match="联合发文单位"):
        co_issuer_opinion(app, identifier, "云栖市财政局", "agree")
    joint = "云栖市民政局 云栖市财政局\n关于养老补贴问题的复函\n云民函〔2025〕3号\n东山镇人民政府：\n来函收悉。现复如下，请照此办理。\n云栖市民政局\n云栖市财政局\n2025年6月3日\n"
    identifier = declared(app, tmp_path, joint)
    with app.reading() as work:
        others = work.documents.get(identifier).document.issuers[1:]
    assert others == ("云栖市财政局",)
    co_issuer_opinion(app, identifier, others[0], "disagree", "资金未定")
    with pytest.raises(GateRefusedError) as refusal:
        registering.sign(acting(app, SIGNATORY), identifier)
    assert "co-issuer-disagrees" in blocked(refusal.value)
    registering.declare(app, identifier, "withheld", "R16-2c")
    found = registering.sign(acting(app, SIGNATORY), identifier).findings
    assert "co-issuer-opinion-missing" in {item.code for item in found}


def test_a_published_document_that_is_kept_back_comes_off(app: App, tmp_path: Path) -> None:
    """The record of the publication stays, and the sign-off says which address to take down."""
    identifier = record(app, tmp_path)
    registering.declare(app, identifier, "proactive", None)
    sign_as_others(app, identifier)
    day = app.today
    registering.publish(app, identifier, "https://a.example/1.html", day, channel="government-website")
    with pytest.raises(GateRefusedError) as refusal:
        registering.declare(app, identifier, "on_request", "U27-1")
    assert blocked(refusal.value) == {"adjustment-unexplained"}
    registering.declare(app, identifier, "on_request", "U27-1", because="涉及第三方")
    done = sign_as_others(app, identifier)
    (finding,) = [item for item in done.findings if item.code == "published-but-kept-back"]
    assert "https://a.example/1.html" in finding.message
    assert (done.record.state, done.record.attribute) == (State.SIGNED, DisclosureAttribute.ON_REQUEST)
    assert [publication.url for publication in done.record.publications] == ["https://a.example/1.html"]


def test_a_publication_as_news_alone_is_told(app: App, tmp_path: Path) -> None:
    """The publication is registered with a flag; once the document stands as itself, nothing is said any more."""
    identifier = record(app, tmp_path)
    registering.declare(app, identifier, "proactive", None)
    sign_as_others(app, identifier)
    news, itself = "https://a.gov.cn/xwzx/1.html", "https://a.gov.cn/zfwj/1.html"
    told = [
        {
            item.code
            for item in registering.publish(app, identifier, url, app.today, channel="government-website").findings
        }
        for url in (news, itself)
    ]
    assert ["published-as-news" in codes for codes in told] == [True, False]


def test_a_withdrawn_document_is_out_of_the_way(app: App, tmp_path: Path) -> None:
    """It is neither declared nor counted any more, and the same content can be recorded as a new document."""
    identifier = declared(app, tmp_path)
    assert registering.withdraw(app, identifier, "改由上级发文").record.state is State.WITHDRAWN
    with pytest.raises(TransitionNotAllowedError, match="重新登记"):
        registering.declare(app, identifier, "proactive", None)
    again = record(app, tmp_path)
    assert again != identifier
    with app.reading() as work:
        assert [item.id for item in work.queries.declared_documents()] == [again]
        assert [item.id for item in work.documents.linkables()] == [again]


def test_rights_and_units_are_asked_first(app: App, tmp_path: Path) -> None:
    """Without the right nothing is done and the refusal is journalled; another unit's document is not there."""
    identifier = declared(app, tmp_path)
    reader = app.acting_as("考核员", Access(frozenset({Right.READ})), origin="web")
    acts = (
        lambda person: registering.sign(person, identifier),
        lambda person: review(person, identifier, "agree"),
        lambda person: review_secrecy(person, identifier, "cleared"),
        lambda person: registering.withdraw(person, identifier, "x"),
        lambda person: registering.declare(person, identifier, "proactive", None),
    )
    for act in acts:
        with pytest.raises(NotPermittedError):
            act(reader)
        with pytest.raises(UnknownRecordError):
            act(app.acting_as("外单位", Access(None, frozenset({"别的局"})), origin="web"))
    with app.reading() as work:
        refusals = [entry for entry in work.journal.entries() if entry.action == "refuse-access"]
        assert len(refusals) == len(acts)
        assert {entry.subject for entry in refusals} == {identifier}
