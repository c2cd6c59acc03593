"""Forms and channels of pages, each with what shows it."""

import pytest

from attrtrack.domain.evidence import Span
from attrtrack.domain.pages import Page, PageParts
from attrtrack.linking import find_channels, find_forms, recognise_channels, recognise_forms, shown_codes
from attrtrack.rules import Rules

PAIR = "问：谁可以申请？答：本市居民。"
TALK = "主持人：欢迎，请介绍背景。\n李局长：谢谢。\n主持人：怎么申请？\n李局长：到社区申请。"
RUNNING = "困难家庭可以提出申请。" * 30


@pytest.mark.parametrize(
    ("title", "text", "forms"),
    [
        ("【一图读懂】某办法", "", ("picture",)),
        ("《某办法》政策解读", "", ("text",)),
        ("《某办法》解读", PAIR, ("text",)),
        ("《某办法》解读", PAIR * 3, ("qa",)),
        ("【文字解读】某办法", PAIR * 3, ("text",)),
        ("某办法", PAIR, ("qa",)),
        ("某办法", "", ("text",)),
        (None, "", ()),
        (None, RUNNING, ("text",)),
        ("《某办法》解读", TALK, ("interview",)),
        ("某办法昨天公布", "3月2日，市政府新闻办召开《某办法》新闻发布会。" + RUNNING, ("press-conference",)),
        ("某办法昨天公布", "要通过新闻发布会等方式开展解读。" + RUNNING, ("text",)),
        ("專家解讀：某辦法", "", ("text", "expert")),
        ("【视频解读】《某办法》图解", "", ("picture", "video")),
    ],
)
def test_forms_come_from_the_title_then_the_text(
    rules: Rules, title: str | None, text: str, forms: tuple[str, ...]
) -> None:
    """Labels win, then how the whole text runs, then a bare 解读, then what the text mentions; no page, no form."""
    assert recognise_forms(title, None, text, rules) == forms


@pytest.mark.parametrize(
    ("title", "parts", "forms"),
    [
        ("某办法来了", PageParts(images=2, letters=30), ("picture",)),
        ("某办法来了", PageParts(images=2, letters=900), ("text",)),
        ("《某办法》政策解读", PageParts(images=1, letters=10), ("picture",)),
        ("《某办法》政策解读", PageParts(videos=1, letters=20), ("video",)),
        ("《某办法》政策解读", PageParts(videos=1, letters=900), ("text", "video")),
        ("【音频解读】某办法", PageParts(audios=1, letters=900), ("text", "audio")),
        ("一图读懂某办法", PageParts(images=1, videos=1, letters=5), ("picture", "video")),
        ("某局负责人答记者问", PageParts(images=1, letters=900), ("qa",)),
    ],
)
def test_pictures_and_players_of_the_page_are_forms(
    rules: Rules, title: str, parts: PageParts, forms: tuple[str, ...]
) -> None:
    """Players always tell; pictures only where hardly any text stands beside them; text beside players is told too."""
    assert recognise_forms(title, None, "", rules, parts) == forms


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://www.yunqi.gov.cn/zcjd/tujie/1.html", "picture"),
        ("https://www.yunqi.gov.cn/files/jd.mp4", "video"),
        ("https://v.qq.com/x/page/1.html", "video"),
        ("https://h5.yunqi.gov.cn/a", "h5"),
        ("https://fbh.yunqi.gov.cn/a", "press-conference"),
        ("https://www.yunqi.gov.cn/hdjl/zxft/1.html", "interview"),
        ("https://www.yunqi.gov.cn/zcjd/1.html", "text"),
    ],
)
def test_addresses_show_forms(rules: Rules, url: str, form: str) -> None:
    """Columns, players' sites and file names tell; a column of interpretations as such does not."""
    assert recognise_forms("某办法来了", url, "", rules) == (form,)


def test_files_that_the_article_links_to_are_forms(rules: Rules) -> None:
    """A film or recording beside the text is a form of the page; a link to another page is none."""
    links = (("/files/jd.mp4", "解读视频"), ("https://www.yunqi.gov.cn/jd.mp3", "收听"), ("/zcjd/tujie/1.html", "图解"))
    found = find_forms(Page("《某办法》政策解读", RUNNING, links=links), rules)
    assert [item.code for item in found] == ["text", "video", "audio"]
    assert found[1].evidence[0].source == "正文链接"
    assert recognise_forms("《某办法》政策解读", None, RUNNING, rules) == ("text",)


