"""Values of ledger cells: what a cell says, or None; what cannot be read is told, never guessed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.findings import Finding
from attrtrack.recording.headers import header_key
from attrtrack.recording.lines import bare
from attrtrack.rules.schema import ChannelRow, FormRow
from attrtrack.rules.tables import Rules

_NOTHING = frozenset(
    {
        "",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "无",
        "nan",
        "nat",
        "none",
        "null",
        "n/a",
        "空",
        "暂无",
        "#n/a",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
    }
)
_LONGEST_NOTHING = max(map(len, _NOTHING))
_EXPLAINED = re.compile(r"([是否])\s*[（(].*[）)]")
_YES = frozenset({"是", "√", "✓", "有", "需要", "需", "应", "y", "yes", "1", "true", "非纯文字"})
_NO = frozenset(
    {"否", "×", "x", "不是", "不需要", "不需", "无需", "没有", "n", "no", "0", "false", "纯文字", "文字", "无"}
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_LABELLED = re.compile(r"^([^\s:：/]{2,10})\s*[:：]\s*(?!//)(.+)$", re.DOTALL)
ADDRESS_BEGINS = "http"
ADDRESS = re.compile(r"https?://[^\s，。；;、）)》\"']+")
_SEPARATOR = re.compile(r"[、，,；;/\s+]+")
_SHOWN = 60
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIAL_DAYS = range(18264, 73051)
_BREAK = re.compile(r"[ \t]*[\r\n]+\s*")
_WIDE = r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e〔〕《》“”‘’（）]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]+\s*|[ \t]*[\r\n]+\s*(?={_WIDE})")
_ONE_LINE = frozenset({"title", "number", "interpretation_title"})
_HARMLESS = re.compile(r"^(?:非|不|未|无|已解密|解密|工作秘密|商业秘密|公开|内部|普通|一般)")
_LEVEL = re.compile(
    r"^[【(\[]?(?:(?:绝|絕|机|機|秘|祕)(?:级|件|[★\d].*)?|(?:j{1,2}m|mm|(?:top)?secret|confidential)(?:[★\d].*)?)[】)\]]?$"
    r"|[绝絕机機秘祕]密|^涉密"
)
_TERM = re.compile(r"(?:\d+|[一二三四五六七八九十]+)(?:年|个?月|天|日)|长期")
_BOXES = "□☐○◯☑√■●✓✔☒"
_NOT_CHOSEN = re.compile(rf"[□☐○◯][^{_BOXES}]*")
_NOT_CHOSEN_BEFORE = re.compile(rf"[^{_BOXES}]*[□☐○◯]")


@dataclass(slots=True)
class Row:
    """The cells of one ledger row by field, and what could not be read in them."""

    values: dict[str, str]
    names: dict[str, str]
    rules: Rules
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return the words of a cell without hyperlink; None when the cell says nothing."""
        value = self.values.get(name)
        if not value:
            return None
        if "\n" in value:
            value = value.split("\nhttp", 1)[0].strip()
            value = one_line(value) if name in _ONE_LINE and "\n" in value else value
        value = value.strip()
        return None if len(value) <= _LONGEST_NOTHING and value.lower() in _NOTHING else value

    def date(self, name: str) -> WrittenDate | None:
        """Return a date; an unreadable one is a finding."""
        value = self.text(name)
        return None if value is None else self._date(name, value)

    def _date(self, name: str, value: str) -> WrittenDate | None:
        date = WrittenDate.parse(value) or _serial_day(value)
        if date is None:
            self.unreadable(name, value)
        return date

    def day(self, name: str) -> dt.date | None:
        """Return a calendar day; a month without day is a finding."""
        value = self.text(name)
        return None if value is None else self.as_day(name, value)

    def as_day(self, name: str, value: str) -> dt.date | None:
        """Read a part of a cell as a calendar day, as `day` reads the whole."""
        date = self._date(name, value)
        if date is not None and date.as_date is None:
            self.unreadable(name, date.isoformat())
        return date.as_date if date else None

    def addresses(self, name: str) -> tuple[str, ...]:
        """Return every web address of a cell, hyperlinks included; words without an address are a finding."""
        value = self.values.get(name)
        value = value.strip() if value else None
        if not value:
            return ()
        found = tuple(dict.fromkeys(ADDRESS.findall(value)))
        if not found and value.lower() not in _NOTHING and value not in _NO:
            self.unreadable(name, value)
        return found

    def title_address(self) -> tuple[str, ...]:
        """Return the address that a title's hyperlink leads to."""
        title = self.values.get("title", "")
        return tuple(ADDRESS.findall(title)) if ADDRESS_BEGINS in title else ()

    def yes_or_no(self, name: str) -> bool | None:
        """Return what a yes-or-no cell says; a form of interpretation counts by whether it is other than plain text."""
        if not self.values.get(name):
            return None
        value = self.text(name) or ""
        explained = _EXPLAINED.fullmatch(value)
        if explained:
            return explained[1] == "是"
        if value.lower() in _YES:
            return True
        if value.lower() in _NO or self.values.get(name, "").strip() == "无":
            return False
        forms = coded(value, self.rules.forms)
        if forms:
            return not self.rules.diversified_forms.isdisjoint(forms)
        if value:
            self.unreadable(name, value)
        return None

    def codes_in_brackets(self, name: str, rows: Sequence[FormRow]) -> tuple[str, ...]:
        """Return the codes that a yes-or-no cell adds in brackets, as the year's list prints them: 是（图解、视频）."""
        brackets = _in_brackets(self.text(name) or "")
        return coded(brackets, rows) if brackets else ()

    def codes(self, name: str, rows: Sequence[FormRow] | Sequence[ChannelRow]) -> tuple[str, ...]:
        """Return the codes of the forms or channels that a cell lists; unknown words are a finding."""
        value = self.text(name)
        if value is None:
            return ()
        found = coded(value, rows)
        if not found:
            self.unreadable(name, value)
        return found

    def unreadable(self, name: str, value: str) -> None:
        """Tell a cell that cannot be read, and count it as not filled in."""
        column = self.names.get(name, name)
        self.findings.append(self.rules.finding("ledger-cell-unreadable", column=column, text=value[:_SHOWN]))


