"""The letter with its mark: one paragraph differs, and nothing else in the package."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from lxml import etree
from unit.reporting.letters import LINES, a_letter, packed, parts_of, rewritten

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.errors import BrokenSourceError, EncryptedSourceError, InputRefusedError
from attrtrack.reporting.marked_letter import Wanted, marked_letter
from attrtrack.reporting.paragraphs import main_part

_PUBLIC, _CLOSED = "（此件公开发布）", "（此件不予公开）"
_MEANT = {_PUBLIC: DisclosureAttribute.PROACTIVE, _CLOSED: DisclosureAttribute.WITHHELD}


def find(text: str) -> Sequence[Mark]:
    """Find the two marks of these tests wherever they stand."""
    found = []
    for words, attribute in _MEANT.items():
        start = text.find(words)
        while start >= 0:
            found.append(Mark(words, attribute, Place.BODY, Span(start, start + len(words))))
            start = text.find(words, start + 1)
    return sorted(found, key=lambda mark: mark.span or Span(0, 0))


def wanted(words: str = _PUBLIC, **facts: object) -> Wanted:
    """Ask for a mark below the letter's date."""
    stated: dict[str, object] = {"date": "2024年3月4日", "issuers": ("甲市水务局",), **facts}
    return Wanted(words, lambda mark: mark.attribute is _MEANT[words], **stated)  # type: ignore[arg-type]


def blocks(data: bytes) -> list[bytes]:
    """Return the body's children as canonical XML."""
    body = etree.fromstring(parts_of(data)["word/document.xml"])[0]
    return [etree.tostring(child, method="c14n") for child in body]


def text_of(data: bytes) -> list[str]:
    """Return what the body's paragraphs print."""
    return [paragraph.text for paragraph in main_part(parts_of(data)["word/document.xml"]).paragraphs]


def same_but_for_the_body(one: bytes, other: bytes) -> bool:
    """Whether every part but the main one has the same bytes, in the same order under the same dates."""
    before, after = (zipfile.ZipFile(io.BytesIO(data)).infolist() for data in (one, other))
    told = [[(item.filename, item.date_time, item.external_attr) for item in found] for found in (before, after)]
    differ = {name for name, content in parts_of(one).items() if parts_of(other)[name] != content}
    return told[0] == told[1] and differ <= {"word/document.xml"}


def test_the_mark_is_put_below_the_date_and_nothing_else_differs() -> None:
    """A letter without a mark gets a paragraph after the date's; all others are the same, as are all other parts."""
    data = a_letter()
    made = marked_letter(data, wanted(), find)
    assert same_but_for_the_body(data, made)
    assert text_of(made) == [*LINES, _PUBLIC]
    after = blocks(made)
    del after[len(LINES)]
    assert after == blocks(data)
    xml, before = parts_of(made)["word/document.xml"], parts_of(data)["word/document.xml"]
    note = xml.index(b'<w:p><w:pPr><w:ind w:firstLineChars="200"')
    assert xml[:note] + xml[xml.index(b"</w:p>", note) + len(b"</w:p>") :] == before


def note_of(data: bytes) -> str:
    """Return the bytes of the paragraph that was put in."""
    xml = parts_of(data)["word/document.xml"].decode()
    end = xml.index("</w:p>", xml.index(_PUBLIC))
    return xml[xml.rindex("<w:p>", 0, end) : end]


@pytest.mark.parametrize(
    ("form", "letters", "styled", "told"),
    [
        ("", "", "", '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312"'),
        ("", '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr>', "", 'w:firstLine="600"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>'),
        ('<w:pPr><w:spacing w:line="560"/><w:jc w:val="right"/></w:pPr>', "<w:rPr><w:b/></w:rPr>",
         '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>',
         '<w:pPr><w:spacing w:line="560"/><w:ind w:firstLineChars="200" w:firstLine="560"/></w:pPr>'),
        ('<w:pPr><w:pStyle w:val="a"/><w:ind w:right="640"/></w:pPr>', "",
         ('<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
         '<w:style w:type="paragraph" w:styleId="b"><w:rPr><w:sz w:val="24"/></w:rPr></w:style>'),
         ('<w:pPr><w:pStyle w:val="a"/><w:ind w:firstLineChars="200" w:firstLine="480" w:left="0" w:leftChars="0" w:right="0" '
         'w:rightChars="0"/><w:jc w:val="left"/></w:pPr><w:r><w:t>')),
    ],
    ids=["nothing stated", "its own letters", "the document's size", "a style that rests on another"],
)  # fmt: skip
def test_the_mark_is_two_characters_in_in_the_letters_of_the_date(
    form: str, letters: str, styled: str, told: str
) -> None:
    """Font, size and line follow the date; two characters are as long as two of its letters."""
    date = f"{form}<w:r>{letters}<w:t>2024年3月4日"
    styles = (
        f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{styled}</w:styles>'.encode()
    )
    data = rewritten(a_letter(), lambda xml: xml.replace("<w:r><w:t>2024年3月4日", date), word__styles=styles)
    assert told in note_of(marked_letter(data, wanted(), find))


