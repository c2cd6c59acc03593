"""PDF reading measured beside two other readers: 50 files printed by an office program from letters whose text is known."""

import io
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pdfplumber
import pypdf
import pytest
from office_program import converted
from printed_letters import an_official_letter, letters
from rapidfuzz.distance import LCSseq

from attrtrack.reading import read_source

_FILES, _GRAM, _BEHIND = 50, 4, 0.02


@dataclass
class Measured:
    """What one reader made of all files: shares of the true text, and its processor time."""

    share: list[float] = field(default_factory=list)
    in_order: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def row(self, name: str, pages: int) -> str:
        """Return a line of the table."""
        mean, order = sum(self.share) / len(self.share), sum(self.in_order) / len(self.in_order)
        return f"{name:11}{mean:10.4f}{min(self.share):10.4f}{order:10.4f}{min(self.in_order):10.4f}{1000 * self.seconds / pages:10.1f}"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, str]]:
    """Print all letters in one run of the office program; each file comes with its true text, blanks left out."""
    stock = letters()
    made = {f"{number:02}.fodt": an_official_letter(number, stock) for number in range(_FILES)}
    sources = {name: letter.fodt().encode() for name, letter in made.items()}
    files = converted(sources, "pdf", tmp_path_factory.mktemp("printed"))
    return [(files[name], squeezed("".join(letter.truth))) for name, letter in made.items()]


def squeezed(text: str) -> str:
    """Return a text without blanks of any kind."""
    return re.sub(r"\s", "", text)


def share_of(true: str, read: str) -> float:
    """Return the share of the true text's runs of four characters that were read."""
    wanted, got = (Counter(text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)) for text in (true, read))
    return (wanted & got).total() / wanted.total()


def by_us(data: bytes) -> str:
    """Read with this project."""
    return read_source(data, "a.pdf").text


def by_pypdf(data: bytes) -> str:
    """Read with the first peer."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfplumber(data: bytes) -> str:
    """Read with the second peer."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def measured(read: Callable[[bytes], str], files: list[tuple[bytes, str]]) -> Measured:
    """Read all files and compare; only the reading is timed."""
    found = Measured()
    for data, true in files:
        start = time.process_time()
        text = read(data)
        found.seconds += time.process_time() - start
        got = squeezed(text)
        found.share.append(share_of(true, got))
        found.in_order.append(LCSseq.similarity(true, got) / len(true))
    return found


def test_printed_letters_beside_other_readers(printed: list[tuple[bytes, str]]) -> None:
    """As much of the true text is read as by pypdf, at most 0.02 less than by pdfplumber, faster than by both."""
    pages = sum(len(pypdf.PdfReader(io.BytesIO(data)).pages) for data, _ in printed)
    by_us(printed[0][0])
    readers = {"ours": by_us, "pypdf": by_pypdf, "pdfplumber": by_pdfplumber}
    found = {name: measured(read, printed) for name, read in readers.items()}
    print(
        f"\n{_FILES} files, {pages} pages",
        f"{'':11}{'share':>10}{'worst':>10}{'in order':>10}{'worst':>10}{'ms/page':>10}",
        sep="\n",
    )
    print(*(result.row(name, pages) for name, result in found.items()), sep="\n")
    mean = {name: sum(result.share) / _FILES for name, result in found.items()}
    order = {name: sum(result.in_order) / _FILES for name, result in found.items()}
    assert mean["ours"] >= max(mean["pypdf"], mean["pdfplumber"] - _BEHIND)
    assert order["ours"] >= max(order["pypdf"], order["pdfplumber"] - _BEHIND)
    assert found["ours"].seconds < min(found["pypdf"].seconds, found["pdfplumber"].seconds)


def test_paragraphs_of_printed_letters(printed: list[tuple[bytes, str]]) -> None:
    """Nine in ten paragraphs of more than one printed line come out whole, on one line and with nothing else on it."""
    stock = letters()
    whole = total = 0
    for number, (data, _) in enumerate(printed):
        lines = {squeezed(line) for line in by_us(data).split("\n")}
        wanted = [
            squeezed(text) for text in an_official_letter(number, stock).truth if len(text) > 40 and "\t" not in text
        ]
        total += len(wanted)
        whole += sum(text in lines for text in wanted)
    print(f"\n{whole} of {total} paragraphs whole")
    assert whole >= total * 0.9
