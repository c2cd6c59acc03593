"""The public version of a document (删减后公开): the passages cut are in no byte of it, the rest stands as in the original.

Decisions. A docx is not cleaned but made anew from a list of what may be
in it (letters, their form, tables, page size), so that comments, tracked changes, revision ids, properties, pictures and
embedded files cannot come along; headers and footers, whose text nobody was shown, stay out as well. Its text must be,
character by character, the text in which the person marked the cuts: where it is not, the docx is made from that text. At
the end every part is searched for the passages.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrtrack.domain.cuts import LEFT_OUT, merged, public_text
from attrtrack.domain.evidence import Span
from attrtrack.errors import AttrtrackError, InputRefusedError
from attrtrack.reporting.packages import local, open_package, packed, parsed
from attrtrack.reporting.plain_word import W, as_part, plain_body, word_package
from attrtrack.reporting.style_names import without_names
from attrtrack.reporting.whitelist import kept_body, kept_part

if TYPE_CHECKING:
    from lxml.etree import _Element

_BESIDE = ("styles", "numbering")
_MAIN = "word/document.xml"
_TELLING = 6


def public_docx(text: str, cuts: Sequence[Span], *, original: bytes | None, title: str | None) -> bytes:
    """Return the public version as docx: of the original's form where its text is `text`, else made from the text.

    Raises `InputRefusedError` when a passage would still be found in the file.
    """
    spans = merged(cuts)
    for parts in (_of_original(original, text, spans, beside=beside) for beside in (True, False)):
        if parts is not None and not found_in(parts, text, spans):
            return packed(parts)
    parts = word_package(plain_body(public_text(text, spans), title if title and title in text else None))
    if found_in(parts, text, spans):
        raise InputRefusedError("删去的内容在公开版里仍能查到：请把同样的文字逐处删去后再试。")
    return packed(parts)


def found_in(parts: "dict[str, bytes]", text: str, cuts: Sequence[Span]) -> list[str]:
    """Return the names of parts in which a passage stands oftener than the remaining text says it.

    Letters and values of attributes are looked through without blanks, so that no form of writing hides a passage. In values
    a few figures prove nothing (sizes and margins are figures too): there a passage counts that has a Chinese character or
    six signs. The two lists of parts are our own words.
    """
    passages = {_squeezed(span.of(text)) for span in cuts} - {""}
    remaining = _squeezed(public_text(text, cuts))
    telling = {passage for passage in passages if not passage.isascii() or len(passage) >= _TELLING}
    found = []
    for name, content in parts.items():
        if name.endswith((".rels", "[Content_Types].xml")):
            continue
        letters, values = _told(content)
        said = remaining if name == _MAIN else ""
        hidden = any(passage in values for passage in telling)
        if hidden or any(letters.count(passage) > said.count(passage) for passage in passages):
            found.append(name)
    return found


def _told(content: bytes) -> tuple[str, str]:
    """Return every letter and every value of an XML part, without blanks."""
    root = parsed(content)
    values = (str(value) for element in root.iter() for value in element.attrib.values())
    return _squeezed("".join(str(text) for text in root.itertext())), _squeezed("\x1f".join(values))


def _of_original(original: bytes | None, text: str, cuts: Sequence[Span], *, beside: bool) -> "dict[str, bytes] | None":
    if original is None:
        return None
    try:
        package = open_package(original)
        body = kept_body(parsed(package.bytes_of(package.main) or b""))
        if not _without(body, text, cuts):
            return None
        folder = package.main.rpartition("/")[0]
        kept = {
            name: kept_part(content)
            for name in _BESIDE
            if beside and (content := package.bytes_of(f"{folder}/{name}.xml"))
        }
    except AttrtrackError:
        return None
    without_names(body, *kept.values())
    return word_package(body, **{name: as_part(root) for name, root in kept.items() if root is not None})


def _without(body: "_Element", text: str, cuts: Sequence[Span]) -> bool:
    """Take the passages out of the letters of a body; False, with nothing done, where the letters are not those of the text."""
    holders = list(body.iter(f"{W}t"))
    letters = [
        (number, place, letter)
        for number, holder in enumerate(holders)
        for place, letter in enumerate(holder.text or "")
        if not letter.isspace()
    ]
    if "".join(letter for *_, letter in letters) != _squeezed(text):
        return False
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    gone: dict[int, list[tuple[int, int, bool]]] = {}
    for span in cuts:
        mine = [letter[:2] for letter in letters[bisect_left(places, span.start) : bisect_left(places, span.end)]]
        _note_runs(mine, gone)
    touched: set[_Element] = set()
    for number, runs in gone.items():
        touched.update(holders[number].iterancestors(f"{W}p"))
        holders[number].text = _replaced(holders[number].text or "", runs)
    for paragraph in touched:
        _drop_if_empty(paragraph)
    return True


def _note_runs(mine: "list[tuple[int, int]]", gone: "dict[int, list[tuple[int, int, bool]]]") -> None:
    """Note for each holder from where to where a passage reaches in it; the first one bears the sign."""
    ends: dict[int, tuple[int, int]] = {}
    for number, place in mine:
        ends[number] = (ends[number][0] if number in ends else place, place + 1)
    for order, (number, (start, end)) in enumerate(ends.items()):
        gone.setdefault(number, []).append((start, end, order == 0))


def _replaced(text: str, runs: "list[tuple[int, int, bool]]") -> str:
    for start, end, first in sorted(runs, reverse=True):
        text = text[:start] + (LEFT_OUT if first else "") + text[end:]
    return text


def _drop_if_empty(paragraph: "_Element") -> None:
    """Take out a paragraph of which nothing is left, unless its cell or its section needs one."""
    above = paragraph.getparent()
    if above is None or "".join(str(text) for text in paragraph.itertext()).strip():
        return
    if local(above) == "body" and paragraph.find(f"{W}pPr/{W}sectPr") is None:
        above.remove(paragraph)


def _squeezed(text: str) -> str:
    return "".join(text.split())
