"""Addresses of the floor reports."""

from django.urls import path

from reports.views import dashboard, exports, rows

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
]
