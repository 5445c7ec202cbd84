"""Small documents and what is read in them, a line for each kind of thing: cases.txt, with ⏎ for the end of a line, ⇥ for a tab.

= tasks: section number text | units | deadline day | leaders | points; a lead has * behind it, one by convention ?, a support +.
! what a person must look at, with its line. T title, number and day of issue, § sections, ~ asides, P phases, G groups.
"""

from pathlib import Path

MARKS = {("LEAD", True): "*", ("LEAD", False): "?", ("SUPPORT", True): "+", ("SUPPORT", False): ""}


def cases():
    """(title, text, lines) of every case."""
    for case in Path(__file__).with_name("cases.txt").read_text("utf-8").strip().split("\n\n"):
        title, text, *lines = case.split("\n")
        yield title.removeprefix("# "), text.replace("⏎", "\n").replace("⇥", "\t"), lines


def shown(document, kinds):
    """What was read, a line for each of these kinds."""
    head = [document.title, document.document_number, document.issued_on or ""]
    found = {"T": [" ".join(filter(None, head))]}
    for plan in document.plans:
        of_plan = {
            "§": [f"{section.number} {section.title}".strip() for section in plan.sections],
            "=": [_task(task) for task in plan.tasks],
            "~": [f"{aside.number} {aside.title}" for aside in plan.asides],
            "P": [f"{phase.title} {phase.starts_on} {phase.ends_on}" for phase in plan.phases],
            "G": [f"{group.name} {' '.join(group.leads)}".strip() for group in plan.groups],
        }
        for kind, lines in of_plan.items():
            found.setdefault(kind, []).extend(lines)
    found["!"] = [f"{problem.line} {problem.reason}" for problem in document.problems]
    return [f"{kind} {' ‖ '.join(found[kind])}" for kind in kinds if found[kind]]


def _task(task):
    units = [f"{unit.name}{MARKS.get((unit.role, task.lead_stated), '')}" for unit in task.units]
    head = f"{task.section or '-'} {task.number or '-'} {task.text}"
    parts = [
        head,
        " ".join(units),
        f"{task.deadline} {task.due_on}".strip(),
        " ".join(task.leaders),
        " · ".join(task.points),
    ]
    return " | ".join(parts).rstrip(" |").replace("\n", "⏎").replace("\t", "⇥")
