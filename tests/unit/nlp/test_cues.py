"""Cues: what a careful reader looks for, each with its own sentence."""

from dataclasses import replace

import pytest

from attrtrack.errors import RulesInvalidError
from attrtrack.nlp.cues import STRUCTURE, cues_of, structural_cues
from attrtrack.nlp.layout import read_letter
from attrtrack.rules import Rules

_SENTENCES = {
    "general-rule": ("各县（市）均按此执行", "你公司另行说明"),
    "own-matter": ("你公司二号井", "各县二号井"),
    "draft": ("对送审稿的意见", "现印发给你们"),
    "co-handle": ("提出会办意见", "提出处罚意见"),
    "illness": ("经诊断需手术", "经审查同意"),
    "trade": ("下游客户的报价", "下游村庄的水位"),
    "enforce": ("已立案调查", "已竣工验收"),
    "security": ("围墙有盲区", "道路有坡度"),
    "law-bar": ("不得对外提供", "应当对外公告"),
    "personnel": ("借调人员", "参保人员"),
    "logistics": ("调整办公用房", "调整建设用地"),
    "undecided": ("尚未确定", "业已确定"),
    "access": ("填表领取", "统一发放"),
    "verify": ("经查名册", "经过村庄"),
    "upward": ("恳请省厅批准", "予以批准"),
}


@pytest.mark.parametrize("name", _SENTENCES)
def test_cue_is_heard_where_it_stands(name: str, rules: Rules) -> None:
    """A cue is found in a sentence that shows it and not in one that does not."""
    cues = cues_of(rules)
    heard, unheard = _SENTENCES[name]
    assert cues.stands_in(name, heard)
    assert not cues.stands_in(name, unheard)


def test_every_cue_has_its_own_explanation(rules: Rules) -> None:
    """Explanations of table cues and of structural cues exist and are all distinct."""
    texts = [*(cue.explanation for cue in cues_of(rules).rows.values()), *(str(cue.__doc__) for cue in STRUCTURE)]
    assert all(len(text) > 3 for text in texts)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("addressee", "name"),
    [
        ("上坪云雾茶业有限公司", "addressed_to_firm"),
        ("李明霞代表", "addressed_to_deputy"),
        ("王秀英女士", "addressed_to_person"),
        ("各县（市、区）人民政府", "addressed_to_many"),
        ("溪口师范大学", "addressed_to_institution"),
        ("省人民政府", "addressed_to_higher"),
        ("", "addressed_to_nobody"),
    ],
)
def test_addressee_is_told_by_its_kind(addressee: str, name: str) -> None:
    """Firms, deputies, persons, all, institutions, superiors and nobody are told apart."""
    letter = read_letter("关于某事的函\n正文。", addressee=addressee)
    assert name in set(structural_cues(letter))


def test_broken_fragment_makes_the_table_invalid(rules: Rules) -> None:
    """A fragment that is no pattern is reported with its row, not met as a crash later."""
    broken = tuple(row._replace(words=("（[",)) if row.code == "cue-trade" else row for row in rules.lexicon)
    with pytest.raises(RulesInvalidError, match="cue-trade"):
        cues_of(replace(rules, lexicon=broken)).stands_in("trade", "商业秘密")
