"""Facets with the place where they stand in a title."""

import pytest

from attrtrack.nlp.title_spans import facet_spans


@pytest.mark.parametrize(
    ("title", "facet", "words"),
    [
        ("云栖市人民政府办公室关于印发《云栖市供水办法（试行）》的通知", "stage", "试行"),
        ("云栖市人民政府办公室关于印发《云栖市供水办法（试行）》的通知", "core", "云栖市供水办法（试行"),
        ("云栖市人民政府办公室关于印发《云栖市供水办法（试行）》的通知", "carrier", "通知"),
        ("云栖市人民政府办公室关于印发《云栖市供水办法（试行）》的通知", "issuer", "云栖市人民政府办公室"),
        ("云栖市人民政府办公室关于印发《云栖市供水办法（试行）》的通知", "kind", "办法"),
        ("廣東省二〇二一年政務公開工作要點", "year", "二〇二一"),
        ("廣東省二〇二一年政務公開工作要點", "place", "廣東"),
        ("云栖市“十五五”水利规划（２０２６—2030年）", "period", "“十五五”"),
        ("云栖市“十五五”水利规划（２０２６—2030年）", "year", "２０２６"),
        ("关于公布第二批归类决定（Ⅱ）的公告", "series", "第二批"),
        ("关于公布第二批归类决定（Ⅱ）的公告", "series", "（Ⅱ）"),
        ("进口德国苹果植物检疫要求", "place", "德国"),
        ("供水办法（2024年修订）", "stage", "2024年修订"),
    ],
)
def test_each_facet_is_found_as_it_is_written(title: str, facet: str, words: str) -> None:
    """Traditional and full-width signs are quoted as they stand."""
    assert (facet, words) in [(item.facet, item.words) for item in facet_spans(title)]


def test_spans_quote_the_title_in_order() -> None:
    """Every span covers its words, the first words first."""
    title = "甲省乙市2024年第三批惠企办法（征求意见稿）"
    found = facet_spans(title)
    assert all(item.span.of(title) == item.words for item in found)
    assert [item.span for item in found] == sorted(item.span for item in found)


@pytest.mark.parametrize("title", ["", "《》", "）（", "通知"])
def test_titles_that_say_nothing_have_few_spans(title: str) -> None:
    """Empty and broken titles raise nothing."""
    assert all(item.words for item in facet_spans(title))
