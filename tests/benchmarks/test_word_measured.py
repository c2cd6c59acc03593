"""Binary Word files against the office program's own text of them: what is in its text and not in ours."""

from collections import Counter
from pathlib import Path

import pytest
from office_program import converted
from shared_data import shared

from attrtrack.errors import InputRefusedError
from attrtrack.reading import read_source

pytestmark = pytest.mark.shared
_LETTERS = 4
_LEAST = 0.99


def quadruples(text: str) -> Counter[str]:
    """Count the runs of four characters, white space aside."""
    bare = "".join(text.split())
    return Counter(bare[at : at + _LETTERS] for at in range(max(1, len(bare) - _LETTERS + 1)))


def test_nothing_of_the_office_programs_text_is_missing(tmp_path: Path) -> None:
    """Of every Word document among the reference files the text that the office program finds is in ours too."""
    paths = [path for kind in ("doc", "wps") for path in sorted(shared(f"data/files/{kind}").iterdir())]
    ours: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for number, path in enumerate(paths):
        try:
            ours[f"{number}.doc"] = read_source(path.read_bytes(), path.name).text
            files[f"{number}.doc"] = path.read_bytes()
        except InputRefusedError as error:
            print(f"{path.name}: {error.code}")
    assert files
    for name, data in converted(files, "txt:Text (encoded):UTF8", tmp_path).items():
        theirs, mine = quadruples(data.decode("utf-8-sig")), quadruples(ours[name])
        share = (theirs & mine).total() / theirs.total()
        print(f"{name}: {share:.4f} of their text is in ours, {(mine - theirs).total()} of ours not in theirs")
        assert share >= _LEAST
