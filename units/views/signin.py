"""Signing in and out, changing the password."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """Say in plain words that the page was open too long."""
    return render(request, "403_csrf.html", status=403)
