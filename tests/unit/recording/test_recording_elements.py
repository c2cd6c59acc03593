"""Elements of a document: own-word miniatures of the ways real documents print them."""

import datetime as dt
import time

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Place
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.recording import record
from attrtrack.recording.genres import carried_title, genre_of
from attrtrack.rules import Rules

NOTICE = (
    "云栖市水务局文件\n\n云水发[2023]05号\n\n云栖市水务局\n关于做好2023年节水宣传工作的通知\n\n"
    "各县（市、区）水务局，局属各单位：\n为做好节水宣传工作，现就有关事项通知如下。\n一、总体要求\n认真组织实施。\n"
    "附件：1.任务分工表\n云栖市水务局\n2023年3月5日\n（此件依申请公开）\n（联系电话：13912345678）\n"
    "抄送：市政府办公室。\n云栖市水务局办公室　　2023年3月3日印发"
)


def recorded(text: str, rules: Rules, **fields: object) -> Document:
    """Record a text as a file of the given name, header, box and metadata."""
    values: dict[str, object] = {"name": "来件.txt", "format": "txt", "text": text, **fields}
    return record(SourceText(**values), rules)  # type: ignore[arg-type]


def codes(document: Document) -> list[str]:
    """Return the codes of the findings."""
    return [finding.code for finding in document.findings]


def test_a_whole_notice(rules: Rules) -> None:
    """Every element of an ordinary notice is found, its title joined over lines, its wrong number repaired and told."""
    document = recorded(NOTICE, rules)
    assert document.title == "云栖市水务局关于做好2023年节水宣传工作的通知"
    assert (document.number, document.genre) == ("云水发〔2023〕5号", Genre.NOTICE)
    assert document.issuers == ("云栖市水务局",)
    assert document.addressee == "各县（市、区）水务局，局属各单位"
    assert document.date is not None
    assert document.date.as_date == dt.date(2023, 3, 5)
    assert [(mark.text, mark.attribute) for mark in document.marks] == [
        ("（此件依申请公开）", DisclosureAttribute.ON_REQUEST)
    ]
    assert codes(document) == ["number-repaired", "print-date-before-date", "attachment-absent", "personal-data"]


def test_spans_quote_the_text(rules: Rules) -> None:
    """Every span points at what it names, the evidence of findings included."""
    document = recorded(NOTICE, rules)
    spans = {element.name: element.span.of(document.text) for element in document.elements if element.span}
    assert spans["number"] == "云水发[2023]05号"
    assert spans["title"] == "云栖市水务局\n关于做好2023年节水宣传工作的通知"
    assert spans["addressee"] == "各县（市、区）水务局，局属各单位"
    assert spans["date"] == "2023年3月5日"
    assert [passage.span.of(document.text) for passage in document.personal_data] == ["13912345678"]
    quotes = [proof for finding in document.findings for proof in finding.evidence if proof.span]
    assert quotes
    assert all(proof.span and proof.quote == proof.span.of(document.text) for proof in quotes)


def test_nothing_is_invented(rules: Rules) -> None:
    """A text with a title only has that title, and says of everything else that it is missing."""
    document = recorded("云栖市2023年节水工作要点\n做好节水工作，要围绕中心、服务大局。\n一、加强宣传", rules)
    assert document.title == "云栖市2023年节水工作要点"
    assert (document.number, document.genre, document.issuers, document.date, document.marks) == (
        None,
        None,
        (),
        None,
        (),
    )
    assert codes(document) == [
        "number-missing", "genre-missing", "issuer-missing", "addressee-missing", "date-missing", "mark-missing-in-text",
    ]  # fmt: skip


def test_converted_traditional(rules: Rules) -> None:
    """A text converted to Traditional characters is kept as it is, told, and its elements are still found."""
    text = "雲棲市水務局關於開展節水檢查的通報\n雲水發〔2023〕5號\n各縣區水務局：\n現將檢查情況通報如下。\n雲棲市水務局\n2023年3月5日\n（此件公開發布）"
    document = recorded(text, rules)
    assert document.text == text
    assert (document.genre, document.date and document.date.isoformat()) == (Genre.CIRCULAR, "2023-03-05")
    assert [mark.attribute for mark in document.marks] == [DisclosureAttribute.PROACTIVE]
    assert "converted-traditional" in codes(document)


