from kit.menu import Place
from units.models import User

PLACES = (
    Place(20, "账号管理", "account_list", "people", (User.Role.ADMIN,)),
    Place(230, "责任单位", "unit_list", "building", User.PLAN_READERS, "基础资料"),
)
