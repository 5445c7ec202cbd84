from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import told_on
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from units.actions import accounts as verbs
from units.actions.signin import unlock
from units.dashboard import locked
from units.filters import AccountFilter
from units.forms.accounts import AccountForm
from units.models import User
from units.permissions import can_manage_accounts
from units.tables import ACCOUNTS


def managed(request):
    require(can_manage_accounts(request.user))
    return User.objects.visible_to(request.user).select_related("unit")


@require_safe
def account_list(request):
    asked = AccountFilter(request.GET, managed(request))
    table = Table(
        ACCOUNTS,
        asked.qs,
        params=request.GET,
        default_sort="unit",
        empty="没有符合条件的账号。可以逐个新建，也可以从Excel批量导入。",
        name="账号",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, "账号")
    return render(request, "units/accounts.html", {"table": table, "filter": asked, "locked": locked(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request):
    managed(request)
    form = AccountForm(request.POST or None)
    if form.is_bound and form.is_valid():
        user = form.save(commit=False)
        with told_on(form):
            password = verbs.create_account(user, request.user)
            return _hand_over(request, [verbs.Made(user, password)], "账号已建立")
    return render(request, "units/account.html", {"form": form}, status=422 if form.errors else 200)


def _hand_over(request, made, heading):
    return render(request, "units/passwords.html", {"made": made, "heading": heading})


@require_http_methods(["GET", "HEAD", "POST"])
def account(request, pk):
    user = get_object_or_404(managed(request), pk=pk)
    form = AccountForm(request.POST or None, instance=user)
    if form.is_bound and form.is_valid():
        with told_on(form):
            verbs.change_account(form.save(commit=False), request.user)
            messages.success(request, f"{user.name}的账号已保存。")
            return redirect("account", pk)
    stored = get_object_or_404(managed(request), pk=pk)
    context = {"form": form, "account": stored, "events": stored.events.newest()[:20]}
    context["locked"] = [each for each in locked(request.user) if each.user == stored]
    return render(request, "units/account.html", context, status=422 if form.errors else 200)


@require_POST
def account_reset(request, pk):
    user = get_object_or_404(managed(request), pk=pk)
    return _hand_over(request, [verbs.Made(user, verbs.reset_password(user, request.user))], "密码已重置")


@require_POST
def account_switch(request, pk):
    user = get_object_or_404(managed(request), pk=pk)
    active = request.POST.get("active") == "1"
    verbs.switch_account(user, request.user, active=active)
    messages.success(request, f"{user.name}的账号已{'启用' if active else '停用'}。")
    return redirect("account", pk)


@require_POST
def account_unlock(request):
    accounts = managed(request)
    if address := request.POST.get("address", "")[:45]:
        unlock(request.user, address=address)
        messages.success(request, f"来自{address}的登录已恢复。")
    else:
        user = get_object_or_404(accounts, username=request.POST.get("username", ""))
        unlock(request.user, user=user)
        messages.success(request, f"{user.name}可以登录了。")
    return redirect("account_list")
