"""What learning costs: a look-up among 100,000 precedents on both databases, and the time from decision to next proposal."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from decided_letters import QUERY
from measuring import in_full
from repository import TRAINING_DATA
from signed_off import DRAFTER, acting

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.nlp.corpus import letter_of, load_corpus
from attrtrack.nlp.sketches import SIZE, likeness, triple_hashes
from attrtrack.proposing.by_precedent import FLOOR
from attrtrack.rules import Rules
from attrtrack.storage import NewDocument, Store, open_store
from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.precedents import PROBES
from attrtrack.storage.tables import precedents
from attrtrack.workflow import registering

PRECEDENTS = in_full(100_000, in_ci=5_000)
QUERIES = 200
MOST_MILLISECONDS = 50
"""Of a look-up, so that a decision and the next proposal after it stay within 200 together."""
_PART = 5_000
_NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
Sketch = tuple[int, ...]
INDEXING = {
    True: f"INSERT INTO precedent_hashes SELECT s.value, 0, p.id FROM precedents p, json_each(p.sketch) s WHERE s.key < {PROBES}",  # noqa: S608 - a number of ours
    False: "INSERT INTO precedent_hashes SELECT s.value::bigint, FALSE, p.id FROM precedents p, "  # noqa: S608 - the same
    f"json_array_elements_text(p.sketch) WITH ORDINALITY s(value, place) WHERE s.place <= {PROBES}",
}
"""How the index of hashes is made again from the sketches, on SQLite or not."""


def letters(rules: Rules) -> Callable[[random.Random], list[frozenset[int]]]:
    """Return a maker of letters: sentences of the training letters at random, with the stock sentences of all."""
    pool = [triple_hashes(one.text) for row in load_corpus(TRAINING_DATA) for one in letter_of(row, rules).sentences]
    stock = [
        triple_hashes(text)
        for text in ("你单位来函收悉，经研究，现函复如下", "请认真组织实施，执行中遇到的问题及时报告我局")
    ]
    return lambda rng: [*stock, *rng.choices(pool, k=rng.randint(4, 14))]


def sketched(sentences: list[frozenset[int]]) -> Sketch:
    """Return the sketch of a letter of these sentences."""
    return tuple(sorted(frozenset().union(*sentences))[:SIZE])


def fill(url: str, make: Callable[[random.Random], list[frozenset[int]]]) -> tuple[Store, list[list[frozenset[int]]]]:
    """Fill a register with precedents by the plain bulk path, and return it with some of the letters."""
    store = open_store(url, clock=lambda: _NOW, switches={})
    with store.unit_of_work("导入人") as work:
        work.documents.add_many(
            NewDocument(Document(text="", title=f"第{number}号复函"), f"{number:064x}", None, State.ISSUED_ELSEWHERE)
            for number in range(PRECEDENTS)
        )
    rng, kept = random.Random(4), []  # noqa: S311 - invented letters, not secrets
    engine = make_engine(url)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        for first in range(1, PRECEDENTS + 1, _PART):
            made = [(key, make(rng)) for key in range(first, first + _PART)]
            kept += [sentences for _, sentences in made[:: _PART // 10]]
            sketches = {key: sketched(sentences) for key, sentences in made}
            connection.execute(precedents.insert(), [_row(key, sketch) for key, sketch in sketches.items()])
        connection.exec_driver_sql(INDEXING[url.startswith("sqlite")])
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
    return store, kept


def _row(key: int, sketch: Sketch) -> dict[str, object]:
    said = {"source": "decision", "attribute": ("proactive", "on_request", "withheld")[key % 3], "weight": 1.0}
    taught = {"taught_by": "甲", "taught_at": _NOW, "standing": "teaching", "opposed": False, "rules": []}
    return {"id": key, "document_id": key, "sketch": list(sketch), **said, **taught}


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long an act takes by the clock."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def best(act: Callable[[], object]) -> float:
    """Return the shortest of three times of an act, so that a busy machine alone fails nothing."""
    return min(milliseconds(act) for _ in range(3))


def bare_select(url: str) -> float:
    """Return the median milliseconds of a SELECT of one precedent by its key."""
    query = sa.select(precedents).where(precedents.c.id == sa.bindparam("key"))
    engine = make_engine(url)
    with engine.connect() as connection, connection.begin():
        times = [
            best(lambda key=key: connection.execute(query, {"key": key}).all())  # type: ignore[misc]
            for key in random.Random(9).sample(range(1, PRECEDENTS), QUERIES)  # noqa: S311 - the same
        ]
    engine.dispose()
    return statistics.median(times)


def test_a_look_up_among_many_precedents(database_url: str, rules: Rules) -> None:
    """Letters that lost a quarter are found again in good time, beside a bare indexed SELECT; unknown ones as fast."""
    make = letters(rules)
    store, kept = fill(database_url, make)
    looked, found, rng = [], 0, random.Random(9)  # noqa: S311 - the same
    with store.reading() as work:
        for sentences in kept[:QUERIES]:
            sketch = sketched(sentences[: 2 + max(2, (len(sentences) - 2) * 3 // 4)])
            looked.append(best(lambda sketch=sketch: work.precedents.like(sketch, least=FLOOR)))  # type: ignore[misc]
            near = likeness(sketch, sketched(sentences)) - 1e-9
            found += any(match.likeness >= near for match in work.precedents.like(sketch, least=FLOOR))
        others = [sketched(make(rng)) for _ in range(50)]
        unknown = [best(lambda sketch=sketch: work.precedents.like(sketch, least=FLOOR)) for sketch in others]  # type: ignore[misc]
    store.close()
    bare = bare_select(database_url)
    kind, _, _ = database_url.partition(":")
    print(
        f"\n{kind}: look-up among {PRECEDENTS} median {statistics.median(looked):.1f} ms, 95 % "
        f"{statistics.quantiles(looked, n=20)[-1]:.1f} ms, worst {max(looked):.1f} ms; unknown letters "
        f"{statistics.median(unknown):.1f} ms; bare indexed SELECT {bare:.2f} ms; found again {found}/{len(looked)}"
    )
    assert statistics.median(looked) < MOST_MILLISECONDS
    assert found >= 0.97 * len(looked)


def test_from_a_decision_to_the_next_proposal(tmp_path: Path) -> None:
    """Signing with all its checks, and the next proposal after it, take less than 200 ms together (median of ten)."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    app = assemble(Settings(), database_url=url, actor="王主任", unit=None)
    signing, proposing = [], []
    for number in range(10):
        file = tmp_path / f"{number}.txt"
        text = QUERY.format(number=number, town="东山").replace("石料场", f"石料场{'甲乙丙丁戊己庚辛壬癸'[number]}区")
        file.write_text(text, encoding="utf-8")
        recorded = registering.record_file(app, str(file)).record
        registering.declare(acting(app, DRAFTER), recorded.id, "withheld", "R16-1b")
        signing.append(milliseconds(lambda: registering.sign(app, recorded.id)))  # noqa: B023
        document = recorded.document
        answers: list[registering.Recorded] = []
        hashed = f"{number:064x}"
        proposing.append(
            milliseconds(
                lambda: answers.append(  # noqa: B023
                    registering.record_document(app, document, content_hash=hashed, file_name=None)  # noqa: B023
                )
            )
        )
        assert answers[0].proposal is not None
        assert answers[0].proposal.attribute == "withheld"
    total = statistics.median(map(sum, zip(signing, proposing, strict=True)))
    print(
        f"\nsign {statistics.median(signing):.1f} ms, next proposal recorded {statistics.median(proposing):.1f} ms, "
        f"together {total:.1f} ms"
    )
    assert total < 200
