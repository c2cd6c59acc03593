"""Personal data measured: ten thousand generated identifiers, twenty thousand lines that hold none, real documents."""

import random
import time
from collections import Counter
from collections.abc import Callable

import phonenumbers
import pytest
from shared_data import rows_of
from stdnum import luhn
from stdnum.cn import ric, uscc

from attrtrack.domain.evidence import Span
from attrtrack.nlp.identifiers import find_identifiers, masked

Sample = tuple[str, str]
Maker = Callable[[random.Random], Sample]

_WIDE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@.+-", "".join(
    chr(ord(char) + 0xFEE0) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@.+-"
))  # fmt: skip
_PLACES = ("110105", "140902", "310104", "440305", "510107", "620102", "650102", "230103", "420106", "810000")
_AREAS = {"010": 8, "021": 8, "0351": 7, "0350": 7, "0755": 8, "0571": 8, "0371": 8, "0991": 7, "0471": 7, "028": 8}
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", "明华建国秀英志强桂兰"
_FILLERS = (
    "为做好本年度救助资金发放工作，现将有关情况通报如下。",
    "经村（居）委会初审、乡镇复核，拟对下列人员予以资助；",
    "请各有关单位于2023年7月10日前完成核对，逾期不再受理。",
    "根据某政办发〔2023〕48号文件要求，共安排资金1234.56万元，",
)


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _person(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.randint(1, 2)))


def _identity_number(rng: random.Random) -> str:
    birth = f"{rng.randint(1930, 2015)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    number = rng.choice(_PLACES) + birth + _digits(rng, 3)
    return number + ric.calc_check_digit(number + "0")


def _identity(rng: random.Random) -> Sample:
    if rng.random() < 0.06:
        old = (
            rng.choice(_PLACES)
            + f"{rng.randint(30, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
            + _digits(rng, 3)
        )
        return rng.choice(("身份证号：", "身份证号码", "身份证（")), old
    number = _identity_number(rng)
    style = rng.randrange(5)
    number = number.lower() if style == 1 else number
    printed = f"{number[:6]} {number[6:14]} {number[14:]}" if style == 2 else number
    printed = f"{number[:6]}-{number[6:14]}-{number[14:]}" if style == 3 else printed
    return rng.choice(
        ("身份证号：", "公民身份号码 ", f"{_person(rng)}，男，", f"{_person(rng)}（", "", "证件号码:")
    ), printed


def _mobile(rng: random.Random) -> Sample:
    own = rng.choice(("13", "15", "18", "17", "19")) + "0123456789"[rng.choice((0, 1, 3, 5, 6, 7, 8))] + _digits(rng, 8)
    printed = rng.choice((own, own, f"{own[:3]} {own[3:7]} {own[7:]}", f"{own[:3]}-{own[3:7]}-{own[7:]}"))
    printed = rng.choice(("", "", "+86", "+86 ", "0086", "0086-", "86-", "+86-")) + printed
    return rng.choice(
        ("手机：", "联系电话", "联系人：" + _person(rng) + "，", "电话（微信同号）：", "手机号码 ", "请拨打")
    ), printed


def _landline(rng: random.Random) -> Sample:
    area, length = rng.choice(list(_AREAS.items()))
    local = rng.choice("2345678") + _digits(rng, length - 1)
    local = local if not local.startswith(("400", "800")) else "6" + local[1:]
    extension = rng.choice(("", "", "", "转8001", "转 802", "-8013"))
    style = rng.randrange(7)
    if style == 0 and not (length == 8 and local.startswith("20")):
        return rng.choice(
            ("电话：", "传真：", "联系电话", f"联系人：{_person(rng)} ", "办公室电话 ")
        ), local + extension
    printed = (
        f"{area}-{local}", f"{area}-{local}", f"（{area}）{local}", f"({area}){local}", f"{area} {local}", f"+86-{area[1:]}-{local}",
        f"{area}{local}",
    )[style]  # fmt: skip
    return rng.choice(("电话：", "传真:", "咨询电话（", "联系方式：")), printed + extension


def _bank_card(rng: random.Random) -> Sample:
    prefix, length = rng.choice(
        (
            ("622202", 19),
            ("621700", 19),
            ("622848", 19),
            ("625965", 16),
            ("622588", 16),
            ("4", 16),
            ("51", 16),
            ("6225", 17),
            ("6217", 18),
            ("955880", 19),
        )
    )
    number = prefix + _digits(rng, length - len(prefix) - 1)
    number += luhn.calc_check_digit(number)
    printed = rng.choice((number, " ".join(number[at : at + 4] for at in range(0, length, 4))))
    if length == 17 and " " in printed and rng.random() < 2:
        printed = number
    return rng.choice(("卡号：", "银行账号", "开户行某某支行，账号：", f"收款人{_person(rng)}，")), printed


