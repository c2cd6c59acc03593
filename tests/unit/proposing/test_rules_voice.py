"""The voice of the rules: where they look, what forbids them, how they weigh."""

from builders import a_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.layout import read_letter
from attrtrack.nlp.sieve import Sieve
from attrtrack.proposing.by_rule import CompiledRule, CompiledRules, find_hits, hear_rules, rule_support, search
from attrtrack.rules.schema import AttributeRuleRow

_ROW = AttributeRuleRow(
    code="fee",
    attribute=DisclosureAttribute.PROACTIVE,
    reason="P20-08",
    strength=0.8,
    genres=("批复",),
    where="body",
    pattern="收费标准",
    unless="征求意见",
    text="确定收费",
    examples=(),
    counterexamples=(),
    guide=("S3:R16-1a",),
    source="",
)
_TEXT = "关于停车收费的批复\n县城管局：\n同意你局方案。收费标准为每小时2元。\n县发展改革局\n2024年5月6日"


def _rule(**changes: object) -> CompiledRule:
    return CompiledRule(_ROW._replace(**changes))


def test_rule_quotes_its_sentence() -> None:
    """The hit is the sentence that fulfils the rule, at its place in the source."""
    (hit,) = find_hits(read_letter(_TEXT), [_rule()])
    assert hit.span is not None
    assert hit.span.of(_TEXT) == "收费标准为每小时2元。"


def test_genre_and_exception_silence_a_rule() -> None:
    """Another genre, or the exception anywhere in the document, and the rule does not speak."""
    assert find_hits(read_letter(_TEXT, genre="函"), [_rule()]) == ()
    assert find_hits(read_letter(_TEXT.replace("同意你局方案", "对征求意见稿回复如下")), [_rule()]) == ()


def test_rule_looks_only_where_it_should() -> None:
    """A rule on the heading does not read the body, and its exception neither."""
    letter = read_letter(_TEXT.replace("同意你局方案", "对征求意见稿回复如下"))
    assert find_hits(letter, [_rule(where="heading", pattern="每小时")]) == ()
    (hit,) = find_hits(letter, [_rule(where="heading", pattern="停车收费")])
    assert hit.span is not None
    assert hit.span.of(_TEXT) == "关于停车收费的批复"
    assert find_hits(letter, [_rule(where="title", pattern="停车收费")]) == ()


def test_title_that_is_not_in_the_text_is_not_quoted() -> None:
    """A title given beside the text fulfils the rule without a quotation."""
    letter = read_letter("同意你局方案。", title="关于停车收费的批复")
    (hit,) = find_hits(letter, [_rule(where="title", pattern="停车收费")])
    assert hit.span is None


def test_more_rules_of_one_kind_weigh_more_and_opposites_cancel() -> None:
    """Two rules for one attribute speak louder than one; equal rules for two attributes leave no winner."""
    letter = read_letter(_TEXT)
    one = find_hits(letter, [_rule()])
    two = find_hits(letter, [_rule(), _rule(code="fee-2")])
    assert rule_support(two)[DisclosureAttribute.PROACTIVE] > rule_support(one)[DisclosureAttribute.PROACTIVE]
    against = find_hits(letter, [_rule(), _rule(code="no", attribute=DisclosureAttribute.WITHHELD, reason="R16-2b")])
    opinion = hear_rules(a_document(_TEXT), against)
    assert opinion.probability is not None
    assert opinion.probability < 0.5


def test_letters_searched_together_fulfil_what_each_fulfils_alone() -> None:
    """Wherever a rule looks, and whatever its exception, no letter answers for its neighbour."""
    texts = [
        _TEXT,
        _TEXT.replace("停车收费", "停车管理"),
        _TEXT.replace("同意你局方案", "对征求意见稿回复如下"),
        "停车收费标准",
        "",
        _TEXT.replace("同意你局方案。", "收费标准另定。请执行。请监督。"),
    ]
    letters = [*map(read_letter, texts), read_letter(_TEXT, genre="函")]
    wheres = ("body", "opening", "closing", "title", "heading", "whole")
    rows = [
        _rule(code=f"{where}{unless}", where=where, unless=unless) for where in wheres for unless in ("", "征求意见")
    ]
    rules = CompiledRules([*rows, _rule(code="any", genres=(), where="whole", pattern=r"\d|停车")])
    together = rules.find_in(search(letters, Sieve(rules.patterns)))
    assert together == [rules.find_hits(letter) for letter in letters]
    assert len(set(together)) > len(texts) - 2


def test_one_sentence_of_a_long_document_says_little() -> None:
    """The same sentence weighs less among hundreds."""
    long = _TEXT.replace("同意你局方案。", "同意你局方案。" * 400)
    (short_hit,) = find_hits(read_letter(_TEXT), [_rule()])
    (long_hit,) = find_hits(read_letter(long), [_rule()])
    assert 0.5 < long_hit.strength < short_hit.strength


def test_no_rule_no_opinion() -> None:
    """Silence of the rules is an opinion without attribute."""
    assert hear_rules(a_document(), ()).attribute is None
