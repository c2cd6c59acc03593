"""Papers made of a document's record: the opinion form, the letter with its mark, the registration table."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import InputRefusedError, UnknownRecordError, UnsupportedFormatError
from attrtrack.recording.marks import marks_in
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.seeing import seen

HANDLING = (Right.DECLARE, Right.REVIEW, Right.SIGN)
"""Who may have a document's own file: those who decide about it."""
_PARTED = "："
_PART = 64 * 1024
_ON_PAPER = frozenset({Place.BODY, Place.HEADER, Place.BOX})


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to hand out: its name in Chinese and its bytes."""

    name: str
    content: bytes


def reason_in_words(app: App, reason: str | None) -> str | None:
    """Name a reason by the catalogue with its clauses, then the words given beside its code; free words stay as written."""
    code, _, words = (reason or "").partition(_PARTED)
    row = app.rules.reason(code) if code else None
    if row is None:
        return reason
    named = f"{row.name}（{'、'.join(map(str, row.references))}）" if row.references else row.name
    return f"{named}：{words}" if words else named


def original_of(app: App, document_id: str) -> MadeFile:
    """Return the file that a document came in, byte for byte; for those who handle it, since names in it are not blotted out."""
    permitted(app, *HANDLING, subject=document_id)
    with app.reading() as work:
        seen(app, work, document_id)
        original = work.files.original(document_id)
    if original is None:
        raise UnknownRecordError("这份公文没有留存原件：由文字或台账登记的没有原件。")
    return MadeFile(original.note.name, original.content)


def marked_letter_of(app: App, document_id: str) -> MadeFile:
    """Return the document's own docx with the mark of its attribute in the 附注, and nothing else changed.

    Raises `UnsupportedFormatError` for an original that is no docx or was not kept, `InputRefusedError` where nobody has
    said the attribute yet or the place of the mark is not sure.
    """
    permitted(app, *HANDLING, subject=document_id)
    from attrtrack.reporting.marked_letter import Wanted, marked_letter  # noqa: PLC0415 - lxml is loaded when first needed

    with app.reading() as work:
        recorded = seen(app, work, document_id)
        original = work.files.original(document_id)
        redacted = bool(work.cuts.of_document(document_id).live)
    if original is None:
        raise UnsupportedFormatError("这份公文没有留存原件（由文字或台账登记），不能加注标注：请上传原文件重新登记。")
    if original.note.format != "docx":
        raise UnsupportedFormatError(
            f"原件是 {original.note.format} 格式，只能给 docx 加注标注：请用办公软件另存为 docx 后重新登记。"
        )
    if recorded.attribute is None:
        raise InputRefusedError("还没有认定公开属性，不能加注标注：请先认定。")
    mark = printed_mark(app, recorded.attribute, redacted=redacted)
    date, before, lines = _dated(recorded)
    wanted = Wanted(
        words=mark.text,
        agrees=lambda found: (found.attribute, found.redacted) == (mark.attribute, mark.redacted),
        date=date,
        before=before,
        lines=lines,
        issuers=recorded.document.issuers,
        marks=tuple(found for found in recorded.document.marks if found.place in _ON_PAPER),
    )
    content = marked_letter(original.content, wanted, lambda text: marks_in(text, app.rules, Place.BODY))
    return MadeFile(original.note.name, content)


def printed_mark(app: App, attribute: DisclosureAttribute, *, redacted: bool) -> Mark:
    """Return the mark of an attribute as it is printed: the first example of its first row in the rule table."""
    partly = redacted and attribute is DisclosureAttribute.PROACTIVE
    row = next(row for row in app.rules.marks if row.attribute is attribute and row.redacted == partly)
    return Mark(row.examples[0], attribute, Place.BODY, None, partly)


def _dated(recorded: RecordedDocument) -> tuple[str | None, int, int]:
    """Return the date as printed, on how many lines it stands alone before the element, and on how many at all."""
    from attrtrack.reporting.marked_letter import is_date_line  # noqa: PLC0415 - the same

    document = recorded.document
    found = next((item for item in document.elements if item.name == "date" and item.span is not None), None)
    if found is None or found.span is None:
        return None, 0, 0
    date = "".join(found.text.split())
    lines = [span for span in _lines(document.text) if is_date_line(span.of(document.text), date, document.issuers)]
    start = found.span.start
    return found.text, sum(1 for _ in takewhile(lambda span: span.end < start, lines)), len(lines)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def registration_table(
    app: App, *, unit: str | None, year: int | None, genre: str | None = None
) -> tuple[str, Iterator[bytes]]:
    """Make the 公开发布归类登记表 of a scope; return its name and its bytes in parts.

    The table lies in a temporary file until its last part is taken.
    """
    permitted(app, Right.EXPORT)
    from attrtrack.reporting.registration_table import (  # noqa: PLC0415 - loaded when first needed
        TableWords,
        write_registration_table,
    )

    channels = {row.code: row.name for row in app.rules.channels}
    words: dict[str | None, str | None] = {}

    def reason(text: str | None) -> str | None:
        return words.setdefault(text, reason_in_words(app, text))

    title = f"{unit or ''}{f'{year}年' if year else ''}公开发布归类登记表"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        with app.reading() as work:
            names = {account.login: account.display_name for account in work.accounts.all()}
            write_registration_table(
                path,
                work.registration.rows(unit, year, genre),
                title=title,
                count=work.registration.count(unit, year, genre),
                day=app.today,
                words=TableWords(
                    reason,
                    channel=lambda code: channels.get(code or "", code),
                    person=lambda login: names.get(login or "", login),
                ),
            )
        stream = path.open("rb")  # the open file outlives its folder
    return f"{title}.xlsx", _parts(stream)


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while part := stream.read(_PART):
            yield part