def test_a_wrong_mark_is_exchanged_in_its_paragraph() -> None:
    """Only the words of the mark are other than before; blanks, form and what shares the paragraph stay."""
    data = a_letter([*LINES[:-1], f"2024年3月4日　{_CLOSED}", "（联系人：李某）"])
    made = marked_letter(data, wanted(), find)
    assert same_but_for_the_body(data, made)
    assert text_of(made) == [*LINES[:-1], f"2024年3月4日　{_PUBLIC}", "（联系人：李某）"]
    differ = [number for number, (one, two) in enumerate(zip(blocks(data), blocks(made), strict=True)) if one != two]
    assert differ == [len(LINES) - 1]


def test_a_mark_in_several_runs_is_exchanged() -> None:
    """Word parts words into runs as it likes; the mark takes the form of the first."""
    data = rewritten(
        a_letter([*LINES, _CLOSED]),
        lambda xml: xml.replace(
            f"<w:r><w:t>{_CLOSED}</w:t></w:r>",
            "<w:r><w:rPr><w:b/></w:rPr><w:t>（此件</w:t></w:r><w:r><w:t>不予</w:t></w:r><w:r><w:t>公开）</w:t></w:r>",
        ),
    )
    made = marked_letter(data, wanted(), find)
    assert text_of(made)[-1] == _PUBLIC
    assert b"<w:b/></w:rPr><w:t>" + _PUBLIC.encode() in parts_of(made)["word/document.xml"]


def test_a_right_mark_is_left_as_it_is() -> None:
    """The very bytes that came are given back."""
    data = a_letter([*LINES, _PUBLIC])
    assert marked_letter(data, wanted(), find) is data


@pytest.mark.parametrize(
    ("data", "asked", "told"),
    [
        (a_letter(LINES[:-1]), wanted(), "不在正文段落里"),
        (a_letter(), wanted(date=None), "没有找到成文日期"),
        (a_letter([*LINES, *LINES]), wanted(), "有多处"),
        (a_letter([*LINES, _CLOSED, _CLOSED]), wanted(), "2 处公开标注"),
        (
            a_letter(),
            wanted(marks=(Mark("公开方式：不予公开", DisclosureAttribute.WITHHELD, Place.HEADER),)),
            "不在正文段落里",
        ),
        (packed({**parts_of(a_letter()), "_xmlsignatures/sig1.xml": b"<s/>"}), wanted(), "电子签名"),
        (
            rewritten(
                a_letter([*LINES, _CLOSED]),
                lambda xml: xml.replace(f"<w:r><w:t>{_CLOSED}", f'<w:ins w:id="1"/><w:r><w:t>{_CLOSED}'),
            ),
            wanted(),
            "修订痕迹",
        ),
        (
            rewritten(a_letter(), lambda xml: xml.replace("<w:t>2024年", '<w:br w:type="page"/><w:t>2024年')),
            wanted(),
            "下一页",
        ),
    ],
    ids=["no date", "no element", "two dates", "two marks", "in the header", "signed", "tracked", "page break"],
)
def test_a_place_that_is_not_sure_is_refused(data: bytes, asked: Wanted, told: str) -> None:
    """The sentence says what to do; the file is never guessed at."""
    with pytest.raises(InputRefusedError, match=told) as refusal:
        marked_letter(data, asked, find)
    assert "请" in refusal.value.message


def test_the_right_one_of_several_dates_is_chosen() -> None:
    """Where the text has the date twice, the element says which; an attachment's own date is passed by."""
    data = a_letter([*LINES, "附件", "2024年3月4日"])
    made = marked_letter(data, wanted(before=0, lines=2), find)
    assert text_of(made) == [*LINES, _PUBLIC, "附件", "2024年3月4日"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"no package", BrokenSourceError),
        (packed({"word/document.xml": b"<w:document"}), BrokenSourceError),
        (packed({"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "b">]><d><body>&a;</body></d>'}), BrokenSourceError),
        (packed({"other.xml": b"<x/>"}), BrokenSourceError),
        (rewritten(a_letter(), lambda xml: xml.replace("UTF-8", "GBK", 1)), BrokenSourceError),
    ],
)
def test_hostile_packages_are_refused(data: bytes, error: type[Exception]) -> None:
    """No entity is expanded, nothing half read is written."""
    with pytest.raises(error):
        marked_letter(data, wanted(), find)


def test_an_encrypted_package_is_refused() -> None:
    """A member that needs a password is told of as such."""
    data = bytearray(a_letter())
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(EncryptedSourceError):
        marked_letter(bytes(data), wanted(), find)
