from kit.menu import Place
from tasks.models import TaskChange
from units.models import User


def to_decide(user):
    return TaskChange.objects.visible_to(user).waiting().filter(task__plan__office=user.unit_id)


PLACES = (
    Place(79, "任务变更", "change_list", "clock", (User.Role.OFFICE,), waiting=to_decide),
    Place(130, "指标进度", "indicator_list", "chart", User.BUSINESS, "统计与导出"),
    Place(210, "方案文件", "plan_list", "file", User.BUSINESS, "基础资料"),
    Place(240, "导入方案文件", "plan_loads", "upload", User.BRINGERS, "基础资料"),
)