def test_joint_issuers(rules: Rules) -> None:
    """All issuers of a joint document are named, whether the signature parts them by lines, by blanks or not at all."""
    head = "云栖市教育局 云栖市财政局关于印发助学办法的通知\n云教〔2022〕8号\n各学校：\n现印发给你们。\n"
    for signature in ("云栖市教育局\n云栖市财政局", "云栖市教育局　云栖市财政局", "云栖市教育局云栖市财政局"):
        document = recorded(f"{head}{signature}\n2022年1月2日", rules)
        assert document.issuers == ("云栖市教育局", "云栖市财政局")


def test_the_first_signature_counts(rules: Rules) -> None:
    """The signature of a carried text further down does not replace the carrier's own."""
    text = (
        "云政发〔2022〕8号\n批转市经委关于深化改革若干意见的通知\n各县区人民政府：\n市政府同意市经委的意见，现转发给你们。\n"
        "二〇二二年八月十一日\n关于深化改革的若干意见\n为深化改革，提出以下意见。\n市经委\n二〇二二年七月二十七日"
    )
    document = recorded(text, rules)
    assert document.date is not None
    assert document.date.isoformat() == "2022-08-11"
    assert document.carried_title == "市经委关于深化改革若干意见"


def test_orders_and_bulletins(rules: Rules) -> None:
    """An order's number stands on two lines and its regulation's title in the first sentence; a bulletin's likewise."""
    order = recorded(
        "云栖市人民政府令\n第91号\n《云栖市供水管理办法》已经市政府第60次常务会议通过，现予公布。\n市长　王某\n2020年5月20日",
        rules,
    )
    assert (order.title, order.number, order.issuers) == (
        "云栖市供水管理办法",
        "云栖市人民政府令第91号",
        ("云栖市人民政府",),
    )
    bulletin = recorded(
        "云栖市水务局公告\n2023年第5号\n关于水质抽检情况的公告\n现将情况公告如下：\n一、总体合格。\n云栖市水务局\n2023年8月1日",
        rules,
    )
    assert (bulletin.title, bulletin.number) == ("关于水质抽检情况的公告", "云栖市水务局公告2023年第5号")


def test_places_disagree(rules: Rules) -> None:
    """The body is followed before the box, the box before the file name, and a disagreement is told."""
    box = (
        ("发文字号", "云水发〔2023〕6号"),
        ("成文日期", "2023-03-04"),
        ("公开方式", "主动公开"),
        ("发布机构", "转载站"),
    )
    document = recorded(NOTICE, rules, box=box, name="云水发〔2023〕7号.html")
    assert document.number == "云水发〔2023〕5号"
    assert document.issuers == ("云栖市水务局",)
    assert codes(document).count("elements-disagree") == 2
    assert "mark-unclear" in codes(document)
    bare = recorded("各县区水务局：\n请抓好落实。", rules, box=box, name="云水发〔2023〕7号.html")
    assert (bare.number, bare.issuers) == ("云水发〔2023〕6号", ())
    assert recorded("请抓好落实。", rules, name="云水发〔2023〕7号.html").number == "云水发〔2023〕7号"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"header": "（此件公开发布）"}, Place.HEADER),
        ({"box": (("公开方式", "主动公开"),)}, Place.BOX),
        ({"metadata": (("公开属性", "主动公开"),)}, Place.METADATA),
        ({"text": "请抓好落实。\n公开方式：\t主动公开"}, Place.BODY),
        ({"text": "2024年3月4日公开方式：主动公开"}, Place.BODY),
    ],
)
def test_marks_at_every_place(rules: Rules, fields: dict[str, object], place: Place) -> None:
    """A mark counts wherever it is printed, and says where."""
    document = recorded(**{"text": "请抓好落实。", "rules": rules, **fields})  # type: ignore[arg-type]
    assert [(mark.attribute, mark.place) for mark in document.marks] == [(DisclosureAttribute.PROACTIVE, place)]


def test_redacted_mark(rules: Rules) -> None:
    """A document to be published with parts taken out is proactive, with a finding."""
    document = recorded("请抓好落实。\n（此件删减后公开）", rules)
    assert [(mark.attribute, mark.redacted) for mark in document.marks] == [(DisclosureAttribute.PROACTIVE, True)]
    assert "redaction-noted" in codes(document)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "机密★5年\n云栖市某局\n关于某事的报告"},
        {"text": "000012\n机　密\n特急\n关于某事的报告"},
        {"text": "关于某事的报告", "header": "秘密 ★ 1年"},
        {"text": "关于某事的报告", "metadata": (("密级", "机密"),)},
        {"text": "关于某事的报告", "box": (("密级", "秘密"),)},
        {"text": "关于某事的报告", "name": "【机密】报告.docx"},
        {"text": "关于某事的报告\n" + "请抓好落实。\n" * 40 + "附件3　秘密★长期\n名单"},
        {"text": "文号\t云发〔2020〕1号\t密级：\t机密"},
    ],
)
def test_signs_of_secrecy_are_refused(rules: Rules, fields: dict[str, object]) -> None:
    """A sign at any place refuses the document, and the refusal repeats nothing of it."""
    with pytest.raises(ClassifiedMaterialError) as caught:
        recorded(**{"rules": rules, **fields})  # type: ignore[arg-type]
    assert "某" not in caught.value.message
    assert caught.value.rule in {row.code for row in rules.secrecy}


