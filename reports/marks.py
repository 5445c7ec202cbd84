"""How the mark of a report (MonthlyReport.Mark) and a light look: the letter of a cell, the tone, the word."""

from kit.charts import Cell

# mark -> letter, tone, only an edge
MARKS = {
    "ON_TIME": ("✓", "good", False),
    "LATE": ("迟", "warn", False),
    "MISSING": ("缺", "danger", False),
    "WAITING": ("待", "info", False),
    "RETURNED": ("退", "danger", True),
    "LAPSED": ("逾", "danger", False),
    "DRAFT": ("稿", "muted", True),
    "EXEMPT": ("免", "muted", False),
    "NOT_YET": ("未", "plain", True),
}
LIGHTS = {"RED": "红", "YELLOW": "黄", "GREEN": "绿", "BLUE": "结", "GREY": "—"}


def tone_of(mark):
    return MARKS[mark][1]


def cell_of(mark, title, href=""):
    letter, tone, outline = MARKS[mark]
    return Cell(letter, tone, href, title, outline)


def light_cell(light, title):
    return Cell(LIGHTS[light.value], light.tone, "", title, outline=light.value == "GREY")
