"""Settings that must not stand beside real data: the start is refused, each with what to do."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from reports.demo import year
from units.actions import posts
from units.models import User

SHORTEST_KEY, FEWEST_LETTERS, SHORTEST_PASSWORD = 50, 5, 8
KNOWN_KEYS = ("django-insecure-", "debug-only-key")
LOCAL = {"127.0.0.1", "localhost", "[::1]", ".localhost"}
NEW_KEY = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"


@register
def unsafe_settings(app_configs=None, **kwargs):
    """Return what is unsafe here; beside example data nothing is, in development only real data make it so."""
    found = list(_errors())
    if found and not (_is_demonstration() or (settings.DEBUG and not _has_accounts())):
        return [*found, *_warnings()]
    return list(_warnings())


def require_safe():
    """Refuse to serve: a web server runs no checks by itself."""
    faults = [f"{each.msg}{each.hint}" for each in unsafe_settings() if isinstance(each, Error)]
    connection.close()  # workers that part from here must not share it
    if faults:
        raise ImproperlyConfigured("不能启动：\n" + "\n".join(faults))


def _errors():
    if settings.DEBUG:
        yield Error(
            "DEBUG=1 会把出错页面的内部数据给任何人看。",
            hint="请在 var/settings.env 或环境变量中去掉 DEBUG。",
            id="zhuzhou.E001",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS=* 使任何域名都能冒用本系统。", hint="请改为实际域名，逗号分隔。", id="zhuzhou.E002")
    if any(map(_is_weak, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])):
        yield Error(
            "SECRET_KEY（或 SECRET_KEY_FALLBACKS）太短、太简单或是公开的示例，登录和离线表格可以被伪造。",
            hint=f"请换成随机的{SHORTEST_KEY}位以上：{NEW_KEY}",
            id="zhuzhou.E003",
        )
    lengths = [each["OPTIONS"]["min_length"] for each in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in each]
    if min(lengths) < SHORTEST_PASSWORD:
        yield Error("PASSWORD_LENGTH 小于8，密码容易被猜中。", hint="请设为8以上，建议10。", id="zhuzhou.E004")

    if settings.WEBHOOK_URL and not posts.is_address(settings.WEBHOOK_URL):
        yield Error(
            "WEBHOOK_URL 不是 http:// 或 https:// 开头的网址。",
            hint="请填群机器人给出的完整地址，或者去掉。",
            id="zhuzhou.E005",
        )
    if settings.WEBHOOK_KIND not in posts.SHAPES:
        yield Error("WEBHOOK_KIND 没有这一种。", hint=f"请填其中之一：{'、'.join(posts.SHAPES)}。", id="zhuzhou.E006")


def _warnings():
    if not settings.HTTPS and not set(settings.ALLOWED_HOSTS) <= LOCAL and not settings.DEBUG:
        yield Warning(
            "HTTPS=0 而 ALLOWED_HOSTS 不只是本机：密码在网络上明文传送。",
            hint="请在前面放一个 HTTPS 反向代理，去掉 HTTPS=0，并设 BEHIND_PROXY=1。",
            id="zhuzhou.W001",
        )


def _is_weak(key):
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or key.startswith(KNOWN_KEYS)


def _is_demonstration():
    return _asked(year.is_here)


def _has_accounts():
    return _asked(User.objects.exists)


def _asked(question):
    """A database without tables, or one that does not answer, holds neither."""
    try:
        return question()
    except DatabaseError:
        return False
