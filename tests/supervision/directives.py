"""What tests of directives begin with: one handed down, and brought as far as is wanted."""

import datetime

from supervision.actions.directives.answering import answer, hand_in, sign
from supervision.actions.directives.drafting import draft, issue

D = datetime.date
DUE = D(2015, 10, 30)


def hand_down(by, *units, **told):
    """Issue to each of the units; return the directives."""
    told = {"title": "江湾段23户房屋征拆", "points": [("列出分户表", None), ("现场交接", None)], "due_on": DUE} | told
    return issue(draft(by, units=units, **told)[0], by)


def bring_to(directive, status, unit):
    """Sign, answer and hand in as far as ``status``, by somebody of its unit."""
    if status in ("ONGOING", "CHECKING"):
        sign(directive, unit)
    if status == "CHECKING":
        answer(directive, unit, {1: "分户表已附", 2: "已交接"})
        hand_in(directive, unit)
    directive.refresh_from_db()
    return directive
