"""An office at work in a process of its own, until it is killed or the disk is full; it tells what was acknowledged."""

import datetime as dt
import os
import random
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.documents import SourceText
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.jobs import JobState, Upload
from attrtrack.errors import StorageUnusableError
from attrtrack.recording import record
from attrtrack.storage import open_store
from attrtrack.workflow import importing, registering, reviewing
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportScope, import_ledger
from attrtrack.workflow.job_running import run_job

ROWS = 60
HEADER = "公文全称,文号,成文日期,公开属性"
Tell = Callable[[str], None]


@dataclass
class Office:
    """The program over one register; `ahead` sets its clock forward, so that leases of the dead run out."""

    url: str
    ahead: dt.timedelta = field(default_factory=dt.timedelta)
    one_letter: float = 1.0
    app: App = field(init=False)

    def __post_init__(self) -> None:
        importing.BATCH = 20
        made = assemble(Settings(), database_url=self.url, actor="李拟稿", unit="云栖市住建局")
        switches = {row.code: row.values for row in made.rules.gate}
        opened = lambda: open_store(self.url, clock=self.clock, switches=switches)  # noqa: E731 - opened in each process
        self.app = replace(made, clock=self.clock, make_store=opened)

    def clock(self) -> dt.datetime:
        """Return the time."""
        return dt.datetime.now(dt.UTC) + self.ahead

    def fresh(self) -> App:
        """Return the same program with nothing opened yet, for another process."""
        proposer = self.app.proposer
        return replace(self.app, make_proposer=lambda: proposer)


def as_person(app: App, name: str) -> App:
    """Let another person act."""
    return app.acting_as(name, app.access, origin="cli", unit=app.unit)


def chance_of(seed: int) -> random.Random:
    """Return chance that comes out the same every time."""
    return random.Random(seed)  # noqa: S311 - no secret is made of it


def sign_one(app: App, chance: random.Random, tell: Tell) -> None:
    """Take one letter from the draft to the sign-off, and tell its id when that is acknowledged."""
    word = f"{chance.getrandbits(60):x}"
    text = (
        f"云栖市住房和城乡建设局\n关于第{word}号事项的请示\n市政府：\n现将第{word}号事项的内部讨论意见报上，请审定。\n"
    )
    document = record(SourceText(name="a.txt", format="txt", text=text), app.rules)
    made = registering.record_document(app, document, content_hash=f"{word:0>64}", file_name=f"{word}.txt")
    registering.declare(app, made.record.id, "withheld", "R16-2c")
    reviewing.review(as_person(app, "赵审核"), made.record.id, "agree")
    signed = registering.sign(as_person(app, "王主任"), made.record.id)
    tell(f"S {signed.record.id}")


def import_one(app: App, chance: random.Random, tell: Tell) -> None:
    """Import one of some ledgers, which an earlier process may have begun."""
    number = chance.randrange(20)
    path = Path(os.environ["KILLED_FOLDER"]) / f"{number}.csv"
    unit = f"台账{number}局"
    tell(f"I {unit}")
    for _ in import_ledger(app, str(path), ImportScope(unit, None)):
        pass


def run_a_job(app: App, chance: random.Random, tell: Tell) -> None:
    """Go on with a job that waits, else sign something."""
    if run_job(app) is None:
        sign_one(app, chance, tell)


def ledger() -> Upload:
    """Make a ledger of some documents."""
    lines = (f"关于第{number}件事的通知,云建发〔2024〕{number}号,2024-01-02,主动公开" for number in range(1, ROWS + 1))
    return Upload("台账.csv", "\n".join((HEADER, *lines)).encode())


def work(app: App, seed: int, tell: Tell) -> None:
    """Open the register, say so, and do what an office does, in any order, for ever."""
    assert app.store is not None
    chance = chance_of(seed)
    tell("B")
    while True:
        chance.choices((sign_one, import_one, run_a_job), weights=(7, 1, 2))[0](app, chance, tell)


def fill(app: App, seed: int, tell: Tell) -> None:
    """Sign and record more and more until there is no room; tell the refusal."""
    chance = chance_of(seed)
    try:
        while True:
            sign_one(app, chance, tell)
            with app.unit_of_work() as work:
                heavy = Interpretation(
                    id="", url=f"https://a.example/{chance.getrandbits(60)}", text=chance.randbytes(300_000).hex()
                )
                work.interpretations.add(heavy, unit=app.unit, year=2024)
    except StorageUnusableError as error:
        tell(f"F {error.message}")


def fork(
    app: App, run: Callable[[App, int, Tell], None], seed: int, before: Callable[[], None] = lambda: None
) -> tuple[int, int]:
    """Start a process that works; return its id and the end of the pipe by which it tells."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 3
    try:
        os.close(reading)
        os.dup2(os.open(os.environ.get("KILLED_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
        before()
        run(app, seed, lambda word: void(os.write(writing, f"{word}\n".encode())))
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        raise
    finally:
        os._exit(status)


def begun(reading: int) -> None:
    """Wait until a process has opened the register."""
    assert os.read(reading, 2) == b"B\n"


def void(_value: object) -> None:
    """Drop a value."""


def told(reading: int) -> list[list[str]]:
    """Return all that a process told before it ended, word by word."""
    with os.fdopen(reading, "rb") as pipe:
        return [line.decode().split(" ", 2) for line in pipe.read().split(b"\n")[:-1]]


def finish_jobs(app: App, office: Office) -> int:
    """Let a worker do whatever the dead left; return how many jobs it ended."""
    ended = 0
    office.ahead += dt.timedelta(minutes=5)
    while (job := run_job(app)) is not None:
        assert job.state is JobState.DONE, job
        ended += 1
    return ended
