"""What the gate is told by other rooms: the law's items, and what the register knows of documents carried and cited."""

from pathlib import Path

import pytest
from register_places import register_at
from signed_off import sign_as_others

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.workflow import registering
from attrtrack.workflow.app import App

_NOTICE = "云栖市人民政府办公室关于{topic}的通知\n{number}\n各县（市、区）人民政府：\n{body}\n云栖市人民政府办公室\n2025年6月3日\n"
_INTERNAL = _NOTICE.format(
    topic="机关各科室值班安排", number="云政办发〔2025〕11号", body="值班室钥匙移交办公室保管，值班床由后勤科调配。"
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The program with rules alone."""
    (tmp_path / "none").mkdir()
    url = register_at(tmp_path / "register.db")
    return assemble(Settings(models_dir=tmp_path / "none"), database_url=url, actor="李拟稿", unit="云栖市")


def _record(app: App, folder: Path, name: str, text: str) -> str:
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    return registering.record_file(app, str(file)).record.id


def _codes(app: App, document_id: str, attribute: str, reason: str | None = None) -> list[str]:
    return [item.code for item in registering.declare(app, document_id, attribute, reason).findings]


@pytest.fixture
def internal(app: App, tmp_path: Path) -> str:
    """A notice in the register that was declared withheld."""
    identifier = _record(app, tmp_path, "值班", _INTERNAL)
    registering.declare(app, identifier, "withheld", "R16-1c")
    return identifier


@pytest.mark.usefixtures("internal")
def test_register_knows_that_a_cited_document_is_not_public(app: App, tmp_path: Path) -> None:
    """A public notice that cites it is flagged with the citing sentence, at the declaration and at the sign-off."""
    body = "请按照《值班安排》（云政办发〔2025〕11号）做好服务，现将办事时间公布如下。"
    identifier = _record(
        app, tmp_path, "公开", _NOTICE.format(topic="办事时间", number="云政办发〔2025〕12号", body=body)
    )
    found = registering.declare(app, identifier, "proactive", None).findings
    (cited,) = [item for item in found if item.code == "cites-non-public"]
    assert cited.evidence[0].quote == body
    assert "机关各科室值班安排" in cited.message
    assert "cites-non-public" in {item.code for item in sign_as_others(app, identifier).findings}
    again = registering.declare(app, identifier, "withheld", "R16-1c", because="引用内部安排").findings
    assert "cites-non-public" not in {item.code for item in again}


@pytest.mark.usefixtures("internal")
def test_forwarding_what_the_register_knows_as_withheld(app: App, tmp_path: Path) -> None:
    """To publish what forwards it contradicts the original; to withhold it as well does not."""
    title = "云栖市人民政府办公室关于机关各科室值班安排的通知"
    text = (
        f"溪口区人民政府办公室转发《{title}》的通知\n溪政办发〔2025〕4号\n各镇人民政府：\n"
        f"现将《{title}》（云政办发〔2025〕11号）转发给你们，请遵照执行。\n溪口区人民政府办公室\n2025年6月9日\n"
    )
    identifier = _record(app, tmp_path, "转发", text)
    assert "forwarded-contradicts" in _codes(app, identifier, "proactive")
    again = _codes(app, identifier, "withheld", "R16-1c")
    assert not {"forwarded-contradicts", "forwarded-undetermined", "cites-non-public"} & set(again)


def test_withheld_approval_of_a_plan_is_named(app: App, tmp_path: Path) -> None:
    """The rule of article 20 speaks with its sentence when an approval of a plan is declared withheld."""
    text = (
        "云栖市人民政府关于溪口区防洪规划的批复\n云政函〔2025〕6号\n溪口区人民政府：\n"
        "你区请示收悉。原则同意《溪口区防洪规划》。请认真组织实施。\n云栖市人民政府\n2025年6月3日\n"
    )
    identifier = _record(app, tmp_path, "批复", text)
    found = registering.declare(app, identifier, "withheld", "R16-2c").findings
    (named,) = [item for item in found if item.code == "withheld-named-for-publication"]
    assert "原则同意《溪口区防洪规划》" in named.evidence[0].quote
    assert "withheld-named-for-publication" not in _codes(app, identifier, "proactive")


def test_document_does_not_cite_itself(app: App, tmp_path: Path) -> None:
    """Its own number in its own text, and a number that nobody has recorded, tell nothing."""
    body = "本通知（云政办发〔2025〕12号）自发布之日起施行，云政办发〔2020〕1号同时执行。"
    identifier = _record(
        app, tmp_path, "通知", _NOTICE.format(topic="办事时间", number="云政办发〔2025〕12号", body=body)
    )
    registering.declare(app, identifier, "withheld", "R16-1c")
    assert "cites-non-public" not in _codes(app, identifier, "proactive")
