"""The object shapes of the command line's contract, and a checker for them."""

from types import NoneType
from typing import Any

Shape = dict[str, tuple[type, ...]]
_TEXT, _MAYBE, _LIST, _FLAG = (str,), (str, NoneType), (list,), (bool,)
_SHARE = (float, int, NoneType)

READ: Shape = {
    "file": _TEXT, "ok": _FLAG, "format": _TEXT, "title": _MAYBE, "doc_number": _MAYBE, "genre": _MAYBE,
    "issuer": _MAYBE, "issuers": _LIST, "addressee": _MAYBE, "date": _MAYBE, "print_date": _MAYBE, "marks": _LIST,
    "personal_data": _LIST, "findings": _LIST, "text": _TEXT,
}  # fmt: skip
REFUSED_FILE: Shape = {"file": _TEXT, "ok": _FLAG, "error": (dict,)}
FINDING: Shape = {"code": _TEXT, "severity": _TEXT, "message": _TEXT, "evidence": _LIST}
EVIDENCE: Shape = {"quote": _TEXT, "start": (int, NoneType), "end": (int, NoneType), "source": _TEXT}
PROPOSAL: Shape = {
    "id": _TEXT, "attribute": _MAYBE, "probability": _SHARE, "abstained": _FLAG, "doubt": _MAYBE, "reason": _MAYBE,
    "reasons": _LIST, "evidence": _LIST, "voices": _LIST, "findings": _LIST, "rules_version": _TEXT,
    "model_version": _MAYBE,
}  # fmt: skip
LINKS: Shape = {"interpretation_id": _TEXT, "links": _LIST}
LINK: Shape = {"document_id": _TEXT, "probability": (float, int), "decision": _TEXT, "evidence": _LIST}
IMPORTED: Shape = {"file": _TEXT, "row": (int,), "ok": _FLAG, "id": _MAYBE, "error": (dict, NoneType)}
SUMMARY: Shape = {"imported": (int,), "updated": (int,), "unchanged": (int,), "refused": (int,)}
MEASURE: Shape = {
    "code": _TEXT, "name": _TEXT, "unit": _MAYBE, "year": (int, NoneType), "reading": _TEXT, "value": _SHARE,
    "state": _TEXT, "target": _SHARE, "numerator": (dict,), "denominator": (dict,), "excluded": _LIST,
    "range": (list, NoneType), "dictionary_version": _TEXT, "rules_version": _TEXT,
}  # fmt: skip


def shaped(row: dict[str, Any], shape: Shape) -> None:
    """Assert that a row has at least the fields of the contract, each of its type (the contract grows by addition)."""
    missing = set(shape) - set(row)
    assert not missing, f"missing {sorted(missing)}"
    for name, kinds in shape.items():
        assert isinstance(row[name], kinds), f"{name} is {type(row[name]).__name__}"
        assert bool in kinds or not isinstance(row[name], bool), f"{name} is bool"
