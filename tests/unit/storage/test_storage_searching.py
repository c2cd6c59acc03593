"""Searching by words: exact on both databases, along the journal, within sight, and without a trace of what was removed."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from unit.storage.samples import a_document, add_document

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.searching import Found, Question
from attrtrack.nlp.searchable import folded, words_of
from attrtrack.storage import Store
from attrtrack.storage.search_renewal import RECORDS

TEXTS = {
    "D1": ("关于开展春季防汛检查的通知", "各乡镇：\n请开展防汛检查，\u3000检查水库 20 座。公\n开渠道另行通知。"),
    "D2": ("關於公開農村飲水標準的函", "現將農村飲水標準公開，請遵照執行。电话ＡＢＣ-12。"),
    "D3": ("县政府办公室答复（第4号）", "来函收悉。不予公开。" + "水" * 300 + "𠮷野家" + "不予公开"),
}
WORDS = (
    "防汛", "公开", "公", "𠮷", "𠮷野", "野家", "水水水水水", "不予公开", "abc-12", "【4", "第4号）", "20座", "农村饮水", "農村",
    "检查水库", "予公", "开渠", "公开渠道", "家不予", "，检", "…", "没有", "通知 函",
)  # fmt: skip


def index(store: Store) -> None:
    """Bring the index to the register."""
    while True:
        with store.unit_of_work("system") as work:
            if work.search_renewal.step() is None:
                return


def found(store: Store, words: str, *, units: frozenset[str] | None = None, **narrowed: object) -> list[str]:
    """Return the ids of what is found, all of it, page by page."""
    ids, before = list[str](), None
    while True:
        with store.reading(units) as work:
            page = work.searching.find(Question(words_of(words), **narrowed), before=before, limit=2)  # type: ignore[arg-type]
        if not page:
            return ids
        ids += [item.id for item in page]
        before = page[-1].place


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a register of three documents and an interpretation, indexed."""
    with store.unit_of_work("甲") as work:
        for day, (title, text) in enumerate(TEXTS.values(), 1):
            unit = "乙县水务局" if day == 3 else "甲县人民政府"
            document = a_document(title=title, text=text, number=f"甲政〔2024〕{day}号", date=WrittenDate(2024, 1, day))
            add_document(work, document, unit=unit)
        interpretation = Interpretation("", "一图读懂防汛", "https://a.example/1", text="防汛要公开透明。")
        work.interpretations.add(interpretation, unit="甲县人民政府", year=2024)
    index(store)
    return store


def test_every_hit_holds_every_word_and_nothing_is_missed(filled: Store) -> None:
    """What is found is what a reader finds: two signs, one sign, signs of 32 bits, long runs, widths, Traditional."""
    units = ("甲县人民政府", "甲县人民政府", "乙县水务局")
    lines = {
        f"D{at}": folded(f"{title}\n甲政〔2024〕{at}号\n{units[at - 1]}\n{text}").split("\n")
        for at, (title, text) in enumerate(TEXTS.values(), 1)
    }
    lines["I1"] = folded("一图读懂防汛\n甲县人民政府\n防汛要公开透明。").split("\n")
    for words in WORDS:
        true = {key for key, held in lines.items() if all(any(w in line for line in held) for w in words_of(words))}
        assert set(found(filled, words)) == true, words
    assert set(found(filled, "公开")) == {"D2", "D3", "I1"}


def test_newest_first_and_narrowed(filled: Store) -> None:
    """The day of the document orders, whatever the order of entry; kind, unit and year narrow."""
    assert found(filled, "甲政", kind=Found.DOCUMENT) == ["D3", "D2", "D1"]
    assert found(filled, "防汛", kind=Found.INTERPRETATION) == ["I1"]
    assert found(filled, "甲政", unit="乙县水务局") == ["D3"]
    assert found(filled, "甲政", year=2023) == []


def test_what_is_out_of_sight_is_not_found(filled: Store) -> None:
    """A person of one unit finds nothing of another's."""
    assert found(filled, "公开", units=frozenset({"乙县水务局"})) == ["D3"]
    assert found(filled, "公开", units=frozenset()) == []


def test_quotes_and_operators_are_only_signs(filled: Store) -> None:
    """Whatever the index's own language means by a sign, it is looked for as it stands."""
    for words in ('"', '防汛" OR "公开', "防汛*", "NEAR(防汛 公开)", "words:防汛", "-防汛", "'; --", "%", "_"):
        assert found(filled, words) == []


def test_the_index_follows_the_journal(filled: Store, raw: Engine) -> None:
    """Texts that change, by raw statements too, are found by their new words only; what is new is found."""
    with filled.reading() as work:
        assert not work.search_renewal.behind()
    with raw.begin() as connection:
        connection.execute(sa.text("UPDATE interpretations SET text = '改为抗旱' WHERE id = 1"))
    with filled.unit_of_work("甲") as work:
        add_document(work, a_document(title="抗旱", text="抗旱预案"))
        assert work.search_renewal.behind()
    index(filled)
    assert set(found(filled, "抗旱")) == {"I1", "D4"}
    assert found(filled, "透明") == []


def test_a_backlog_is_indexed_in_parts(store: Store) -> None:
    """More records than one part holds take several transactions; until the last the index does not call itself whole."""
    with store.unit_of_work("甲") as work:
        for number in range(RECORDS + 1):
            add_document(work, a_document(title=f"第{number}件", text="抗旱"))
        assert work.search_renewal.step() == RECORDS
        assert not work.search_renewal.whole()
    index(store)
    with store.reading() as work:
        assert work.search_renewal.whole()
    assert len(found(store, "抗旱")) == RECORDS + 1


def test_another_folding_has_the_index_made_anew(filled: Store, raw: Engine) -> None:
    """An index that another program folded is emptied first."""
    with raw.begin() as connection:
        connection.execute(sa.text("UPDATE search_stamp SET version = 'other'"))
    with filled.reading() as work:
        assert work.search_renewal.behind()
        assert not work.search_renewal.whole()
    index(filled)
    assert found(filled, "防汛") == ["I1", "D1"]


def test_a_removed_document_leaves_no_trace_of_its_words(filled: Store, tmp_path: Path, raw: Engine) -> None:
    """After removal and scrubbing no place of the database holds a pair of signs that stood only there."""
    with filled.unit_of_work("甲") as work:
        secret = add_document(work, a_document(title="龘靐", text="龘靐齉爩鱻麤"))
    index(filled)
    assert found(filled, "靐齉爩") == [secret]
    with filled.unit_of_work("乙") as work:
        work.documents.remove_classified(secret, "R14-1")
    filled.scrub()
    assert found(filled, "靐齉爩") == []
    if raw.dialect.name == "sqlite":
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
        assert not [word for word in ("龘靐", "靐齉", "爩", "麤") if word.encode() in kept]
        assert "防汛".encode() in kept
    with raw.connect() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM search_entries")).scalar() == len(TEXTS) + 1
    index(filled)
    assert set(found(filled, "防汛")) == {"D1", "I1"}
