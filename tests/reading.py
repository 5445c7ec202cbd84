"""A document read for a test."""

from tasks.reader import read as read_document


def read(text):
    """The document with the number of its section at each task in the place of the key."""
    document = read_document(text)
    for plan in document.plans:
        numbers = {section.key: section.number for section in plan.sections}
        for task in plan.tasks:
            task.section = numbers.get(task.section)
    return document
