"""Signs of secrecy in every readable format, and real texts without a sign: none in, none kept out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from office_program import converted
from secrecy_dresses import beside_variants, head_variants, name_variants, refused_variants
from secrecy_variants import (
    PRINTED_PLACES,
    Variant,
    layout_variants,
    ledger_variants,
    packed_variants,
    page_variants,
    text_variants,
    word_variants,
)
from shared_data import rows_of

from attrtrack.errors import ClassifiedMaterialError, InputRefusedError
from attrtrack.reading import read_source, read_table
from attrtrack.recording import record
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules

_FEWEST = 200
_TARGETS = {"doc": "doc:MS Word 97", "pdf": "pdf"}


def by_office_program(folder: Path) -> Iterator[Variant]:
    """Yield the docx variants as an office program saves them: doc (and so wps and eid) and pdf."""
    words = list(word_variants(3, PRINTED_PLACES))
    files = {f"{number}.docx": variant.data for number, variant in enumerate(words)}
    for kind, target in _TARGETS.items():
        place = folder / kind
        place.mkdir()
        for variant, data in zip(words, converted(files, target, place).values(), strict=True):
            yield replace(variant, format=kind, name=f"来件.{kind}", data=data)
            if kind == "doc" and variant.place == "header":
                yield from (replace(variant, format=other, name=f"来件.{other}", data=data) for other in ("wps", "eid"))


def outcome_of(variant: Variant, rules: Rules) -> str:
    """Read a file as the register would; say what became of it."""
    try:
        if variant.format not in {"xlsx", "csv"}:
            record(read_source(variant.data, variant.name), rules)
            return "READ"
        ledgers = [recognise(table, rules) for table in read_table(variant.data, variant.name)]
    except ClassifiedMaterialError:
        return "classified"
    except InputRefusedError as error:
        return error.code
    refused = all(error.code == "classified" for ledger in ledgers for error in ledger.errors)
    return "classified" if refused and not any(ledger.entries for ledger in ledgers) else "READ"


def test_two_hundred_dresses_of_a_sign(rules: Rules, tmp_path: Path) -> None:
    """Every variant is refused as classified, in whatever format, place, wording and spacing the sign comes."""
    variants = [
        *text_variants(9), *word_variants(6), *packed_variants(4), *page_variants(5), *layout_variants(6), *ledger_variants(),
        *head_variants(), *name_variants(), *beside_variants(), *refused_variants(), *by_office_program(tmp_path),
    ]  # fmt: skip
    outcomes = {variant: outcome_of(variant, rules) for variant in variants}
    table = Counter((variant.format, outcome) for variant, outcome in outcomes.items())
    print(f"\n{len(variants)} variants:", *sorted(table.items()), sep="\n  ")
    wrong = [f"{outcome}: {variant}" for variant, outcome in outcomes.items() if outcome != "classified"]
    assert len(variants) >= _FEWEST
    assert not wrong, "\n".join(wrong)


@pytest.mark.shared
def test_no_real_text_is_refused(rules: Rules) -> None:
    """None of the published documents and of the texts behind the links is taken for classified."""
    texts = [
        str(row["text"])
        for name in ("published_documents.jsonl", "links/documents.jsonl", "links/interpretations.jsonl")
        for row in rows_of(f"data/{name}")
        if row.get("text")
    ]
    careful = 0
    for text in texts:
        document = record(read_source(text.encode(), "来件.txt"), rules)
        careful += any(finding.code == "handling-restricted" for finding in document.findings)
    print(f"\n{len(texts)} real texts read, none refused; {careful} with words such as 内部资料")
    assert len(texts) > 400
    assert careful == 0
