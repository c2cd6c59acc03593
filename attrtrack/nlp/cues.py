# ruff: noqa: D400 - docstrings of cues are the Chinese sentences that people read
"""What a careful reader looks for: cues of the lexicon, and named functions about genre, addressee and title.

Every cue has a sentence that people read (the row's `purpose` or the function's docstring), all of them distinct.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attrtrack.errors import RulesInvalidError
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.masking import is_ideographic
from attrtrack.nlp.sieve import Candidates
from attrtrack.rules.tables import Rules

Heard = Sequence[Sequence[str]]
"""For each line of a text the names of the cues that stand in it."""
_PREFIX = "cue-"
_FIRM = re.compile(r"公司|厂$|合作社|银行|[分支]行$|支公司|集团|企业$|商行|经营部|农场$|店$")
_DEPUTY = re.compile(r"代表|委员|政协|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联")
_PERSON = ("先生", "女士", "同志", "居民", "业主")
_NAME_OF_A_PERSON = range(2, 5)
_MANY = re.compile(r"^各|[，、；]各|有关单位")
_INSTITUTION = re.compile(r"大学|学院|研究[院所]|学校|[小中]学|馆$|医院|出版社|事务所|协会$|学会$|委员会$|社区")
_HIGHER = re.compile(r"^(?:国家|国务院|省|自治区)|(?:省|自治区|州)[^，]{0,12}(?:政府|厅|委员会|局)$|市(?:人民政府|委)$")
_SUGGESTION = re.compile(r"建议|提案|议案")


@dataclass(frozen=True)
class Cue:
    """One cue of the lexicon (`cue-trade` -> `trade`): its pattern, compiled when first needed, and what people read."""

    name: str
    source: str
    explanation: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; a fragment that is none makes the table invalid (`RulesInvalidError`)."""
        try:
            return re.compile(self.source)
        except re.error as error:
            raise RulesInvalidError(
                f"规则表 lexicon.toml {_PREFIX}{self.name} 不是有效的正则表达式：{error}。"
            ) from error


@dataclass(frozen=True)
class Cues:
    """The cues of one lexicon, by name."""

    rows: Mapping[str, Cue]

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The patterns of the cues, for a sieve."""
        return tuple(cue.source for cue in self.rows.values())

    def stands_in(self, name: str, text: str) -> bool:
        """Whether the cue stands anywhere in `text`."""
        return self.rows[name].pattern.search(text) is not None

    def heard(self, candidates: Candidates) -> list[list[str]]:
        """Return for each of the lines of a text the names of the cues that stand in it."""
        heard: list[list[str]] = [[] for _ in candidates.lines]
        for cue in self.rows.values():
            if cue.source in candidates.tries:
                for place in candidates.all(cue.source):
                    heard[place].append(cue.name)
        return heard


def cues_of(rules: Rules) -> Cues:
    """Return the lexicon's cues."""
    return Cues(
        {
            (name := row.code.removeprefix(_PREFIX)): Cue(name, "|".join(row.words), row.purpose)
            for row in rules.lexicon
            if row.code.startswith(_PREFIX)
        }
    )


def addressed_to_firm(letter: Letter) -> bool:
    """收文者是企业。"""
    return bool(_FIRM.search(letter.addressee))


def addressed_to_deputy(letter: Letter) -> bool:
    """收文者是人大代表、政协委员或者提案团体。"""
    return bool(_DEPUTY.search(letter.addressee)) and not addressed_to_firm(letter)


def addressed_to_person(letter: Letter) -> bool:
    """收文者是个人。"""
    name = letter.addressee
    is_name = len(name) in _NAME_OF_A_PERSON and all(part == "·" or is_ideographic(part) for part in name)
    return (is_name or name.endswith(_PERSON)) and not addressed_to_deputy(letter)


def addressed_to_many(letter: Letter) -> bool:
    """收文者是各地区、各单位。"""
    return bool(_MANY.search(letter.addressee))


def addressed_to_institution(letter: Letter) -> bool:
    """收文者是学校、医院、馆所、协会等单位。"""
    return bool(_INSTITUTION.search(letter.addressee)) and not addressed_to_deputy(letter)


def addressed_to_higher(letter: Letter) -> bool:
    """收文者看来是上级机关。"""
    return bool(_HIGHER.search(letter.addressee)) and not addressed_to_many(letter)


def addressed_to_nobody(letter: Letter) -> bool:
    """没有主送机关，面向社会发布。"""
    return len(letter.addressee) <= 1


def title_names_firm(letter: Letter) -> bool:
    """标题点到企业。"""
    return bool(_FIRM.search(letter.title))


def title_names_suggestion(letter: Letter) -> bool:
    """标题是对建议、提案的办理。"""
    return bool(_SUGGESTION.search(letter.title))


STRUCTURE = (
    addressed_to_firm,
    addressed_to_deputy,
    addressed_to_person,
    addressed_to_many,
    addressed_to_institution,
    addressed_to_higher,
    addressed_to_nobody,
    title_names_firm,
    title_names_suggestion,
)


def structural_cues(letter: Letter) -> Iterator[str]:
    """Yield the names of the structural cues that hold."""
    return (cue.__name__ for cue in STRUCTURE if cue(letter))
