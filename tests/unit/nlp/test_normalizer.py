"""Normalising for matching, with the way back to the source."""

import sys

import pytest

from attrtrack.nlp.normalizer import _UNUSUAL, fold_sign, is_traditional, normalise

_CONVERTED = (
    "市政府辦公廳關於進一步做好政府檔案公開工作的通知，請各區縣、各部門認真貫徹執行，並於年底前報送入口網站建設情況。"
)
_PLAIN = (
    "市政府办公厅关于进一步做好政府文件公开工作的通知，请各区县、各部门认真贯彻执行，并于年底前报送门户网站建设情况。"
)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("云政函[２０２５]３ 号", "云政函〔2025〕3号"),
        ("你局来函收悉,现答复如下:", "你局来函收悉，现答复如下："),
        ("一 、同意(试行)", "一、同意（试行）"),
        ("第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_writings_become_one_form(source: str, plain: str) -> None:
    """Digits, brackets, punctuation and white space are brought to one form."""
    assert normalise(source).text == plain


def test_spans_lead_back_to_the_source() -> None:
    """A hit in the normalised text is quoted from the source as it stands there."""
    source = "现 答复　如下: 同意 你局(试行)方案。"
    normalised = normalise(source)
    start = normalised.text.index("同意你局")
    assert normalised.source_span(start, start + 4).of(source) == "同意 你局"


def test_converted_text_is_detected_and_turned_back() -> None:
    """Machine-converted Traditional text is simplified, its converted words repaired, and quotes stay as printed."""
    assert is_traditional(_CONVERTED)
    normalised = normalise(_CONVERTED, ("政府档案=政府文件", "入口网站=门户网站"))
    assert normalised.text == _PLAIN
    start = normalised.text.index("门户网站")
    assert normalised.source_span(start, start + 4).of(_CONVERTED) == "入口網站"


def test_corrections_leave_mainland_text_alone() -> None:
    """档案 means archives in a text that nobody converted."""
    assert not is_traditional(_PLAIN)
    text = "请查阅政府档案馆保存的全部政府档案，并按规定办理复制手续，逐件登记后领取。"
    assert normalise(text, ("政府档案=政府文件",)).text == text


def test_corrections_may_change_the_length() -> None:
    """A correction of another length keeps the way back."""
    source = _CONVERTED + "按計畫辦理。"
    normalised = normalise(source, ("政府档案=文件",))
    start = normalised.text.index("文件公开")
    assert normalised.source_span(start, start + 2).of(source) == "政府檔案"
    assert normalised.source_span(start + 2, start + 4).of(source) == "公開"


def test_short_text_is_never_called_traditional() -> None:
    """A name in Traditional characters does not make a document converted."""
    assert not is_traditional("關於")


def test_usual_characters_stay_as_they_are() -> None:
    """Every character that is not looked at when a text is folded would fold to itself."""
    usual = _UNUSUAL.sub("", "".join(map(chr, range(sys.maxunicode + 1))))
    assert len(usual) > 20_000
    assert "".join(map(fold_sign, usual)) == usual
