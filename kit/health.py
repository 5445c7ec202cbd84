"""Does the service live: for a monitor beside the server, which signs in nowhere and learns nothing but yes or no."""

import logging
import os
import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

ADDRESS = "/health/"
logger = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers before all else: no session, no redirect to HTTPS, whatever name the monitor calls the server by."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info != ADDRESS:
            return self.get_response(request)
        try:
            fault = _fault()
        except (DatabaseError, OSError) as error:
            fault = str(error)
        if fault:
            logger.error("not healthy: %s", fault)
        answer = HttpResponse("not ok\n" if fault else "ok\n", "text/plain", status=503 if fault else 200)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _fault():
    if waiting := _known_migrations() - set(MigrationRecorder(connection).applied_migrations()):
        return f"migrations not applied: {sorted(waiting)[0]}"
    root = Path(settings.MEDIA_ROOT)
    if not os.access(root if root.exists() else root.parent, os.W_OK | os.X_OK):
        return f"not writable: {root}"
    if shutil.disk_usage(root.parent).free < settings.UPLOAD_MAX_BYTES:
        return "disk full"
    return ""


@cache
def _known_migrations():
    return set(MigrationLoader(None).disk_migrations)
