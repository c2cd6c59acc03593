"""Personal data: found where its own rule proves it, passed over where it does not, and masked for logs."""

import itertools
import subprocess
import sys
import time

import pytest

from attrtrack.nlp.identifiers import find_identifiers, masked

_MOST_SECONDS = 4.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证号11010519491231002X，请核对", [("id-card", "11010519491231002X")]),
        ("（11010519491231002x）", [("id-card", "11010519491231002x")]),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", [("id-card", "１１０１０５１９４９１２３１００２Ｘ")]),
        ("身份证110105 19491231 002X，", [("id-card", "110105 19491231 002X")]),
        ("身份证号：110105491231002", [("id-card", "110105491231002")]),
        ("联系电话：13912345678", [("mobile", "13912345678")]),
        ("手机139 1234 5678", [("mobile", "139 1234 5678")]),
        ("李某 +86-139-1234-5678", [("mobile", "+86-139-1234-5678")]),
        ("0086 13912345678。", [("mobile", "0086 13912345678")]),
        ("TEL13912345678", [("mobile", "13912345678")]),
        ("手机139\u200b1234\u200b5678", [("mobile", "139\u200b1234\u200b5678")]),
        ("电话0351-3046789", [("landline", "0351-3046789")]),
        ("（0351）3046789转8001。", [("landline", "（0351）3046789转8001")]),
        ("（电话：0351-3046789转 8001）", [("landline", "0351-3046789转 8001")]),
        ("传　真：3046789、3046790", [("landline", "3046789"), ("landline", "3046790")]),
        ("010—66554433/66554434", [("landline", "010—66554433"), ("landline", "66554434")]),
        ("银行卡6222021234567890128", [("bank-card", "6222021234567890128")]),
        ("账号4111 1111 1111 1111", [("bank-card", "4111 1111 1111 1111")]),
        ("统一社会信用代码：91110000600037341l", [("credit-code", "91110000600037341l")]),
        ("组织机构代码：12345678-8", [("credit-code", "12345678-8")]),
        ("邮箱zhang.san@163.com。", [("email", "zhang.san@163.com")]),
        ("邮箱：xinwen＠example.gov.cn", [("email", "xinwen＠example.gov.cn")]),
        ("请发至xinwen[at]example.com", [("email", "xinwen[at]example.com")]),
        ("家庭住址：忻州市忻府区和平街3号，", [("home-address", "忻州市忻府区和平街3号")]),
        ("他住在某县城关镇东街5号翠湖小区2号楼3单元402室。", [("home-address", "某县城关镇东街5号翠湖小区2号楼3单元402室")]),
        ("王某，男，汉族，住某省某县城关镇东街12号。", [("home-address", "某省某县城关镇东街12号")]),
        ("现居住于某市城区七一路阳光花园3号楼2单元501室的张某", [("home-address", "某市城区七一路阳光花园3号楼2单元501室")]),
        ("寄往山西省原平市阳光小区2栋301室", [("home-address", "山西省原平市阳光小区2栋301室")]),
    ],
)  # fmt: skip
def test_found(text: str, found: list[tuple[str, str]]) -> None:
    """Each kind is found in every printing, with the span of the identifier and nothing else."""
    assert [(kind, span.of(text)) for kind, span in find_identifiers(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105194912310021，请核对", "身份证号110105199902300029", "编号110105491231002", "银行卡6222021234567890129",
        "索引号11440106007508528C/2024-00031，文号某发〔2023〕15号", "资金13800138000.50元", "共计13912345678元", "统一编号GZ0320190096",
        "流水号：13912345678", "项目代码14090220230711001234", "ISBN 978-7-5123-4567-8", "邮政编码：034000", "2023-07-11至20230712",
        "服务热线：400-810-1234、12345", "组织机构代码：12345678-9", "电话：20230711", "地址：忻州市健康街12号政务大厅3楼301室",
        "户籍地在本市的居民2653户", "教育、住房和城乡建设部门，住建局、住院3天", "现住址与户籍地址不一致的，应当说明", "http://www.example.gov.cn/t20231105_13912345678.html",
        "微博@张三", "1391 2345 678 4829 6554 4837 2609 6100", "增长1.13912345678倍", "家庭住址：        联系电话：", "户籍所在地：县（市、区）",
    ],
)  # fmt: skip
def test_passed_over(text: str) -> None:
    """Wrong check characters, amounts, dates, codes, service numbers, offices' addresses and forms are no personal data."""
    assert list(find_identifiers(text)) == []


def test_several_in_one_line_do_not_overlap() -> None:
    """The spans stand in order, and each covers its number and nothing else."""
    text = "张某（11010519491231002X，13912345678，zhang@163.com），电话0351-3046789、13912345679"
    hits = list(find_identifiers(text))
    assert [kind for kind, _ in hits] == ["id-card", "mobile", "email", "landline", "mobile"]
    assert all(left.end <= right.start for (_, left), (_, right) in itertools.pairwise(hits))


def test_masked() -> None:
    """Of an identifier the first three and last two signs are left; the rest of the text, and its length, stay."""
    text = "张某13912345678：账号6222021234567890128"
    assert masked(text) == "张某139******78：账号622**************28"
    assert list(find_identifiers(masked(text))) == []
    assert masked("某发〔2023〕15号") == "某发〔2023〕15号"


def test_plain_text_loads_no_library() -> None:
    """A text without a candidate loads neither the rules nor the libraries that they stand on."""
    code = (
        "import sys; from attrtrack.nlp.identifiers import find_identifiers; list(find_identifiers('某发〔2023〕15号')); "
        "print([name for name in sys.modules if name.startswith(('stdnum', 'phonenumbers', 'attrtrack.nlp.identifier_'))])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 50_000,
        "(0351) " * 20_000,
        "13912345678、" * 10_000,
        "住址：" * 30_000,
        "a@" * 50_000,
        "小区" * 40_000 + "单元",
    ],
)
def test_long_hostile_texts_are_read_in_time(text: str) -> None:
    """No run of digits, signs or words makes the search slow; this test hangs where it does."""
    assert all(span.end <= len(text) for _, span in find_identifiers(text))


@pytest.mark.parametrize("flood", ["a@b.", "@", "组1", "住在村", "6222 0212 3456 ", "5号楼2单元", "138-"])
def test_a_flood_of_half_identifiers_takes_no_time(flood: str) -> None:
    """Text made of beginnings of identifiers costs time in proportion, and a true one before it is still found."""
    text = "电话：13912345678。" + flood * (300_000 // len(flood))
    began = time.process_time()
    found = [kind for kind, _ in find_identifiers(text)]
    assert found[:1] == ["mobile"]
    assert time.process_time() - began < _MOST_SECONDS


def test_an_address_begins_where_its_name_begins() -> None:
    """Addresses that follow one another, or a blank or bracket in place of the sign, are each found whole."""
    text = "邮箱：zhang.san_1@example.com、li-si @ mail.example.cn；wang[at]example.org"
    found = [span.of(text) for kind, span in find_identifiers(text) if kind == "email"]
    assert found == ["zhang.san_1@example.com", "li-si @ mail.example.cn", "wang[at]example.org"]
