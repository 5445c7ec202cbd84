"""Changes of the list of key projects, with what follows for the months that are open."""

from django.db import transaction

from reports.actions.assignment import settle_projects
from tasks.actions import classes, listing, projects, stopping
from tasks.models import Project


@transaction.atomic
def list_projects(plan, by, listings, **how):
    """The verb of the register for many, and the running months in step with all of them at once."""
    made = listing.list_projects(plan, by, listings, **how)
    return settled(plan, made, by)


def settled(plan, projects, by):
    """Bring the running months in step with projects; return them as they are now, in this order."""
    fresh = Project.objects.select_related("task__plan").with_people().in_bulk([each.pk for each in projects])
    settle_projects(plan, list(fresh.values()), by)
    return [fresh[each.pk] for each in projects]


def _followed(verb):
    """The same verb of the register, and the running months in step with what became of the project."""

    @transaction.atomic
    def act(thing, by, *args, **values):
        project = verb(thing, by, *args, **values)
        return settled(project.task.plan, [project], by)[0]

    return act


list_project = _followed(listing.list_project)
revise_project = _followed(projects.revise_project)
change_class = _followed(classes.change_class)
stop_project = _followed(stopping.stop_project)
resume_project = _followed(stopping.resume_project)
