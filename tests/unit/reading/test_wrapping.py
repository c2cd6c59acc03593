"""Hard-wrapped texts: lines rejoined, titles and signatures left alone."""

from attrtrack.reading.plain.wrapping import rejoin, width

PARAGRAPH = (
    "为进一步做好全市城镇供水和节约用水工作，保障居民生活用水安全，现就今年检查工作的时间、范围和方法作出安排，"
    "请各县区水务部门结合本地实际认真组织实施，并在每月月底前把进展情况报送市水务局供水管理科汇总，不得迟报漏报。"
    "检查分为自查、抽查和整改三个阶段，自查从五月开始，抽查在七月进行，整改须在九月底以前全部完成并逐项销号。"
)


def wrapped(blank: str) -> str:
    """Break a document at 24 characters a line, as text taken out of a PDF is."""
    lines = ["某市水务局", "关于开展供水检查的通知", "各县区水务局:"]
    body = PARAGRAPH.replace("，", ",")
    lines += [body[start : start + 24] for start in range(0, len(body), 24)]
    lines += ["—61—", "某市水务局", "2023年5月8日    ", "(此件公开发布)"]
    return f"\n{blank}".join(lines)


def test_lines_are_rejoined() -> None:
    """Wrapped lines become one paragraph, with blank lines between them or without; the page number goes."""
    expected = ["某市水务局", "关于开展供水检查的通知", "各县区水务局:", PARAGRAPH.replace("，", ",")]
    for blank in ("", "\n", " \n"):
        assert rejoin(wrapped(blank)).split("\n") == [*expected, "某市水务局", "2023年5月8日", "(此件公开发布)"]


def test_whole_paragraphs_are_left_alone() -> None:
    """A text whose lines are paragraphs is returned as it is."""
    text = "\n".join(
        ["某市水务局关于开展供水检查的通知", "各县区水务局：", PARAGRAPH, PARAGRAPH, "某市水务局", "2023年5月8日"] * 2
    )
    assert rejoin(text) == text


def test_a_list_of_items_is_left_alone() -> None:
    """Lines of equal length that each end a sentence are a list, not wrapped text."""
    text = "\n".join(f"第{number}项检查由市水务局负责并在九月底前完成整改；" for number in "一二三四五六七八九")
    assert rejoin(text) == text


def test_width_counts_digits_as_half() -> None:
    """Digits and Latin letters are half as wide as characters; punctuation counts in full, however encoded."""
    assert width("某市2023,") == 5.0
