"""The office takes back its own word on a declaration, and agrees in bulk only with what nothing speaks against."""

from pathlib import Path

import pytest
from builders import LETTER
from signed_off import SIGNATORY, acting

from attrtrack.domain.decisions import State
from attrtrack.errors import GateRefusedError, TransitionNotAllowedError, UsageError
from attrtrack.workflow import registering
from attrtrack.workflow.accepting import accept_undisputed, offers
from attrtrack.workflow.app import App
from attrtrack.workflow.deciding import decision_course
from attrtrack.workflow.reviewing import retract_review, review

OFFICE, OTHER = "赵审核", "周审核"


MARKED = """云栖市住房和城乡建设局关于公布2025年农村公路养护补助标准的通知
云建发〔2025〕32号
各乡镇人民政府：
现将农村公路养护补助标准公布如下，请贯彻执行。
一、县道每公里补助七千元。
云栖市住房和城乡建设局
2025年6月4日
（此件公开发布）
"""
"""A letter that nobody would withhold."""


def declared(
    app: App, folder: Path, attribute: str = "withheld", *, reason: str | None = "R16-2c", text: str = LETTER
) -> str:
    """Record a letter that its drafter declares, and return its id."""
    (folder / "函.txt").write_text(text, encoding="utf-8")
    identifier = registering.record_file(app, str(folder / "函.txt")).record.id
    registering.declare(app, identifier, attribute, reason)
    return identifier


@pytest.mark.parametrize(("result", "comment"), [("agree", None), ("return", "没有写明条款"), ("dispute", None)])
def test_a_word_taken_back_counts_as_not_said(app: App, tmp_path: Path, result: str, comment: str | None) -> None:
    """The declaration waits for review again, the signatory is asked for nothing because of the word, and it may be said anew."""
    identifier, office = declared(app, tmp_path), acting(app, OFFICE)
    review(office, identifier, result, comment, attribute="proactive" if result == "dispute" else None)
    assert decision_course(office, identifier).retractable
    assert not decision_course(acting(app, OTHER), identifier).retractable
    assert retract_review(office, identifier).record.state is State.DECLARED
    course = decision_course(office, identifier)
    assert (course.review, course.retractable, course.awaits) == (None, False, True)
    with pytest.raises(TransitionNotAllowedError, match="收回"):
        retract_review(office, identifier)
    review(acting(app, OTHER), identifier, "agree")
    assert registering.sign(acting(app, SIGNATORY), identifier).record.state is State.SIGNED
    with app.reading() as work:
        assert [item.result.value for item in work.reviews.of(identifier)] == [result, "retract", "agree"]


def test_what_others_rest_on_is_not_taken_back(app: App, tmp_path: Path) -> None:
    """Neither another's word, nor one that follows another's, nor one that was signed upon; and it is no result of a review."""
    identifier, office, other = declared(app, tmp_path), acting(app, OFFICE), acting(app, OTHER)
    with pytest.raises(UsageError, match="不是一种审核结果"):
        review(office, identifier, "retract")
    review(office, identifier, "agree")
    with pytest.raises(TransitionNotAllowedError, match="本人"):
        retract_review(other, identifier)
    review(other, identifier, "agree")
    with pytest.raises(TransitionNotAllowedError, match="别的审核意见"):
        retract_review(other, identifier)
    registering.sign(acting(app, SIGNATORY), identifier)
    with pytest.raises(TransitionNotAllowedError):
        retract_review(other, identifier)
    with app.reading() as work:
        assert [item.result.value for item in work.reviews.of(identifier)] == ["agree", "agree"]


def test_only_the_undisputed_is_agreed_to_unread(app: App, tmp_path: Path) -> None:
    """Each thing that speaks against it is named, offered or not; what is as proposed is agreed to once."""
    same = declared(app, tmp_path, "proactive", reason=None, text=MARKED)
    office = acting(app, OFFICE)
    assert offers(office, [same])[same].against is None
    assert offers(app, [same])[same].against == "认定人不得审核自己的认定。"
    with pytest.raises(TransitionNotAllowedError, match="认定人不得审核"):
        accept_undisputed(app, same)
    assert accept_undisputed(office, same).record.state is State.REVIEWED
    with pytest.raises(TransitionNotAllowedError, match="不是待审核"):
        accept_undisputed(office, same)
    retract_review(office, same)
    registering.declare(app, same, "withheld", "R16-2c")
    assert "系统建议主动公开" in str(offers(office, [same])[same].against)
    with pytest.raises((TransitionNotAllowedError, GateRefusedError), match="系统建议主动公开"):
        accept_undisputed(office, same)
    assert offers(office, ["D77"]) == {}
