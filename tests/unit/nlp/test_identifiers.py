"""Personal data: found where the check digit proves it, passed over where it does not."""

import pytest

from attrtrack.nlp.identifiers import find_identifiers


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("身份证号11010519491231002X，请核对", ["id-card"]),
        ("身份证号110105194912310021，请核对", []),
        ("联系电话：13912345678", ["mobile"]),
        ("手机139 1234 5678", ["mobile"]),
        ("电话0351-3046789", []),
        ("银行卡6222021234567890128", ["bank-card"]),
        ("银行卡6222021234567890129", []),
        ("账号4111 1111 1111 1111", ["bank-card"]),
        ("索引号11440106007508528C/2024-00031，文号某发〔2023〕15号", []),
        ("资金13800138000.50元", []),
        ("统一编号GZ0320190096", []),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    """Identity cards need a right check character, cards a right Luhn digit, mobile numbers a mobile prefix."""
    assert [kind for kind, _ in find_identifiers(text)] == kinds


def test_spans_are_exact_and_do_not_overlap() -> None:
    """The span covers the number and nothing else."""
    text = "张某（11010519491231002X，13912345678）"
    assert [span.of(text) for _, span in find_identifiers(text)] == ["11010519491231002X", "13912345678"]
