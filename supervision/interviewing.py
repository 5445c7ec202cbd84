"""By which rules an interview (约谈) is proposed, who then talks with whom, and by when it is reported: plain values.

These are as shipped; a plan may have later versions of its own (``models.interview_rule``).
"""

from dataclasses import dataclass

from kit.deadlines import add_workdays
from supervision.notice import NUMBER

FIRST, SECOND = "FIRST", "SECOND"
# Who talks, by level.
TALKERS = {FIRST: "县分管领导", SECOND: "县委、县政府主要领导"}
LEVELS = {FIRST: "一级约谈", SECOND: "二级约谈"}
# Workdays: within which it is held once proposed, and within which the unit reports after it.
HELD_WITHIN, REPORTED_WITHIN = 5, 5
BASIS = f"{NUMBER}“项目突破年”方案 五、（四）"


@dataclass(frozen=True)
class Rule:
    """``times`` is how often it must have happened; ``organiser`` the unit as documents print it, "" the plan's office.

    ``is_used`` says whether the plan goes by it.
    """

    key: str
    words: str
    times: int
    level: str
    organiser: str = ""
    talker: str = ""
    basis: str = ""
    is_used: bool = True
    version: int = 1

    @property
    def said(self):
        return self.words.format(self.times)

    @property
    def who_says(self):
        """一级约谈，由县分管领导谈，主管办公室组织."""
        return f"{LEVELS[self.level]}，由{self.talker_at(self.level)}谈，{self.organiser or '主管办公室'}组织"

    def talker_at(self, level):
        """Whoever the rule names; at a higher level than its own, who talks there."""
        return self.talker if self.talker and level == self.level else TALKERS[level]


RULES = (
    Rule("RED", "牵头的任务或服务的项目连续{}个月红灯", 2, FIRST),
    Rule("APPROVAL", "受理的审批有{}件以上超过时限", 1, FIRST, "县纪委", "县纪委", BASIS),
    Rule("REFUSED", "同一交办事项被退回{}次", 2, FIRST),
    Rule("LOW", "排名连续{}次靠后", 2, SECOND, "县委组织部", "县委、县政府主要领导和县委组织部", BASIS),
)


def level_of(rule, again):
    return SECOND if again else rule.level


def report_due(held_on, is_workday):
    return add_workdays(held_on, REPORTED_WITHIN, is_workday)


def follows(earlier, later):
    """Whether of two periods, (first month, month after the last), the later one goes on where the earlier ended."""
    return earlier[0] < later[0] <= earlier[1]


def run(months, red):
    """The months at the end of ``months`` (in order) that are all in ``red``."""
    found = []
    for month in reversed(months):
        if month not in red:
            break
        found.append(month)
    return found[::-1]
