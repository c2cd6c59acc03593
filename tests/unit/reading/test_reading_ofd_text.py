"""The text of OFD files read back whole, whichever of its many ways a program takes to write it."""

import pytest
from ofd_files import (
    EM,
    LEFT,
    PITCH,
    TOP,
    Look,
    an_ofd,
    container,
    document,
    line_at,
    objects,
    page,
    pages_of,
    picture,
    rules,
)

from attrtrack.reading import read_source

PARAGRAPHS = [
    "各乡镇人民政府，县直各部门：",
    "为做好今年冬春农田水利建设，进一步改善农业生产条件，经县人民政府同意，现将有关事项通知如下，请结合实际抓好贯彻落实。",
    "一、提高认识。各乡镇要把农田水利建设摆在突出位置，2023年底前完成渠道清淤120公里、泵站维修36座，受益面积不少于5.8万亩。",
    "二、落实责任。县水利局负责技术指导（联系电话另行公布），县财政局负责资金保障，审计部门要加强对资金使用情况的监督检查，确保专款专用。",
    "三、加强检查。县政府督查室每半个月通报一次进度，对进度滞后的乡镇予以约谈。",
]
LOOKS = {
    "one object a line": Look(),
    "one object a character": Look(unit="char"),
    "objects by script": Look(unit="word"),
    "a text code a character": Look(unit="glyph-codes"),
    "repeated steps": Look(steps="repeated"),
    "no steps at all": Look(steps="none"),
    "points scaled by a matrix": Look(scale=0.3528),
    "characters scaled by a matrix": Look(unit="char", scale=0.3528),
    "turned right": Look(turn=1),
    "turned right by characters": Look(turn=1, unit="char"),
    "upside down": Look(turn=2),
    "turned left": Look(turn=3, scale=0.3528),
    "bold by drawing twice": Look(doubled=0.1),
    "shadow by characters": Look(unit="char", doubled=0.4),
    "written from the end": Look(unit="char", backwards=True),
    "nested blocks": Look(nested=True),
    "pretty-printed": Look(pretty=True),
    "glyph mapping": Look(glyphs=True),
    "stretched type": Look(extra=' HScale="1.0" Weight="700" Italic="true"'),
    "invisible layer under a scan": Look(extra=' Alpha="0"'),
    "hidden layer under a scan": Look(unit="char", extra=' Visible="false"'),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_every_way_of_writing_gives_the_same_paragraphs(look: Look) -> None:
    """Lines come back in order and joined to their paragraphs, without blanks or losses."""
    source = read_source(an_ofd([f"|{PARAGRAPHS[0]}", *PARAGRAPHS[1:]], look), "a.ofd")
    assert source.text.split("\n") == PARAGRAPHS
    assert (source.format, source.header, source.box) == ("ofd", "", ())


def test_paragraphs_run_over_pages() -> None:
    """A sentence broken by the end of a page is one again; the numbers of the pages are gone."""
    paragraphs = [paragraph for _ in range(7) for paragraph in PARAGRAPHS[1:]]
    pages = pages_of(paragraphs)
    parts = {}
    for number, lines in enumerate(pages, start=1):
        lines.append(line_at(f"— {number} —", 165, 275, size=4.9))
        parts[f"Pages/Page_{number}/Content.xml"] = page(objects(lines, Look(unit="word")))
    assert len(pages) > 2
    assert read_source(container(document({}, parts)), "a.ofd").text.split("\n") == paragraphs


def test_running_heads_go_into_the_header() -> None:
    """What stands at the same place in the margin of several pages is no part of the text, but is kept."""
    parts = {
        f"Pages/Page_{number}/Content.xml": page(
            objects([line_at(f"某县农田水利简报 第{number}版", 80, 15, size=3.5), *lines])
        )
        for number, lines in enumerate(pages_of(PARAGRAPHS * 4))
    }
    source = read_source(container(document({}, parts)), "a.ofd")
    assert source.text.split("\n") == PARAGRAPHS * 4
    assert source.header == "某县农田水利简报 第0版"


@pytest.mark.parametrize("unit", ["line", "char"])
def test_upright_writing(unit: str) -> None:
    """Columns written downwards are read from the right to the left."""
    lines = [
        [glyph.__class__(glyph.char, 180 - 12 * number, 40 + EM * row) for row, glyph in enumerate(line_at(text, 0, 0))]
        for number, text in enumerate(("关于修缮文庙的函", "县文物局商请住建局", "予以支持"))
    ]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines, Look(unit=unit, upright=True)))}))
    assert read_source(data, "a.ofd").text == "关于修缮文庙的函\n县文物局商请住建局\n予以支持"


