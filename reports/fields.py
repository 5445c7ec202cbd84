"""What a monthly entry asks of a unit. A field stands here and nowhere else; what follows from it: docs/architecture.md."""

from kit.fields import Choice, Count, Fields, Words, YesNo
from tasks.lights import Light

TEXT_LIMIT, REASON_LIMIT = 1000, 200
LIGHTS = tuple((each.value, each.label) for each in (Light.GREEN, Light.YELLOW, Light.RED, Light.BLUE))


def has_fallen(progress, past):
    return None not in (past, progress) and progress < past


ENTRY = Fields(
    Count(
        "progress",
        "累计进度",
        "0到100的整数，办结填100。",
        width=7,
        most=100,
        measure="%",
        needed="请填写累计进度（0到100的整数）。",
        placed=True,
        carried=True,
        kept=True,
    ),
    Choice(
        "light",
        "自评灯色",
        "按实际情况自评；黄灯、红灯须写明存在问题。",
        width=8,
        choices=LIGHTS,
        spellings={"绿": "GREEN", "黄": "YELLOW", "红": "RED", "蓝": "BLUE", "蓝灯": "BLUE", "办结": "BLUE"},
        needed="请选择自评灯色。",
        placed=True,
        carried=True,
        kept=True,
    ),
    Words(
        "done",
        "本月进展",
        "做了什么、到什么程度、有哪些数字；原样进入月度汇总表。",
        width=34,
        rows=4,
        limit=TEXT_LIMIT,
        needed="请填写本月进展；确无进展的，勾选“本月无变化”并写明原因。",
        when=lambda entry, past: not entry.no_change,
        placed=True,
        carried=True,
    ),
    Words(
        "problems",
        "存在问题",
        "黄灯、红灯必填：卡在哪里，需要谁协调什么。",
        width=19,
        short="问题",
        limit=TEXT_LIMIT,
        needed="自评黄灯或红灯时，请写明存在问题和需要协调的事项。",
        when=lambda entry, past: entry.light in ("YELLOW", "RED"),
        carried=True,
        kept=True,
    ),
    Words(
        "next_steps",
        "下步打算",
        "下个月做什么、做到什么程度。未办结的必填。",
        width=19,
        short="打算",
        limit=TEXT_LIMIT,
        needed="请填写下步打算。",
        when=lambda entry, past: entry.progress != 100,
        carried=True,
        kept=True,
    ),
    YesNo(
        "no_change",
        "本月无变化",
        "本月确实没有新进展时勾选：进度、灯色、下步打算照上次，只写原因。",
        width=7,
        example="没有变化的填“是”，有进展的留空。",
        placed=True,
    ),
    Words(
        "no_change_reason",
        "无变化原因",
        "为什么没有变化，例如：等待省厅批复。",
        width=11,
        rows=0,
        limit=REASON_LIMIT,
        example="勾选时写明原因，例如：等待省厅批复",
        needed="勾选“本月无变化”时，请写明原因。",
        when=lambda entry, past: entry.no_change,
        placed=True,
        kept=True,
    ),
    Words(
        "fall_reason",
        "进度下降原因",
        "进度比上次低时必填：为什么下降。",
        width=11,
        rows=0,
        limit=REASON_LIMIT,
        needed="进度比上次通过的{past}%低，请写明下降原因。",
        when=lambda entry, past: has_fallen(entry.progress, past),
        placed=True,
    ),
)
