"""Addresses of the floor reports."""

from django.urls import path

from reports.views import dashboard, rows

urlpatterns = [
    # overviews
    path("dashboard/", dashboard.dashboard_page, name="dashboard"),
    path("overview/", dashboard.overview, name="overview"),
    path("filing/rows/", rows.filing_rows, name="filing_rows"),
    path("standings/", rows.standing_list, name="standing_list"),
]
