"""What the door hands in (source texts) and what recording makes of it (documents)."""

from dataclasses import dataclass, field

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Mark, Place

# what the name of an element says of an attachment: present in the file, named in the body
ATTACHMENT_ELEMENTS = {
    "attachment": (True, True),
    "attachment_absent": (False, True),
    "attachment_unnamed": (True, False),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file as its reader found it.

    `text` has hard-wrapped lines rejoined and is otherwise as in the source; `header` is page headers and footers;
    `box` the labelled fields of a web page's attribute box; `metadata` the file's own properties; `page_numbers` those that
    stood on lines of their own in a plain text, as printed, with the offset in `text` at which they stood.
    """

    name: str
    format: str
    text: str
    header: str = ""
    box: tuple[tuple[str, str], ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    page_numbers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One element of GB/T 9704 as found: its name, the printed text, the place and, in the body, the span.

    Names: number, title, issuers, addressee, date, print_date, signer, urgency, contact, copy (one for each organ) and
    attachment, attachment_absent (named, not in the file), attachment_unnamed (in the file, not named).
    """

    name: str
    text: str
    place: Place
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its name as printed, whether the body names it (附件说明), and whether it is in the file itself."""

    name: str
    present: bool
    named: bool = True


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A passage that looks like personal data (kind, span); the value itself is never copied out."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One outgoing document (公文); what the source does not state is None and reported, never invented.

    `number` is the normalised number, else as printed (with finding `number-irregular`); `issuers` holds all
    issuing bodies of a joint document; `carried_title` is the text that an 印发/转发 document carries.
    `attribute_asked` is False for a ledger without a column for the attribute: what it does not ask, nobody failed to say.
    """

    text: str
    format: str = "txt"
    title: str | None = None
    number: str | None = None
    genre: Genre | None = None
    issuers: tuple[str, ...] = ()
    addressee: str | None = None
    date: WrittenDate | None = None
    print_date: WrittenDate | None = None
    marks: tuple[Mark, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    elements: tuple[Element, ...] = ()
    findings: tuple[Finding, ...] = ()
    drafting_department: str | None = None
    carried_title: str | None = None
    declared_attribute: DisclosureAttribute | None = None
    declared_reason: str | None = None
    attribute_asked: bool = True
    year_stated: int | None = None
    needs_interpretation: bool | None = field(default=None)

    @property
    def issuer(self) -> str | None:
        """All issuing bodies joined by a space, or None."""
        return " ".join(self.issuers) or None

    @property
    def year(self) -> int | None:
        """The year of the date made, else the year that a ledger was handed in for, or None."""
        return self.date.year if self.date else self.year_stated

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The attachments that the body names or the file holds, in order; read off the elements, stored with them."""
        return tuple(
            Attachment(element.text, *ATTACHMENT_ELEMENTS[element.name])
            for element in self.elements
            if element.name in ATTACHMENT_ELEMENTS
        )

    @property
    def copies(self) -> tuple[str, ...]:
        """The organs that get a copy (抄送, 抄报, 分送), one list; read off the elements, stored with them."""
        return tuple(element.text for element in self.elements if element.name == "copy")

    @property
    def contact(self) -> str | None:
        """The contact line (联系人, 电话) as printed, or None; read off the elements, stored with them."""
        return next((element.text for element in self.elements if element.name == "contact"), None)

    def quote(self, span: Span, source: str) -> Evidence:
        """Quote the document's own text."""
        return Evidence.at(self.text, span, source)
