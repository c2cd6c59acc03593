"""By which facts each measure sorts a row: the first answer that fits, else the denominator; written anew from the dictionary.

`DOCUMENTS` look at a document, `LINKED` at an interpretation beside a document, of which a document counts by its best. The
words in front name the columns that are looked at; the day on which a document was made, which may lie outside a measure's time, is one of each.
"""

from collections.abc import Callable
from typing import Any

N, D = "分子", "分母"
OPEN, SIGNED, WORKDAYS = ("主动公开", ""), ("signed", "published"), 20
WHOLE_DAY = len("2000-01-01")
Row = dict[str, str]
Answers = tuple[tuple[str, Callable[[Any, Row], object]], ...]


def is_public(row: Row) -> bool:
    """Whether a publication of a document is registered, be its day known or not."""
    return bool(row["published_on"]) or row["published"] == "是"


def is_reply(row: Row) -> bool:
    """Whether a document is a letter of reply: by its genre, or a 函 whose title says so."""
    told = any(word in row["title"] for word in ("复函", "函复", "答复", "批复"))
    return row["genre"] in ("批复", "复函", "答复", "答复书") or (row["genre"] == "函" and told)


TO_BE_PUBLIC: Answers = (
    ("attribute-not-proactive", lambda _, row: row["attribute"] not in OPEN),
    ("attribute-undeclared", lambda _, row: not row["attribute"] and not is_public(row)),
)
ELSEWHERE: Answers = (("publication-unknown", lambda _, row: row["state"] == "issued_elsewhere"),)
NOT_SIGNED: Answers = (("not-signed", lambda _, row: row["state"] not in SIGNED),)
DOCUMENTS: dict[str, tuple[str, Answers]] = {
    "interpretation-rate": ("公开属性、公开日期、是否应解读、关联已确认", (
        ("attribute-not-proactive", lambda _, row: row["attribute"] not in OPEN),
        ("attribute-undeclared", lambda _, row: not row["attribute"] and not row["published_on"]),
        ("need-undetermined", lambda _, row: not row["needs_interpretation"]),
        ("interpretation-not-needed", lambda _, row: row["needs_interpretation"] != "是"),
        (N, lambda facts, row: facts.of[row["id"]]),
    )),
    "labelled-rate": ("公开属性、来源有无公开属性栏", (
        (N, lambda _, row: row["attribute"]), ("attribute-not-asked", lambda _, row: row["attribute_asked"] != "是"),
    )),
    "reasoned-rate": ("公开属性、理由对应条款、须说明理由的公开属性", (
        ("attribute-undeclared", lambda _, row: not row["attribute"]),
        ("reason-not-required", lambda facts, row: row["attribute"] not in facts.said["reason_required_for"]),
        (N, lambda _, row: row["clause"]),
    )),
    "accurate-rate": ("公开属性、审核更正意见", (
        ("not-reviewed", lambda _, row: not row["checked"]), (N, lambda _, row: row["attribute"] == row["checked"]),
    )),
    "reply-public-rate": ("文种、标题、公开属性、公开日期、登记了公开", (
        ("not-a-reply", lambda _, row: not is_reply(row)), TO_BE_PUBLIC[1],
        (N, lambda _, row: row["attribute"] in OPEN),
    )),
    "published-rate": ("公开属性、状态、公开日期、登记了公开", (
        *TO_BE_PUBLIC, (N, lambda _, row: is_public(row)), *ELSEWHERE, *NOT_SIGNED,
    )),
    "publication-days": ("公开属性、状态、成文日期、公开日期、登记了公开、工作日", (
        *TO_BE_PUBLIC,
        ("publication-date-unknown", lambda _, row: not row["published_on"] and is_public(row)),
        (ELSEWHERE[0][0], lambda _, row: not row["published_on"] and row["state"] == "issued_elsewhere"),
        ("not-published", lambda _, row: not row["published_on"]),
        ("day-unknown", lambda _, row: len(row["date"]) < WHOLE_DAY),
        ("published-before-made", lambda _, row: row["published_on"] < row["date"]),
        (N, lambda facts, row: facts.days("publication-days", row) <= WORKDAYS),
    )),
    "interpretation-days": ("公开日期、登记了公开、解读发布日期、关联已确认、解读期限、工作日", (
        ("no-term-set", lambda facts, _: not facts.term),
        ("not-interpreted", lambda facts, row: not facts.of[row["id"]]),
        ("publication-date-unknown", lambda _, row: not row["published_on"] and is_public(row)),
        ("not-published", lambda _, row: not row["published_on"]),
        (N, lambda facts, row: (days := facts.days("interpretation-days", row)) is not None and days <= facts.term),
        ("interpretation-date-unknown", lambda facts, row: any(not one["published"] for one in facts.of[row["id"]])),
    )),
    "reexamined-rate": ("公开属性、状态、复查过", (
        (N, lambda _, row: row["examined"] == "是"), ("not-kept-back", lambda _, row: row["attribute"] in OPEN), *NOT_SIGNED,
    )),
}  # fmt: skip
LINKED: dict[str, tuple[str, Answers]] = {
    "diversified-rate": ("解读形式、关联已确认", (
        ("form-unknown", lambda _, row: not row["forms"]),
        (N, lambda facts, row: facts.said["counting_forms"] & set(row["forms"].split("、"))),
    )),
    "off-website-rate": ("解读渠道、关联已确认", (
        ("channel-unknown", lambda _, row: not row["channels"]),
        (N, lambda facts, row: facts.said["counting_channels"] & set(row["channels"].split("、"))),
    )),
    "mutual-links-rate": ("两页互链、关联已确认", (
        ("links-unread", lambda _, row: not row["mutual"]), (N, lambda _, row: row["mutual"] == "是"),
    )),
    "copied-rate": ("系摘抄、关联已确认", (
        ("text-missing", lambda _, row: not row["copied"]), (N, lambda _, row: row["copied"] == "是"),
    )),
}  # fmt: skip
UNKNOWING = {
    f"排除 {rule}"
    for rule in (
        "outside-validity", "attribute-not-asked", "channel-unknown", "day-unknown", "form-unknown", "interpretation-date-unknown",
        "links-unread", "no-term-set", "publication-date-unknown", "publication-unknown", "text-missing",
    )
}  # fmt: skip
"""What is left out because the register does not tell: where it leaves nothing, a measure cannot be assessed."""
