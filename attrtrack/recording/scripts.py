"""Texts converted to Traditional characters by machine, as foreign mirror sites print them."""

_PAIRS = (
    "國国務务發发關关開开學学業业體体縣县區区個个為为與与對对時时實实現现經经動动產产會会來来過过進进還还應应從从當当們们點点電电"
    "話话總总統统議议員员類类導导權权廳厅辦办處处報报請请屬属選选項项別别決决見见復复條条機机絕绝級级號号於于長长復复覆复佈布"
    "書书單单門门問问題题規规則则設设計计記记證证認认識识訊讯調调論论評评試试該该詳详語语說说讀读變变車车軍军農农連连運运達达適适"
    "遷迁選选郵邮鄉乡醫医釋释針针鐵铁錄录鎮镇閱阅隊队階阶際际隨随險险雙双難难離离雲云領领頭头頻频願愿風风飛飞館馆馬马驗验黨党"
    "祕秘標标啟启優优傳传價价億亿儲储兩两內内養养劃划劉刘創创剛刚勞劳勢势協协單单衛卫參参員员啟启圍围園园圖图團团場场壓压備备執执報报"
)
_TO_SIMPLIFIED = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_SAMPLE = 20_000
_FEWEST = 8


def is_traditional(text: str) -> bool:
    """Whether a text is printed in Traditional characters throughout, not merely quoting a few."""
    sample = text[:_SAMPLE]
    met = set(sample)
    traditional = sum(map(sample.count, met & _TRADITIONAL))
    return traditional >= _FEWEST and traditional > 4 * sum(map(sample.count, met & _SIMPLIFIED))


def simplified(text: str) -> str:
    """Return `text` with the common Traditional characters replaced one for one, so that every offset still holds."""
    return text.translate(_TO_SIMPLIFIED)


def as_printed(text: str, plain: str, source: str) -> str:
    """Give `text`, found in the converted `plain`, the characters of `source`; both have the same length.

    Blanks that recording put in or took out stay as they are.
    """
    place = 0
    printed: list[str] = []
    for char in text:
        at = -1 if char.isspace() else plain.find(char, place)
        printed.append(char if at < 0 else source[at])
        place = place if at < 0 else at + 1
    return "".join(printed)


_TRADITIONAL = frozenset(_PAIRS[::2])
_SIMPLIFIED = frozenset(_PAIRS[1::2]) - _TRADITIONAL