@pytest.mark.parametrize(
    "text",
    [
        "关于加强保密工作的通知\n各单位：\n要保守国家秘密、商业秘密，不得泄露。",
        "密级：非密\n关于做好定密工作的通知\n各单位：\n涉密文件应标注密级（如“机密★20年”），绝密、机密、秘密三级分别管理。",
        "关于政府信息公开答复的通知\n各单位：\n属于国家秘密的，不予公开。",
    ],
)
def test_words_about_secrecy_are_no_sign(rules: Rules, text: str) -> None:
    """Documents that speak of secrets are ordinary documents."""
    assert recorded(text, rules).genre is Genre.NOTICE


@pytest.mark.parametrize(
    ("title", "genre", "carried"),
    [
        ("关于印发《某办法（试行）》的通知", Genre.NOTICE, "某办法（试行）"),
        ("关于转发省厅关于节水意见的函", Genre.LETTER, "省厅关于节水意见"),
        ("关于同意设立开发区的批复（节选）", Genre.OFFICIAL_REPLY, None),
        ("关于加强管理的若干意见（征求意见稿）[1]", Genre.OPINION, None),
        ("云栖市节水办法", None, None),
    ],
)
def test_genre_comes_from_the_title(rules: Rules, title: str, genre: Genre | None, carried: str | None) -> None:
    """The last word of the title is the genre, trailing brackets aside; what is carried is a field of its own."""
    assert (genre_of(title, rules), carried_title(title)) == (genre, carried)


@pytest.mark.parametrize(
    "organ", ["九江市水务局", "四川省人民政府办公厅", "三亚市吉阳区人民政府办公室", "经济技术开发区管理委员会"]
)
def test_organs_named_after_numerals(rules: Rules, organ: str) -> None:
    """A place name that begins like a list number is still the issuer, in signature and title alike."""
    document = recorded(
        f"{organ}\n关于供水问题的复函\n某水函〔2023〕3号\n某公司：\n来函收悉。\n{organ}\n2023年5月6日", rules
    )
    assert document.issuers == (organ,)
    assert document.title == f"{organ}关于供水问题的复函"


def test_a_number_below_the_signature(rules: Rules) -> None:
    """A number printed between signature and date is the document's own when it is the only one that stands alone."""
    document = recorded(
        "关于供水建议的答复\n王某代表：\n建议收悉。\n云栖市水务局\n云水复〔2022〕27号\n2022年8月30日", rules
    )
    assert (document.number, document.issuers) == ("云水复〔2022〕27号", ("云栖市水务局",))


def test_minutes_below_their_masthead(rules: Rules) -> None:
    """The masthead of minutes is not their title where one follows."""
    text = "云栖县人民政府会议纪要\n云府专议〔2020〕19号\n关于研究饮水工程的纪要\n2020年6月15日上午，县长主持召开会议，研究饮水工程建设有关事项。"
    assert recorded(text, rules).title == "关于研究饮水工程的纪要"


@pytest.mark.parametrize(
    "piece",
    [
        "（", "（此件公开发布）", "密", "各\n", "2023年5月6日\n", "某市水务局\n", "〔2020", "附件1：甲\n", "附件\n", "附件1\n1.甲\n2.", "抄送：甲、\n", "联系人：甲\n",
        "印发" + " " * 390 + "x\n", "2023年\n", "关于《\n", "签发人：" + " " * 300 + "\n", "1.", "此件为甲，\n", "附件：1.甲 2.乙 3.丙\n", "（2023年5月6日", "甲 ",
    ],
)  # fmt: skip
def test_monotonous_texts_do_not_hang(rules: Rules, piece: str) -> None:
    """A hostile text of one piece repeated a hundred thousand characters long is recorded at once."""
    start = time.monotonic()
    recorded(piece * (100_000 // len(piece)), rules)
    assert time.monotonic() - start < 5
