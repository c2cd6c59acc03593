"""Damaged OFD files: whatever is flipped, cut or swapped, the answer is a text or one of our refusals, at once."""

import io
import random
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ofd_files import Look, an_ofd, container, document, line_at, objects, page, pages_of, rules
from office_files import zipped

from attrtrack.errors import InputRefusedError
from attrtrack.reading import read_source

SLOWEST = 1.0
WORDS = "关于印发某县水利工程管理办法的通知"
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SIGNS = st.sampled_from("，。、；：“”《》（）〔〕1234567890aQm")


def a_rich_file() -> bytes:
    """Make a file with everything: template, table, resources, annotation, attachment, two ways of writing text."""
    unit = f'<o:CompositeGraphicUnit ID="21"><o:Content>{objects([line_at("某县水利局", 40, 30)])}</o:Content></o:CompositeGraphicUnit>'
    note = f'<o:PageAnnot xmlns:o="x"><o:Annot><o:Appearance Boundary="0 0 9 9">{objects([line_at("样稿", 1, 5)])}</o:Appearance></o:Annot></o:PageAnnot>'
    table = rules([30, 70, 130], [200, 210, 220]) + objects([line_at("数量", 35, 207), line_at("12", 80, 207)])
    pages = {
        "Pages/Page_0/Content.xml": page(
            '<o:CompositeObject ResourceID="21" Boundary="0 0 1 1"/>' + objects(pages_of([WORDS] * 3)[0]) + table,
            before='<o:Template TemplateID="2"/>',
        ),
        "Pages/Page_1/Content.xml": page(objects(pages_of([WORDS])[0], Look(unit="char", scale=0.3528, turn=1))),
    }
    parts = {
        "Res.xml": f'<o:Res xmlns:o="x">{unit}</o:Res>',
        "T.xml": page(objects([line_at("签发人：", 130, 30)])),
        "A.xml": '<o:Annotations xmlns:o="x"><o:Page PageID="1"><o:FileLoc>N.xml</o:FileLoc></o:Page></o:Annotations>',
        "N.xml": note,
        "F.xml": '<o:Attachments xmlns:o="x"><o:Attachment Name="a"/></o:Attachments>',
    }
    common = '<o:PublicRes>Res.xml</o:PublicRes><o:TemplatePage ID="2" BaseLoc="T.xml"/>'
    after = "<o:Annotations>A.xml</o:Annotations><o:Attachments>F.xml</o:Attachments>"
    return container(document(parts, pages, common=common, after=after), info="<o:Title>t</o:Title>")


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def mutant(chance: random.Random, data: bytes) -> bytes:
    """Damage a container: its bytes, its length, the bytes of one part, or which part is which."""
    way = chance.randrange(5)
    if way == 0:
        return flipped(chance, data)
    if way == 1:
        return data[: chance.randrange(4, len(data))]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if entry.file_size}
    name, other = chance.sample(sorted(parts), 2)
    if way == 2:
        parts[name], parts[other] = parts[other], parts[name]
    elif way == 3:
        parts[name] = flipped(chance, parts[name])
    else:
        digits = [place for place, code in enumerate(parts[name]) if chr(code).isdigit()]
        place = chance.choice(digits or [len(parts[name]) - 1])
        parts[name] = parts[name][:place] + chance.choice([b"-", b"99999", b"e9", b"", b"0"]) + parts[name][place + 1 :]
    return zipped(parts)


@pytest.mark.parametrize("seed", range(6))
def test_mutants_are_read_or_refused(seed: int) -> None:
    """Fifty mutants a seed: nothing but our refusals, each within a second."""
    chance = random.Random(seed)  # noqa: S311 - damage that can be repeated
    data = a_rich_file()
    assert "某县水利局" in read_source(data, "a.ofd").text
    for number in range(50):
        damaged = mutant(chance, data)
        start = time.monotonic()
        with suppress(InputRefusedError):
            read_source(damaged, "a.ofd")
        assert time.monotonic() - start < SLOWEST, (seed, number)


@pytest.mark.parametrize(
    "content",
    [
        "<o:PageBlock>" * 200 + "</o:PageBlock>" * 200,
        objects([line_at(WORDS, 50, 60)]) * 3000,
        "".join(objects([line_at("字", 20 + number % 90, 20 + number / 90)]) for number in range(8000)),
        objects([line_at("字", 50, 60)] * 4000, Look(doubled=0.9)),
        rules([20 + number / 5 for number in range(600)], [20 + number / 3 for number in range(590)])
        + objects([line_at("字" * 30, 20, 20 + number) for number in range(200)], Look(unit="char")),
        '<o:TextObject Size="1" Boundary="0 0 1 1"><o:TextCode X="0" Y="0" DeltaX="g 9999999 1">'
        + "字" * 90000
        + "</o:TextCode></o:TextObject>",
        '<o:PathObject Boundary="0 0 1 1"><o:AbbreviatedData>'
        + "M 0 0 L 9 0 " * 90000
        + "</o:AbbreviatedData></o:PathObject>",
    ],
    ids=["deep", "same place", "crowded", "overlapping", "many rules", "long run", "long path"],
)
def test_monotonous_pages_do_not_hang(content: str) -> None:
    """A hostile page of one thing repeated is read or refused soon."""
    data = container(document({}, {"Pages/Page_0/Content.xml": page(content)}))
    start = time.monotonic()
    with suppress(InputRefusedError):
        read_source(data, "a.ofd")
    assert time.monotonic() - start < 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    paragraphs=st.lists(st.text(HAN | SIGNS, min_size=6, max_size=90), min_size=1, max_size=6),
    unit=st.sampled_from(["line", "char", "word"]),
    turn=st.integers(0, 3),
    scale=st.sampled_from([1.0, 0.3528]),
)
def test_any_text_comes_back(paragraphs: list[str], unit: str, turn: int, scale: float) -> None:
    """Whatever Chinese text is laid out character by character is read back equal, blanks aside."""
    closed = [f"水{paragraph}。" for paragraph in paragraphs]
    source = read_source(an_ofd(closed, Look(unit=unit, turn=turn, scale=scale)), "a.ofd")
    assert "".join(source.text.split()) == "".join(closed)
