"""What contradicts in titles does so for any name: exchanged years, places and stages, seen from either side."""

from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.linking.mentions import NamedTitle, Role
from attrtrack.linking.profiles import profile_document
from attrtrack.linking.strengths import short_form, strength
from attrtrack.nlp.title_clashes import contradictions, doubts
from attrtrack.nlp.title_spans import facet_spans
from attrtrack.nlp.titles import facets

SUBJECTS = st.sampled_from(["供水", "临时救助", "粮食储备", "义务教育", "道路运输", "河湖保护", "养老服务"])
KINDS = st.sampled_from(["管理办法", "工作要点", "实施方案", "规定", "若干措施"])
YEARS = st.integers(1995, 2035)
PROVINCES = st.sampled_from(["广东省", "四川省", "河南省", "海南省", "云南省", "浙江省"])
CITIES = st.sampled_from(["云栖市", "溪口市", "江宁县", "松山区", "白河州"])
STAGES = st.sampled_from(["（试行）", "（暂行）"])
WRAPS = st.sampled_from(["{}", "某局关于印发《{}》的通知", "《{}》政策解读", "一图读懂｜{}", "某厅关于印发{}的通知"])


def clash(one: str, other: str) -> tuple[set[str], set[str]]:
    """Return the contradictions seen from either side."""
    a, b = facets(one), facets(other)
    return set(contradictions(a, b)), set(contradictions(b, a))


@given(SUBJECTS, KINDS, YEARS, YEARS, WRAPS, WRAPS)
def test_another_year_always_contradicts(subject: str, kind: str, one: int, other: int, a: str, b: str) -> None:
    """The same year never contradicts, another always does, however the two titles are wrapped."""
    found = clash(a.format(f"{one}年{subject}{kind}"), b.format(f"{other}年{subject}{kind}"))
    assert all(("year" in said) == (one != other) for said in found)


@given(SUBJECTS, KINDS, PROVINCES, PROVINCES, WRAPS)
def test_another_province_always_contradicts(subject: str, kind: str, one: str, other: str, wrap: str) -> None:
    """A province exchanged is another document."""
    found = clash(wrap.format(f"{one}{subject}{kind}"), f"{other}{subject}{kind}")
    assert all(("place" in said) == (one != other) for said in found)


@given(SUBJECTS, KINDS, CITIES, CITIES)
def test_another_city_always_contradicts(subject: str, kind: str, one: str, other: str) -> None:
    """A city or county exchanged is another document."""
    found = clash(f"{one}{subject}{kind}", f"{other}{subject}{kind}")
    assert all(("place" in said) == (one != other) for said in found)


@given(SUBJECTS, KINDS, STAGES, STAGES)
def test_another_stage_contradicts_and_a_missing_one_is_a_doubt(subject: str, kind: str, one: str, other: str) -> None:
    """试行 is not 暂行; where one of the two is silent a person must look."""
    name = f"{subject}{kind}"
    assert all(("stage" in said) == (one != other) for said in clash(name + one, name + other))
    assert "stage" not in clash(name + one, name)[0]
    assert "stage" in doubts(facets(name + one), facets(name))
    assert all("stage" in said for said in clash(f"{name}（征求意见稿）", name))


@given(SUBJECTS, KINDS, YEARS, PROVINCES, WRAPS)
def test_a_title_never_contradicts_itself(subject: str, kind: str, year: int, place: str, wrap: str) -> None:
    """However it is wrapped, the same name contradicts nothing and leaves no doubt of year or stage."""
    name = f"{place}{year}年{subject}{kind}"
    one, other = facets(wrap.format(name)), facets(name)
    assert contradictions(one, other) == contradictions(other, one) == ()
    assert set(doubts(one, other)) <= {"place", "carrier"}
    named = NamedTitle(name, one, Role.SUBJECT, "title")
    assert strength(named, profile_document(LinkableDocument("D", name))).exact


@given(st.text(alphabet="甲乙丙关于印发的通知《》（）〔〕()[]2024年第三批试行“”十四五 \n", max_size=60))
def test_any_signs_are_read_without_harm(title: str) -> None:
    """Broken titles give facets and spans that quote them."""
    read = facets(title)
    assert contradictions(read, read) == ()
    assert all(item.span.of(title) == item.words for item in facet_spans(title))


@given(st.text(alphabet="疾病预防控制中心", max_size=8), st.text(alphabet="疾病预防控制", max_size=8))
def test_a_short_form_is_part_of_the_text_and_no_part_of_the_name(text: str, name: str) -> None:
    """What is called a short form stands in the text, not in the name, and takes the name's signs in order."""
    run = short_form(text, name)
    signs = iter(name)
    assert run in text
    assert not run or (run not in name and all(sign in signs for sign in run))
