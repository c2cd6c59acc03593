"""Letters that Word and WPS wrote, as the papers give them back: the mark put in, passages cut, looked for in every byte."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from shared_data import shared
from unit.reporting.letters import LINES, differences, holds, parts_of, rewritten

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.cuts import public_text
from attrtrack.domain.evidence import Span
from attrtrack.errors import AttrtrackError
from attrtrack.reading import read_source
from attrtrack.reporting.marked_letter import Wanted, marked_letter
from attrtrack.reporting.paragraphs import main_part
from attrtrack.reporting.public_version import public_docx

pytestmark = pytest.mark.shared
_MARK = "（此件公开发布）"
_PASSAGE, _CUTS, _SECONDS = 9, 12, 5
_END_OF_BODY = "<w:sectPr"


def letters() -> list[tuple[Path, bytes]]:
    """Return the real files, the lines of our letter put behind their body: the rest is as their program wrote it."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)

    def ended(xml: str) -> str:
        place = xml.rindex(_END_OF_BODY)
        return xml[:place] + lines + xml[place:]

    return [(path, rewritten(path.read_bytes(), ended)) for path in sorted(shared("data/files/docx").glob("*.docx"))]


def passages(text: str) -> Sequence[Span]:
    """Choose passages all over the text, each without a line's end."""
    found = []
    for number in range(_CUTS):
        start = len(text) * number // _CUTS
        if "\n" not in text[start : start + _PASSAGE] and text[start : start + _PASSAGE].strip():
            found.append(Span(start, start + _PASSAGE))
    return found


def test_marks_and_cuts_in_files_of_word_and_wps(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the paragraph of the mark differs; a passage that the remaining text does not say again is in no byte."""
    lines = []
    for path, data in letters():
        begun = time.perf_counter()
        made = marked_letter(data, Wanted(_MARK, _is_public, LINES[-1]), lambda _: [])
        ((name, (before, after)),) = differences(data, made).items()
        assert (before, after.count(b"</w:p>"), after.count(b"<w:t>")) == (b"", 1, 1), path.name
        assert [part.text for part in main_part(parts_of(made)[name]).paragraphs][-1] == _MARK
        text = read_source(data, path.name).text
        spans = passages(text)
        marked = time.perf_counter()
        public = public_docx(text, spans, original=data, title=None)
        left = public_text(text, spans)
        gone = [words for span in spans if (words := span.of(text).strip()) not in left]
        assert [words for words in gone if holds(public, words)] == [], path.name
        whose = "own form" if _is_of_the_original(public) else "laid out anew"
        spent = time.perf_counter() - marked
        lines.append(
            f"{len(data):>8} bytes  marked {marked - begun:.2f} s  {len(gone)}/{len(spans)} passages gone {spent:.2f} s  {whose}"
        )
        assert spent < _SECONDS
    with capsys.disabled():
        print("\n" + "\n".join(lines))


def test_hostile_files_are_refused_in_words() -> None:
    """A package that is broken, encrypted or no docx gives a sentence that says what to do; none gives another error."""
    for path in sorted(shared("data/files/hostile").iterdir()):
        data = path.read_bytes()
        assert "请" in (_refusal(data) or "请"), path.name
        assert public_docx("\n".join(LINES), [Span(0, 3)], original=data, title=None)


def _refusal(data: bytes) -> str | None:
    try:
        made = marked_letter(data, Wanted(_MARK, _is_public, LINES[-1]), lambda _: [])
    except AttrtrackError as refusal:
        return refusal.message
    assert set(differences(data, made)) <= {"word/document.xml"}
    return None


def _is_public(mark: object) -> bool:
    return getattr(mark, "attribute", None) is DisclosureAttribute.PROACTIVE


def _is_of_the_original(data: bytes) -> bool:
    return b'<w:spacing w:line="560" w:lineRule="exact"/></w:pPr>' not in parts_of(data)["word/document.xml"]
