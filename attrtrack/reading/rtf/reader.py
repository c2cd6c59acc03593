"""RTF documents (RTF 1.9), which often come under the name .doc: text, tables, headers, boxes, notes and properties.

Decisions: the text comes as from binary Word documents (rows by tabs, boxes and drawn words before their paragraph, tracked
deletions left out, hidden text kept); pictures, embedded objects and instructions of fields are passed over; a file
whose groups are not closed is cut off, and refused.
"""

import re
from typing import NamedTuple

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BrokenSourceError
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.plain.decoding import CODE_PAGES
from attrtrack.reading.rtf.story import CELL, PLAIN_STORY, ROW, RtfStory
from attrtrack.reading.rtf.tokens import Token, tokens
from attrtrack.reading.word.marked import in_font
from attrtrack.reading.word.text import check_stories

_HEADER, _BOX, _FONTS = "header", "box", "fonts"
_KEPT = frozenset({_HEADER, "批注", "脚注"})
_REMARKS = ("批注", "脚注")
_PROPERTIES = {"title": "title", "subject": "subject", "keywords": "keywords", "category": "category"} | {
    "doccomm": "description", "manager": "Manager", "company": "Company", "propname": "", "staticval": "",
}  # fmt: skip
_STORIES = {f"{kind}{place}": _HEADER for kind in ("header", "footer") for place in ("", "l", "r", "f")} | {
    "footnote": "脚注", "annotation": "批注", "shptxt": _BOX, "dptxbxtext": _BOX, "fonttbl": _FONTS, "sn": "sn", "sv": "sv",
}  # fmt: skip
_QUIET = frozenset({"info", "sp", "shpinst", "do", "userprops"})
_PASSED_OVER = frozenset(
    {"colortbl", "stylesheet", "pict", "objdata", "fldinst", "nonesttables", "ftnsep", "aftnsep", "ftnsepc", "rxe"}
    | {"atnid", "atnauthor", "aftnsepc", "listtext", "pntext", "xe", "tc", "bkmkstart", "bkmkend", "generator"}
)
_DESTINATIONS = _QUIET | _PASSED_OVER | _STORIES.keys() | _PROPERTIES.keys()
_SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u3000", "enspace": " ", "~": "\u00a0",
    "_": "-", "\\": "\\",
}  # fmt: skip
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949"}
_ENDS = frozenset({"par", "sect", "cell", "row", "nestcell", "nestrow"})
# the second wording of a property (`\\upr`), with the characters that the code page of the first lacks
_IN_UNICODE = "ud"
_DEEPEST, _MOST_TOKENS = 500, 1_000_000
_UNITS = 0x10000


class _State(NamedTuple):
    """What holds until the group ends: where text goes, whether it counts, how bytes and tables are to be read."""

    story: str = PLAIN_STORY
    quiet: bool = False
    skipped: bool = False
    deleted: bool = False
    skips: int = 1
    font: int | None = None
    depth: int = 0


def read_rtf(data: bytes, name: str) -> SourceText:
    """Read an RTF document; raises broken, empty or too-large."""
    reader = _Reader()
    reader.read(data)
    body = reader.text(PLAIN_STORY)
    header = "\n".join(dict.fromkeys(line for line in reader.text(_HEADER).split("\n") if line))
    check_stories(body, header)
    remarks = [(label, re.sub(r"(?m)^\s+", "", said)) for label in _REMARKS if (said := reader.text(label))]
    return SourceText(name=name, format="rtf", text=body, header=header, metadata=(*reader.properties, *remarks))


