"""Mail leaves after the commit and out of the request: every address by itself, none twice, what was not taken on record."""

import contextlib
import datetime
import logging
import smtplib
import threading

from django.core.mail import EmailMessage, get_connection
from django.db import connections

from kit import clock
from units.models import Mail

log = logging.getLogger(__name__)

# Whoever claims a message and dies leaves it to the others after this time; no single message takes as long.
LEASE = datetime.timedelta(minutes=5)
LATER = datetime.timedelta(minutes=10)
GIVE_UP = datetime.timedelta(days=2)
# A header that cannot be written is a ValueError.
TROUBLE = (OSError, smtplib.SMTPException, ValueError)
# One thread of a process sends at a time. It holds no row and nobody waits for it: who finds it busy leaves it a word.
_busy, _more = threading.Lock(), threading.Event()


def wake():
    """Begin to send what waits, in a thread of this process, unless one is at it."""
    _more.set()
    if _busy.acquire(blocking=False):
        threading.Thread(target=_work, name="mail").start()


def _work():
    try:
        while _more.is_set():
            _more.clear()
            send_waiting()
    except Exception:
        log.exception("mail was not sent; it waits for manage.py send_mail")
    finally:
        connections.close_all()
        _busy.release()
    if _more.is_set():
        wake()


def send_waiting():
    """What is due and no other process has claimed; return how many the server took."""
    Mail.objects.due().filter(notice__at__lt=clock.now() - GIVE_UP).update(due_at=None)
    server, sent = get_connection(), 0
    for mail in Mail.objects.due().select_related("notice").order_by("due_at", "pk"):
        if not _answers(server):
            break
        if _claim(mail):
            sent += _send(server, mail)
    _close(server)
    return sent


def _answers(server):
    """Open the connection unless it is; without an answer everything waits for a while."""
    try:
        server.open()
    except TROUBLE as why:
        log.warning("the mail server does not answer: %s", why)
        Mail.objects.due().update(due_at=clock.now() + LATER, error=_said(f"邮件服务器没有应答：{why}"))
        return False
    return True


def _claim(mail):
    """Whoever changes the row first has it, until the lease ends."""
    return Mail.objects.filter(pk=mail.pk, due_at=mail.due_at).update(due_at=clock.now() + LEASE)


def _send(server, mail):
    """What goes wrong concerns this address only. Say whether it left."""
    message = EmailMessage(mail.notice.title, mail.notice.body or mail.notice.title, to=[mail.address])
    try:
        server.send_messages([message])
    except TROUBLE as why:
        log.warning("mail to %s was not taken: %s", mail.address, why)
        again = None if _is_final(why) else clock.now() + LATER
        Mail.objects.filter(pk=mail.pk).update(due_at=again, error=_said(_words(why)))
        _close(server)
        return False
    Mail.objects.filter(pk=mail.pk).update(due_at=None, sent_at=clock.now(), error="")
    return True


def _close(server):
    with contextlib.suppress(*TROUBLE):
        server.close()


def _is_final(why):
    """Another attempt is of no use: the address is refused for good, or no header can hold it."""
    codes = [code for code, _ in why.recipients.values()] if isinstance(why, smtplib.SMTPRecipientsRefused) else []
    return isinstance(why, ValueError) or any(code >= 500 for code in codes)


def _words(why):
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        said = ((code, text.decode(errors="replace")) for code, text in why.recipients.values())
        return "邮件服务器拒收：" + "；".join(f"{code} {text}" for code, text in said)
    return f"没有发出：{why}"


def _said(sentence):
    return sentence[: Mail._meta.get_field("error").max_length]
