"""Other ways to tell the attribute of a letter, built from plain parts: what attrtrack is measured against.

A peer learns from labelled letters and returns what judges others. None abstains, none gives a reason.

`paperless` follows the classifier of paperless-ngx 2 (format 9 of its model file): lower-case, white space folded,
every sign that is no word character a space; its stop words and stems exist for a dozen European languages, so that a
Chinese office (`chi_sim`) gets neither. Then words of two characters or more and pairs of them, in one document of a
hundred at least, and a network of scikit-learn's defaults that stops early. Only the random seed is ours.
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline, make_union

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.baseline import train_baseline
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.figures import Prediction
from attrtrack.nlp.tokenizer import cut
from attrtrack.rules import Rules

Judge = Callable[[Sequence[LetterRow]], list[Prediction]]
Peer = Callable[[Sequence[LetterRow]], Judge]

MAJORITY, KEYWORDS, PHRASES = "majority", "keyword rules", "length, issuer, phrases"
PAPERLESS, CHARACTERS, WORDS = "paperless-ngx", "char n-grams", "chars + words"

KEYWORDS_OF = {
    DisclosureAttribute.WITHHELD: (
        "商业秘密", "个人隐私", "技术秘密", "工作秘密", "内部", "敏感", "涉密", "保密", "不予公开", "不宜公开",
        "征求意见", "会办", "协办意见", "请示", "编制", "人事", "任免", "借调", "办公用房", "公务用车", "会议纪要",
        "线索", "立案", "案件", "执法案卷", "社会稳定", "应急储备", "草案", "讨论稿", "妥否",
    ),
    DisclosureAttribute.ON_REQUEST: (
        "依申请", "你单位", "你公司", "贵公司", "你院", "你校", "申请人", "咨询", "查证", "查询", "核实", "证明",
        "补正", "档案", "资格", "许可证", "来信", "信访", "个体", "该户", "该企业",
    ),
    DisclosureAttribute.PROACTIVE: (
        "规划", "预算", "决算", "收费", "价格", "标准", "征收", "采购", "招标", "招聘", "公告", "通告", "公示",
        "实施方案", "管理办法", "规范性文件", "补贴", "救助", "教育", "医保", "养老", "环境", "食品", "药品",
        "安全生产", "应急预案", "地名", "项目", "建议", "提案", "适用", "各区", "各县",
    ),
}  # fmt: skip
"""A table such as offices keep: words that are held to be signs; the attribute with the most words found wins."""


def peers(rules: Rules) -> Mapping[str, Peer]:
    """Return every peer by name."""
    return {
        MAJORITY: majority,
        KEYWORDS: by_keywords,
        PHRASES: partial(by_stock_phrases, rules=rules),
        PAPERLESS: paperless,
        CHARACTERS: by_characters,
        WORDS: by_characters_and_words,
    }


def majority(seen: Sequence[LetterRow]) -> Judge:
    """Say what most letters seen are."""
    counts = Counter(row.label for row in seen)
    best = max(sorted(counts), key=lambda label: counts[label])
    said = Prediction(best, counts[best] / len(seen))
    return lambda rows: [said for _ in rows]


def by_keywords(_seen: Sequence[LetterRow]) -> Judge:
    """Count the signs of each attribute; as many for two: the more secretive; none: to be published."""
    return lambda rows: [_counted(row.text) for row in rows]


def _counted(text: str) -> Prediction:
    found = {label: sum(word in text for word in words) for label, words in KEYWORDS_OF.items()}
    total = sum(found.values())
    if not total:
        return Prediction(DisclosureAttribute.PROACTIVE, 1 / len(found))
    best = max(found, key=lambda label: found[label])
    return Prediction(best, found[best] / total)


def by_stock_phrases(seen: Sequence[LetterRow], *, rules: Rules) -> Judge:
    """Say what length, kind of issuer and stock phrases alone would suggest."""
    predict = train_baseline(seen, rules)
    return lambda rows: [Prediction(*predict(row)) for row in rows]


def paperless(seen: Sequence[LetterRow]) -> Judge:
    """Train the pipeline of paperless-ngx."""
    words = CountVectorizer(
        preprocessor=paperless_words, analyzer="word", ngram_range=(1, 2), min_df=0.01
    )  # its preprocessing has lowered the text already
    return _trained(make_pipeline(words, MLPClassifier(tol=0.01, random_state=0)), seen)


def paperless_words(text: str) -> str:
    """Return the text as paperless-ngx hands it to its word counter when the language has no stop words."""
    return re.sub(r"[^\w\s]", " ", re.sub(r"\s+", " ", text.lower().strip()))


def by_characters(seen: Sequence[LetterRow]) -> Judge:
    """Train a logistic regression on runs of one to three characters."""
    return _trained(make_pipeline(_characters(), _regression()), seen)


def by_characters_and_words(seen: Sequence[LetterRow]) -> Judge:
    """Train a logistic regression on the same runs and on jieba's words and pairs of words."""
    words = TfidfVectorizer(
        tokenizer=cut, token_pattern=None, lowercase=False, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    return _trained(make_pipeline(make_union(_characters(), words), _regression()), seen)


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)


def _regression() -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=1000)


def _trained(pipeline: Any, seen: Sequence[LetterRow]) -> Judge:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # what the peer's own settings make of it is its figure
        pipeline.fit([row.text for row in seen], [row.label.value for row in seen])

    def judge(rows: Sequence[LetterRow]) -> list[Prediction]:
        shares = pipeline.predict_proba([row.text for row in rows])
        return [_likeliest(pipeline.classes_, share) for share in shares]

    return judge


def _likeliest(classes: Iterable[str], shares: Iterable[float]) -> Prediction:
    probability, name = max(zip(shares, classes, strict=True))
    return Prediction(DisclosureAttribute(str(name)), float(probability))
