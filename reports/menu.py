"""Places of the menu, and what waits in them."""

from kit.menu import Place
from reports.models import MonthlyReport, Period
from units.models import User


def to_review(user):
    waiting = MonthlyReport.objects.visible_to(user).waiting()
    return waiting.filter(period__plan__office=user.unit_id)


def to_file(user):
    owing = MonthlyReport.objects.visible_to(user).owing().answered_by(user)
    return owing.filter(period__in=Period.objects.visible_to(user).writable())


def hosts_projects(user):
    """Projects are built in townships and parks; other units find the page by its address where one is named as a place."""
    return user.unit is not None and user.unit.hosts


PLACES = (
    Place(30, "月报填报", "month", "edit", User.FILERS, waiting=to_file),
    Place(40, "工作总览", "dashboard", "overview", User.OVERLOOKERS),
    Place(50, "一页概览", "overview", "target", User.OVERSEERS, begins=(User.Role.LEADER,)),
    Place(55, "我联系的项目", "project_mine", "flag", (User.Role.LEADER,)),
    Place(60, "月报审核", "review_queue", "review", (User.Role.OFFICE,), waiting=to_review),
    Place(70, "任务台账", "task_list", "list", User.BUSINESS),
    Place(77, "重点项目", "project_list", "target", User.BUSINESS),
    Place(78, "本地项目", "place_projects", "file", User.FILERS, only=hosts_projects),
    Place(80, "本单位月报", "month", "edit", (User.Role.OFFICE,)),
    Place(110, "报送情况", "filing", "calendar", User.OVERLOOKERS, "统计与导出"),
    Place(120, "本单位记录", "record", "calendar", User.FILERS, "统计与导出"),
    Place(140, "导出报表", "exports", "sheet", User.OVERLOOKERS, "统计与导出"),
    Place(220, "报送期", "period_list", "clock", (User.Role.OFFICE,), "基础资料"),
)
