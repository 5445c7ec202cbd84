"""Addresses of the floor reports."""

from django.urls import path

from reports.views import assignment, dashboard, exports, ledger, proposals, rows

urlpatterns = [
    # overviews
    path("dashboard/", dashboard.dashboard_page, name="dashboard"),
    path("overview/", dashboard.overview, name="overview"),
    path("filing/rows/", rows.filing_rows, name="filing_rows"),
    path("filing/", exports.filing, name="filing"),
    path("exports/", exports.exports, name="exports"),
    path("exports/breakdown.xlsx", exports.export_breakdown, name="export_breakdown"),
    path("exports/progress.xlsx", exports.export_progress, name="export_progress"),
    path("exports/filing.xlsx", exports.export_filing, name="export_filing"),
    path("standings/", rows.standing_list, name="standing_list"),
    # the task ledger and what of a task needs to know about reports
    path("tasks/", ledger.task_list, name="task_list"),
    path("tasks/assign/", assignment.task_assign_many, name="task_assign_many"),
    path("tasks/propose/", proposals.task_propose, name="task_propose"),
    path("tasks/<int:pk>/assign/", assignment.task_assign, name="task_assign"),
    path("tasks/<int:pk>/decide/", proposals.task_decide, name="task_decide"),
]
