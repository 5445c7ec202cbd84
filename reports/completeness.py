"""What an entry must say before it can be filed: one source for the page's hints and the check on submitting."""

from dataclasses import dataclass

from kit.text import is_blank

TEXT_LIMIT = 1000
REASON_LIMIT = 200
# What a draft keeps at most: nothing typed is lost for being too long to be filed.
DRAFT_LIMIT = 10_000

HINTS = {
    "progress": "0到100的整数，办结填100。",
    "light": "按实际情况自评；黄灯、红灯须写明存在问题。",
    "done": "做了什么、到什么程度、有哪些数字；原样进入月度汇总表。",
    "problems": "黄灯、红灯必填：卡在哪里，需要谁协调什么。",
    "next_steps": "下个月做什么、做到什么程度。未办结的必填。",
    "no_change": "本月确实没有新进展时勾选：进度、灯色、下步打算照上次，只写原因。",
    "no_change_reason": "为什么没有变化，例如：等待省厅批复。",
    "fall_reason": "进度比上次低时必填：为什么下降。",
}
TEXTS = ("done", "problems", "next_steps", "no_change_reason", "fall_reason")


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the entry's field and a sentence."""

    field: str
    sentence: str


# What a return asked to redo is not handed in again untouched by mistake: it is mended, or the answer says why not.
UNANSWERED = Problem("done", "退回后还没有修改；确实不用改的，请在“重报说明”里写明原因。")


# What ticking 本月无变化 takes over from last time, where nothing has been written yet.
TAKEN_OVER = ("progress", "light", "problems", "next_steps", "no_change_reason")
BRIGHTNESS = ("RED", "YELLOW", "GREEN", "BLUE")


def unchanged(entry, values, last):
    """Return what is written besides when ``values`` tick 本月无变化 on ``entry``; ``last`` is what was filed before.

    Last month's text that was brought over goes again; what the person wrote stays, and is asked about.
    """
    if last is None or entry.no_change or not values.get("no_change"):
        return {}
    now = {name: values.get(name, getattr(entry, name)) for name in (*TAKEN_OVER, "done")}
    taken = {name: getattr(last, name) for name in TAKEN_OVER if now[name] in ("", None)}
    return taken | ({"done": ""} if now["done"] == last.done else {})


def problems_of(entry, last_progress=None, last=None):
    """Return the Problems that keep ``entry`` (any object with an Entry's fields) from being filed, in page order.

    ``last_progress`` is what was last accepted, ``last`` what was last filed before this month.
    """
    found = []
    if entry.no_change:
        found += _change_problems(entry, last)
    elif is_blank(entry.done):
        found.append(Problem("done", "请填写本月进展；确无进展的，勾选“本月无变化”并写明原因。"))
    found += _progress_problems(entry, last_progress)
    found += _light_problems(entry)
    if is_blank(entry.next_steps) and entry.progress != 100:
        found.append(Problem("next_steps", "请填写下步打算。"))
    return found + _length_problems(entry)


def _change_problems(entry, last):
    """本月无变化 means what it says: the same progress, no better light, no text of progress, and one reason."""
    found = []
    if is_blank(entry.no_change_reason):
        found.append(Problem("no_change_reason", "勾选“本月无变化”时，请写明原因。"))
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


def limit_of(field):
    """Return how many characters a text field may have when it is filed."""
    return REASON_LIMIT if field.endswith("_reason") else TEXT_LIMIT


def _length_problems(entry):
    texts = {name: getattr(entry, name) for name in TEXTS}
    over = {name: len(text) - limit_of(name) for name, text in texts.items() if len(text) > limit_of(name)}
    return [Problem(name, f"超出{more}字，请压缩到{limit_of(name)}字以内。") for name, more in over.items()]


def _progress_problems(entry, last_progress):
    if entry.progress is None:
        return [Problem("progress", "请填写累计进度（0到100的整数）。")]
    if last_progress is not None and entry.progress < last_progress and is_blank(entry.fall_reason):
        return [Problem("fall_reason", f"进度比上次通过的{last_progress}%低，请写明下降原因。")]
    return []


def _light_problems(entry):
    if not entry.light:
        return [Problem("light", "请选择自评灯色。")]
    if entry.light in ("YELLOW", "RED") and is_blank(entry.problems):
        return [Problem("problems", "自评黄灯或红灯时，请写明存在问题和需要协调的事项。")]
    if (entry.light == "BLUE") != (entry.progress == 100) and entry.progress is not None:
        return [Problem("light", "自评“已办结”时进度应为100%；进度为100%时应自评“已办结”。")]
    return []