def _serial_day(value: str) -> WrittenDate | None:
    """Read the day count of a spreadsheet (45091 = 2023-06-14), which a date without its format shows; 1950 to 2099."""
    if not value.isdecimal() or int(value) not in _SERIAL_DAYS:
        return None
    day = _FIRST_DAY + dt.timedelta(days=int(value))
    return WrittenDate(day.year, day.month, day.day)


def _in_brackets(text: str) -> str:
    explained = _EXPLAINED.fullmatch(text)
    return text[2:-1].strip("（( ") if explained else ""


def one_line(text: str) -> str:
    """Join the lines of a cell, with a blank only between words that are not Chinese."""
    return _BREAK.sub(" ", _WIDE_BREAK.sub("", text))


@lru_cache(maxsize=1024)
def states_secrecy(cell: str) -> bool | None:
    """Whether a cell of a column of secrecy (密级) states a level; None when it says what nobody knows.

    Abbreviated levels (机, JM) and terms (10年) count; 非密, 无, 工作秘密 and an empty cell do not.
    """
    said = bare(unicodedata.normalize("NFKC", cell)).lower()
    ticked = _NOT_CHOSEN if said[:1] in _BOXES else _NOT_CHOSEN_BEFORE
    word = ticked.sub("", said).strip(_BOXES)
    if said in _YES:
        return True
    if word in _NOTHING or word in _NO or _HARMLESS.match(word):
        return False
    if word in _YES or _LEVEL.search(word) or _TERM.fullmatch(word):
        return True
    return None


def coded(text: str, rows: Sequence[FormRow] | Sequence[ChannelRow]) -> tuple[str, ...]:
    """Return the codes of the rows whose name or synonym a list of words states."""
    words = {word for word in _SEPARATOR.split(text) if word} | {text}
    return tuple(row.code for row in rows if row.name in words or not words.isdisjoint(row.synonyms))


def strip_labels(values: dict[str, str], fields: dict[str, str]) -> dict[str, str]:
    """Take printed labels out of cells (发文字号：某府发〔2023〕15号); a label that names another field fills that field."""
    stripped: dict[str, str] = {}
    for name, raw in values.items():
        value = (raw if raw.isprintable() else _INVISIBLE.sub("", raw)).strip()
        labelled = _LABELLED.match(value) if ":" in value or "：" in value else None
        named = fields.get(header_key(labelled[1])) if labelled else None
        if labelled is None or named is None:
            stripped.setdefault(name, value)
        elif named == name or named not in values:
            stripped[named] = labelled[2].strip()
        else:
            stripped.setdefault(name, value)
    return stripped
