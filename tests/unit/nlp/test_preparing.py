"""Letters become one table of features, by whatever number of processes."""

import dataclasses
import sys

import numpy as np
import pytest

from attrtrack.errors import BadRowError
from attrtrack.nlp import preparing
from attrtrack.nlp.corpus import LetterRow, deciding_sentences, letter_of
from attrtrack.nlp.counting import Text, document, pack
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.fitting import examples
from attrtrack.nlp.gathering import gather
from attrtrack.nlp.preparing import prepare
from attrtrack.nlp.splits import issuer_year_groups, writer_groups
from attrtrack.nlp.training import ATTRIBUTE
from attrtrack.nlp.vocabulary import choose_space, hopeful
from attrtrack.rules import Rules


def test_a_table_holds_what_was_packed() -> None:
    """Names met in several parts share a column; rows keep their order, columns are in order of name."""
    first = pack([Text((), {"zz": 0.5, "a": 1.0})])
    second = pack([Text((), {"zz": 2.0}), Text((), {}), Text(("甲", "乙"), {"c": 3.0, "a": 4.0})])
    gathered = gather([first, second])
    table = gathered.table(np.arange(gathered.cells.shape[1]))
    assert table.names == ("a", "c", "gram:甲乙", "word:乙", "word:甲", "zz")
    told = table.matrix.toarray()
    assert told[:, [0, 1, 5]].tolist() == [[1, 0, 0.5], [0, 0, 2], [0, 0, 0], [4, 3, 0]]
    assert told[3, 2:5] == pytest.approx([0.5, 2**-0.5, 2**-0.5])
    assert not told[:3, 2:5].any()


def test_tables_are_arranged_as_scipy_would(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Some rows and columns of the shared cells, scaled, in double precision, are what indexing them gives."""
    table = prepare(some_letters[:20], rules).table.part([3, 1, 7])
    table = table.followed_by(table.part([0]))
    columns = np.arange(5, len(table.names), 7)
    scales = np.linspace(0.1, 3.0, len(columns))
    plain = table.matrix[:, columns].astype(np.float64).multiply(scales).tocsr()
    arranged = table.arranged(columns, scales)
    assert arranged.dtype == np.float64
    assert (arranged != plain).nnz == 0
    assert table.sizes(columns).tolist() == np.diff(plain.indptr).tolist()


def test_copies_of_a_letter_are_read_once(
    some_letters: tuple[LetterRow, ...], rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office's document that counts twice is laid out once; a letter of another id and label is not its copy."""
    read = list[str]()

    def noted(row: LetterRow, rules: Rules) -> object:
        read.append(row.id)
        return letter_of(row, rules)

    monkeypatch.setattr(preparing, "letter_of", noted)
    copies = [dataclasses.replace(some_letters[0], id=f"A~{number}") for number in range(3)]
    prepared = prepare([*copies, dataclasses.replace(some_letters[1], id="B")], rules)
    assert read == ["A~0", "B"]
    told = prepared.table.matrix.toarray()
    assert (told[0] == told[1]).all()
    assert (told[0] == told[2]).all()
    assert (told[0] != told[3]).any()


def test_the_table_has_the_features_of_every_letter(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """What the extractor says of a letter stands in its row, to single precision."""
    prepared, extractor = prepare(some_letters[:8], rules), Extractor.of(rules)
    columns = {name: column for column, name in enumerate(prepared.table.names)}
    for place, row in enumerate(prepared.rows):
        features = extractor.features(letter_of(row, rules))
        found = prepared.table.matrix[[place]].toarray()[0]
        kept = {name: value for name, value in features.items() if name in columns}
        assert np.count_nonzero(found) == len(kept)
        assert [found[columns[name]] for name in kept] == pytest.approx(list(kept.values()), rel=1e-6)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_two_processes_prepare_the_same_table(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Names, columns and values do not depend on who extracted them; progress is told to the end."""
    told: list[tuple[str, int, int]] = []
    one = prepare(some_letters[:120], rules, processes=1)
    two = prepare(some_letters[:120], rules, processes=2, progress=lambda *step: told.append(step))
    assert one.table.names == two.table.names
    assert (one.table.matrix != two.table.matrix).nnz == 0
    assert told[-1][1:] == (120, 120)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_what_goes_wrong_in_a_process_is_raised_here(
    some_letters: tuple[LetterRow, ...], rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of a child is the parent's error, told once."""

    def broken(_row: LetterRow, _rules: Rules) -> object:
        raise BadRowError("这一行读不下去。")

    monkeypatch.setattr(preparing, "letter_of", broken)
    with pytest.raises(BadRowError, match="读不下去"):
        prepare(some_letters[:120], rules, processes=2)


def test_names_of_one_writer_are_no_features(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Dropping what no fold could keep leaves the chosen features as they were."""
    prepared = prepare(some_letters, rules)
    extractor = Extractor.of(rules)
    letters = gather([pack([document(extractor.read(letter_of(row, rules))) for row in prepared.rows])])
    whole = letters.table(np.arange(letters.cells.shape[1]))
    lean = letters.table(hopeful(letters, prepared.writers))
    assert len(lean.names) < len(whole.names)
    chosen, before = choose_space(lean, prepared.writers), choose_space(whole, prepared.writers)
    assert chosen.names == before.names
    assert chosen.scales.tolist() == before.scales.tolist()
    assert (chosen.matrix(lean) != before.matrix(whole)).nnz == 0


def test_groups_hold_whole_writers_of_about_equal_size(some_letters: tuple[LetterRow, ...]) -> None:
    """No writer stands in two groups, and there are as many groups as asked for, whatever the order of the rows."""
    groups = writer_groups(some_letters, 5)
    owners = {(row.writer, group) for row, group in zip(some_letters, groups, strict=True)}
    assert len(owners) == len({row.writer for row in some_letters})
    assert set(groups) == set(range(5))
    assert writer_groups(some_letters[::-1], 5) == groups[::-1]


def test_an_issuer_and_its_year_stay_together(some_letters: tuple[LetterRow, ...]) -> None:
    """The fold depends on issuer and year alone."""
    other = tuple(dataclasses.replace(row, text="另一份。", writer="丙") for row in some_letters)
    assert issuer_year_groups(other) == issuer_year_groups(some_letters)
    assert len(set(issuer_year_groups(some_letters))) == 5


def test_deciding_sentences_are_examples_of_their_own(some_letters: tuple[LetterRow, ...], rules: Rules) -> None:
    """Every letter with evidence gives a second, lighter example of its class, from those sentences alone."""
    row = some_letters[0]
    letter = letter_of(row, rules)
    numbers = deciding_sentences(row, letter)
    told = "".join(letter.sentences[number].text for number in numbers)
    assert numbers
    assert len(numbers) < len(letter.sentences)
    assert all(quote[:4] in told for quote in row.evidence)
    plain = prepare((*some_letters[1:9], dataclasses.replace(row, evidence=())), rules)
    marked = prepare(some_letters[:9], rules)
    for prepared, count in ((plain, 8), (marked, 9)):
        space = choose_space(prepared.table, prepared.writers)
        matrix, labels, counts = examples(space, prepared, prepared.labels, manner=ATTRIBUTE)
        assert matrix.shape[0] == len(labels) == 9 + count
        assert set(counts[9:]) == {ATTRIBUTE.excerpt_weight}
