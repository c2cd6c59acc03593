"""A document that is public only as news: which addresses are news, and when it is a finding."""

import pytest

from attrtrack.rules import Rules
from attrtrack.rules.addresses import news_only

DOCUMENT = "https://www.yun.gov.cn/zfxxgk/zfwj/202403/t20240301_7.html"
NEWS = "https://www.yun.gov.cn/xwzx/ywdt/202403/t20240301_8.html"


@pytest.mark.parametrize(
    "address", [NEWS, "http://society.people.com.cn/n1/2024/0301/c1.html", "https://paper.yundaily.cn/html/1.htm", "http://www.yun.gov.cn/GZDT/9.html"]
)  # fmt: skip
def test_a_medium_or_a_column_of_news_is_told(rules: Rules, address: str) -> None:
    """The finding names the address and by what it shows, and quotes it as evidence."""
    found = news_only([address], rules)
    assert found is not None
    assert found.code == "published-as-news"
    assert address in found.message
    assert [item.quote for item in found.evidence] == [address]


@pytest.mark.parametrize(
    "addresses", [[], [DOCUMENT], [NEWS, DOCUMENT], ["https://www.yun.gov.cn/zwgk/xwgl/1.html"], ["ftp:?"]]
)
def test_one_address_of_the_document_itself_is_enough(rules: Rules, addresses: list[str]) -> None:
    """Nothing is said of a document that also stands as itself, or of which no address is known."""
    assert news_only(addresses, rules) is None
