"""Headings of what is no task, though its numbers may run on: principles, safeguards, demands, steps, working groups."""

import re

_APART = re.compile(
    r"指导思想|总体(?:要求|思路|安排)|基本(?:原则|要求|思路)|工作(?:原则|要求|步骤|机制)|(?:实施|方法)步骤|步骤(?:安排|方法)|"
    r"时间(?:安排|步骤)|阶段安排|保障(?:措施|机制|体系)?$|组织(?:保障|领导|实施)$|^(?:有关|几点|相关|具体)?要求$|"
    r"(?:督促|狠抓|抓好|强化|确保|推动|加强)(?:工作|任务)?落实$|严明(?:工作)?纪律|(?:加强|强化|严格)(?:督查|督导|考核)|督查督办|"
    r"(?:督导检查|督促检查|监督检查|督查考核|考核督查|监督考核)$|工作组(?:组成|及职责)?$|职责分工$"
)
_GROUP = re.compile(r"[\u4e00-\u9fff、“”]{1,14}组(?:$|[（(：:，,])")


def is_group(title: str) -> bool:
    """Is this the name of a working group?"""
    return bool(_GROUP.match(title))


def heads_no_task(title: str) -> bool:
    """Does this heading stand over principles, safeguards, demands, steps or a working group?"""
    return bool(_APART.search(title)) or is_group(title)
