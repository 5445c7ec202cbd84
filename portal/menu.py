from kit.menu import Place
from units.models import User

PLACES = (
    Place(0, "首页", "home", "overview", (User.Role.ADMIN,)),
    Place(10, "我的工作台", "home", "overview", User.FILERS),
    Place(250, "表格导入", "import_list", "upload", User.BRINGERS, "基础资料"),
    Place(310, "技术后台", "admin:index", "gear", (User.Role.ADMIN,), "系统管理"),
    Place(320, "操作记录", "trace", "history", (User.Role.AUDITOR,), "系统管理"),
)
