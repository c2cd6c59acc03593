"""Genres of documents (文种): fifteen statutory ones and the letter kinds that offices use."""

from enum import StrEnum


class Genre(StrEnum):
    """A genre; the value is the Chinese word (党政机关公文处理工作条例 art. 8; 复函/答复/答复书 are letter kinds)."""

    RESOLUTION = "决议"
    DECISION = "决定"
    ORDER = "命令"
    COMMUNIQUE = "公报"
    PROCLAMATION = "公告"
    PUBLIC_NOTICE = "通告"
    OPINION = "意见"
    NOTICE = "通知"
    CIRCULAR = "通报"
    REPORT = "报告"
    REQUEST = "请示"
    OFFICIAL_REPLY = "批复"
    BILL = "议案"
    LETTER = "函"
    MINUTES = "纪要"
    REPLY_LETTER = "复函"
    ANSWER = "答复"
    ANSWER_FORM = "答复书"

    @property
    def is_reply(self) -> bool:
        """Whether the genre alone shows a letter of reply (函复类公文)."""
        return self in _REPLIES


_REPLIES = frozenset({Genre.OFFICIAL_REPLY, Genre.REPLY_LETTER, Genre.ANSWER, Genre.ANSWER_FORM})
_IN_TITLE = ("复函", "函复", "答复", "批复")


def answers(genre: str | None, title: str) -> bool:
    """Whether a document is a letter of reply (函复类公文): by its genre, or a 函 whose title says that it answers one."""
    if genre == Genre.LETTER.value:
        return any(word in title for word in _IN_TITLE)
    return genre in _REPLY_WORDS


_REPLY_WORDS = frozenset(genre.value for genre in _REPLIES)
