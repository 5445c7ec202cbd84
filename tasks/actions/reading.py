"""From what the reader found in a document to what can be loaded, with what the document does not say."""

from collections import Counter

from tasks.models import Responsibility
from tasks.reader import Document

Role = Responsibility.Role


def loadable(document: Document, *, offices=(), year=None):
    """Return the structure of load_document for a read document.

    ``offices`` names the office of each plan in order, the last one serving for the rest; ``year`` counts where the
    document names none. A number that returns in another section carries its section's number before it.
    """
    plans = []
    for order, plan in enumerate(document.plans):
        doubled = _doubled(task.number for task in plan.tasks)
        sections = {section.path or (section.number,): section for section in plan.sections}
        names = _section_names(sections)
        plans.append(
            {
                "kind": plan.kind,
                "title": plan.title,
                "office": offices[min(order, len(offices) - 1)] if offices else None,
                "year": plan.year or year,
                "sections": [{"number": names[path], "title": each.title} for path, each in sections.items()],
                "tasks": [_task(task, names, doubled) for task in plan.tasks],
                "phases": [
                    {"title": p.title, "starts_on": p.starts_on, "ends_on": p.ends_on, "duties": p.duties}
                    for p in plan.phases
                ],
                "groups": [{"kind": g.kind, "name": g.name, "leads": list(g.leads)} for g in plan.groups],
            }
        )
    return {
        "title": document.title,
        "document_number": document.document_number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "plans": plans,
    }


def _doubled(numbers):
    return {number for number, count in Counter(numbers).items() if count > 1}


def _section_names(sections):
    """Return {path: number}; a number that occurs under several headings carries theirs."""
    doubled = _doubled(section.number for section in sections.values())
    return {path: "".join(path) if section.number in doubled else section.number for path, section in sections.items()}


def _task(task, names, doubled):
    section = names.get(task.path)
    lead = task.lead[0] if task.lead else (task.units[0] if task.units else None)
    return {
        "number": f"{section}{task.number}" if task.number in doubled and section else task.number,
        "section": section,
        "text": task.text,
        "points": list(task.points),
        "units": [{"name": name, "role": Role.LEAD if name == lead else Role.SUPPORT} for name in task.units],
        "due_on": task.due_on.isoformat() if task.due_on else None,
    }
