"""The precedence table: every row asks a known condition, and the first that holds decides."""

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import read_letter
from attrtrack.proposing.combine import answer
from attrtrack.proposing.hearing import CONDITIONS, Hearing, pool
from attrtrack.rules import Rules

_P, _U, _W = DisclosureAttribute
_LETTER = read_letter("关于停车收费的批复\n县城管局：\n" + "同意你局报来的方案，请抓紧组织实施并加强日常管理。" * 3)


def _hearing(
    mark: DisclosureAttribute | None = None,
    rules: tuple[DisclosureAttribute | None, float] = (None, 0.0),
    model: tuple[DisclosureAttribute, float] | None = None,
    *,
    pooled: dict[DisclosureAttribute, float] | None = None,
    genres: tuple[str, ...] = ("批复",),
) -> Hearing:
    return Hearing(
        mark=Opinion(Voice.MARK, mark, probability=0.97 if mark else None),
        rules=Opinion(Voice.RULES, rules[0], probability=rules[1] or None),
        model=Opinion(Voice.MODEL, model[0], probability=model[1]) if model else None,
        pooled=pooled or {_P: 0.8, _U: 0.15, _W: 0.05},
        letter=_LETTER,
        trained_genres=genres,
    )


def test_every_row_asks_a_known_condition(rules: Rules) -> None:
    """Conditions are named functions with their own sentence; each is asked, and the last row always holds."""
    assert {row.when for row in rules.precedence} == set(CONDITIONS)
    sentences = [condition.__doc__ for condition in CONDITIONS.values()]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)
    assert rules.precedence[-1].when == "otherwise"
    assert {row.follow for row in rules.precedence} <= {"mark", "rules", "precedent", "together", "none"}


def test_abstaining_rows_say_why(rules: Rules) -> None:
    """Who hands a document to a person says why, and only then."""
    for row in rules.precedence:
        assert bool(row.doubt) == row.abstain


@pytest.mark.parametrize(
    ("hearing", "attribute", "abstained"),
    [
        (_hearing(), None, True),
        (_hearing(mark=_U), _U, False),
        (_hearing(mark=_P, model=(_W, 0.95)), _P, True),
        (_hearing(rules=(_P, 0.8)), _P, False),
        (_hearing(rules=(_P, 0.5)), _P, True),
        (_hearing(rules=(_P, 0.8), model=(_P, 0.7)), _P, False),
        (_hearing(rules=(_P, 0.8), model=(_W, 0.95)), _P, True),
        (_hearing(rules=(_P, 0.8), model=(_W, 0.5)), _P, False),
        (_hearing(model=(_P, 0.9)), _P, False),
        (_hearing(model=(_P, 0.6)), _P, True),
        (_hearing(model=(_P, 0.9), genres=("通知",)), _P, True),
        (_hearing(rules=(_P, 0.6), model=(_P, 0.6), pooled={_P: 0.5, _U: 0.4, _W: 0.1}), _P, True),
    ],
)
def test_first_fitting_row_decides(
    hearing: Hearing, attribute: DisclosureAttribute | None, abstained: bool, rules: Rules
) -> None:
    """Mark before content, agreement before doubt, and doubt goes to a person."""
    said = answer(hearing, rules.precedence)
    assert (said.attribute, said.abstained) == (attribute, abstained)


def test_pooling_adds_log_odds() -> None:
    """No voice leaves equal shares; two voices for one attribute are surer than one."""
    assert pool()[_P] == pytest.approx(1 / 3)
    assert pool({_P: 1.0})[_P] < pool({_P: 1.0}, {_P: 1.0})[_P]
    assert sum(pool({_P: 50.0}, {_W: 700.0}).values()) == pytest.approx(1.0)
