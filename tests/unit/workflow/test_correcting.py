"""Mending a draft's elements, looking ahead before declaring, the steps that were taken, and what was decided on its like."""

import pytest
from decided_letters import PRICE, QUERY
from signed_off import sign_as_others

from attrtrack.domain.access import Access, Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.genres import Genre
from attrtrack.errors import BadRowError, ClassifiedMaterialError, NotPermittedError, TransitionNotAllowedError
from attrtrack.workflow.alike import documents_alike
from attrtrack.workflow.app import App
from attrtrack.workflow.correcting_elements import correct_elements
from attrtrack.workflow.foreseeing import foreseen, open_acts
from attrtrack.workflow.histories import history_of
from attrtrack.workflow.receiving import record_text, record_upload
from attrtrack.workflow.registering import declare

LETTER = PRICE.format(number=1, town="东山")


def codes(app: App, document_id: str) -> set[str]:
    """Return what reading found in a document."""
    with app.store.reading() as work:
        return {finding.code for finding in work.documents.get(document_id).document.findings}


def test_what_is_corrected_is_recorded_anew(app: App) -> None:
    """The old draft is withdrawn and says what replaced it; text, file and all that was read rightly go along."""
    before = record_upload(app, "批复.txt", LETTER.encode()).record
    made = correct_elements(app, before.id, {"title": "停车收费标准", "genre": "通知", "date": "2025年6月5日"})
    after = made.record
    assert made.changed == ("title", "genre", "date")
    assert (after.document.title, after.document.genre, str(after.document.year)) == (
        "停车收费标准",
        Genre.NOTICE,
        "2025",
    )
    assert (after.document.text, after.document.number) == (before.document.text, before.document.number)
    titles = [element for element in after.document.elements if element.name == "title"]
    assert [element.span.of(LETTER) for element in titles if element.span] == ["停车收费标准"]
    assert not [element for element in after.document.elements if element.name == "date"]
    with app.store.reading() as work:
        assert work.documents.get(before.id).state is State.WITHDRAWN
        assert work.proposals.latest(after.id) is not None
        original = work.files.original(after.id)
    assert original is not None
    assert original.content == LETTER.encode()
    told = [step.words.comment for step in history_of(app, before.id) if step.action == "withdraw"]
    assert told == [f"更正要素，重新登记为 {after.id}"]
    assert "duplicate-number" not in codes(app, after.id)


def test_nothing_stated_otherwise_changes_nothing(app: App) -> None:
    """The same record stays, and the journal has no further entry."""
    before = record_text(app, {"text": LETTER}).record
    document = before.document
    stated = {"title": document.title or "", "number": document.number or "", "issuer": document.issuer or ""}
    steps = history_of(app, before.id)
    made = correct_elements(app, before.id, stated)
    assert (made.record.id, made.changed) == (before.id, ())
    assert history_of(app, before.id) == steps


def test_findings_follow_the_elements(app: App) -> None:
    """What was missing is missing no longer once it is stated; what is taken away is told; a number in use is told of."""
    other = record_text(app, {"text": LETTER}).record
    draft = record_text(app, {"text": "关于停车收费标准的批复\n东山区发展和改革局：\n现批复如下。\n"}).record.id
    assert "number-missing" in codes(app, draft)
    made = correct_elements(app, draft, {"number": other.document.number or "", "title": ""}).record
    assert "number-missing" not in codes(app, made.id)
    assert {"title-missing", "duplicate-number"} <= codes(app, made.id)


@pytest.mark.parametrize(
    ("stated", "refusal"),
    [
        ({"signer": "王"}, BadRowError),
        ({"title": "长" * 501}, BadRowError),
        ({"genre": "便条"}, BadRowError),
        ({"date": "二月三十"}, BadRowError),
        ({"title": "机密★10年 关于某事的批复"}, ClassifiedMaterialError),
    ],
)
def test_what_makes_no_element_is_refused(app: App, stated: dict[str, str], refusal: type[Exception]) -> None:
    """The draft stays a draft."""
    draft = record_text(app, {"text": LETTER}).record.id
    with pytest.raises(refusal):
        correct_elements(app, draft, stated)
    with app.store.reading() as work:
        assert work.documents.get(draft).state is State.DRAFT


def test_only_drafts_are_mended_and_only_by_those_who_may(app: App) -> None:
    """What has been signed stays as it was signed."""
    signed = record_text(app, {"text": LETTER}).record.id
    declare(app, signed, "proactive", None)
    sign_as_others(app, signed)
    with pytest.raises(TransitionNotAllowedError):
        correct_elements(app, signed, {"title": "另一个标题"})
    reader = app.acting_as("读者", Access(frozenset({Right.READ}), frozenset({app.unit or ""}), app.unit), origin="cli")
    with pytest.raises(NotPermittedError):
        correct_elements(reader, signed, {"title": "另一个标题"})
    assert open_acts(reader, State.DRAFT) == frozenset()
    assert open_acts(app, State.SIGNED) == {"declare", "publish"}


def test_what_would_come_is_what_comes(app: App) -> None:
    """Looking ahead finds what declaring finds, and keeps nothing."""
    draft = record_text(app, {"text": LETTER}).record.id
    steps = history_of(app, draft)
    ahead = foreseen(app, draft, "withheld", None)
    assert any(finding.severity is Severity.BLOCK for finding in ahead)
    assert history_of(app, draft) == steps
    assert set(declare(app, draft, "withheld", None).findings) == set(ahead)


def test_the_like_of_a_document_say_how_they_were_decided(app: App) -> None:
    """Nearest first, with attribute and who decided; a letter on something else is none, nor is the document itself."""
    decided = record_text(app, {"text": LETTER}).record.id
    declare(app, decided, "proactive", "P20-08")
    sign_as_others(app, decided)
    draft = record_text(app, {"text": PRICE.format(number=2, town="西山")}).record.id
    (found,) = documents_alike(app, draft)
    assert (found.id, found.attribute, found.reason) == (decided, DisclosureAttribute.PROACTIVE, "P20-08")
    assert 0.5 < found.likeness <= 1
    assert documents_alike(app, decided) == ()
    assert documents_alike(app, record_text(app, {"text": QUERY.format(number=3, town="南山")}).record.id) == ()
