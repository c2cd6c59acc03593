"""A list of documents from a file: packed or not, hostile or not; each bad row is named by its number, the others count."""

import datetime as dt
import gzip
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from attrtrack.cli.main import main
from attrtrack.domain.delays import DelayFault, Delays
from attrtrack.errors import BrokenSourceError, ClassifiedMaterialError, EmptySourceError, SourceTooLargeError
from attrtrack.reading import packed_lines
from attrtrack.workflow import delays as use_case
from attrtrack.workflow.app import App
from attrtrack.workflow.delays import delays_row, publication_delays, write_picture

GOOD = {"gov": "云省", "issued": "2023-07-10", "published": "2023-08-07"}


@pytest.fixture
def dated(app: App) -> App:
    """The program on a fixed day."""
    return replace(app, clock=lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))


def listed(app: App, folder: Path, *lines: str | bytes, name: str = "目录.jsonl") -> Delays:
    """Count a file of these lines."""
    file = folder / name
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return publication_delays(app, str(file))


@pytest.mark.parametrize("name", ["目录.jsonl", "目录.JSONL.GZ".lower(), "目录.ndjson", "目录.json.gz"])
def test_packed_or_not_is_the_same(name: str, dated: App, tmp_path: Path) -> None:
    """A list counts the same whether it is packed, whatever its fields are called."""
    other = {"机关": "无", "单位": "云省", "成文日期": "2023年7月10日", "发布日期": "20230808"}
    found = listed(dated, tmp_path, json.dumps(GOOD), json.dumps(other, ensure_ascii=False), name=name)
    assert [(item.name, item.count, item.within) for item in found.cohorts[0].governments] == [("云省", 2, 1)]


def test_bad_rows_are_left_out_by_their_numbers(dated: App, tmp_path: Path) -> None:
    """What is no JSON, no object, not UTF-8, of another type or marked secret is named with its row; blank lines count."""
    rows: list[str | bytes] = [
        json.dumps(GOOD), "", "{", "[1]", b'{"gov": "\xff"}', '{"issued": {"a": 1}}', '{"issued": true}',
        '{"issued": NaN, "published": "2020-01-02"}', json.dumps({**GOOD, "密级": "机密"}), "[" * 20_000,
        json.dumps({"issued": 20230710, "published": 20230710}),
    ]  # fmt: skip
    found = listed(dated, tmp_path, *rows)
    unusable = {item.row.row for item in found.left_out if item.faults == (DelayFault.UNUSABLE,)}
    assert unusable == {3, 4, 5, 6, 7, 9, 10}
    assert {item.row.row for item in found.left_out} - unusable == {8}
    assert found.counted == 2
    assert "密" not in json.dumps([item.row.government for item in found.left_out], ensure_ascii=False)


def test_a_ledger_counts_as_well(dated: App, tmp_path: Path) -> None:
    """A spreadsheet's rows count by their unit, and its bad rows keep the number a person sees."""
    lines = ["单位,公文全称,文号,成文日期,发布日期", "云县局,关于甲事的通知,云发〔2023〕1号,2023-07-10,2023-08-08"]
    lines.append("云县局,关于乙事的通知,云发〔2023〕2号,2023-07-10,")
    found = listed(dated, tmp_path, *lines, name="台账.csv")
    assert [(item.name, item.count, item.within) for item in found.cohorts[0].governments] == [("云县局", 1, 0)]
    assert [(item.row.row, item.faults) for item in found.left_out] == [(3, (DelayFault.PUBLISHED_MISSING,))]


def test_what_unpacks_to_too_much_is_refused(dated: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks without end is stopped at the cap; so are too many rows."""
    monkeypatch.setattr(packed_lines, "MAX_UNPACKED", 100_000)
    with pytest.raises(SourceTooLargeError):
        listed(dated, tmp_path, b" " * 200_000, name="目录.jsonl.gz")
    monkeypatch.setattr(use_case, "MOST_ROWS", 2)
    with pytest.raises(SourceTooLargeError, match="2 行"):
        listed(dated, tmp_path, *[json.dumps(GOOD)] * 3)


def test_files_that_cannot_be_used_are_refused(dated: App, tmp_path: Path) -> None:
    """A broken packing, an empty file and the name of a secret one are told apart."""
    broken = tmp_path / "坏.jsonl.gz"
    broken.write_bytes(gzip.compress(json.dumps(GOOD).encode() * 1000)[:-9])
    with pytest.raises(BrokenSourceError):
        publication_delays(dated, str(broken))
    with pytest.raises(EmptySourceError):
        listed(dated, tmp_path, "", "", name="空.jsonl")
    with pytest.raises(ClassifiedMaterialError):
        listed(dated, tmp_path, json.dumps(GOOD), name="机密★10年目录.jsonl")


def test_the_picture_is_drawn_of_words_not_of_markup(dated: App, tmp_path: Path) -> None:
    """Names are escaped, cut to their room and nothing is loaded; every government stands in it, the last ones together."""
    names = ['<script>alert("x")</script>&', "长" * 300, "\u0007\ud800坏", *(f"第{number}局" for number in range(20))]
    rows = [{**GOOD, "gov": name} for name in (*names[:3], *names)]
    found = listed(dated, tmp_path, *(json.dumps(row) for row in rows))
    out = tmp_path / "图.svg"
    write_picture(found, out, name="<目录>")
    drawn = ET.fromstring(out.read_text(encoding="utf-8"))  # noqa: S314 - the picture just drawn
    words = [text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert not [tag for tag in drawn.iter() if tag.tag.rpartition("}")[2] in {"script", "image", "use", "a", "style"}]
    assert any(word.startswith('<script>alert("x")') for word in words)
    assert any(word.endswith("长…") for word in words)
    assert "坏" in words
    assert "其余 11 个机关" in words
    assert "100.0%" in words


def test_the_picture_of_nothing_counted_is_still_one(dated: App, tmp_path: Path) -> None:
    """A list in which no row counts gives a picture that says so, not a fault."""
    found = listed(dated, tmp_path, json.dumps({"gov": "云省"}))
    write_picture(found, tmp_path / "图.svg", name="目录")
    ET.fromstring((tmp_path / "图.svg").read_text(encoding="utf-8"))  # noqa: S314 - the same
    assert delays_row(found)["counted"] == 0


def test_the_command_prints_the_figures_and_every_row_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For people with numbers of rows and reasons, for programs as rows; a picture is a .svg file."""
    monkeypatch.chdir(tmp_path)
    rows = [
        GOOD,
        {**GOOD, "published": "2023-07-01"},
        {"gov": "云省", "issued": "1999-01-04", "published": "2023-07-01"},
    ]
    Path("目录.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["delays", "目录.jsonl", "--rows", "--picture", "图.svg"]) == 0
    told = capsys.readouterr().out
    assert "20 个工作日内 100.0% 1/1" in told
    assert "第 2 行：公开早于成文（成文 2023-07-10，公开 2023-07-01）" in told
    assert "第 3 行：2004年以前成文" in told
    assert Path("图.svg").is_file()
    assert main(["delays", "目录.jsonl", "--json"]) == 0
    head, *left_out = map(json.loads, io.StringIO(capsys.readouterr().out))
    assert (head["rows"], head["counted"], head["cohorts"][1]["all"]["share_within_20"]) == (3, 1, 1.0)
    assert [(row["row"], row["excluded"]) for row in left_out] == [
        (2, ["published-before-issued"]),
        (3, ["issued-before-2004"]),
    ]
    assert main(["delays", "目录.jsonl", "--picture", "图.png"]) == 2
