"""The sentence that stands for a document in a catalogue is picked from its text."""

import pytest
from builders import a_document

from attrtrack.domain.documents import Document, PersonalData, SourceText
from attrtrack.domain.evidence import Span
from attrtrack.recording import record
from attrtrack.recording.summaries import summary_sentence
from attrtrack.rules import Rules, load_rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the rule tables of the package."""
    return load_rules()


def quoted(document: Document, *, purpose_only: bool = False) -> str | None:
    """Return the words of the sentence picked."""
    span = summary_sentence(document, purpose_only=purpose_only)
    return None if span is None else document.text[span.start : span.end]


@pytest.mark.parametrize(
    ("body", "picked"),
    [
        (
            "《云栖市供热办法》已经市政府同意，现印发给你们，请遵照执行。",
            "《云栖市供热办法》已经市政府同意，现印发给你们，请遵照执行。",
        ),
        (
            "近年来供热矛盾增多。为保障群众温暖过冬，现就有关事项通知如下。\n一、各单位要做好检修。",
            "为保障群众温暖过冬，现就有关事项通知如下。",
        ),
        (
            "你局《关于加装电梯的请示》收悉。业主可以提取住房公积金用于加装电梯。",
            "业主可以提取住房公积金用于加装电梯。",
        ),
        (
            "你局来文收悉。\n同意北湖片区控制性详细规划，请认真组织实施。",
            "同意北湖片区控制性详细规划，请认真组织实施。",
        ),
    ],
)
def test_the_sentence_that_says_what_it_does_is_picked(rules: Rules, body: str, picked: str) -> None:
    """What a document does goes before why, why before the rest; that a letter was received says nothing."""
    text = f"云栖市住房和城乡建设局关于冬季供热的通知\n云建发〔2025〕3号\n各区住房和城乡建设局：\n{body}\n云栖市住房和城乡建设局\n2025年6月3日\n"
    assert quoted(record(SourceText("a.txt", "txt", text), rules)) == picked


def test_personal_data_and_ledgers_give_no_sentence() -> None:
    """A sentence that shows personal data is passed over; a ledger's row has no text to quote."""
    text = "申请人张某某的电话是13900001111，请予核实有关情况。\n为方便群众办事，现将办理时限公布如下。"
    document = a_document(text, personal_data=(PersonalData("phone", Span(10, 21)),))
    assert quoted(document) == "为方便群众办事，现将办理时限公布如下。"
    assert summary_sentence(a_document("为方便群众办事，现将办理时限公布如下。", format="ledger")) is None


def test_what_waits_for_a_request_is_quoted_by_its_purpose_only() -> None:
    """A fact from the middle of a letter does not stand for it where the letter is given on request."""
    document = a_document("你公司提交的材料缺少法定代表人的签字页。")
    assert quoted(document) == "你公司提交的材料缺少法定代表人的签字页。"
    assert quoted(document, purpose_only=True) is None
