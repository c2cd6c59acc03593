"""The name of a file is looked at whatever else is wrong with the file, and a secret one is kept nowhere."""

from pathlib import Path

import pytest

from attrtrack.errors import ClassifiedMaterialError, EmptySourceError
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import read_ledgers
from attrtrack.workflow.reading import read_document
from attrtrack.workflow.reading_all import ReadingAll
from attrtrack.workflow.reading_batch import ReadingBatch
from attrtrack.workflow.registering import record_file
from attrtrack.workflow.results import Results

NAMES = ("【机密】值守.docx", "值守（秘密）.pdf", "机密★5年.jpg", "~$【机密】值守.docx", "绝密-值守.zip")


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_name_goes_before_any_other_fault(app: App, tmp_path: Path, name: str) -> None:
    """An empty, locked or unreadable file with a level in its name is classified; the same file called otherwise is not."""
    (tmp_path / name).touch()
    for read in (lambda: read_document(app, b"", name), lambda: record_file(app, str(tmp_path / name))):
        with pytest.raises(ClassifiedMaterialError):
            read()
    with pytest.raises(EmptySourceError):
        read_document(app, b"", "值守.docx")


def test_a_ledger_with_a_secret_name_is_not_opened(app: App, tmp_path: Path) -> None:
    """A ledger is judged by its name as a letter is."""
    ledger = tmp_path / "台账（机密）.csv"
    ledger.write_text("标题,文号\n", encoding="utf-8")
    with pytest.raises(ClassifiedMaterialError):
        read_ledgers(app, str(ledger))


def test_results_hold_no_secret_name(app: App, tmp_path: Path) -> None:
    """Unreadable files with a level in their names leave nothing in the file of results, the others their rows."""
    folder, out = tmp_path / "in", tmp_path / "out.jsonl"
    folder.mkdir()
    for name in (*NAMES, "空.docx"):
        (folder / name).touch()
    with Results(str(out)) as results, ReadingBatch() as batch:
        codes = [item.result.code for item in ReadingAll(app, [str(folder)], results).outcomes(batch)]  # type: ignore[union-attr]
    assert sorted(codes) == ["classified"] * len(NAMES) + ["empty"]
    assert out.read_text(encoding="utf-8").count("\n") == 1
    assert "密" not in out.read_text(encoding="utf-8")
