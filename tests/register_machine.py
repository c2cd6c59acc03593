"""An office at its register, driven at random: every way in, every person, and a model that knows what must be refused.

A register is a copy of a template (a file; `CREATE DATABASE … TEMPLATE`), so that thousands of short sequences are cheap.
`Machine.run` plays one sequence; after each step the watch reads the whole register and compares it with the journal.
"""

import random
import sqlite3
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import psycopg
from register_attacks import ANOTHER_REGISTER, attack
from register_doors import Doors, ServerError
from register_kinds import Kind
from register_letters import PEOPLE, UNIT, Letter, Writer
from register_model import Model
from register_watch import Seen, Watch

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.jobs import Upload
from attrtrack.errors import AttrtrackError
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import make_engine
from attrtrack.workflow import importing, jobs, learning, linking, needing, receiving, registering
from attrtrack.workflow.app import App

STEPS = (3, 7)
"""The least and the most steps of a sequence after its first."""


class Switched:
    """Stands for the register at hand, so that the web application is assembled once for thousands of registers."""

    def __init__(self) -> None:
        self.store: Any = None

    def __getattr__(self, name: str) -> Any:
        """Ask the register at hand."""
        return getattr(self.store, name)


@dataclass
class Tally:
    """What was done and what it met."""

    rules: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    raw: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    checked: int = 0
    registers: int = 0
    signed: int = 0

    def told(self) -> str:
        """Print the counts."""
        raw = Counter[str]()
        for (kind, met), count in sorted(self.raw.items()):
            raw[f"{kind}: {met}"] += count
        return (
            f"{self.checked} steps on {self.registers} registers, {self.signed} decisions taken\n rules {dict(self.rules.most_common())}\n "
            f"done {dict(self.done.most_common())}\n "
            f"refusals {dict(self.refusals.most_common())}\n raw {dict(raw)}"
        )


class LawBrokenError(AssertionError):
    """A law was broken; says by which sequence."""


