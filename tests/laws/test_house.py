"""The laws of the house that a tool can check on the source."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from attrtrack import errors
from attrtrack.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for folder in ("attrtrack", "api") for p in (ROOT / folder).rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager"}
HEAVY = ("sklearn", "sqlalchemy", "fastapi", "jieba", "pandas", "scipy", "docx")


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every function of the program."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_files_are_short() -> None:
    """Files: median at most 100 lines, none over 400."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert statistics.median(lengths.values()) <= 100
    assert [str(path) for path, length in lengths.items() if length > 400] == []


def test_functions_are_short() -> None:
    """Functions: median at most 10 lines, none over 50."""
    lengths = [(path, node.name, (node.end_lineno or 0) - node.lineno + 1) for path, node in functions()]
    assert statistics.median(length for _, _, length in lengths) <= 10
    assert [(str(path), name, length) for path, name, length in lengths if length > 50] == []


ASYNCHRONOUS = {
    "api/bodies.py",
    "api/guarding.py",
    "api/kept.py",
    "api/metering.py",
    "api/security.py",
    "api/uploads.py",
    "attrtrack/storage/queue.py",
}
"""What speaks the interface of the web server or of the queue, which is asynchronous; none of it does any work itself."""


def test_no_async() -> None:
    """Sync all the way: the work is CPU work; only the server's own middleware interface is asynchronous."""
    found = {path.relative_to(ROOT).as_posix() for path, node in functions() if isinstance(node, ast.AsyncFunctionDef)}
    assert found <= ASYNCHRONOUS


def test_names_say_something() -> None:
    """No module is called utils, helpers, common, misc or manager."""
    assert [str(path) for path in SOURCES if path.stem in FORBIDDEN_NAMES] == []


def test_no_pickle() -> None:
    """Model files are data; nothing in the program loads a pickle."""
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"^\s*(?:import|from) (?:pickle|joblib|dill|cloudpickle|marshal|shelve)\b", text, re.MULTILINE
        ), path


def test_command_line_starts_light() -> None:
    """Importing the command line and the suggestion path loads no training library, no database toolkit, no web framework."""
    program = (
        f"import sys, attrtrack.cli.main, attrtrack.cli.suggesting\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def error_classes() -> list[type[errors.AttrtrackError]]:
    """Return the whole error tree."""
    found, queue = [], [errors.AttrtrackError]
    while queue:
        found.append(queue.pop())
        queue += found[-1].__subclasses__()
    return found


def test_error_codes_are_stable_words_and_distinct() -> None:
    """Each class of the tree has a code of its own and a sentence."""
    classes = error_classes()
    codes = [item.code for item in classes]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code) for code in codes)
    assert all(item.__doc__ for item in classes)


@pytest.mark.parametrize(
    "code", ["classified", "scan-without-text", "encrypted", "broken", "unsupported-format", "too-large", "empty"]
)
def test_contract_error_codes_exist(code: str) -> None:
    """The codes that other programs read are in the tree."""
    assert code in {item.code for item in error_classes()}


def test_findings_named_in_code_exist(rules: Rules) -> None:
    """Every finding code that the program names stands in the table, and every row of the table is named somewhere."""
    known = {row.code for row in rules.findings}
    used = set()
    for path in SOURCES:
        used |= set(re.findall(r"\bfinding\(\s*\"([a-z-]+)\"", path.read_text(encoding="utf-8")))
    assert used - known == set()