def test_two_columns_are_read_one_after_the_other() -> None:
    """A page clearly set in columns is cut; its headline over both stands first."""
    words = "农田水利设施是农业生产的命脉各地要因地制宜"[:16]
    left = [f"{number}左{words}" for number in "甲乙丙丁戊己庚"]
    right = [f"{number}右{words}" for number in "甲乙丙丁戊己庚"]
    lines = [line_at("今冬明春水利建设纵横谈之一二三四五六", 55, 30)]
    for number, pair in enumerate(zip(left, right, strict=True)):
        lines += [line_at(text, x, 45 + 7 * number, size=4.0) for text, x in zip(pair, (28, 108), strict=True)]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines))}))
    assert "".join(read_source(data, "a.ofd").text.split("\n")) == "今冬明春水利建设纵横谈之一二三四五六" + "".join(
        left + right
    )


def test_labels_and_values_in_rows_stay_together() -> None:
    """Values beside labels are parted by a tab, line by line, even where their baselines differ a little."""
    lines = []
    for number, (label, value) in enumerate(
        (("来文编号", "0725"), ("收文日期", "2020年6月15日"), ("承办科室", "秘书科"))
    ):
        lines += [line_at(label, 30, 50 + 9 * number), line_at(value, 80, 50.8 + 9 * number, size=4.9)]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines))}))
    assert read_source(data, "a.ofd").text == "来文编号\t0725\n收文日期\t2020年6月15日\n承办科室\t秘书科"


def test_spread_titles_and_superscripts() -> None:
    """A letter-spaced letterhead has no blanks, a superscript stays in its line, words of Latin script are parted."""
    lines = [
        line_at("某县人民政府文件", 40, 40, size=10, spread=0.6),
        line_at("渠道断面3.5m", LEFT, 70),
        line_at("2", LEFT + 6 * EM, 68, size=3),
        line_at("以上。", LEFT + 6 * EM + 1.5, 70),
        line_at("Water Act (2016)", LEFT, 90),
    ]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines, Look(unit="char")))}))
    assert read_source(data, "a.ofd").text == "某县人民政府文件\n渠道断面3.5m2以上。\nWater Act (2016)"


def test_values_written_into_the_gaps_of_a_label() -> None:
    """A value printed over the blanks or the rule of a form's sentence comes to stand where it is printed."""
    lines = [
        line_at("根据水法第____条之规定", LEFT, 60),
        line_at("38", LEFT + 5.5 * EM, 60),
        line_at("工期      天", LEFT, 80),
        line_at("120", LEFT + 2.75 * EM, 79.8),
    ]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines))}))
    assert read_source(data, "a.ofd").text == "根据水法第_38_条之规定\n工期120天"


