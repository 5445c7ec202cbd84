"""What every page's frame shows: the site's name, the navigation of the role, unread messages, the clock's day."""

from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from kit import clock
from reports.models import MonthlyReport, Period
from units.models import Notice, User

# group, label, url name, icon, roles
NAVIGATION = [
    ("", "首页", "home", "overview", ("ADMIN",)),
    ("", "账号管理", "account_list", "people", ("ADMIN",)),
    ("", "我的工作台", "home", "overview", ("REPORTER", "HEAD")),
    ("", "月报填报", "month", "edit", ("REPORTER", "HEAD")),
    ("", "工作总览", "dashboard", "overview", ("OFFICE", "LEADER", "INSPECTOR")),
    ("", "一页概览", "overview", "target", ("LEADER", "INSPECTOR")),
    ("", "月报审核", "review_queue", "review", ("OFFICE",)),
    ("", "任务台账", "task_list", "list", ("REPORTER", "HEAD", "OFFICE", "LEADER", "INSPECTOR")),
    ("", "本单位月报", "month", "edit", ("OFFICE",)),
    ("统计与导出", "报送情况", "filing", "calendar", ("OFFICE", "LEADER", "INSPECTOR")),
    ("统计与导出", "本单位记录", "record", "calendar", ("REPORTER", "HEAD")),
    ("统计与导出", "指标进度", "indicator_list", "chart", ("REPORTER", "HEAD", "OFFICE", "LEADER", "INSPECTOR")),
    ("统计与导出", "导出报表", "exports", "sheet", ("OFFICE", "LEADER", "INSPECTOR")),
    ("基础资料", "方案文件", "plan_list", "file", ("REPORTER", "HEAD", "OFFICE", "LEADER", "INSPECTOR")),
    ("基础资料", "报送期", "period_list", "clock", ("OFFICE",)),
    ("基础资料", "责任单位", "unit_list", "building", ("REPORTER", "HEAD", "OFFICE", "LEADER", "INSPECTOR", "ADMIN")),
    ("基础资料", "导入方案文件", "plan_loads", "upload", ("OFFICE", "ADMIN")),
    ("基础资料", "表格导入", "import_list", "upload", ("OFFICE", "ADMIN")),
    ("系统管理", "技术后台", "admin:index", "gear", ("ADMIN",)),
    ("系统管理", "操作记录", "trace", "history", ("AUDITOR",)),
]


def shell(request):
    """Return the frame's values; for strangers only the names."""
    frame = {
        "site_name": settings.SITE_NAME,
        "county": settings.COUNTY,
        "clock_day": clock.set_day(),
        "demo": settings.DEMO,
        "theme": "dark" if request.COOKIES.get("theme") == "dark" else "",
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    # Lazy: a page without the frame (an error, a document to print) asks nothing.
    frame["inbox_count"] = SimpleLazyObject(lambda: Notice.objects.visible_to(user).unread().count())
    frame["nav"] = SimpleLazyObject(lambda: _navigation(user, request.path))
    return frame


def _navigation(user, path):
    waiting = _waiting(user)
    return [item | {"badge": waiting.get(item["name"], 0)} for item in _items(user.role, path)]


def _items(role, path):
    places = _places(role)
    longest = max((item["url"] for item in places if _is_under(path, item["url"])), key=len, default="")
    return [item | {"current": item["url"] == longest} for item in places]


@cache
def _places(role):
    """Return what the navigation of a role holds; addresses do not change while the process lives."""
    items, last = [], ""
    for group, label, name, icon, roles in NAVIGATION:
        if role in roles and (url := _url(name)):
            heading, last = (group if group != last else ""), group
            items.append({"heading": heading, "label": label, "url": url, "icon": icon, "name": name})
    return items


def _is_under(path, url):
    """Say whether a page belongs to a place of the navigation; every page lies under "/", so that one stands for itself."""
    return path == url if url == "/" else path.startswith(url)


def _url(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _waiting(user):
    """Return {url name: how many things wait for this person there}."""
    if user.role == User.Role.OFFICE:
        return {
            "review_queue": MonthlyReport.objects.visible_to(user)
            .waiting()
            .filter(period__plan__office=user.unit_id)
            .count()
        }
    if user.role in (User.Role.REPORTER, User.Role.HEAD) and user.unit_id:
        owing = MonthlyReport.objects.visible_to(user).owing().answered_by(user).filter(period__in=_open_periods())
        return {"month": owing.count()}
    return {}


def _open_periods():
    return Period.objects.writable()