def _credit_code(rng: random.Random) -> Sample:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if rng.random() < 0.1:
        body = _digits(rng, 8)
        total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
        return rng.choice(("组织机构代码：", "机构代码证号：")), f"{body}-{'0X987654321'[total % 11]}"
    code = rng.choice(("91", "92", "93", "11", "12", "52", "51", "N2", "31", "81")) + rng.choice(_PLACES[:9])
    code += "".join(rng.choices(alphabet, k=9))
    code += uscc.calc_check_digit(code)
    return rng.choice(("统一社会信用代码：", "信用代码", "纳税人识别号：")), rng.choice((code, code, code.lower()))


def _email(rng: random.Random) -> Sample:
    name = "".join(rng.choices("abcdefghijkmnpqrstuvwxyz0123456789", k=rng.randint(3, 10)))
    name = rng.choice((name, f"{name}_{name[:2]}", f"{name}.office", f"{name}-x"))
    sign = rng.choice(("@", "@", "@", "[at]", "＠"))
    host = rng.choice(("163.com", "qq.com", "shanxi.gov.cn", "mail.sx-xz.gov.cn", "126.com"))
    return rng.choice(("邮箱：", "电子邮箱", "E-mail: ", "请发至", "邮件地址（")), name + sign + host


def _home(rng: random.Random) -> Sample:
    place = rng.choice(
        (
            "山西省忻州市忻府区和平东街",
            "太原市迎泽区桃园路",
            "北京市朝阳区建国路",
            "某县城关镇北大街",
            "浙江省杭州市余杭区文一西路",
        )
    )
    flat = f"{rng.randint(1, 300)}号{rng.choice(('阳光', '翠湖', '锦绣'))}{rng.choice(('小区', '花园', '家园'))}"
    flat += f"{rng.randint(1, 30)}{rng.choice(('号楼', '栋', '幢'))}{rng.randint(1, 6)}单元{rng.randint(101, 2904)}室"
    village = f"{rng.choice(('河北省某县', '山西省原平市'))}崞阳镇东关村{rng.randint(1, 9)}组{rng.randint(1, 120)}号"
    printed = rng.choice((place + flat, place + flat, village))
    label = rng.choice(("家庭住址：", "住址：", "现住址:", "户籍地：", "户籍所在地：", "现住", "居住地址：", "住在"))
    return label, printed


MAKERS: dict[str, Maker] = {
    "id-card": _identity, "mobile": _mobile, "landline": _landline, "bank-card": _bank_card, "credit-code": _credit_code,
    "email": _email, "home-address": _home,
}  # fmt: skip


def sentence(kind: str, rng: random.Random) -> tuple[str, Span]:
    """Put one generated identifier into running text; returns the text and the identifier's own span."""
    label, printed = MAKERS[kind](rng)
    if rng.random() < 0.15 and kind != "home-address":
        printed = printed.translate(_WIDE)
    before = rng.choice(_FILLERS) + label
    closing = "）" if label.endswith("（") else "。" if rng.random() < 0.5 else "，"
    text = f"{before}{printed}{closing}{rng.choice(_FILLERS)}"
    return text, Span(len(before), len(before) + len(printed))


def test_every_generated_identifier_is_found() -> None:
    """Of 10,000 generated identifiers in running text every one is found, as its kind and with its exact span."""
    rng = random.Random(20230711)  # noqa: S311 - samples, not secrets
    found: Counter[str] = Counter()
    missed: list[tuple[str, str, list[tuple[str, str]]]] = []
    made: Counter[str] = Counter()
    kinds = list(MAKERS)
    for count in range(10_000):
        kind = kinds[count % len(kinds)]
        text, span = sentence(kind, rng)
        made[kind] += 1
        hits = list(find_identifiers(text))
        if hits == [(kind, span)]:
            found[kind] += 1
        else:
            missed.append((kind, text, [(hit, at.of(text)) for hit, at in hits]))
    print(
        "\n" + "\n".join(f"{kind:14}{found[kind]:6} of {made[kind]:6} {found[kind] / made[kind]:.3f}" for kind in kinds)
    )
    print("\n".join(map(str, missed[:20])))
    assert not missed


def _wrong(number: str) -> str:
    """Give a number another last digit."""
    return number[:-1] + str((int(number[-1]) + 1) % 10 if number[-1].isdecimal() else 5)


def _wrong_card(rng: random.Random) -> str:
    return "卡号" + _wrong("".join(char for char in _bank_card(rng)[1] if char.isdecimal()))


def _wrong_code(rng: random.Random) -> str:
    code = "91" + rng.choice(_PLACES[:9]) + "MA" + _digits(rng, 7)
    right = uscc.calc_check_digit(code)
    return "信用代码" + code + rng.choice([char for char in "0123456789ABCDEFGHJKLMNPQRTUWXY" if char != right])


def _row(rng: random.Random) -> str:
    return "合计\t" + "\t".join(str(rng.randint(1, 9_999_999)) for _ in range(8))


