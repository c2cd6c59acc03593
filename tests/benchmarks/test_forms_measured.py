"""Forms and channels of real pages against what readers judged, beside the majority class, with the confusion shown.

Every page counts: an abstention is wrong, and so is a page that readers could not decide. The first form or channel named
is the answer; for forms, which stand side by side, it is enough that the right one is among them. The rules are no
model: they were written on the publishers of one half (`half`) and first measured on the other half as they stood.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from attrtrack.domain.pages import Page
from attrtrack.linking import Recognised, find_channels, find_forms
from attrtrack.rules import Rules

SHARED = Path(os.environ.get("ATTRTRACK_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data folder is absent (ATTRTRACK_SHARED)"),
]
AIM = 0.90
REMARK = re.compile("（[^）]*）")  # the readers of the pages added where they found it: 转载, 镜像, 微信公众号, 供稿 …
ABSTAINS, UNDECIDED = "(none)", "(undecided)"
FORMS = {
    "text": "text", "Q&A": "qa", "press conference": "press-conference", "interview": "interview", "video": "video",
    "audio": "audio", "图解": "picture",
}  # fmt: skip
# Readers call "other" the copies that belong to no publisher: journals' abstracts, mirrors, third sites.
CHANNELS = {
    "government website": "government-website", "WeChat": "wechat", "newspaper": "newspaper", "news site": "news-site",
    "TV/video": "broadcast", "press conference": "press-conference", "other": "repost",
}  # fmt: skip


@cache
def rows() -> list[dict[str, Any]]:
    """Read the judged pages once."""
    lines = (SHARED / "links" / "interpretations.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def a_page(row: dict[str, Any]) -> Page:
    """Make the page as it is given: no parts are known of it."""
    return Page(row.get("title"), row.get("text") or "", publisher=row["publisher"], address=row.get("url"))


def half(row: dict[str, Any]) -> int:
    """Return which half a page's host (its publisher where no address is given) belongs to: 1 was read, 0 was not."""
    address = row.get("url") or ""
    host = urlsplit(address if "//" in address else f"//{address}").hostname
    return hashlib.sha256(f"attr{host or 'pub:' + row['publisher']}".encode()).digest()[0] % 2


def right_share(answers: Sequence[tuple[str, str]]) -> float:
    """Return the share of (given, right) answers that agree."""
    return sum(given == right for given, right in answers) / len(answers)


def print_confusion(what: str, answers: Sequence[tuple[str, str]]) -> None:
    """Print how often each right answer was given each answer."""
    counts = Counter(answers)
    given = sorted({item for item, _ in answers})
    print(f"\n{what}: rows judged by readers, columns recognised\n{'':20}" + "".join(f"{item:>20}" for item in given))
    for right in sorted({item for _, item in answers}):
        print(f"{right:20}" + "".join(f"{counts[item, right] or '.':>20}" for item in given))


def print_shares(what: str, answers: Sequence[tuple[str, str]], found: Sequence[Sequence[Recognised]]) -> float:
    """Print the accuracy of all and of each half, what was abstained from or assumed, and the majority; return all's."""
    majority = Counter(right for _, right in answers).most_common(1)[0]
    halves = [[answer for answer, row in zip(answers, rows(), strict=True) if half(row) is number] for number in (1, 0)]
    share = right_share(answers)
    read, unread = (right_share(part) if part else float("nan") for part in halves)
    print(f"{what}: {share:.3f} of {len(answers)} right; always {majority[0]}: {majority[1] / len(answers):.3f}")
    print(
        f"  publishers read while writing {read:.3f} of {len(halves[0])}, the others {unread:.3f} of {len(halves[1])}"
    )
    for name, part in (
        ("shown", [bool(items) and not items[0].assumed for items in found]),
        ("assumed", [bool(items) and items[0].assumed for items in found]),
    ):
        chosen = [answer for answer, is_in in zip(answers, part, strict=True) if is_in]
        if chosen:
            print(f"  {name}: {len(chosen)}, {right_share(chosen):.3f} right")
    print(f"  abstained: {sum(not items for items in found)}")
    return share


def test_forms_of_real_pages(rules: Rules) -> None:
    """The right form is among those recognised on nine of ten pages, and more often than by always saying text."""
    found = [find_forms(a_page(row), rules) for row in rows()]
    answers = []
    for items, row in zip(found, rows(), strict=True):
        right = FORMS.get(row["format"], UNDECIDED)
        codes = [item.code for item in items]
        answers.append((right if right in codes else next(iter(codes), ABSTAINS), right))
    print_confusion("forms", answers)
    share = print_shares("forms", answers, found)
    print(f"  several forms at once: {sum(len(items) > 1 for items in found)}")
    assert share >= AIM
    assert share > Counter(right for _, right in answers).most_common(1)[0][1] / len(answers)


def test_channels_of_real_pages(rules: Rules) -> None:
    """The first channel named is right on nine of ten pages, and more often than by always saying government website."""
    found = [find_channels(a_page(row), rules) for row in rows()]
    answers = [
        (next((item.code for item in items), ABSTAINS), CHANNELS.get(row["channel"], UNDECIDED))
        for items, row in zip(found, rows(), strict=True)
    ]
    print_confusion("channels", answers)
    share = print_shares("channels", answers, found)
    print(f"  several channels at once: {sum(len(items) > 1 for items in found)}")
    bare = [find_channels(replace(a_page(row), publisher=REMARK.sub("", row["publisher"])), rules) for row in rows()]
    unaided = [
        (next((item.code for item in items), ABSTAINS), right) for items, (_, right) in zip(bare, answers, strict=True)
    ]
    print_confusion("channels without the readers' remarks on publishers", unaided)
    print(f"  without remarks: {right_share(unaided):.3f}")
    assert share >= AIM
    assert share > Counter(right for _, right in answers).most_common(1)[0][1] / len(answers)
