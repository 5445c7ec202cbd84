"""When the lights of key projects turn: settled by whatever writes a plan, a node, a package."""

from tasks.models import Project, Task

TURNS = ("judged_from", "slow_from", "late_from")


def settle(projects):
    """Settle the days of their lights by what stands now, and those of the packages they are parts of."""
    keys = {each.pk for each in projects} | {each.package_id for each in projects if each.package_id}
    tasks = []
    for fresh in Project.objects.with_course().filter(pk__in=keys).order_by("pk"):
        fresh.task.project = fresh
        fresh.task.settle_light()
        tasks.append(fresh.task)
    Task.objects.bulk_update(tasks, TURNS, batch_size=200)