def test_ruled_tables_are_read_cell_by_cell() -> None:
    """A cell is one text however many lines it has, a row is one line, an empty cell keeps its place."""
    lines = [
        line_at("收文处理单", 80, 30, size=7),
        line_at("公文标题", 22, 56),
        line_at("关于做好今年冬春农田水利建设和防汛抗旱物资储备", 62, 52),
        line_at("工作的通知", 62, 60),
        line_at("来文单位", 22, 76),
        line_at("收文日期", 112, 76),
        line_at("2023年11月2日", 150, 76),
        line_at("来文文号", 22, 91),
        line_at("某政办发〔2023〕", 62, 91),
        line_at("15", 62 + 7.5 * EM, 91),
        line_at("号", 62 + 8.5 * EM, 91),
    ]
    ruled = rules([20, 60, 192], [45, 65, 85, 95]) + rules([60, 110, 148, 192], [65, 85])
    source = read_source(container(document({}, {"Pages/Page_0/Content.xml": page(ruled + objects(lines))})), "a.ofd")
    assert source.text.split("\n") == [
        "收文处理单",
        "公文标题\t关于做好今年冬春农田水利建设和防汛抗旱物资储备工作的通知",
        "来文单位\t\t收文日期\t2023年11月2日",
        "来文文号\t某政办发〔2023〕15号",
    ]
    assert dict(source.box) == {
        "标题": "关于做好今年冬春农田水利建设和防汛抗旱物资储备工作的通知",
        "收文日期": "2023年11月2日",
        "文号": "某政办发〔2023〕15号",
    }


def test_tables_with_open_sides() -> None:
    """A table whose outer upright lines are not drawn, as many programs do, is a table all the same."""
    lines = [
        line_at(text, x, y)
        for y, row in ((57, "指标数值"), (67, "渠道水库"))
        for x, text in ((25, row[:2]), (75, row[2:]))
    ]
    level = "".join(rules([20, 120], [y, y]) for y in (50, 60, 70)).replace("L 0 0", "")
    content = page(level + rules([70], [50, 70]) + objects(lines))
    data = container(document({}, {"Pages/Page_0/Content.xml": content}))
    assert read_source(data, "a.ofd").text == "指标\t数值\n渠道\t水库"


def test_paragraphs_set_apart_by_space() -> None:
    """Where nothing is indented, wider spaces between lines part the paragraphs, also after full lines."""
    sentence = "农田水利设施是农业生产的命脉，各地要因地制宜抓紧修复，确保受益。"
    paragraphs = [sentence[:-1] + sentence[:23] + "。" + sentence, sentence, sentence[:20] + "。" + sentence]
    lines: list[list] = []
    y = TOP
    for line in [line for paragraph in paragraphs for line in pages_of([f"|{paragraph}"])[0]]:
        y += PITCH * (1.5 if line[0].y == TOP + PITCH else 1)
        lines.append(line_at("".join(glyph.char for glyph in line), LEFT, y))
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines))}))
    assert read_source(data, "a.ofd").text.split("\n") == paragraphs


def test_the_text_layer_under_a_scan() -> None:
    """Recognised text under a picture is the page's text, though a program's line stands visible above it."""
    hidden = objects(pages_of(PARAGRAPHS)[0], Look(extra=' Alpha="0"'))
    content = page(picture() + hidden + objects([line_at("某某软件试用版", 80, 290)]))
    data = container(document({}, {"Pages/Page_0/Content.xml": content}))
    assert read_source(data, "a.ofd").text.split("\n")[: len(PARAGRAPHS)] == PARAGRAPHS


def test_boxes_and_rare_characters() -> None:
    """Ticked boxes of symbol fonts, spaces of any width and characters of private use come through."""
    lines = [line_at("公开方式：\uf0fe主动公开\uf0a8不公开", LEFT, 60), line_at("某\ue863\u2002村\u200b民", LEFT, 80)]
    data = container(document({}, {"Pages/Page_0/Content.xml": page(objects(lines))}))
    assert read_source(data, "a.ofd").text == "公开方式：☑主动公开□不公开\n某\ue863\u2002村民"


def test_templates_carry_the_labels_of_a_page() -> None:
    """Labels of a template and values of the page are put together by place; a template may serve several pages."""
    template = page(objects([line_at("申请人：", 30, 50), line_at("事由：", 30, 60)]))
    parts = {
        f"Pages/P{number}/Content.xml": page(
            objects([line_at(name, 30 + 4 * EM, 50), line_at("查阅水利规划", 30 + 3 * EM, 60)]),
            before='<o:Template TemplateID="2" ZOrder="Background"/>',
        )
        for number, name in enumerate(("张三", "李四"))
    }
    common = '<o:TemplatePage ID="2" BaseLoc="TPLS/TPL_0/Content.xml"/>'
    data = container(document({"TPLS/TPL_0/Content.xml": template}, parts, common=common))
    assert read_source(data, "a.ofd").text == "申请人：张三\n事由：查阅水利规划\n申请人：李四\n事由：查阅水利规划"