class Machine:
    """One program over many registers; `templates` are the addresses of an empty and of a peopled register."""

    def __init__(self, kind: Kind, folder: Path, tally: Tally) -> None:
        self.kind, self.folder, self.tally = kind, folder, tally
        self.switched, self.peopled = Switched(), False
        self.app = assemble(Settings(models_dir=folder), database_url="sqlite://", actor="lini", unit=UNIT)
        self.app = replace(self.app, make_store=lambda: self.switched)
        self.doors, self.writer, self.reader = Doors(self.app), Writer(), IsolatedReader()
        self.templates = {peopled: self._template(peopled=peopled) for peopled in (False, True)}
        self.sequences = 0
        self.url, self.watch, self.history = "", None, list[str]()

    # -- registers --------------------------------------------------------------------------------------------------

    def _template(self, *, peopled: bool) -> str:
        url = self.kind.create()
        self._open(url)
        self._furnish(self.app)
        if peopled:
            self.doors.people()
        self.switched.store.close()
        self.kind.grant(url)
        return url

    def _open(self, url: str, *, known: bool = False) -> None:
        """Open a register; a copy of a template that was `known` to be whole is not looked at again."""
        if known:
            self.switched.store = Store(make_engine(url), self.app.clock)
            return
        switches = {row.code: row.values for row in self.app.rules.gate}
        self.switched.store = open_store(url, clock=self.app.clock, switches=switches)

    def _furnish(self, app: App) -> None:
        """Leave a row of everything else that people and programs make."""
        first = receiving.record_text(app, {"title": "关于河道清淤的通知", "text": "关于河道清淤的通知\n请遵照执行。"})
        for number in range(2):
            page = Interpretation("", f"河道清淤解读{number}", f"https://a.example/{number}", text="解读正文")
            receiving.record_interpretation(app, page)
            linking.judge(app, f"I{number + 1}", first.record.id)
        needing.decide_need(app, first.record.id, "yes", "涉及群众")
        second = receiving.record_text(app, {"title": "关于另一件事的通知", "text": "关于另一件事的通知\n请遵照执行。"})
        with suppress(AttrtrackError):
            registering.declare(app, second.record.id, "withheld", "国家秘密")
        with suppress(AttrtrackError):
            learning.correct(app, first.record.id, "withheld", reason="R16-2c", note=None)
        jobs.start(app, "import-ledger", {"unit": "预备"}, [Upload("a.csv", "公文全称\n甲\n".encode())])

    def renew(self, chance: random.Random) -> None:
        """Put a fresh register in place of the one at hand."""
        self.finish()
        self.peopled = chance.random() < 0.4
        self.url = self.kind.copy(self.templates[self.peopled])
        self.doors.url, self.doors.peopled = self.url, self.peopled
        self._open(self.url, known=True)
        self.watch = Watch(self.url)
        self.watch.faults(Seen({}, {}, {}, []))
        self.watch.sequence, self.watch.hash = 0, "0" * 64
        self.watch.faults(self.watch.look())
        self.history = []
        self.tally.registers += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.finish()
        self._drop()
        for url in self.templates.values():
            self.kind.drop(url)
        self.reader.close()

    def finish(self, *, lied: bool = False) -> None:
        """Prove the register at hand whole and throw it away; what a liar entered is told of, and may be doubted."""
        if self.watch is None:
            return
        with self.switched.store.reading() as work:
            proof = work.journal.prove()
        if proof.first_bad is not None or (proof.doubts and not lied):
            raise self._fault([f"the journal does not verify: {proof}"])
        for name, row in self.watch.rows.get("documents", {}).items():
            if told := list(self.watch.unsigned(row["id"])):
                raise self._fault([name, *told])
        self._drop()

    def _drop(self) -> None:
        if self.watch is not None:
            self.watch.close()
            self.switched.store.close()
            self.kind.drop(self.url)
            self.watch = None

    def _fault(self, words: list[str]) -> LawBrokenError:
        return LawBrokenError("\n".join([f"{self.url} peopled={self.peopled}", *self.history[-30:], "=> ", *words]))

    # -- sequences --------------------------------------------------------------------------------------------------

    def run(self, seed: int) -> None:
        """Play one sequence: a letter is recorded or taken up again, then this and that happens to it."""
        chance = random.Random(seed)  # noqa: S311 - no secret is made of it
        if self.watch is None or len(self.watch.rows.get("documents", {})) > 14:
            self.renew(chance)
        self.history.append(f"-- seed {seed}")
        key = self._begin(chance)
        for _ in range(chance.randint(*STEPS)):
            if self.watch is None:
                break
            key = self._step(chance, key)
        self.sequences += 1

    def _begin(self, chance: random.Random) -> int | None:
        assert self.watch is not None
        there = [row["id"] for row in self.watch.rows.get("documents", {}).values() if row["unit"] == UNIT]
        if there and chance.random() < 0.25:
            self.tally.rules["re-open"] += 1
            return chance.choice(there)
        letter = Letter("record", 0, self.writer.person(chance, "record"), {"text": self.writer.text(chance)})
        seen = self._do(chance, letter)
        return next((row["id"] for name, row in seen.added.items() if name.startswith("documents/")), None)

    def _step(self, chance: random.Random, key: int | None) -> int | None:
        """Let something happen to a document, and return the one that it is by now."""
        assert self.watch is not None
        document = None if key is None else self.watch.document(key)
        draw = chance.random()
        if key is None or document is None or draw < 0.3:
            self._attacked(chance, key)
        elif draw < 0.33:
            self._at_once(chance, key)
        elif draw < 0.35:
            self._in_bulk(chance)
        else:
            letter = self.writer.next(chance, self.watch, key) if draw < 0.8 else self.writer.any(chance, key)
            seen = self._do(chance, letter)
            return next((row["id"] for name, row in seen.added.items() if name.startswith("documents/")), key)
        return key

    # -- acts -------------------------------------------------------------------------------------------------------

    def _do(self, chance: random.Random, letter: Letter) -> Seen:
        assert self.watch is not None
        model = Model(self.watch, self.peopled)
        must, may = model.must_refuse(letter, self.doors.acting(letter).actor), model.may_refuse(letter)
        doors = (self.doors.by_api, *(self.doors.by_use_case,) * 4)
        door = chance.choice(doors) if chance.random() > 0.01 else self.doors.by_command
        self.history.append(f"{letter} {door.__name__}")
        try:
            refused = door(letter)
        except ServerError as error:
            raise self._fault([str(error)]) from error
        seen = self._looked([letter.act, door.__name__.removeprefix("by_")])
        if refused is not None:
            self.history[-1] += f" refused {refused}"
            self.tally.refusals[refused] += 1
            if not seen.tables <= {"evaluations"} and "removals" not in seen.tables:
                raise self._fault([f"refused with {refused}, and yet changed {sorted(seen.rows)}"])
        if must is not None and refused is None:
            raise self._fault([f"had to be refused: {must}"])
        if must is None and refused is not None and not may:
            raise self._fault([f"had to pass, but was refused with {refused}"])
        if refused is None:
            self.tally.done[letter.act] += 1
        if amiss := list(model.amiss(letter, seen, refused=refused is not None)):
            raise self._fault(amiss)
        return seen

    def _looked(self, rules: list[str]) -> Seen:
        assert self.watch is not None
        seen = self.watch.look()
        if faults := self.watch.faults(seen):
            raise self._fault(faults)
        self.tally.rules.update([rules[0], ":".join(rules)] if len(rules) > 1 else rules)
        self.tally.checked += 1
        self.tally.signed += sum(name.startswith("decisions/") for name in seen.added)
        return seen

    # -- two at once, in bulk, from outside -------------------------------------------------------------------------

    def _at_once(self, chance: random.Random, key: int) -> None:
        """Let two people act on one document at the same moment."""
        letters = [
            self.writer.next(chance, self.watch, key),
            self.writer.letter(chance, chance.choice(("sign", "declare", "review", "retract", "correct")), key),
        ]
        if chance.random() < 0.4:
            letters[1] = replace(letters[0], person=chance.choice(list(PEOPLE)))
        self.history.append(f"at once {letters}")
        start, met = threading.Barrier(2), list[str]()

        def act(letter: Letter) -> None:
            start.wait()
            met.append(self.doors.by_use_case(letter) or "done")

        threads = [threading.Thread(target=act, args=(letter,)) for letter in letters]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if len(met) < len(letters):
            raise self._fault(["a thread ended with an error"])
        self.tally.refusals.update(f"at once: {word}" for word in met)
        seen = self._looked(["two at once"])
        if sum(name.startswith("documents/") for name in seen.added) > 1:
            raise self._fault(["one draft was recorded anew twice"])

    def _in_bulk(self, chance: random.Random) -> None:
        """Import a ledger; some of its rows name documents that are there already, in other words."""
        number = chance.randrange(4)
        rows = [
            f"关于第{number + place}件事的通知,云建发〔2024〕{number + place}号,2024-01-0{chance.randint(1, 9)},{chance.choice(('主动公开', '不予公开', ''))}"
            for place in range(3)
        ]
        path = self.folder / "台账.csv"
        path.write_text("\n".join(("公文全称,文号,成文日期,公开属性", *rows)), encoding="utf-8")
        app = self.doors.acting(Letter("record", 0, "zhao", {}))
        self.history.append(f"import {rows}")
        list(importing.import_ledger(app, str(path), importing.ImportScope(UNIT, None), reader=self.reader))
        self._looked(["bulk import"])

    def _attacked(self, chance: random.Random, key: int | None) -> None:
        """Let somebody write with raw SQL on a connection of his own; a register that he has changed much is given up."""
        assert self.watch is not None
        made = attack(self.url, chance, self.watch, key)
        self.history.append(f"raw {made}")
        if made.by_owner:
            self._by_the_owner(made.kind)
            return
        seen = self._looked([f"raw {made.way}"])
        met = made.refused or ("written, journalled" if seen.rows or seen.entries else "nothing told written")
        if seen.rows and made.refused:
            met = "in part written, journalled"
        self.tally.raw[made.kind, met] += 1
        if made.wrote and (made.spoils or made.way == "liar" or seen.tables & ANOTHER_REGISTER):
            # a forged removal bears a time that is not its entry's; whatever tells one is doubted, and rightly
            self.finish(lied=made.kind == "removal" or made.way == "liar" or "removals" in seen.tables)

    def _by_the_owner(self, kind: str) -> None:
        """An owner can switch the guards off: then the start-up or the comparison with the journal must tell."""
        assert self.watch is not None
        try:
            seen = self.watch.look()
            silent = [words for words in self.watch.faults(seen) if "chain" not in words]
        except (sqlite3.Error, psycopg.Error) as error:
            seen, silent = Seen({}, {}, {}, []), [str(error)]
        told = "nothing told written" if not seen.rows and not seen.entries else "written, journalled"
        found = self._found()
        if silent and not found:
            raise self._fault([f"unseen: {silent}"])
        self.tally.raw[kind, f"found: {found}" if found else told] += 1
        self.tally.checked += 1
        self._drop()

    def _found(self) -> str:
        self.switched.store.close()
        try:
            self._open(self.url)
        except AttrtrackError:
            return "at start-up"
        try:
            with self.switched.store.reading() as work:
                return "" if work.journal.prove().ok else "by journal verify"
        except AttrtrackError:
            return "by journal verify, which cannot read it"
