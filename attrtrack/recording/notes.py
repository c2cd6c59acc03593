"""What stands around the text: urgency and signer in the head, the contact line near the signature."""

import re
from collections.abc import Sequence

from attrtrack.domain.evidence import Span
from attrtrack.recording.lines import Found, Line

_URGENCY = re.compile(r"^(?:紧急程度\s*[：:]\s*)?(特\s*急|加\s*急|平\s*急|特\s*提|急\s*件)$")
_SIGNER = re.compile(r"签\s*发\s*人\s*[：:]\s*(\S.{0,40})$")
_CONTACT = re.compile(
    r"^[（(]?[^，。；：:,;\[\]]{0,24}?(?:联\s*系\s*人|联\s*系\s*电\s*话|联\s*系\s*方\s*式|咨询电话|业务咨询)"
    r"(?:[^：:\d\[\]，。]{0,12}[：:]\s*[^\s：:]|[\s\t]+[\d\u4e00-\u9fa5])"
)
_MORE = re.compile(
    r"^(?:\S{0,12}?(?:联\s*系|电\s*话|传\s*真|手\s*机|邮\s*箱|信\s*箱|地\s*址|邮\s*编|邮政编码|网\s*址))[^。]{0,12}?[：:\s\t]+\S|^[\d\-－—、（）() ]{7,}$"
)
_BLANK_FORM = re.compile(r"^[^：:]*联\s*系\s*人[\s\t：:]+(?:联系|电话|手机|职务|传真)|[_＿]{2,}")
_MOST_LINES, _LONGEST = 6, 160


def read_urgency(lines: Sequence[Line]) -> Found | None:
    """Find 特急, 加急 and the like on a line of its own among the lines of the head."""
    return next((_of(line, match) for line in lines if (match := _URGENCY.match(line.text))), None)


def read_signer(lines: Sequence[Line]) -> Found | None:
    """Find who signed (签发人：某某), as upward documents state beside their number."""
    return next((_of(line, match) for line in lines if (match := _SIGNER.search(line.text))), None)


def _of(line: Line, match: re.Match[str]) -> Found:
    text = match[1].rstrip()
    start = line.span.start + match.start(1)
    return Found(text, Span(start, start + len(text)))


def read_contact(lines: Sequence[Line]) -> Found | None:
    """Find the first line that names a contact or gives a telephone, with the lines that go on with it."""
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST or not _CONTACT.match(line.text) or _BLANK_FORM.search(line.text):
            continue
        last = index
        while last + 1 < len(lines) and last - index < _MOST_LINES and _goes_on(lines[index : last + 2]):
            last += 1
        text = " ".join(part.text for part in lines[index : last + 1])
        opened = text[0] in "（(" and text[-1] in "）)"
        start, end = line.span.start + opened, lines[last].span.end - opened
        return Found(text[1:-1] if opened else text, Span(start, end))
    return None


def _goes_on(lines: Sequence[Line]) -> bool:
    """Whether the last of these lines belongs to the contact: it gives another address, or a bracket is still open."""
    text = lines[-1].text
    before = "".join(line.text for line in lines[:-1])
    is_open = before[0] in "（(" and before.count("（") + before.count("(") > before.count("）") + before.count(")")
    return len(text) <= _LONGEST and (is_open or bool(_MORE.match(text)))
