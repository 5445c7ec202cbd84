"""What happens in the demonstration year: storylines, fates of reports, people, figures; read from one file."""

import datetime
import json
import random
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
YEAR = 2015
LIVE_MONTH = 10
# Everything has happened by the evening before the day the clock is set to.
DAY = datetime.date(YEAR, LIVE_MONTH, 20)


def moment(month, day, hour=9, minute=0):
    return datetime.datetime(YEAR, month, day, hour, minute, tzinfo=BEIJING)


@dataclass(frozen=True)
class Line:
    progress: int
    light: str = "GREEN"
    done: str = ""
    next_steps: str = ""
    problems: str = ""
    no_change_reason: str = ""

    @property
    def values(self):
        return asdict(self) | {"no_change": bool(self.no_change_reason)}


class Script:
    """The file, and the questions the year asks it. The same file always gives the same year."""

    def __init__(self, path):
        self.data = json.loads(path.read_text("utf-8"))
        self.stories = {
            (story["plan"], story["task"], story["unit"]): {int(m): Line(**line) for m, line in story["months"].items()}
            for story in self.data["stories"]
        }

    def __getitem__(self, name):
        return self.data[name]

    def chance(self, *words):
        return random.Random("/".join(str(word) for word in words))

    def line(self, plan, task, unit, month, *, leads=False, filed=None):
        """A month the story is silent about is an honest 本月无变化.

        Where the month told of last was never ``filed`` (an entry), it is told now. A unit that ``leads`` does not wait
        for the leading unit.
        """
        story = self.stories.get((plan, task, unit), {})
        if month in story:
            return story[month]
        earlier = [story[m] for m in sorted(story) if m < month]
        last = earlier[-1] if earlier else Line(0)
        if filed and earlier and filed.progress != last.progress:
            return last
        kind = "lead" if leads else ("later" if earlier else "before")
        why = self.chance(plan, task, unit, month).choice(self.data["no_change"][kind])
        return Line(last.progress, last.light, "", last.next_steps or why["next"], last.problems, why["reason"])

    def fate(self, plan, month, unit):
        fates = self.data["fates"].get(plan, {}).get(str(month), {})
        for word, units in fates.items():
            if unit in units:
                return word, (units[unit] if isinstance(units, dict) else {})
        return ("due" if month == LIVE_MONTH else "on_time"), {}
