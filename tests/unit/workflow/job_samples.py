"""What tests of jobs share: an office with a clock that can be set forward, and ledgers to hand in."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from unit.storage.conftest import SWITCHES

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.jobs import Upload
from attrtrack.storage import open_store
from attrtrack.workflow.app import App

HEADER = "公文全称,文号,成文日期,公开属性,主动公开公文链接,解读文件链接,密级"
ROWS = 25


class Time:
    """A clock that runs, and that a test can set forward."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """Return the time."""
        return dt.datetime.now(dt.UTC) + self.ahead


@pytest.fixture
def time() -> Time:
    """Give a clock to set forward."""
    return Time()


@pytest.fixture
def office(database_url: str, time: Time) -> Iterator[App]:
    """The program over an empty register, on each kind of database."""
    made = assemble(Settings(), database_url=database_url, actor="李拟稿", unit="云栖市住建局")
    app = replace(made, clock=time, make_store=lambda: open_store(database_url, clock=time, switches=SWITCHES))
    yield app
    app.store.close()


def a_ledger(rows: int = ROWS, *, extra: str = "", name: str = "台账.csv") -> Upload:
    """Make a ledger of so many documents."""
    lines = [
        f"关于第{number}件事的通知,云建发〔2024〕{number}号,2024-01-02,主动公开,,," for number in range(1, rows + 1)
    ]
    return Upload(name, "\n".join((HEADER, *lines, extra)).encode())
