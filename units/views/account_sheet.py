"""Accounts from Excel: template, preview, and writing all or nothing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.refusal import Refusal
from kit.sheets import Head, Sheet, UnreadableSheet, file_response, workbook
from units.actions.accounts import take_accounts
from units.forms.account_sheet import EXAMPLE, HEADS, ROLES, Row, SheetForm, accounts_of, check, read_sheet
from units.views.accounts import managed

KEPT = "account_sheet"
WIDTHS = (18, 12, 20, 14, 18, 26)
EMPTY = 30
HOW = (
    ("用户名", "必填，2-30位字母、数字、下划线、点或横线。已有的用户名为修改，没有的为新建。"),
    ("姓名", "必填。"),
    ("所在单位", "填报人、单位负责人、办公室人员必填，写文件上的单位名称或其他写法，例如：县民政局。"),
    ("角色", f"必填，写其中一个：{'、'.join(ROLES)}。"),
    ("联系电话", "可不填。"),
    ("电子邮箱", "可不填；配置了邮件的，提醒同时发到这里。"),
)


@require_safe
def account_template(request):
    """A sheet to fill in."""
    managed(request)
    sheet = Sheet(
        name="账号",
        title="账号导入模板",
        columns=[Head(head, width) for head, width in zip(HEADS.values(), WIDTHS, strict=True)],
        rows=[
            (EXAMPLE, "张某某", "县民政局", "填报人", "0731-27610000", ""),
            *([""] * len(HEADS) for _ in range(EMPTY)),
        ],
        left_note="从示例下一行填起，示例行不会导入；各列怎么填见“填写说明”",
    )
    how = Sheet(name="填写说明", title="账号导入填写说明", columns=[Head("列", 12), Head("怎么填", 90)], rows=HOW)
    return file_response(workbook([sheet, how]), "账号导入模板.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def account_import(request):
    """Read the file and show what would happen; nothing is written yet."""
    managed(request)
    if request.method != "POST":
        return render(request, "units/account_import.html", {"form": SheetForm()})
    form = SheetForm(request.POST, request.FILES)
    rows = []
    if form.is_valid():
        try:
            rows = check(read_sheet(form.cleaned_data["file"]))
        except UnreadableSheet as why:
            form.add_error("file", str(why))
    faults = [fault for row in rows for fault in row.faults]
    if rows and not faults:
        request.session[KEPT] = [[row.number, row.cells] for row in rows]
    counts = {state: sum(row.state == state for row in rows) for state in ("新建", "修改", "不变", "有误")}
    context = {"form": form, "rows": rows, "faults": faults, "counts": counts}
    return render(request, "units/account_import.html", context, status=422 if form.errors or faults else 200)


@require_POST
def account_import_confirm(request):
    """Write what was previewed, checked once more, all or nothing; new passwords are shown this once."""
    managed(request)
    rows = check([Row(number, cells) for number, cells in request.session.pop(KEPT, [])])
    if not rows:
        messages.warning(request, "没有待导入的内容，请重新选择文件。")
        return redirect("account_import")
    if any(row.faults for row in rows):
        raise Refusal("预览以后数据有变动，请重新上传核对。")
    made = take_accounts(accounts_of(rows), request.user)
    changed = sum(row.state == "修改" for row in rows)
    messages.success(request, f"导入完成：新建{len(made)}个，修改{changed}个。")
    return render(request, "units/passwords.html", {"made": made, "heading": "批量导入的账号"})
