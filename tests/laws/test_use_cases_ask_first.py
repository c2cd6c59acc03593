"""Every use case asks whether the person acting may, before it opens the register."""

import ast
from collections.abc import Iterator

from repository import ROOT

OPENERS = {"unit_of_work", "reading"}
ASKED_BEFORE = {
    "signing_in": "opens before anybody acts",
    "permitting": "journals the refusal itself",
    "app": "is the opener",
    "answering": "keeps the answers to a person's own requests, for that person",
    "standing": "makes derived rows again for whoever reads them, who has been asked",
    "indexing": "indexes again for whoever searches, who has been asked",
    "readiness": "tells whether the register is there, and nothing of what is in it",
    **dict.fromkeys(
        ("jobs", "job_imports", "job_archive", "job_audit", "job_running", "job_parts"),
        "a job acts by the access of whoever started it, which was asked when it was started",
    ),
}
"""Modules that open the register without asking, and why."""
INNER = {
    "accounts.grant_role": "asks, unless a system administrator names the first security administrator",
    "accounts.rebind_identity": "asks in the use case that it calls",
    "accounts.own_account": "is about oneself",
    "accounts.add_account": "asks unless it is the first account, or recovery at the console",
    "accounts.add_first_account": "there is nobody to ask before the first account",
    "accounts.revoke_token": "one's own token needs no right",
    "accounts.list_tokens": "one's own tokens need no right",
    "assessment_tasks.set_visit": "asks in `grading.assessing`, which asks for the right and whose unit it is",
}


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted((ROOT / "attrtrack" / "workflow").glob("*.py")):
        if path.stem in ASKED_BEFORE:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.stem}.{node.name}", node


def _calls(node: ast.AST) -> set[str]:
    named = (item.func for item in ast.walk(node) if isinstance(item, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in named}


def test_use_cases_ask_first() -> None:
    """A public function of the corridor that opens the register calls `permitted`, or is told here with its reason."""
    silent = {name for name, node in _functions() if _calls(node) & OPENERS and "permitted" not in _calls(node)}
    assert silent - set(INNER) == set()


def test_exceptions_are_still_there() -> None:
    """A reason given for a function that is no more would excuse the next one of that name."""
    assert set(INNER) <= {name for name, _ in _functions()}
