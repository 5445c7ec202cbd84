"""A sheet that was uploaded and waits to be looked over: its values in the session, its file among the stored ones.

No row names the file, so the sweep of orphans takes it away after a day.
"""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.crypto import get_random_string

from kit import clock, uploads
from kit.sheets import UnreadableSheet, file_response, marked_copy

KEPT = "pending_sheet"


class Pending:
    """The one sheet a person has uploaded for ``purpose``; a new upload takes the place of any other."""

    def __init__(self, request, purpose):
        self.session, self.purpose = request.session, purpose
        kept = self.session.get(KEPT, {})
        self.kept = kept if kept.get("purpose") == purpose else {}

    def __bool__(self):
        return bool(self.kept)

    @property
    def name(self):
        return self.kept["name"]

    @property
    def data(self):
        return self.kept["data"]

    def keep(self, upload, data):
        """Remember the values that were read, and store the file for a marked copy."""
        self.drop()
        upload.seek(0)
        path = default_storage.save(uploads.random_name("xlsx", clock.today()), File(upload))
        name = uploads.clean_name(upload.name)
        self.kept = {"purpose": self.purpose, "name": name, "path": path, "data": data, "token": get_random_string(8)}
        self.session[KEPT] = self.kept

    def drop(self):
        """Forget the sheet, whatever it was for."""
        if kept := self.session.pop(KEPT, None):
            default_storage.delete(kept["path"])
        self.kept = {}

    def marked(self, faults):
        """Return the uploaded workbook with its faults marked, for saving; None when its file is gone."""
        try:
            with default_storage.open(self.kept["path"]) as file:
                content = marked_copy(file, [fault.note for fault in faults])
        except (UnreadableSheet, OSError):
            return None
        stem, _, _ = self.name.rpartition(".")
        return file_response(content, f"{stem}-问题.xlsx")
