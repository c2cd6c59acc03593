"""What people of an office say and do about a letter, put together at random: what usually comes next, or anything at all."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from register_watch import SETTLED, Watch

from attrtrack.domain.access import RIGHTS, Right, Role
from attrtrack.domain.people import same_person

UNIT, OTHER, JOINT = "云栖市住建局", "云栖市水务局", "云栖市财政局"
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "lini": (UNIT, (Role.DRAFTER,)),
    "sunboth": (UNIT, (Role.DRAFTER, Role.OFFICE, Role.SIGNATORY)),
    "zhao": (UNIT, (Role.OFFICE,)),
    "qian": (UNIT, (Role.OFFICE,)),
    "wang": (UNIT, (Role.SIGNATORY,)),
    "outsider": (OTHER, (Role.DRAFTER, Role.OFFICE, Role.SIGNATORY)),
}
TYPED = {"lini": ("lini", "LiNi", "ｌｉｎｉ"), "wang": ("wang", "wang "), "sunboth": ("sunboth", "Sun Both")}
"""How a name may be typed at a desk without accounts."""
REASONS = ("R16-2c", "U27-1", "危及公共安全", "", " \u3000", None, "其他不宜公开的信息", "不便")
SOUND = {"withheld": "R16-2c", "on_request": "U27-1", "proactive": None}
ATTRIBUTES = tuple(SOUND)
NEEDED = {
    "record": {Right.RECORD}, "declare": {Right.DECLARE}, "review": {Right.REVIEW}, "secrecy": {Right.REVIEW_SECRECY},
    "opinion": {Right.REVIEW, Right.DECLARE}, "sign": {Right.SIGN}, "publish": {Right.PUBLISH},
    "withdraw": {Right.WITHDRAW}, "reexamine": {Right.REEXAMINE}, "retract": {Right.REVIEW}, "correct": {Right.WITHDRAW},
}  # fmt: skip
ACTS = ("declare", "review", "secrecy", "opinion", "sign", "publish", "withdraw", "reexamine", "retract", "correct")
SECRET = "机密★10年"
POOR = {"title": f"{SECRET} 关于某事的批复", "genre": "便条", "date": "二月三十", "addressee": "长" * 501}
"""What is no element; the first must not be told of anywhere."""
DAY = dt.date(2024, 6, 1)


@dataclass
class Letter:
    """What a step needs to know: the act, its document, who acts, and what is said."""

    act: str
    key: int
    person: str
    said: dict[str, Any]


@dataclass
class Writer:
    """Makes letters up."""

    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def text(self, chance: random.Random) -> str:
        """Write a letter that nobody has written before."""
        number = next(self._numbers)
        joint = f"{UNIT} {JOINT}" if chance.random() < 0.3 else UNIT
        mark = chance.choice(("", "", "", "（此件公开发布）\n"))
        return (
            f"{joint}\n关于第{number}号事项的请示\n市政府：\n现将第{number}号事项的意见报上，请审定。\n"
            f"{UNIT}\n2024年5月18日\n{mark}"
        )

    def person(self, chance: random.Random, act: str) -> str:
        """Choose somebody who is likely to act so."""
        if chance.random() < 0.25:
            return chance.choice(list(PEOPLE))
        wanted = NEEDED[act]
        fit = [
            name
            for name, (unit, roles) in PEOPLE.items()
            if unit == UNIT and any(wanted & RIGHTS[role] for role in roles)
        ]
        return chance.choice(fit)

    def next(self, chance: random.Random, watch: Watch, key: int) -> Letter:
        """Choose what usually comes next, or a step back from it."""
        said = watch.words_on(watch.newest("declarations", key))
        if said and said[-1]["result"] != "retract" and chance.random() < 0.4:
            return Letter("retract", key, _speaker(said[-1]["reviewed_by"]), {})
        if not said and chance.random() < 0.15:
            return self.letter(chance, "correct", key)
        return self._onward(chance, watch, key)

    def _onward(self, chance: random.Random, watch: Watch, key: int) -> Letter:
        document, declared = watch.document(key), watch.newest("declarations", key)
        state = document["state"] if document else ""
        if state in {"draft", "returned"} or declared is None:
            return self.sound(chance, key)
        if state in SETTLED:
            decided = watch.of("decisions", key)[-1]
            act = chance.choice(("publish", "declare", "reexamine", "sign"))
            if act == "declare" or decided["attribute"] == declared["attribute"] == "proactive":
                return self.sound(chance, key) if act == "declare" else self.letter(chance, act, key)
            return self.letter(chance, act, key)
        secret = watch.newest("secrecy_reviews", key)
        if declared["attribute"] == "proactive" and secret is None:
            said = {"result": "cleared", "personal_data_cleared": True, "note": None}
            return Letter("secrecy", key, self.person(chance, "secrecy"), said)
        if chance.random() < 0.25:
            return self.letter(chance, "review", key)
        return self.letter(chance, "sign", key)

    def sound(self, chance: random.Random, key: int) -> Letter:
        """Declare with a reason that the gate takes."""
        attribute = chance.choice(ATTRIBUTES)
        said = {"attribute": attribute, "reason": SOUND[attribute], "because": "情况有变化"}
        return Letter("declare", key, self.person(chance, "declare"), said)

    def any(self, chance: random.Random, key: int) -> Letter:
        """Do whatever comes to mind."""
        return self.letter(chance, chance.choice(ACTS), key)

    def letter(self, chance: random.Random, act: str, key: int) -> Letter:
        """Act in some way, with words that are right or not."""
        words = chance.choice(("理由充分，请照办", "", " \u3000"))
        said: dict[str, Any] = {
            "declare": lambda: {
                "attribute": chance.choice(ATTRIBUTES), "reason": chance.choice(REASONS),
                "because": chance.choice((None, "情况有变化")),
            },
            "review": lambda: {"result": chance.choice(("agree", "agree", "return", "dispute")), "comment": words or None},
            "secrecy": lambda: {
                "result": chance.choice(("cleared", "cleared", "partly", "refused")), "note": None,
                "personal_data_cleared": chance.random() < 0.7,
            },
            "opinion": lambda: {"unit": chance.choice((JOINT, JOINT, OTHER)), "result": chance.choice(("agree", "disagree")), "comment": None},
            "sign": lambda: {"because": chance.choice((None, None, "意见已经研究", " "))},
            "publish": lambda: {"url": f"https://www.example.gov.cn/{key}", "date": DAY, "channel": "government-website"},
            "withdraw": lambda: {"because": chance.choice(("改由上级发文", " "))},
            "reexamine": lambda: {"result": chance.choice(("keep", "change")), "because": chance.choice(("仍未成熟", ""))},
            "retract": dict,
            "correct": lambda: self.elements(chance),
        }[act]()  # fmt: skip
        if act == "review" and said["result"] == "dispute":
            said["attribute"] = chance.choice((*ATTRIBUTES, None))
        return Letter(act, key, self.person(chance, act), said)

    def elements(self, chance: random.Random) -> dict[str, str]:
        """State the elements of a draft: those of a ledger's row, too, or what is none."""
        number = chance.randrange(6)
        stated = {
            "title": chance.choice((f"关于第{number}件事的通知", f"关于第{number}号事项的意见", "")),
            "number": chance.choice((f"云建发〔2024〕{number}号", "")),
            "genre": chance.choice(("通知", "意见", "请示", "")),
            "issuer": chance.choice((UNIT, f"{UNIT} {JOINT}")),
            "addressee": chance.choice(("市政府", "各县", "")),
            "date": chance.choice(("2024-05-18", "2024-06", "")),
            "drafting_department": chance.choice(("村镇科", "")),
        }
        if chance.random() < 0.15:
            name = chance.choice(list(POOR))
            stated[name] = POOR[name]
        return stated


def _speaker(name: str) -> str:
    """Say who of the office a name in the register is; whoever it is not, was a stranger's forgery."""
    return next((person for person in PEOPLE if same_person(person, name)), "zhao")
