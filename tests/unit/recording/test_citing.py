"""What a document cites and carries: numbers with their sentences, and marks of a forwarded text."""

from typing import Any

from builders import a_document
from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.documents import Document, SourceText
from attrtrack.recording import record
from attrtrack.recording.citing import carried_marks, citations
from attrtrack.rules import Rules, load_rules

_RULES = load_rules()
_FORWARDED = (
    "溪口区水务局转发《云栖市水务局关于加强节水管理工作的通知》的通知\n溪水发〔2025〕9号\n各镇：\n"
    "现将《云栖市水务局关于加强节水管理工作的通知》（云水发〔2025〕31号）转发给你们，请遵照执行。\n"
    "溪口区水务局\n2025年6月20日\n（此件公开发布）\n"
    "云栖市水务局\n关于加强节水管理工作的通知\n云水发〔2025〕31号\n各县：\n请做好节水工作。\n"
    "云栖市水务局\n2025年6月3日\n（此件不予公开）\n"
)


def _recorded(text: str, rules: Rules) -> Document:
    return record(SourceText("公文.txt", "txt", text), rules)


def test_forwarded_number_is_cited_with_its_sentence(rules: Rules) -> None:
    """The number in the forwarding sentence, not the document's own nor the heading of the carried text."""
    document = _recorded(_FORWARDED, rules)
    (cited,) = citations(document)
    assert (cited.number, cited.forwarded) == ("云水发〔2025〕31号", True)
    assert cited.sentence.of(document.text).startswith("现将《")


def test_mark_under_the_carried_texts_date_is_its_own(rules: Rules) -> None:
    """Of two marks the one below the carried title and a date is the carried text's; the other is the document's."""
    document = _recorded(_FORWARDED, rules)
    assert [mark.attribute for mark in document.marks] == [Attribute.PROACTIVE, Attribute.WITHHELD]
    assert [mark.attribute for mark in carried_marks(document)] == [Attribute.WITHHELD]


def test_notice_without_the_carried_text_has_no_carried_mark(rules: Rules) -> None:
    """A forwarding notice that stands alone has one mark, its own; so has a letter that forwards nothing."""
    alone = _FORWARDED[: _FORWARDED.index("云栖市水务局\n关于")]
    assert carried_marks(_recorded(alone, rules)) == ()
    assert carried_marks(a_document()) == ()


def test_option_in_the_imprint_is_the_forwarding_documents_own(rules: Rules) -> None:
    """What the imprint at the very end states is not taken for the carried text's."""
    text = _FORWARDED.replace("（此件不予公开）\n", "抄送：区政府办。\n公开方式：主动公开\n")
    assert carried_marks(_recorded(text, rules)) == ()


def test_letter_answered_and_requests_from_below_are_not_cited(rules: Rules) -> None:
    """What a reply answers was written by the other side; a request of a subordinate stays between the two."""
    text = (
        "云栖市水务局关于取水计划的批复\n云水函〔2025〕4号\n溪口区水务局：\n你局《关于取水计划的请示》（溪水〔2025〕2号）收悉。"
        "结合东山区的请示（东水〔2025〕7号），按照云政发〔2024〕6号文件规定，同意该计划。\n云栖市水务局\n2025年6月3日\n"
    )
    assert [cited.number for cited in citations(_recorded(text, rules))] == ["云政发〔2024〕6号"]


@given(st.text(alphabet="云水政发〔〕2025号（）《》。\n转发关于请示", max_size=80))
def test_citations_stand_in_their_sentences(text: str) -> None:
    """Whatever is written, a citation's sentence is a span of the text, and no number is named twice."""
    fields: dict[str, Any] = {
        "title": "甲局转发乙局关于水的通知的通知",
        "carried_title": "乙局关于水的通知",
        "number": None,
    }
    document = a_document(text, **fields)
    found = citations(document)
    assert len({cited.number for cited in found}) == len(found)
    for cited in found:
        assert 0 <= cited.sentence.start < cited.sentence.end <= len(text)
    assert carried_marks(document) == ()


def test_text_without_sentences_is_cut() -> None:
    """A number repeated without end is cited once, with a stretch of text around it, not with all of it."""
    document = a_document("云水发〔2025〕31号" * 20_000, number=None)
    (cited,) = citations(document)
    assert cited.sentence.end - cited.sentence.start < 700