def test_text_kept_in_resources() -> None:
    """Composite units of the document's resources are drawn where the page refers to them; one in itself is not followed."""
    unit = (
        '<o:CompositeGraphicUnit ID="21" Width="210" Height="297"><o:Content>'
        f'{objects(pages_of(PARAGRAPHS)[0])}<o:CompositeObject ID="8" Boundary="0 0 1 1" ResourceID="21"/>'
        "</o:Content></o:CompositeGraphicUnit>"
    )
    resources = f'<o:Res xmlns:o="x" BaseLoc="Res"><o:CompositeGraphicUnits>{unit}</o:CompositeGraphicUnits></o:Res>'
    content = page('<o:CompositeObject ID="4" Boundary="0 0 210 297" CTM="1 0 0 1 0 0" ResourceID="21"/>')
    for name in ("DocumentRes", "PublicRes"):
        common = f"<o:{name}>{name}.xml</o:{name}>"
        data = container(document({f"{name}.xml": resources}, {"Pages/Page_0/Content.xml": content}, common=common))
        assert read_source(data, "a.ofd").text.split("\n") == PARAGRAPHS
    held = page('<o:CompositeObject ID="4" ResourceID="21"/>', before="<o:PageRes>Res.xml</o:PageRes>")
    data = container(document({"Pages/Page_0/Res.xml": resources}, {"Pages/Page_0/Content.xml": held}))
    assert read_source(data, "a.ofd").text.split("\n") == PARAGRAPHS


def test_watermarks_and_annotations_stand_aside() -> None:
    """Stamps, notes and tilted text are not spliced into sentences, but kept in the header for the search for signs."""
    tilted = (
        '<o:TextObject ID="9" Font="3" Size="20" Boundary="30 60 150 150" CTM="0.7071 -0.7071 0.7071 0.7071 0 0">'
        '<o:TextCode X="0" Y="60" DeltaX="20 20 20">内部资料</o:TextCode></o:TextObject>'
    )
    note = (
        '<o:PageAnnot xmlns:o="x"><o:Annot ID="5" Type="Watermark"><o:Remark>请核对</o:Remark>'
        f'<o:Appearance Boundary="0 0 210 297">{objects([line_at("此件公开发布", LEFT, TOP + 20)])}</o:Appearance>'
        '</o:Annot><o:Annot ID="6" Visible="false"><o:Appearance Boundary="0 0 9 9">'
        f"{objects([line_at('旧稿', 1, 5)])}</o:Appearance></o:Annot></o:PageAnnot>"
    )
    listed = '<o:Annotations xmlns:o="x"><o:Page PageID="1"><o:FileLoc>Page_0/Annotation.xml</o:FileLoc></o:Page></o:Annotations>'
    parts = {"Annots/Annotations.xml": listed, "Annots/Page_0/Annotation.xml": note}
    content = page(tilted + objects(pages_of(PARAGRAPHS)[0]))
    after = "<o:Annotations>Annots/Annotations.xml</o:Annotations>"
    source = read_source(container(document(parts, {"Pages/Page_0/Content.xml": content}, after=after)), "a.ofd")
    assert source.text.split("\n") == PARAGRAPHS
    assert source.header.split("\n") == ["内部资料", "此件公开发布"]
    assert source.metadata == (("批注", "请核对"), ("隐藏文字", "旧稿"))


def test_a_picture_behind_the_text_does_not_matter() -> None:
    """A page with a background picture and a text is read."""
    content = page(picture() + objects(pages_of(PARAGRAPHS)[0]))
    data = container(document({}, {"Pages/Page_0/Content.xml": content}))
    assert read_source(data, "a.ofd").text.split("\n") == PARAGRAPHS
