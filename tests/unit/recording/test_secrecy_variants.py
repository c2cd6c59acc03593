"""Every variant of a sign that can be built without an office program is refused; the measurement adds doc, pdf and ofd."""

import pytest
from secrecy_dresses import beside_variants, head_variants, name_variants, refused_variants
from secrecy_variants import (
    Variant,
    layout_variants,
    ledger_variants,
    packed_variants,
    page_variants,
    text_variants,
    word_variants,
)

from attrtrack.errors import ClassifiedMaterialError
from attrtrack.reading import read_source, read_table
from attrtrack.recording import record
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules

DOCUMENTS = [
    *text_variants(9), *word_variants(6), *packed_variants(4), *page_variants(5), *layout_variants(6),
    *head_variants(), *name_variants(), *beside_variants(), *refused_variants(),
]  # fmt: skip


@pytest.mark.parametrize("variant", DOCUMENTS, ids=str)
def test_documents_are_refused(rules: Rules, variant: Variant) -> None:
    """A sign refuses the file wherever it stands and however it is dressed, and the message says nothing of it."""
    with pytest.raises(ClassifiedMaterialError) as refusal:
        record(read_source(variant.data, variant.name), rules)
    assert refusal.value.message == ClassifiedMaterialError("").message
    assert refusal.value.rule in {row.code for row in rules.secrecy}


@pytest.mark.parametrize("variant", list(ledger_variants()), ids=str)
def test_ledger_rows_are_refused(rules: Rules, variant: Variant) -> None:
    """A classified row is told by its number alone; a sheet headed by a sign is refused whole."""
    try:
        ledgers = [recognise(table, rules) for table in read_table(variant.data, variant.name)]
    except ClassifiedMaterialError:
        return
    assert [ledger.entries for ledger in ledgers] == [()]
    assert {error.code for ledger in ledgers for error in ledger.errors} == {"classified"}
    assert not any("值班" in error.message for ledger in ledgers for error in ledger.errors)
