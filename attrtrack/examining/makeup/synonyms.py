"""Words that officials use for one another when they name what is enclosed, and words that exclude one another."""

import re

_ALIKE = tuple(
    re.compile(words)
    for words in (
        "联系|电话|通讯录|联络|热线|号码", "安排|日程|议程|进度|时间|节点|期限|时限|计划|打算|步骤", "措施|任务|分解|分工|职责|责任", "做法|经验|案例|典型|事例|亮点",
        "照片|图片|截图|影像|佐证|证明|掠影", "办法|规定|细则|制度|规程|规范|规则|条款", "集体|单位|部门|机构", "个人|人员|工作者|名册|成员", "描述|说明|解释|释义|解读|对照",
        "表扬|先进|优秀|表彰|嘉奖|上榜", "数量|条数|件数|总数|总量", "账号|新媒体|网站|平台|栏目|专栏", "重点|要点|关键", "完成|落实|进展|推进|开展", "错链|断链|失效链接|死链",
        "扣分|失分|减分|得分|评分|打分|分数|成绩|排名|名次", "标准|细则|依据", "样表|样式|样本|格式|模板|示例|范本|表样", "流程|程序|步骤|环节", "会议|推进会|座谈会|培训会",
        "回执|回函|反馈|征询", "文书|答复书|告知书|通知书", "经费|资金|费用|预算|决算|收支|支出", "不足|问题|短板|缺陷|差距", "位置|地址|点位|地点", "报表|统计表|数据表", "渠道|途径|方式", "考核|考评|评估|测评|评议|评价|检查|抽查|督查",
    )
)  # fmt: skip
_EXCLUSIVE = tuple(
    re.compile(words)
    for words in (
        "月报|季报|年报|周报|日报", "不合格|合格|优秀", "加分|扣分|得分", "先进|后进|落后", "有效|失效|废止|修改|新制定", "主动公开|依申请公开|不予公开",
        "许可|处罚|强制|检查|确认", "省级|市级|县级|区级|乡级|镇级|街道级|村级", "变更|注销|新增|撤销", "表扬|批评", "收入|支出", "复议|诉讼", "自查|互查|抽查",
        "事前|事中|事后", "男|女", "问题|经验", "城镇|农村", "一季度|二季度|三季度|四季度", "上半年|下半年",
        "分类型|分单位|分部门|分地区|分县区|分行业|分领域|分年龄|分性别|分层级|分月份?|分季度?|分年度?",
    )
)  # fmt: skip


def may_be_same(told: str, listed: str) -> bool:
    """Whether two wordings hold words of one meaning."""
    return any(pattern.search(told) and pattern.search(listed) for pattern in _ALIKE)


def excludes(told: str, listed: str) -> bool:
    """Whether what is told has a word that cannot be said of what is listed: 失效 of 有效文件目录."""
    pairs = ((set(pattern.findall(told)), set(pattern.findall(listed))) for pattern in _EXCLUSIVE)
    return any(len(one) == len(other) == 1 and one != other for one, other in pairs)
