"""What an entry must say before it can be filed: one source for the page's hints and the check on submitting."""

from dataclasses import dataclass

from kit.text import is_blank
from reports import line
from reports.fields import ENTRY


@dataclass(frozen=True)
class Problem:
    field: str
    sentence: str


# What a return asked to redo is not handed in again untouched by mistake: it is mended, or the answer says why not.
UNANSWERED = Problem("done", "退回后还没有修改；确实不用改的，请在“重报说明”里写明原因。")
BRIGHTNESS = ("RED", "YELLOW", "GREEN", "BLUE")


def unchanged(entry, values, last):
    """What is written besides when ``values`` tick 本月无变化 on ``entry``; ``last`` is what was filed before.

    Last month's text that was brought over goes again; what the person wrote stays, and is asked about.
    """
    if last is None or entry.no_change or not values.get("no_change"):
        return {}
    now = ENTRY.values_of(entry) | values
    taken = {name: getattr(last, name) for name, each in ENTRY.items() if each.kept and now[name] == each.blank}
    return taken | ({"done": ""} if now["done"] == last.done else {})


def problems_of(entry, last_progress=None, last=None):
    """What keeps ``entry`` (any object with the fields of an Entry) from being filed.

    ``last_progress`` is what was last accepted (of a project its reports.line.Past), ``last`` what was last filed before this month.
    """
    if isinstance(last_progress, line.Past):
        return [Problem(*each) for each in line.problems_of(entry, last_progress)]
    found = [Problem(*each) for each in ENTRY.lacking(entry, last_progress)]
    if entry.no_change:
        found += _change_problems(entry, last)
    if entry.light and entry.progress is not None and (entry.light == "BLUE") != (entry.progress == 100):
        found.append(Problem("light", "自评“已办结”时进度应为100%；进度为100%时应自评“已办结”。"))
    return found + [Problem(*each) for each in ENTRY.faults(entry)]


def _change_problems(entry, last):
    """本月无变化 means what it says: the same progress, no better light, no text of progress, and one reason."""
    found = []
    if not is_blank(entry.done):
        found.append(Problem("done", "已勾选“本月无变化”，又写了本月进展：有进展的取消勾选，没有的删去这段文字。"))
    if last is None:
        return found
    if entry.progress is not None and entry.progress != last.progress:
        sentence = f"已勾选“本月无变化”，进度却由{last.progress}%改为{entry.progress}%：有变化的取消勾选，没有的改回{last.progress}%。"
        found.append(Problem("progress", sentence))
    if entry.light and last.light and BRIGHTNESS.index(entry.light) > BRIGHTNESS.index(last.light):
        found.append(Problem("light", "已勾选“本月无变化”，自评灯色却比上次好：有变化的取消勾选，没有的照上次选。"))
    return found
