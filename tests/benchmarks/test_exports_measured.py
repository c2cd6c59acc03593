"""The year's list of 100,000 documents: written with its receipts, recomputed from the file, beside a bare workbook of as many cells."""

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from measuring import in_full

from attrtrack.bootstrap import build_app
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.storage import UnitOfWork
from attrtrack.workflow.app import App
from attrtrack.workflow.listing import check_year_list, export_year_list

ROWS = in_full(100_000, in_ci=2_000)
PART = 1_000
UNIT, YEAR = "甲县人民政府", 2024
EXPORT_RATIO = 15.0
"""Times a bare workbook of as many cells, every column of the receipts counted."""
_CELLS = 60
ATTRIBUTES = (DisclosureAttribute.PROACTIVE, DisclosureAttribute.PROACTIVE, DisclosureAttribute.WITHHELD, None)


def fill(app: App) -> None:
    """Add the documents of one year, a third of them with an address and an interpretation."""
    for start in range(0, ROWS, PART):
        with app.unit_of_work() as work:
            _fill(work, range(start, min(start + PART, ROWS)))


def _fill(work: UnitOfWork, numbers: range) -> None:
    documents = []
    for number in numbers:
        attribute = ATTRIBUTES[number % 4]
        document = Document(
            text=f"关于第{number}号灌区改造方案的通知", format="ledger", title=f"关于第{number}号灌区改造方案的通知",
            number=f"甲政发〔{YEAR}〕{number + 1}号", genre=Genre.NOTICE, date=WrittenDate(YEAR, 1 + number % 12, 1 + number % 28),
            declared_attribute=attribute, declared_reason="R16-1c" if attribute is DisclosureAttribute.WITHHELD else None,
            drafting_department=f"第{number % 40}科" if number % 5 else None, needs_interpretation=number % 2 == 0,
        )  # fmt: skip
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        documents.append((document, digest, UNIT, State.ISSUED_ELSEWHERE))
    keys = work.documents.add_many(documents)
    linked = [(key, number) for key, number in zip(keys, numbers, strict=True) if number % 3 == 0]
    work.publications.add_many(
        [(key, Publication(f"https://www.jia.example/{number}.html", None, None)) for key, number in linked]
    )
    items = [
        (Interpretation(id="", url=f"https://www.jia.example/jd/{number}.html", forms=("text",)), UNIT, YEAR)
        for _, number in linked
    ]
    added = work.interpretations.add_many(items)
    pairs = [(identifier, key) for (identifier, _), (key, _) in zip(added, linked, strict=True)]
    work.links.judge_many(pairs, Judgement.CONFIRMED, "导入人")


def bare_workbook(path: Path) -> None:
    """Write as many cells as the export has into a workbook, with nothing asked and nothing looked up."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(ROWS):
            for column in range(_CELLS):
                sheet.write_string(row, column, "关于第1号灌区")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the processor's and the wall's seconds of an act."""
    begun, wall = time.process_time(), time.perf_counter()
    act()
    return time.process_time() - begun, time.perf_counter() - wall


VERIFYING = """import sys
from pathlib import Path
from attrtrack.verify.__main__ import main
status = main(["figures", sys.argv[1], "--json"])
told = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)"""
"""The most memory of a process is asked of itself: what its parent is told of it holds the parent's own."""


def verified_alone(path: Path) -> tuple[list[dict[str, object]], float, float]:
    """Return what the verifier says of a list, its seconds of processor and its most memory (MB), in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", VERIFYING, str(path)], capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line) for line in done.stdout.splitlines()], seconds, int(done.stderr) / 1024


def test_a_list_of_a_hundred_thousand_rows_with_its_receipts(tmp_path: Path) -> None:
    """Nothing is left out at this size: every row is listed, every figure recomputed; memory does not follow the cells."""
    app = build_app(f"sqlite:///{tmp_path / 'register.db'}", "导入人", unit=UNIT)
    fill(app)
    bare = timed(lambda: bare_workbook(tmp_path / "bare.xlsx"))
    checked = timed(lambda: check_year_list(app, YEAR, unit=UNIT))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out = tmp_path / "清单.xlsx"
    exported = timed(lambda: export_year_list(app, YEAR, out, unit=UNIT))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    app.store.close()
    found, seconds, most = verified_alone(out)
    print(
        f"\n{ROWS} rows: check {checked[0]:.1f} s of processor ({checked[1]:.1f} s), export {exported[0]:.1f} s ({exported[1]:.1f} s), "
        f"{out.stat().st_size / 1e6:.1f} MB, bare workbook {bare[0]:.1f} s, ratio {exported[0] / bare[0]:.1f}; memory {before:.0f} -> {memory:.0f} MB; "
        f"verifier alone {seconds:.1f} s of processor, {most:.0f} MB"
    )
    assert found
    assert [one["differences"] for one in found if one["differences"]] == []
    assert {
        int(str(one["denominator"])) + int(str(one["excluded"])) for one in found if one["reading"] == "按文件"
    } == {ROWS}
    assert exported[0] / bare[0] < EXPORT_RATIO
