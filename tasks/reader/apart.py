"""Headings of what is no task, though its numbers may run on: principles, safeguards, demands, steps, working groups."""

import re

_WITH = "(?:[和与及、].{1,8})?$"
_APART = re.compile(
    rf"^(?:指导思想|总体(?:要求|思路|安排)|基本(?:原则|要求|思路)|(?:几点|有关|相关|具体)?工作(?:原则|要求|步骤)){_WITH}|"
    r"^(?:建立|健全|完善|明确)?工作机制$|^(?:工作|方法|具体)?(?:实施|方法)?步骤(?:安排|方法|和.{1,8})?$|^(?:时间|阶段)(?:安排|步骤)|"
    rf"^(?:(?:强化|落实|健全|完善|加强)?(?:工作|组织|各项)?保障(?:措施|机制)?|(?:几点|有关|相关|具体)?要求){_WITH}|"
    r"^(?:切实)?(?:加强|强化|精心|严密|统筹)?组织(?:领导|实施|保障)|^(?:强化|狠抓|抓好|确保|推动|加强)?(?:工作|督促|责任)?落实$|^严明(?:工作)?纪律|"
    r"^(?:加强|强化|严格|实施|做好)?(?:督查|督导|考核|督促)(?:检查|考核|督办|评估|问效|落实|奖惩|通报)?$|^(?:加强|强化|严格)监督检查$|"
    r"^(?:专项)?工作组(?:组成|及职责)?$|职责分工$"
)
_GROUP = re.compile(r"[\u4e00-\u9fff、“”]{1,14}组(?:$|[（(：:，,])")


def is_group(title: str) -> bool:
    """Is this the name of a working group?"""
    return bool(_GROUP.match(title))


def heads_no_task(title: str) -> bool:
    """Does this heading stand over principles, safeguards, demands, steps or a working group?"""
    return bool(_APART.search(title)) or is_group(title)
