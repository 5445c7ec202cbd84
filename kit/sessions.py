"""Sessions in the database; the one of a request is found by a kept statement."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from kit.statements import RowSet


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        now = timezone.now()  # noqa: TID251 - as Django ends it, by the real clock
        found = RowSet(self.model).filter(session_key=self.session_key, expire_date__gt=now).order_by("pk").first()
        if found is None:
            self._session_key = None
        return found
