"""Words for data in bulk: sentences that differ by task and month, put together by arithmetic and nothing else."""

VERBS = ("建立健全", "全面推行", "完善", "推进", "规范", "加快建设", "探索建立", "整合", "优化", "落实")
THINGS = ("村级公共服务站", "项目联合审批机制", "社会救助核对制度", "农村公路养护体系", "基层水利服务网络")
ENDS = ("管理办法", "工作机制", "考核标准", "信息平台", "服务体系", "试点方案", "监督制度")
ACTS = ("召开调度会", "走访企业", "核查资料", "培训人员", "受理事项", "巡查点位", "整改问题", "办结事项")
PLACES = ("渌口", "朱亭", "淦田", "龙门", "南阳桥", "王十万", "古岳峰", "太湖")
PROBLEMS = ("配套资金还差一半。", "上级批复尚未下达。", "专业人员不足。", "两家单位数据口径不一致。")
NEXT = ("下月完成验收。", "下月扩大到全部乡镇。", "提请专题会议研究。", "组织一次回头看。")


def pick(words, *numbers):
    """Chosen by the numbers alone."""
    mixed = 0
    for number in numbers:
        mixed = (mixed * 1000003 + number * 7919 + 12345) % 2147483647
    return words[mixed % len(words)]


def title(number):
    return f"{pick(VERBS, number)}{pick(THINGS, number, 1)}{pick(ENDS, number, 2)}"[:40]


def text(number):
    """About as long as a real one."""
    parts = (f"{pick(VERBS, number, n)}{pick(THINGS, number, n)}{pick(ENDS, n, number)}" for n in range(2, 9))
    return f"{title(number)},{','.join(parts)}。"


def done(task, unit, month):
    count = (task * 31 + unit * 17 + month * 7) % 180 + 3
    return (
        f"在{pick(PLACES, task, month)}{pick(ACTS, unit, month)}{count}次，{pick(ACTS, task, unit, month)}"
        f"{count * 3 + month}件，{pick(THINGS, task, 1)}完成第{month % 12 + 1}阶段。"
    )
