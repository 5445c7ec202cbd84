"""Addresses of the floor reports."""

urlpatterns = []
