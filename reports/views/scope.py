"""What the overview pages share: who may look, which plans and which month."""

from django.urls import reverse

from kit.moves import require
from reports.forms.scope import ScopeForm
from reports.permissions import can_see_overview
from tasks.models import Plan
from units.models import User

NOT_OPEN = "这个月还没有开启报送期，暂无数据。"


def read_scope(request):
    require(can_see_overview(request.user))
    form = ScopeForm(request.GET, request.user)
    scope = form.scope()
    return {"form": form, "scope": scope, "months": form.months}, scope


def nothing_yet(user, scope):
    """{text, url, action} for a month nobody has opened: what this person can do about it."""
    if scope.periods:
        return {}
    own = Plan.objects.visible_to(user).of_office(user.unit_id).exists()
    if user.role == User.Role.OFFICE and not own:
        text = "本办公室还没有方案。先上传方案文件，核对写入以后再开启报送期。"
        return {"text": text, "url": reverse("plan_loads"), "action": "去导入方案文件"}
    if user.role == User.Role.OFFICE:
        return {"text": NOT_OPEN, "url": reverse("period_list"), "action": "去开启报送期"}
    return {"text": NOT_OPEN}
