"""One pass over one source: the elements of GB/T 9704 found in body, page header, attribute box and file name."""

from dataclasses import replace

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document, Element, PersonalData, SourceText
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.numbers import NumberReading
from attrtrack.nlp.identifiers import find_identifiers
from attrtrack.recording import beside
from attrtrack.recording.attachments import read_attachments
from attrtrack.recording.genres import carried_title, genre_of
from attrtrack.recording.head import Head, header_number, read_head
from attrtrack.recording.imprint import read_copies, read_imprint
from attrtrack.recording.lines import Found, Line, bare, lines_of
from attrtrack.recording.lists import has_own_box, is_list
from attrtrack.recording.marks import find_marks
from attrtrack.recording.notes import read_contact, read_signer, read_urgency
from attrtrack.recording.organs import names_in, names_in_title, same_organ
from attrtrack.recording.signature import Signature, read_signature
from attrtrack.recording.titles import looks_like_title
from attrtrack.rules.tables import Rules

_BELOW_SIGNATURE, _HEAD_LINES, _MOST_INSIDE = 7, 25, 99
_PAGE = "html"


class Reading:
    """One pass over one source: the parts found, from which the document and its findings are made."""

    def __init__(self, source: SourceText, rules: Rules) -> None:
        self.source, self.rules = source, rules
        self.lines: list[Line] = lines_of(source.text)
        if source.format == _PAGE and is_list(self.lines, rules):
            self.lines = []
            self.source = source if has_own_box(source) else replace(source, box=())
        self.head: Head = read_head(self.lines, rules)
        self.signature: Signature = read_signature(self.lines, self.head.body_from)
        self.below = lines_of(source.header)
        self.imprint = read_imprint(self.lines)
        self.elements: list[Element] = []
        self.marks: tuple[Mark, ...] = find_marks(source, rules)
        self.number = self._number()
        self.title = self._title()

    def _number(self) -> NumberReading:
        places = (
            (self.head.number, Place.BODY),
            (header_number(self.below), Place.HEADER),
            (beside.box_number(self.source), Place.BOX),
            (beside.name_number(self.source), Place.FILE_NAME),
        )
        for reading, place in places:
            if reading.number is not None:
                span = self.head.number_printed.span if self.head.number_printed and place is Place.BODY else None
                self.elements.append(Element("number", reading.number, place, span))
                return reading
        return NumberReading(None)

    def _title(self) -> str | None:
        """Take the title from the body, else from the box, else from the headings of the page; a guide or Q&A has none."""
        in_box = beside.box_title(self.source, self.rules)
        printed = self.head.title
        if printed and (self._is_stray(printed.text) or (in_box and self._is_cut(printed.text, in_box))):
            printed = None
        heading = None if printed or in_box else beside.page_title(self.source, self.rules)
        title = printed.text if printed else in_box or heading
        if title and not self._is_signed() and self.source.format == _PAGE and beside.explains(title):
            return None
        if heading is not None:
            self.elements.append(Element("title", heading, Place.METADATA))
            return heading
        return self._stated("title", printed, in_box)

    def _is_signed(self) -> bool:
        """Whether anything but its title says that the text is a document: number, addressee or signature."""
        return bool(self.number.number or self.head.addressee or self.signature.issuers)

    def _is_stray(self, printed: str) -> bool:
        """Whether a page's first line is no title but a menu: it does not read like one, and no heading names it."""
        if self.source.format != _PAGE or "关于" in printed or looks_like_title(printed, self.rules):
            return False
        return not any(bare(printed) in bare(value) for _, value in self.source.metadata)

    def _is_cut(self, printed: str, whole: str) -> bool:
        """Whether the title read in the body is but a part of the one that the page states."""
        one, other = bare(printed), bare(whole)
        if one == other or not looks_like_title(whole, self.rules):
            return False
        names = names_in_title(whole)
        begun = "关于" not in one and "关于" in other and not one.startswith("《")
        broken = bool(names) and not set(names_in_title(printed)) <= set(names)
        ends = genre_of(printed, self.rules) != genre_of(whole, self.rules)
        return (other.endswith(one) and (begun or broken)) or (other.startswith(one) and ends)

    def _stated(self, name: str, found: Found | None, in_box: str | None) -> str | None:
        """Take an element from the body, else from the box."""
        if found is not None:
            self.elements.append(Element(name, found.text, Place.BODY, found.span))
            return found.text
        if in_box is not None:
            self.elements.append(Element(name, in_box, Place.BOX))
        return in_box

    def _issuers(self) -> tuple[str, ...]:
        """Take the signature, else the box, else the title's beginning, else the letterhead; never the re-poster."""
        in_title = names_in_title(self.title or "")
        signed = self.signature.issuers
        if bare("".join(in_title)) == bare("".join(signed)):
            signed = in_title
        signed = _in_full(signed, in_title) or self._of_inner_office(signed) or signed
        if signed and self.signature.issuers_at:
            self.elements.append(Element("issuers", " ".join(signed), Place.BODY, self.signature.issuers_at.span))
            return signed
        in_box = beside.box_issuers(self.source)
        if not in_box and self.signature.unread:
            return ()
        names = in_box or in_title or self.head.letterhead or names_in((self.number.number or "").partition("令第")[0])
        if names:
            self.elements.append(Element("issuers", " ".join(names), Place.BOX if in_box else Place.BODY))
        return names

    def _of_inner_office(self, signed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the organ of the letterhead where its own inner office signs for it; a series of the office is the office's."""
        if len(signed) != 1 or len(self.head.letterhead) != 1 or "办" in (self.number.number or "").partition("〔")[0]:
            return ()
        inner = signed[0] in {self.head.letterhead[0] + office for office in ("办公室", "办公厅")}
        return self.head.letterhead if inner and self.number.number and not names_in_title(self.title or "") else ()

    def _date(self) -> WrittenDate | None:
        date, found = self.signature.date, self.signature.date_at
        closes = self.signature.issuers or self.head.addressee
        if self.head.dated is not None and (date is None or not closes):
            date, found = self.head.dated
        if date is not None:
            self._stated("date", found, None)
            return date
        in_box = beside.box_date(self.source)
        self._stated("date", None, in_box.isoformat() if in_box else None)
        return in_box

    def _print_date(self) -> WrittenDate | None:
        """Take the imprint of the body, else of the page footer, else the box."""
        if self.imprint is not None:
            self._stated("print_date", self.imprint[1], None)
            return self.imprint[0]
        in_footer, in_box = read_imprint(self.below), beside.box_print_date(self.source)
        date = in_footer[0] if in_footer else in_box
        if date is not None:
            place = Place.HEADER if in_footer else Place.BOX
            self.elements.append(Element("print_date", date.isoformat(), place))
        return date

    def _around(self) -> None:
        """Find what stands in the head and below the text: urgency, signer, contact, copies, attachments."""
        head, body = self.lines[: self.head.body_from], self.lines[self.head.body_from :]
        foot = self.signature.line
        end = None if foot is None else foot + _BELOW_SIGNATURE
        self._stated("urgency", read_urgency(head[:_HEAD_LINES]), None)
        self._stated("signer", read_signer(head[:_HEAD_LINES]), None)
        self._stated("contact", read_contact(self.lines[self.head.body_from : end]), None)
        copies = read_copies(body)
        places = ((Place.BODY, copies), (Place.HEADER, [] if copies else read_copies(self.below)))
        for place, found in places:
            self.elements += [
                Element("copy", item.text, place, item.span if place is Place.BODY else None) for item in found
            ]
        inside = [value for label, value in self.source.metadata if label.startswith("附件") and value.strip()][
            :_MOST_INSIDE
        ]
        start = self.head.body_from
        self.elements += read_attachments(self.lines, start, foot, inside=inside, rules=self.rules)

    def document(self) -> Document:
        """Put the parts together; text and findings are added by the caller."""
        issuers, date = self._issuers(), self._date()
        addressee = self._stated("addressee", self.head.addressee, None)
        print_date = self._print_date()
        self._around()
        return Document(
            text=self.source.text,
            format=self.source.format,
            title=self.title,
            number=self.number.number,
            genre=genre_of(self.title, self.rules) if self.title else None,
            issuers=issuers,
            addressee=addressee,
            date=date,
            print_date=print_date,
            marks=self.marks,
            personal_data=tuple(PersonalData(kind, span) for kind, span in find_identifiers(self.source.text)),
            elements=tuple(self.elements),
            carried_title=carried_title(self.title) if self.title else None,
        )


def _in_full(signed: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the full names where the signature abbreviates them one by one; nothing where they are other organs."""
    pairs = list(zip(signed, names, strict=True)) if len(signed) == len(names) else []
    if not pairs or not all(same_organ(one, other) for one, other in pairs):
        return ()
    return tuple(max(pair, key=len) for pair in pairs)
