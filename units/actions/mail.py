"""Mail leaves after the commit and out of the request: every address by itself, none twice, what was not taken on record."""

import contextlib
import logging
import smtplib

from django.core.mail import EmailMessage, get_connection

from kit import clock
from units.actions.sending import LATER, Sender, claim, give_up, put_off, said
from units.models import Mail

log = logging.getLogger(__name__)

# A header that cannot be written is a ValueError.
TROUBLE = (OSError, smtplib.SMTPException, ValueError)


def send_waiting():
    give_up(Mail.objects)
    server, sent = get_connection(), 0
    for mail in Mail.objects.due().select_related("notice").order_by("due_at", "pk"):
        if not _answers(server):
            break
        if claim(mail):
            sent += _send(server, mail)
    _close(server)
    return sent


def _answers(server):
    """Open the connection unless it is; without an answer everything waits for a while."""
    try:
        server.open()
    except TROUBLE as why:
        log.warning("the mail server does not answer: %s", why)
        put_off(Mail.objects.due(), f"邮件服务器没有应答：{why}")
        return False
    return True


def _send(server, mail):
    """What goes wrong concerns this address only. Say whether it left."""
    message = EmailMessage(mail.notice.title, mail.notice.body or mail.notice.title, to=[mail.address])
    try:
        server.send_messages([message])
    except TROUBLE as why:
        log.warning("mail to %s was not taken: %s", mail.address, why)
        again = None if _is_final(why) else clock.now() + LATER
        Mail.objects.filter(pk=mail.pk).update(due_at=again, error=said(Mail, _words(why)))
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


wake = Sender("mail", send_waiting).wake
