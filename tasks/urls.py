from django.urls import path

from tasks.views import change, drafting, indicator, loading, plan, rollover, saved, task

urlpatterns = [
    # tasks
    path("tasks/<int:pk>/", task.task_page, name="task"),
    path("tasks/<int:pk>/edit/", task.task_edit, name="task_edit"),
    path("tasks/<int:pk>/milestones/", task.task_milestones, name="task_milestones"),
    path("tasks/<int:pk>/excuse/", task.task_excuse, name="task_excuse"),
    path("tasks/<int:pk>/change/", change.change_ask, name="change_ask"),
    path("changes/", change.change_list, name="change_list"),
    path("changes/<int:pk>/", change.change_page, name="change"),
    path("changes/<int:pk>/decide/", change.change_decide, name="change_decide"),
    path("changes/<int:pk>/withdraw/", change.change_withdraw, name="change_withdraw"),
    path("filters/", saved.saved_filter_add, name="saved_filter_add"),
    path("filters/<int:pk>/remove/", saved.saved_filter_remove, name="saved_filter_remove"),
    # plans and their indicators
    path("plans/", plan.plan_list, name="plan_list"),
    path("plans/<int:pk>/", plan.plan_page, name="plan"),
    path("plans/<int:pk>/reporting/", plan.plan_reporting, name="plan_reporting"),
    path("plans/<int:pk>/rules/", plan.plan_rules, name="plan_rules"),
    path("plans/<int:pk>/rollover/", rollover.plan_roll_over, name="plan_roll_over"),
    path("plans/<int:pk>/takeback/", rollover.plan_take_back, name="plan_take_back"),
    path("plans/<int:pk>/carried/", rollover.plan_carried, name="plan_carried"),
    # plan documents, read and corrected before they become plans
    path("loading/", loading.plan_loads, name="plan_loads"),
    path("loading/<int:pk>/", loading.plan_load, name="plan_load"),
    path("loading/<int:pk>/again/", loading.plan_load_again, name="plan_load_again"),
    path("loading/<int:pk>/discard/", loading.plan_load_discard, name="plan_load_discard"),
    path("loading/<int:pk>/check/", loading.plan_load_check, name="plan_load_check"),
    path("loading/<int:pk>/names/", drafting.draft_names, name="draft_names"),
    path("loading/<int:pk>/problems/", drafting.draft_problem, name="draft_problem"),
    path("loading/<int:pk>/take/", drafting.draft_take, name="draft_take"),
    path("loading/<int:pk>/plans/<int:at>/", drafting.draft_plan, name="draft_plan"),
    path("loading/<int:pk>/tasks/<slug:key>/", drafting.draft_task, name="draft_task"),
    path("loading/<int:pk>/tasks/<slug:key>/drop/", drafting.draft_drop, name="draft_drop"),
    path("loading/<int:pk>/tasks/<slug:key>/restore/", drafting.draft_restore, name="draft_restore"),
    path("loading/<int:pk>/tasks/<slug:key>/merge/", drafting.draft_merge, name="draft_merge"),
    path("loading/<int:pk>/tasks/<slug:key>/split/", drafting.draft_split, name="draft_split"),
    path("indicators/", indicator.indicator_list, name="indicator_list"),
    path("indicators/<int:pk>/", indicator.indicator_page, name="indicator"),
    path("indicators/<int:pk>/readings/", indicator.reading_save, name="reading_save"),
    path("indicators/<int:pk>/curve/", indicator.curve_save, name="indicator_curve"),
    path("indicators/<int:pk>/parts/", indicator.parts_save, name="indicator_parts"),
]
