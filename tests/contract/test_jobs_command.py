"""`jobs` as people call it at the console."""

from typing import Any

import pytest


def test_ctrl_c_says_how_to_go_on(run: Any, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command would begin a second job: what goes on with this one is named, and it does."""
    assert run("record", letter).status == 0

    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("attrtrack.cli.jobs.run_job", press)
        stopped = run("jobs", "start", "re-propose")
    assert stopped.status == 1
    assert "attrtrack jobs run J1" in stopped.err
    assert "attrtrack jobs cancel J1" in stopped.err
    assert "完成" in run("jobs", "run", "J1").out


def test_an_export_is_left_to_its_own_command(run: Any) -> None:
    """A file that only the pages give out is not made at the console; the command that writes one is named."""
    refused = run("jobs", "start", "export", "--year", "2024")
    assert refused.status == 2
    assert "attrtrack export --year" in refused.err
    assert "没有批量任务" in run("jobs").out