NEGATIVES: dict[str, Callable[[random.Random], str]] = {
    "identity, wrong check": lambda rng: "编号" + _wrong(_identity_number(rng)),
    "card, wrong check": _wrong_card,
    "code, wrong check": _wrong_code,
    "document number": lambda rng: f"某政办发〔{rng.randint(1999, 2024)}〕{rng.randint(1, 999)}号",
    "day": lambda rng: f"{rng.randint(1999, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}至{rng.randint(2000, 2024)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}",
    "amount": lambda rng: f"下达资金{rng.randint(10**7, 10**11)}元，其中中央{rng.randint(10**10, 2 * 10**10)}.{rng.randint(10, 99)}元",
    "project code": lambda rng: f"项目代码{rng.randint(10**19, 10**20 - 1)}，{rng.randint(2019, 2024)}-140902-{rng.randint(10, 99)}-03-{_digits(rng, 6)}",
    "serial": lambda rng: f"统一编号GZ{_digits(rng, 10)}，流水号{_digits(rng, 11)}，订单号1{_digits(rng, 15)}",
    "book": lambda rng: f"ISBN 978-7-{rng.randint(100, 999)}-{_digits(rng, 5)}-{rng.randint(0, 9)}",
    "postcode": lambda rng: f"某市和平东街{rng.randint(1, 200)}号，邮政编码：0{_digits(rng, 5)}",
    "statistics": _row,
    "spaced statistics": lambda rng: " ".join(f"{rng.randint(1, 9999)}" for _ in range(10)),
    "service": lambda rng: f"热线：400-{_digits(rng, 3)}-{_digits(rng, 4)}，12345，95598，800{_digits(rng, 7)}",
    "office": lambda rng: f"地址：某市健康路{rng.randint(1, 200)}号政务大厅{rng.randint(1, 9)}楼{rng.randint(101, 930)}室",
    "page": lambda rng: f"http://www.example.gov.cn/art/{rng.randint(2019, 2024)}/7/11/t{_digits(rng, 8)}_1{_digits(rng, 10)}.html",
    "index": lambda rng: f"索引号：11140900012345678{rng.choice('XQ2')}/{rng.randint(2019, 2024)}-{_digits(rng, 5)}",
    "share": lambda rng: f"增长{rng.randint(1, 99)}.{_digits(rng, 11)}%，达{_digits(rng, 3)}.1{_digits(rng, 10)}",
    "residents": lambda rng: f"户籍地在本市的居民{rng.randint(1, 9999)}户，住址不变的{rng.randint(1, 99)}人；现住户{rng.randint(1, 99)}户，居住在城镇{rng.randint(1, 9)}年以上",
    "area": lambda rng: f"建筑面积{rng.randint(10**6, 10**8)}平方米，共{rng.randint(1, 30)}栋{rng.randint(2, 6)}个单元",
    "clock": lambda rng: f"{rng.randint(2019, 2024)}0711{rng.randint(10, 23)}{rng.randint(10, 59)}{rng.randint(10, 59)}",
}  # fmt: skip


def test_hard_lines_raise_no_alarm() -> None:
    """Of 20,000 lines of numbers, dates, amounts and codes with wrong check digits none is taken for personal data."""
    rng = random.Random(48)  # noqa: S311 - samples, not secrets
    alarms: Counter[str] = Counter()
    shown: list[str] = []
    each = 20_000 // len(NEGATIVES)
    for name, make in NEGATIVES.items():
        for _ in range(each):
            line = f"{rng.choice(_FILLERS)}{make(rng)}。"
            hits = [(kind, span.of(line)) for kind, span in find_identifiers(line)]
            alarms[name] += bool(hits)
            shown += [f"{name}: {hits} in {line}"] if hits and alarms[name] < 4 else []
    print("\n" + "\n".join(f"{name:24}{alarms[name]:5} of {each}" for name in NEGATIVES))
    print("\n".join(shown))
    assert not alarms.total()


@pytest.mark.shared
def test_published_documents_hold_office_telephones_only() -> None:
    """In real published documents nothing is found but the landlines printed for enquiries, and nothing is left after masking."""
    texts = [row["text"] for row in rows_of("data/published_documents.jsonl")]
    hits = [
        (kind, span.of(text), text[max(0, span.start - 16) : span.start])
        for text in texts
        for kind, span in find_identifiers(text)
    ]
    print("\n" + "\n".join(f"{kind} {value} after {before!r}" for kind, value, before in hits))
    assert {kind for kind, _, _ in hits} <= {"landline"}
    assert not [hit for text in texts for hit in find_identifiers(masked(text))]


@pytest.mark.shared
def test_speed_beside_phonenumbers_alone() -> None:
    """All kinds together are found faster than phonenumbers alone finds its telephone numbers."""
    text = "\n".join(row["text"] for row in rows_of("data/published_documents.jsonl"))
    size = len(text.encode()) / 1e6
    rates = {}
    for name, run in (
        ("attrtrack, all kinds", lambda: list(find_identifiers(text))),
        ("phonenumbers, telephones", lambda: list(phonenumbers.PhoneNumberMatcher(text, "CN"))),
    ):
        run()
        began = time.perf_counter()
        run()
        rates[name] = size / (time.perf_counter() - began)
    print("\n" + "\n".join(f"{name:28}{rate:8.1f} MB/s" for name, rate in rates.items()))
    assert rates["attrtrack, all kinds"] > rates["phonenumbers, telephones"]
