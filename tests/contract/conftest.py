"""Runs the command line in this process and returns what it printed."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from builders import LETTER
from register_places import placed, register_at

from attrtrack.cli.main import main


@dataclass(frozen=True)
class Ran:
    """A finished command: exit status, stdout, stderr."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return stdout as JSON Lines; fails when anything else stands there."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run commands in an empty folder with its own database; on PostgreSQL the address of a file stands for a database there."""
    monkeypatch.chdir(tmp_path)
    own = register_at(tmp_path / "attrtrack.db")
    if own.startswith("sqlite"):
        monkeypatch.delenv("ATTRTRACK_DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("ATTRTRACK_DATABASE_URL", own)
    monkeypatch.setenv("ATTRTRACK_USER", "李拟稿")

    def runner(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = main([placed(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ran(status, printed.out, printed.err)

    return runner


@pytest.fixture
def letter(tmp_path: Path) -> str:
    """A letter of reply as a text file."""
    (tmp_path / "复函.txt").write_text(LETTER, encoding="utf-8")
    return "复函.txt"


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger of four documents: one in order, three with the faults that assessors find."""
    lines = [
        "2025年发文台账,,,,,,,,",
        "序号,公文全称,文号,公开属性,不公开理由,牵头起草部门,成文日期,主动公开公文链接,解读文件链接,备注二",
        "1,云栖市人民政府办公室关于印发云栖市电梯加装资金管理办法的通知,云政办规〔2025〕3号,主动公开,,市住建局,2025-03-04,https://www.yunqi.example/a.html,https://www.yunqi.example/a-jd.html,x",
        "2,云栖市教育局关于征求学区调整意见的函,云教函〔2025〕8号,不公开,敏感,基教科,2025-04-01,,,",
        "3,云栖市教育局关于校车线路问题的复函,云教函〔2025〕9号,不予公开,,基教科,2025-04-02,,,",
        "4,云栖市水务局关于水价问题的复函,云水函〔2025〕2号,,,,2025-04-03,,,",
    ]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    return "台账.csv"
