"""Changes of the list of key projects, with what follows for the months that are open."""

from django.db import transaction

from reports.actions.assignment import settle_projects
from tasks.actions import classes, listing, packages, projects, stopping
from tasks.models import Project

# Said of no package: the project stays where it is.
KEPT = object()


@transaction.atomic
def list_projects(plan, by, listings, **how):
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


@transaction.atomic
def revise_project(project, by, told, *, note="", package=KEPT):
    """Correct what is said of a project, and of which package it is a part, with what follows for the running months."""
    fresh = projects.revise_project(project, by, told, note=note)
    touched = [fresh]
    if package is not KEPT and package != fresh.package:
        touched += filter(None, [fresh.package, package])
        packages.put_in_package(fresh, by, package, reason=note)
    return settled(fresh.task.plan, touched, by)[0]


@transaction.atomic
def list_project(plan, by, klass, told, *, package=None, **how):
    made = listing.list_project(plan, by, klass, told, package=package, **how)
    return settled(plan, [made, *filter(None, [package])], by)[0]


change_class = _followed(classes.change_class)
stop_project = _followed(stopping.stop_project)
resume_project = _followed(stopping.resume_project)
