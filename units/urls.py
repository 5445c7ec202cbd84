"""Addresses of the floor units."""

urlpatterns = []