def test_forms_bring_their_evidence(rules: Rules) -> None:
    """A find in the text has its span, one of the page's structure its counts, one in the title its words."""
    text = "引言。" + PAIR * 3
    (asked,) = find_forms(Page("某办法來了", text), rules)
    assert asked.evidence[0].span == Span(3, 13)
    assert asked.evidence[0].quote == text[3:13]
    (drawn,) = find_forms(Page("一图读懂某办法", "", parts=PageParts(images=2, letters=9)), rules)
    assert [(item.quote, item.source) for item in drawn.evidence] == [
        ("一图读懂", "标题"),
        ("图片2张、正文9字", "页面结构"),
    ]


def test_what_nothing_shows_is_assumed_and_says_so(rules: Rules) -> None:
    """The default form and the channel of a public body are marked, so that callers can leave them unknown."""
    page = Page("某办法来了", "", publisher="云栖市民政局")
    (form,), (channel,) = find_forms(page, rules), find_channels(page, rules)
    assert (form.code, form.assumed, channel.code, channel.assumed) == ("text", True, "government-website", True)
    assert "缺省" in form.evidence[0].source
    assert channel.evidence[0].quote == "云栖市民政局"
    assert shown_codes((form,)) == ()
    (shown,) = find_channels(Page(None, "", address="www.yunqi.gov.cn/a"), rules)
    assert shown_codes((shown,)) == ("government-website",)


@pytest.mark.parametrize(
    ("url", "publisher", "channels"),
    [
        ("https://www.yunqi.gov.cn/a/1.html", None, ("government-website",)),
        ("https://mp.weixin.qq.com/s/abc", None, ("wechat",)),
        ("http://x.example.com/www.gov.cn/", None, ()),
        ("http://www.gov.cn.example.com/", None, ()),
        ("http://www.gov.cn@example.com/", None, ()),
        ("https://www.yunqi.gov.cn/a", "云栖日报", ("newspaper", "government-website")),
        ("https://www.yunqi.gov.cn/a", "云栖发布", ("wechat", "government-website")),
        ("https://www.yunqi.gov.cn/xwfbh/1", "云栖市政府新闻办", ("government-website", "press-conference")),
        ("https://epaper.yunqinews.com/1", None, ("newspaper",)),
        ("https://www.yunqinews.com/1", "云栖市民政局", ("news-site",)),
        (None, "央視網（轉載）", ("broadcast",)),
        (None, "云栖市民政局（供稿：救助科）", ("government-website",)),
        ("https://www.yunqihospital.com/1", "云栖市第一人民医院", ("government-website",)),
        ("https://mirror.example.com/1", "云栖市民政局（第三方转载）", ("repost",)),
        ("https://mirror.example.com/1", "云栖市民政局", ("repost",)),
        ("https://mirror.example.com/zcjd/1.html", "云栖市民政局", ("government-website",)),
        ("https://mirror.example.com/art/2020/8/26/art_12_34.html", None, ("government-website",)),
        ("https://www.example.com/1", "某科技有限公司", ()),
        (None, None, ()),
    ],
)
def test_channels_come_from_host_and_publisher(
    rules: Rules, url: str | None, publisher: str | None, channels: tuple[str, ...]
) -> None:
    """First publication first; a host that only looks like the government's is none; a stranger's copy is no channel."""
    assert recognise_channels(url, publisher, rules) == channels


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("来源：云栖日报　2025年3月2日", ("newspaper", "government-website")),
        ("新华社北京3月2日电（记者张三）办法今天公布。", ("news-site", "government-website")),
        ("本报讯 昨日，办法公布。", ("newspaper", "government-website")),
        (RUNNING + "稿源：云栖广播电视台", ("broadcast", "government-website")),
        ("来源：云栖市民政局", ("government-website",)),
        ("据新华社报道，办法已经施行。", ("government-website",)),
        (RUNNING + "来源：云栖日报。" + RUNNING, ("government-website",)),
        ("数据来源：云栖日报。" + RUNNING, ("government-website",)),
    ],
)
def test_a_repost_on_a_government_site_names_its_source(rules: Rules, text: str, channels: tuple[str, ...]) -> None:
    """Source lines and datelines at the edges of the text tell the medium; what the text merely mentions does not."""
    assert recognise_channels("https://www.yunqi.gov.cn/a/1.html", "云栖市人民政府", rules, text) == channels


def test_a_press_conference_on_a_government_site_is_that_site_first(rules: Rules) -> None:
    """A transcript is on the website; only a page that is the conference itself has that channel as well."""
    address = "https://www.yunqi.gov.cn/a"
    itself, label = (
        find_channels(Page(title, "", address=address), rules)
        for title in ("救助办法新闻发布会实录", "【新闻发布会解读】救助办法")
    )
    assert [item.code for item in itself] == ["government-website", "press-conference"]
    assert [item.code for item in label] == ["government-website"]