class _Reader:
    """Walks the tokens once, with a stack of states for the groups."""

    def __init__(self) -> None:
        self.properties: list[tuple[str, str]] = []
        self._stories: dict[str, RtfStory] = {}
        self._fonts: dict[int, tuple[str, str]] = {}
        self._states: list[_State] = []
        self._state = _State()
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._charset = "gb18030"
        self._label = ""
        self._drawn = ""
        self._size = 0

    def text(self, story: str) -> str:
        """Return the text of a story."""
        return self._stories[story].text() if story in self._stories else ""

    def read(self, data: bytes) -> None:
        """Read all tokens; raises broken when groups stay open or lie too deep."""
        for count, token in enumerate(tokens(data)):
            if count > _MOST_TOKENS:
                raise too_large()
            if token.text:
                self._add_bytes(token.text)
                continue
            self._flush()
            if token.word == "}":
                self._close()
                if not self._states:
                    return
            elif token.word == "{":
                self._open()
            else:
                self._obey(token)
        raise BrokenSourceError("RTF 文件不完整（结尾缺失）：请用 Word 或 WPS 打开后另存为 docx，再提交。")

    def _open(self) -> None:
        if len(self._states) >= _DEEPEST:
            raise BrokenSourceError("RTF 文件结构异常：请用 Word 或 WPS 打开后另存为 docx，再提交。")
        self._states.append(self._state)
        self._starred = False
        self._to_skip = 0

    def _close(self) -> None:
        ended, self._state = self._state, self._states.pop() if self._states else _State()
        self._to_skip = 0
        if ended.story == self._state.story or ended.skipped:
            return
        said = self.text(ended.story)
        if ended.story == _BOX or (ended.story == "sv" and self._drawn == "gtextUNICODE"):
            self._story(self._anchor()).add_box(said.split("\n"))
        elif ended.story == "sn":
            self._drawn = said
        elif ended.story in _PROPERTIES:
            self._note(ended.story, said)
        elif ended.story in _KEPT:
            self._story(ended.story).finish()
            return
        self._stories.pop(ended.story, None)

    def _anchor(self) -> str:
        return next((s.story for s in (self._state, *reversed(self._states)) if s.story in {_HEADER, PLAIN_STORY}), "")

    def _note(self, kind: str, said: str) -> None:
        if kind == "propname":
            self._label = said
        elif said.strip():
            self.properties.append((_PROPERTIES[kind] or self._label, said.strip()))

    def _story(self, name: str) -> RtfStory:
        if name not in self._stories:
            self._stories[name] = RtfStory()
        return self._stories[name]

    def _add_bytes(self, text: bytes) -> None:
        dropped = min(self._to_skip, len(text))
        self._to_skip -= dropped
        if not self._state.skipped:
            self._bytes += text[dropped:]

    def _flush(self) -> None:
        if not self._bytes:
            return
        raw, self._bytes = bytes(self._bytes), bytearray()
        charset, font = self._fonts.get(-1 if self._state.font is None else self._state.font, ("", ""))
        if self._state.story == _FONTS:
            self._name_font(raw)
            return
        try:
            text = raw.decode(charset or self._charset)
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
        self._add("".join(in_font(ord(c), font) or c for c in text) if font else text)

    def _name_font(self, raw: bytes) -> None:
        name = raw.decode("ascii", errors="ignore").strip(" ;")
        if name.casefold().startswith("wingdings") and self._state.font is not None:
            self._fonts[self._state.font] = ("latin-1", name)

    def _add(self, text: str) -> None:
        state = self._state
        if state.skipped or state.quiet or state.deleted or state.story == _FONTS:
            return
        self._size += len(text)
        if self._size > MAX_CHARACTERS:
            raise too_large()
        self._story(state.story).add(text)

    def _obey(self, token: Token) -> None:
        word, number = token.word, token.number
        starred, self._starred = self._starred, word == "*"
        if word == "u":
            self._add(chr((number or 0) % _UNITS))
            self._to_skip = self._state.skips
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif (starred and word != _IN_UNICODE) or word in _DESTINATIONS:
            self._enter(word)
        elif word in _ENDS:
            self._end(word)
        else:
            self._set(word, number)

    def _enter(self, word: str) -> None:
        """Turn the group to where its text goes; what is passed over stays so to its end."""
        state = self._state
        story = _STORIES.get(word, word if word in _PROPERTIES else "")
        if state.skipped:
            return
        if story:
            inside = state.story == story == _BOX
            self._state = state._replace(story=state.story if inside else story, quiet=False, depth=0)
        elif word in _QUIET:
            self._state = state._replace(quiet=True)
        else:
            self._state = state._replace(skipped=word != "nesttableprops")

    def _end(self, word: str) -> None:
        state = self._state
        if state.skipped or state.quiet:
            return
        if state.deleted and word == "par":
            return
        mark = "\r" if word in {"par", "sect"} else ROW if word.endswith("row") else CELL
        least = 2 if word.startswith("nest") else 1
        depth = state.depth if mark == "\r" else 1 if least == 1 else max(state.depth, least)
        self._story(state.story).end(mark, depth)

    def _set(self, word: str, number: int | None) -> None:
        """Follow a word that sets what holds from here on."""
        value = 1 if number is None else number
        if word == "pard":
            self._state = self._state._replace(depth=0)
        elif word == "intbl":
            self._state = self._state._replace(depth=max(self._state.depth, 1))
        elif word == "itap":
            self._state = self._state._replace(depth=max(0, min(value, 32)))
        elif word in {"deleted", "plain"}:
            self._state = self._state._replace(deleted=word == "deleted" and value != 0)
        elif word == "uc":
            self._state = self._state._replace(skips=max(0, min(value, 8)))
        elif word == "f":
            self._state = self._state._replace(font=value)
        elif word == "fcharset" and self._state.font is not None:
            self._fonts[self._state.font] = (_CHARSETS.get(value, ""), "")
        elif word == "ansicpg":
            self._charset = CODE_PAGES.get(value, "gb18030")
