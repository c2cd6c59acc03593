"""Saved pages of interpretations as browsers write them: html with its comment, mhtml with its head."""

from email.message import EmailMessage

ADDRESS = "https://www.yunqi.example/zwgk/zcjd/content/post_17.html"
DOCUMENT = "https://www.yunqi.example/zwgk/wj/content/post_12.html"
TITLE = "《云栖市老旧小区加装电梯资金管理办法》政策解读"
PARAGRAPHS = (
    "为改善居住条件，市住房和城乡建设局起草了管理办法，现就有关内容说明如下。",
    "一、制定背景。全市共有老旧小区三百余个，居民加装电梯的意愿强烈，资金筹集办法亟待明确。",
    "二、主要内容。办法规定业主可以提取住房公积金，财政按每台十万元补助，申请材料减到三份。",
    "三、适用范围。本市行政区域内依法取得规划许可的既有住宅加装电梯，适用本办法。",
)


def a_page(
    body: str = "",
    *,
    title: str = TITLE,
    head: str = "",
    info: str = "发布时间：2025-03-06 10:20　来源：云栖市住房和城乡建设局　浏览次数：31",
    saved_from: str = ADDRESS,
) -> str:
    """Make a page as a site builds it and a browser saves it; `body` replaces its paragraphs."""
    comment = f"<!-- saved from url=({len(saved_from):04d}){saved_from} -->\n" if saved_from else ""
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!DOCTYPE html>
{comment}<html><head><meta charset="utf-8"><title>{title} - 云栖市人民政府门户网站</title>{head}</head><body>
<div class="header"><img src="./页面_files/logo.png"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zcjd">政策解读</a></div>
<h1 class="xl-title">{title}</h1><div class="info">{info}</div>
<div class="TRS_Editor">{text}</div>
<div class="xgwj"><h3>相关文件：</h3><ul><li><a href="{DOCUMENT}">云栖市老旧小区加装电梯资金管理办法</a></li></ul></div>
<div class="share"><img src="./页面_files/weixin.png">分享到：<a href="https://share.example/x">微信</a></div>
<div class="footer"><p>主办：云栖市人民政府办公室</p><a href="https://beian.example/">备案号</a></div></body></html>"""


def an_mhtml(page: str, *, address: str = ADDRESS, title: str = TITLE) -> bytes:
    """Make the archive that Chromium writes by “save as, single file”: one part for the page, one for a picture."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = title
    message["MIME-Version"] = "1.0"
    message.add_related(page.encode(), "text", "html", headers=[f"Content-Location: {address}"], cte="quoted-printable")
    message.add_related(
        b"\x89PNG", "image", "png", headers=["Content-Location: https://www.yunqi.example/1.png"], cte="base64"
    )
    return message.as_bytes()
