"""Addresses of the floor tasks."""

urlpatterns = []
