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
