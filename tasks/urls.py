"""Addresses of the floor tasks."""

from django.urls import path

from tasks.views import indicator, plan, rollover, saved, search, task

urlpatterns = [
    # tasks
    path("tasks/<int:pk>/", task.task_page, name="task"),
    path("tasks/<int:pk>/edit/", task.task_edit, name="task_edit"),
    path("tasks/<int:pk>/milestones/", task.task_milestones, name="task_milestones"),
    path("tasks/<int:pk>/excuse/", task.task_excuse, name="task_excuse"),
    path("filters/", saved.saved_filter_add, name="saved_filter_add"),
    path("filters/<int:pk>/remove/", saved.saved_filter_remove, name="saved_filter_remove"),
    path("search/", search.search, name="search"),
    # plans and their indicators
    path("plans/", plan.plan_list, name="plan_list"),
    path("plans/<int:pk>/", plan.plan_page, name="plan"),
    path("plans/<int:pk>/reporting/", plan.plan_reporting, name="plan_reporting"),
    path("plans/<int:pk>/rules/", plan.plan_rules, name="plan_rules"),
    path("plans/<int:pk>/rollover/", rollover.plan_roll_over, name="plan_roll_over"),
    path("plans/<int:pk>/carried/", rollover.plan_carried, name="plan_carried"),
    path("indicators/", indicator.indicator_list, name="indicator_list"),
    path("indicators/<int:pk>/", indicator.reading_save, name="reading_save"),
]
