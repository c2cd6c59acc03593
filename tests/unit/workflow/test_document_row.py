"""The row that `read` prints of a document: the elements with their places, attachments, copies and contact."""

from attrtrack.domain.documents import Attachment, Document, Element
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Place
from attrtrack.workflow.shapes import document_row

ELEMENTS = (
    Element("number", "云水发〔2023〕4号", Place.BODY, Span(0, 12)),
    Element("copy", "市财政局", Place.HEADER),
    Element("contact", "联系人：李某", Place.BODY, Span(20, 26)),
    Element("attachment", "任务表", Place.BODY, Span(30, 33)),
    Element("attachment_absent", "名单", Place.BODY, Span(34, 36)),
    Element("attachment_unnamed", "说明", Place.METADATA),
)


def test_elements_say_where_they_stand() -> None:
    """Every element has name, text, place and, in the body, its offsets."""
    row = document_row("来件.txt", Document("正文", elements=ELEMENTS))
    assert row["elements"][0] == {"name": "number", "text": "云水发〔2023〕4号", "place": "body", "start": 0, "end": 12}
    assert row["elements"][1] == {"name": "copy", "text": "市财政局", "place": "header", "start": None, "end": None}


def test_attachments_copies_and_contact() -> None:
    """What is read off the elements is printed under its own key; a document without any prints empty ones."""
    document = Document("正文", elements=ELEMENTS)
    assert document.attachments == (
        Attachment("任务表", present=True),
        Attachment("名单", present=False),
        Attachment("说明", present=True, named=False),
    )
    row = document_row("来件.txt", document)
    assert row["attachments"] == [
        {"name": "任务表", "present": True},
        {"name": "名单", "present": False},
        {"name": "说明", "present": True},
    ]
    assert (row["copies"], row["contact"]) == (["市财政局"], "联系人：李某")
    empty = document_row("来件.txt", Document("正文"))
    assert (empty["attachments"], empty["copies"], empty["contact"], empty["elements"]) == ([], [], None, [])
