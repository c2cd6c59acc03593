"""Cutting into words: the fast library gives what the reference library gives."""

from repository import ROOT

from attrtrack.nlp.corpus import load_corpus
from attrtrack.nlp.normalizer import normalise
from attrtrack.nlp.tokenizer import cut, cut_with_jieba


def test_fast_and_reference_segmentation_agree() -> None:
    """The two libraries cut the training letters into the same words of ideographs."""
    for row in load_corpus(ROOT / "training_data")[::5]:
        text = normalise(row.text).text
        assert _ideographic(cut(text)) == _ideographic(cut_with_jieba(text)), row.id


def _ideographic(words: list[str]) -> list[str]:
    return [word for word in words if "\u4e00" <= word[0] <= "\u9fff"]


def test_words_add_up_to_the_text() -> None:
    """Nothing is lost in cutting."""
    text = "关于同意调整供水价格的批复：每立方米2.4元。"
    assert "".join(cut(text)) == text
