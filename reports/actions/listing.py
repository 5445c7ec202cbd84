"""Changes of the list of key projects, with what follows for the months that are open."""

from django.db import transaction

from reports.actions.assignment import settle_projects
from tasks.actions import classes, projects, stopping
from tasks.models import Project


def _followed(verb):
    """The same verb of the register, and the running months in step with what became of the project."""

    @transaction.atomic
    def act(thing, by, *args, **values):
        project = verb(thing, by, *args, **values)
        fresh = Project.objects.select_related("task__plan").with_people().get(pk=project.pk)
        settle_projects(fresh.task.plan, [fresh], by)
        return fresh

    return act


list_project = _followed(projects.list_project)
revise_project = _followed(projects.revise_project)
change_class = _followed(classes.change_class)
stop_project = _followed(stopping.stop_project)
resume_project = _followed(stopping.resume_project)
