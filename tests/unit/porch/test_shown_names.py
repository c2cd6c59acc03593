"""File names are shown so that they cannot forge a line of the log or command the terminal."""

from attrtrack.cli.output import shown


def test_control_signs_are_spelt_out() -> None:
    """Line breaks, escapes and signs that turn the writing are spelt out; Chinese, blanks and odd bytes stay."""
    assert shown("a\n错误[broken] b\x1b[31m\u202e.txt") == "a\\n错误[broken] b\\x1b[31m\\u202e.txt"
    assert shown("关于 值守.docx\udcb9😀") == "关于 值守.docx\udcb9😀"
