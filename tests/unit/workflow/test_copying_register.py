"""Interpretations of the register measured against their documents, and the same asked at the declaration."""

from pathlib import Path

from signed_off import sign_as_others

from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.workflow import registering
from attrtrack.workflow.app import App
from attrtrack.workflow.copying import measured_files, measured_pairs

NOTICE = """云栖市民政局关于印发居家养老服务补贴办法的通知
云民发〔2025〕7号
各街道办事处：
本市户籍、年满八十周岁且经评估为中度以上失能的老年人，可以申请居家养老服务补贴。
补贴标准为中度失能每人每月三百元，重度失能每人每月五百元，由区民政部门按季度发放到本人账户。
申请人应当向户籍所在地街道办事处提交申请表和身份证明，街道办事处在十个工作日内完成初审。
云栖市民政局
2025年6月3日
"""
EXCERPT = "\n".join(["一、申请条件", *NOTICE.splitlines()[3:6]])
OWN = (
    "过去两年，许多家庭反映请人上门照料花费不小，旧的补贴只看年龄不看身体，真正需要帮助的人反而拿得少。"
    "这次改动的想法很简单：谁更需要，就多帮谁。张奶奶去年摔伤以后下不了床，女儿带着身份证到窗口填一张表，两个星期就知道结果。"
    "以后病情轻了或者重了，打个电话说一声，会有人再上门看，钱也跟着变。"
)


def record(app: App, folder: Path) -> str:
    """Record the notice and return its id."""
    file = folder / "通知.txt"
    file.write_text(NOTICE, encoding="utf-8")
    return registering.record_file(app, str(file)).record.id


def interpretation(app: App, text: str, document: str, judgement: Judgement, title: str) -> str:
    """Add an interpretation that a person has judged on."""
    with app.unit_of_work() as work:
        found = work.interpretations.add(Interpretation("", title, text=text), unit=app.unit, year=2025)
        work.links.judge(found.id, document, judgement, "王主任")
    return found.id


def test_pairs_come_worst_first_and_rejected_ones_not_at_all(app: App, tmp_path: Path) -> None:
    """The excerpt stands before the explanation; what cannot be measured is last, with the reason."""
    document = record(app, tmp_path)
    own = interpretation(app, OWN, document, Judgement.CONFIRMED, "补贴办法解读")
    excerpt = interpretation(app, EXCERPT, document, Judgement.CONFIRMED, "补贴办法要点")
    picture = interpretation(app, "", document, Judgement.CONFIRMED, "一图读懂补贴办法")
    interpretation(app, EXCERPT, document, Judgement.REJECTED, "别处的解读")
    pairs = measured_pairs(app, unit=app.unit, year=2025)
    assert [pair.interpretation_id for pair in pairs] == [excerpt, own, picture]
    assert [item.code for item in pairs[0].findings][:1] == ["interpretation-copied"]
    assert pairs[2].measure.share is None
    assert pairs[2].why_not == "没有解读的正文"
    assert {pair.judgement for pair in pairs} == {Judgement.CONFIRMED}
    assert measured_pairs(app, year=2024) == ()


def test_passages_are_quoted_from_both_texts(app: App, tmp_path: Path) -> None:
    """Each passage stands where its offsets say, in the interpretation and in the document."""
    document = record(app, tmp_path)
    interpretation(app, EXCERPT, document, Judgement.CONFIRMED, "补贴办法要点")
    (pair,) = measured_pairs(app)
    with app.reading() as work:
        text = work.documents.get(document).document.text
    assert pair.copied
    for item in pair.copied:
        assert item.here.span is not None
        assert item.there.span is not None
        assert item.here.span.of(EXCERPT) == item.here.quote
        assert item.there.span.of(text) == item.there.quote


def test_the_declaration_is_told_of_an_excerpt(app: App, tmp_path: Path) -> None:
    """A confirmed interpretation is asked about at the gate; a suggestion that nobody confirmed is not."""
    document = record(app, tmp_path)
    before = {item.code for item in registering.declare(app, document, "proactive", None).findings}
    page = interpretation(app, EXCERPT, document, Judgement.REJECTED, "补贴办法要点")
    rejected = {item.code for item in registering.declare(app, document, "proactive", None).findings}
    with app.unit_of_work() as work:
        work.links.judge(page, document, Judgement.CONFIRMED, "王主任")
    after = {item.code for item in sign_as_others(app, document).findings}
    assert "interpretation-copied" not in before | rejected
    assert "interpretation-copied" in after


def test_two_files_need_no_register(app: App, tmp_path: Path) -> None:
    """A drafter measures before anything is recorded; the database is not even made."""
    for name, text in (("解读.txt", EXCERPT), ("通知.txt", NOTICE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    pair = measured_files(app, str(tmp_path / "解读.txt"), str(tmp_path / "通知.txt"))
    assert pair.measure.share is not None
    assert pair.measure.share >= 0.8
    assert pair.judgement is None
    assert not (tmp_path / "register.db").exists()
