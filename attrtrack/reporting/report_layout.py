"""The layout of a report, the same in both forms: GB/T 9704—2012, 7.3: fonts and sizes (points) of each level.

二号 is 22 points, 三号 16. The names of fonts are those of the standard; what an office has instead shows its own.
"""

from attrtrack.domain.reports import Level

FONTS = {
    Level.TITLE: "方正小标宋简体",
    Level.ADDRESSEE: "仿宋_GB2312",
    Level.HEADING: "黑体",
    Level.SUBHEADING: "楷体_GB2312",
    Level.BODY: "仿宋_GB2312",
    Level.NOTE: "楷体_GB2312",
    Level.ATTACHMENT: "仿宋_GB2312",
    Level.SIGNATURE: "仿宋_GB2312",
    Level.DATE: "仿宋_GB2312",
}
SIZES = {level: 22.0 if level is Level.TITLE else 16.0 for level in Level}
LONGEST = 2_000
"""Characters of one piece; more is cut, and the cut is shown."""
