"""What a person says of a link: it answers the other suggestions, it can be said again, suggestions never undo it."""

import datetime as dt

import pytest
from builders import a_document

from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.domain.judgements import Act
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError
from attrtrack.workflow.app import App
from attrtrack.workflow.linking import judge, link, standing

PLAN = "云栖市绿道建设三年行动方案"


@pytest.fixture
def tied(app: App) -> App:
    """A register with one plan in two documents (issued by a notice, approved by a reply) and one interpretation of it."""
    with app.unit_of_work() as work:
        for number, title in (
            ("云政办发〔2026〕1号", f"关于印发{PLAN}的通知"),
            ("云政函〔2026〕2号", f"关于{PLAN}的批复"),
        ):
            document = a_document(title=f"云栖市人民政府{title}", number=number, text="")
            work.documents.add(
                document, content_hash=number, unit="云栖市", file_name=None, state=State.ISSUED_ELSEWHERE
            )
        work.interpretations.add(
            Interpretation(id="", title=f"《{PLAN}》解读", published=dt.date(2026, 3, 1)), unit="云栖市", year=2026
        )
    return app


def judgements(app: App) -> dict[str, Judgement]:
    """Return the judgement on each pair of the interpretation."""
    with app.reading() as work:
        return {item.document_id: item.judgement for item in work.links.of("I1")}


def test_a_tie_goes_to_a_person(tied: App) -> None:
    """Two right-looking documents are suggested, none is linked automatically."""
    (linked,) = link(tied)
    assert {item.document_id for item in linked.proposals.links} == {"D1", "D2"}
    assert {item.number for item in linked.documents} == {"云政办发〔2026〕1号", "云政函〔2026〕2号"}
    assert set(judgements(tied).values()) == {Judgement.PENDING}


def test_naming_one_document_answers_the_others(tied: App) -> None:
    """The named one is confirmed, the other suggestion is settled too, and linking again asks no more."""
    list(link(tied))
    judge(tied, "I1", "D1")
    assert judgements(tied) == {"D1": Judgement.CONFIRMED, "D2": Judgement.REJECTED}
    assert list(link(tied)) == []


def test_a_second_document_can_be_right_as_well(tied: App) -> None:
    """An interpretation may explain two documents: each is named once."""
    list(link(tied))
    judge(tied, "I1", "D1")
    judge(tied, "I1", "D2", act=Act.ALSO)
    assert set(judgements(tied).values()) == {Judgement.CONFIRMED}


def test_a_judgement_can_be_taken_back(tied: App) -> None:
    """None of them, then one of them after all; the journal keeps both."""
    list(link(tied))
    judge(tied, "I1", None)
    assert set(judgements(tied).values()) == {Judgement.REJECTED}
    judge(tied, "I1", "D1")
    assert judgements(tied)["D1"] is Judgement.CONFIRMED
    with tied.reading() as work:
        assert sum(entry.action == "judge-link" for entry in work.journal.entries("I1")) >= 2


@pytest.mark.parametrize(("interpretation", "document"), [("I9", "D1"), ("I1", "D9"), ("甲", None)])
def test_what_is_not_there_is_told(tied: App, interpretation: str, document: str | None) -> None:
    """An unknown id is refused and changes nothing."""
    with pytest.raises(UnknownRecordError):
        judge(tied, interpretation, document)


def test_who_has_not_seen_the_last_act_does_not_overrule_it(tied: App) -> None:
    """Two persons open the same page: the second is told who judged meanwhile, and judges again knowing it."""
    list(link(tied))
    seen = standing(tied, "I1").last
    judge(tied, "I1", "D1", seen=seen)
    with pytest.raises(TransitionNotAllowedError, match="李拟稿"):
        judge(tied, "I1", None, seen=seen)
    assert judgements(tied) == {"D1": Judgement.CONFIRMED, "D2": Judgement.REJECTED}
    judge(tied, "I1", None, seen=standing(tied, "I1").last)
    assert set(judgements(tied).values()) == {Judgement.REJECTED}


def test_a_document_recorded_after_none_may_be_proposed(tied: App) -> None:
    """None of these two; a third that arrives later waits for the person, the two refused do not come back."""
    list(link(tied))
    judge(tied, "I1", None)
    with tied.unit_of_work() as work:
        third = a_document(title=f"关于印发《{PLAN}》的通知", number="云政办发〔2026〕9号", text="")
        facts = {"content_hash": "九", "unit": "云栖市", "file_name": None}
        work.documents.add(third, state=State.ISSUED_ELSEWHERE, **facts)
    list(link(tied))
    refused = {"D1": Judgement.REJECTED, "D2": Judgement.REJECTED}
    assert {key: word for key, word in judgements(tied).items() if key in refused} == refused
    assert judgements(tied).get("D3", Judgement.PENDING) is Judgement.PENDING
