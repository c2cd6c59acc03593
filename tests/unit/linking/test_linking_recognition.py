"""Forms and channels of pages."""

import pytest

from attrtrack.linking import recognise_channels, recognise_forms
from attrtrack.rules import Rules


@pytest.mark.parametrize(
    ("title", "text", "forms"),
    [
        ("【一图读懂】某办法", "", ("picture",)),
        ("《某办法》政策解读", "", ("text",)),
        ("《某办法》解读", "问：何时施行？答：即日。", ("text",)),
        ("某办法", "问：何时施行？答：即日。", ("qa",)),
        ("某办法", "", ()),
        (None, "困难家庭可以提出申请。" * 30, ("text",)),
        ("專家解讀：某辦法", "", ("text", "expert")),
        ("【视频解读】《某办法》图解", "", ("picture", "video")),
    ],
)
def test_forms_come_from_the_title_then_the_text(
    rules: Rules, title: str | None, text: str, forms: tuple[str, ...]
) -> None:
    """Labels win over text; text stays beside forms that do not count; nothing shown is nothing said."""
    assert recognise_forms(title, None, text, rules) == forms


@pytest.mark.parametrize(
    ("url", "publisher", "channels"),
    [
        ("https://www.yunqi.gov.cn/a/1.html", None, ("government-website",)),
        ("https://mp.weixin.qq.com/s/abc", None, ("wechat",)),
        ("http://x.example.com/www.gov.cn/", None, ()),
        ("http://www.gov.cn.example.com/", None, ()),
        ("http://www.gov.cn@example.com/", None, ()),
        ("https://www.yunqi.gov.cn/a", "云栖日报", ("government-website", "newspaper")),
        (None, "央視網（轉載）", ("broadcast",)),
        (None, None, ()),
    ],
)
def test_channels_come_from_host_and_publisher(
    rules: Rules, url: str | None, publisher: str | None, channels: tuple[str, ...]
) -> None:
    """A host that only looks like the government's is none; a reposted paper has both channels."""
    assert recognise_channels(url, publisher, rules) == channels
