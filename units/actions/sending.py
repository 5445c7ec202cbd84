"""What leaves after the commit and out of the request: sent by a thread of the process, one at a time for each kind."""

import datetime
import logging
import threading

from django.db import connections

from kit import clock

log = logging.getLogger(__name__)

# Whoever claims a message and dies leaves it to the others after this time; no single message takes as long.
LEASE = datetime.timedelta(minutes=5)
LATER = datetime.timedelta(minutes=10)
GIVE_UP = datetime.timedelta(days=2)


class Sender:
    """One thread of a process sends at a time. It holds no row and nobody waits for it: who finds it busy leaves it a word."""

    def __init__(self, name, send):
        self.name, self._send = name, send
        self._busy, self._more = threading.Lock(), threading.Event()

    def wake(self):
        """Begin to send what waits, in a thread of this process, unless one is at it."""
        self._more.set()
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._work, name=self.name).start()

    def _work(self):
        try:
            while self._more.is_set():
                self._more.clear()
                self._send()
        except Exception:
            log.exception("%s was not sent; it waits for manage.py send_mail", self.name)
        finally:
            connections.close_all()
            self._busy.release()
        if self._more.is_set():
            self.wake()


def give_up(rows):
    """What nobody took in two days is not tried again; it stays on record."""
    rows.due().filter(notice__at__lt=clock.now() - GIVE_UP).update(due_at=None)


def claim(row):
    """Whoever changes the row first has it, until the lease ends."""
    rows = type(row)._default_manager.filter(pk=row.pk, due_at=row.due_at)
    return rows.update(due_at=clock.now() + LEASE)


def put_off(rows, sentence):
    rows.update(due_at=clock.now() + LATER, error=said(rows.model, sentence))


def said(model, sentence):
    return sentence[: model._meta.get_field("error").max_length]
