"""Signs of secrecy in odd wordings, in the names of files, and in files that are refused for another reason anyway."""

import base64
from collections.abc import Iterator, Mapping

from office_files import a_pdf, an_xlsx, zipped
from secrecy_variants import LINES, TITLE, Variant

HEADS = (
    "机密·10年", "密级 机密", "涉密", "涉密文件", "涉密文件 严禁外传", "此件涉密", "（本件涉密，阅后退回）", "机密级", "（秘密）", "秘密▲1年",
    "<机密>", "机密（10年）", "机密 十年", "机密:10年", "秘密~3年", "秘密/3年", "机密｜10年", "秘密,一年", "秘密●1年", "秘密※1年", "秘密◎1年",
    "机密٭5年", "密级：★机密", "密级：【秘密】", "密级（秘密★3年）", "密级︰机密", "密级∶机密", "密别：机密", "保密等级 秘密",
    "保密期限：10年 密级：机密", "紧急程度：特急 密级：机密", "缓急 特急 密级 机密 份数 20", "本文件为机密级国家秘密", "国家秘密★机密",
    "机\u180e密", "机\ufe0f密★", "机\u034f密★5年", "机\u202c密★5年", "机密（特急）", "**机密**", "# 机密", "> 机密★5年", "机密。", "“机密”★5年",
    "内部机密", "绝密·启用前", "㊙ 机密", "机密★二〇三三年解密", "机密★\n5年", "份号 000123\n机密", "No 000123 机密★5年",
)  # fmt: skip
NAMES = (
    "值守通知 机密.txt", "机密 值守.txt", "值守（涉密）.txt", "涉密-值守.txt", "机密文件-值守.txt", "值守.机密.txt", "值守【秘密】定稿.txt",
    "值守（机密）(1).txt", "值守（机密）-副本.txt", "机密★5年 值守.txt", "[機密]值守.txt", "（秘密）值守.txt",
)  # fmt: skip


def head_variants() -> Iterator[Variant]:
    """Yield plain texts with each odd wording at the head."""
    for sign in HEADS:
        yield Variant("txt", "odd wording", sign, "来件.txt", "\n".join((sign, *LINES)).encode())


def name_variants() -> Iterator[Variant]:
    """Yield harmless texts whose name bears the sign."""
    for name in NAMES:
        yield Variant("txt", "odd name", name, name, "\n".join(LINES).encode())


def _title(sign: str) -> bytes:
    spelt = (b"\xfe\xff" + sign.encode("utf-16-be")).hex()
    return a_pdf("").replace(b"trailer << ", f"trailer << /Info << /Title <{spelt}> >> ".encode())


def _octal_title(sign: str) -> bytes:
    spelt = "".join(f"\\{code:03o}" for code in b"\xfe\xff" + sign.encode("utf-16-be"))
    return a_pdf("").replace(b"trailer << ", f"trailer << /Info << /Title ({spelt}) >> ".encode())


_SECRET_TEXT = "\n".join(("机密★5年", *LINES))
REFUSED: Mapping[str, tuple[str, bytes]] = {
    "text in a zip": ("来件.docx", zipped({"a.txt": _SECRET_TEXT})),
    "name in a zip": ("来件.zip", zipped({"来件/【机密】方案.docx": b"x"})),
    "level as a name in a zip": ("来件.zip", zipped({"机密★5年.txt": b"x"})),
    "open document": ("来件.odt", zipped({"mimetype": "application/vnd", "content.xml": f"<p>机<b>密</b>★5年</p><p>{TITLE}</p>"})),
    "text called docx": ("来件.docx", _SECRET_TEXT.encode()),
    "text called pdf": ("来件.pdf", _SECRET_TEXT.encode("gb18030")),
    "picture with a remark": ("来件.jpg", b"\xff\xd8\xff\xe1" + "密级：机密".encode() + bytes(40)),
    "picture called docx": ("来件.docx", b"\x89PNG\r\n\x1a\n" + bytes(40) + "机密★5年".encode("utf-16-be") + bytes(40)),
    "scan with a title": ("来件.pdf", _title("机密★5年")),
    "scan with an octal title": ("来件.pdf", _octal_title("秘密★1年")),
    "ledger read as a letter": ("来件.xlsx", an_xlsx([["密级：机密"], ["标题"]])),
}  # fmt: skip


def refused_variants() -> Iterator[Variant]:
    """Yield files that no reader takes, whose bytes bear a sign all the same."""
    for place, (name, data) in REFUSED.items():
        yield Variant(name.rpartition(".")[2], place, "机密", name, data)


def beside_variants() -> Iterator[Variant]:
    """Yield signs beside the text of a page: other fields of its head, the subject of a web archive, an RTF title."""
    body = "".join(f"<p>{line}</p>" for line in LINES)
    for sign in ("机密", "秘密★3年"):
        page = f"<html><head><meta charset='utf-8'><meta name='密级' content='{sign}'></head><body>{body}</body></html>"
        yield Variant("html", "field of the head", sign, "来件.html", page.encode())
        subject = base64.b64encode(sign.encode()).decode()
        head = f"Subject: =?utf-8?B?{subject}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        part = f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{body}</body></html>\r\n--x--\r\n"
        yield Variant("mht", "subject", sign, "来件.mht", (head + part).encode())
        spelt = "".join(f"\\u{ord(char)}?" for char in sign)
        lines = "".join("".join(f"\\u{ord(char)}?" for char in line) + "\\par " for line in LINES)
        info = f"{{\\info{{\\upr{{\\title ???}}{{\\*\\ud{{\\title {spelt}}}}}}}}}"
        yield Variant("rtf", "title in Unicode", sign, "来件.rtf", f"{{\\rtf1\\ansi\\uc1{info}{lines}}}".encode())
