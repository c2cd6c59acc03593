"""The assessor's tools beside the figures: each page of one leads to the others."""

from api.pages.contexts import Crumb, TabView

OVERVIEW = Crumb("总览", "/")
_TOOLS = (
    ("考核计分", "/scores"),
    ("生成报告", "/reports"),
    ("核对报告", "/checks/report"),
    ("复核成绩表", "/checks/scores"),
)


def tool_tabs(here: str) -> tuple[TabView, ...]:
    """Return the tools, with the one marked in which one is."""
    return tuple(TabView(name, href, None, here=href == here) for name, href in _TOOLS)
