"""Posts to the office's robot (企业微信, 钉钉, 飞书, or plain JSON): one address that the operator names, off without it.

A post says the title of a notice, whom it is for and where to read it, never its body. The address holds the robot's key: it stands in
no log, no trace, no page and no sentence about what went wrong.
"""

import contextlib
import http.client
import json
import logging
import socket
import threading
from urllib.parse import urlsplit

from django.conf import settings

from kit import clock
from units.actions.sending import LATER, Sender, claim, give_up, put_off, said
from units.models import Post

log = logging.getLogger(__name__)

TIMEOUT, LONGEST = 5, 30
MOST_ANSWER = 64 * 1024
TROUBLE = (OSError, http.client.HTTPException, ValueError)
CODES = ("errcode", "code", "StatusCode")
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


class Refused(Exception):
    """The robot answered, and took nothing."""


def _text(post):
    return {"msgtype": "text", "text": {"content": _words(post)}}


def _feishu(post):
    return {"msg_type": "text", "content": {"text": _words(post)}}


def _plain(post):
    return {
        "title": post.text,
        "to": post.people,
        "url": _link(post),
        "at": f"{clock.local(post.notice.at):%Y-%m-%d %H:%M}",
    }


SHAPES = {"wecom": _text, "dingtalk": _text, "feishu": _feishu, "plain": _plain}


def is_on():
    return bool(settings.WEBHOOK_URL)


def is_address(url):
    try:
        parts = urlsplit(url)
        return parts.scheme in CONNECTIONS and bool(parts.hostname) and not parts.username and (parts.port or 1) > 0
    except ValueError:
        return False


def send_posts():
    if not is_on():
        return 0
    give_up(Post.objects)
    sent = 0
    for post in Post.objects.due().select_related("notice").order_by("due_at", "pk"):
        if not claim(post):
            continue
        try:
            _hand_over(SHAPES.get(settings.WEBHOOK_KIND, _plain)(post))
        except Refused as why:
            log.warning("the webhook refused: %s", why)
            error = said(Post, f"没有收下：{why}")
            Post.objects.filter(pk=post.pk).update(due_at=clock.now() + LATER, error=error)
        except TROUBLE as why:
            log.warning("the webhook does not answer: %s", type(why).__name__)
            for rows in (Post.objects.filter(pk=post.pk), Post.objects.due()):
                put_off(rows, f"没有应答（{type(why).__name__}）")
            break
        else:
            Post.objects.filter(pk=post.pk).update(due_at=None, sent_at=clock.now(), error="")
            sent += 1
    return sent


def _hand_over(values):
    if not is_address(settings.WEBHOOK_URL):
        raise Refused("WEBHOOK_URL不是http或https网址")
    parts = urlsplit(settings.WEBHOOK_URL)
    connection = CONNECTIONS[parts.scheme](parts.hostname, parts.port, timeout=TIMEOUT)
    try:
        connection.connect()
        with _patience(connection.sock):
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            body = json.dumps(values, ensure_ascii=False).encode()
            connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
            answer = connection.getresponse()
            _require_taken(answer.status, answer.read(MOST_ANSWER))
    finally:
        connection.close()


@contextlib.contextmanager
def _patience(line):
    """A timeout begins anew with every byte: who answers byte by byte is hung up on."""
    timer = threading.Timer(LONGEST, _hang_up, [line])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(line):
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _require_taken(status, body):
    """A status of 200 to 299, and where the robot says a code, 0."""
    if not 200 <= status < 300:
        raise Refused(f"状态码{status}")
    try:
        told = json.loads(body)
    except ValueError:
        return
    code = next((told[name] for name in CODES if name in told), 0) if isinstance(told, dict) else 0
    if str(code) != "0":
        raise Refused(f"错误码{str(code)[:20]}")


def _words(post):
    """Robots that ask for a keyword find it in the name of the system."""
    lines = [f"【{settings.SITE_NAME}】{post.text}", f"告知：{post.people}" if post.people else "", _link(post)]
    return "\n".join(filter(None, lines))


def _link(post):
    return f"{settings.SITE_URL}{post.notice.url}" if settings.SITE_URL and post.notice.url.startswith("/") else ""


wake = Sender("webhook", send_posts).wake
