"""The offline form filled in, saved by another program, and taken; the summary with remarks likewise."""

from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Entry
from tests.reports.sheets import FILLED, Paper, upload

FORM, PAGE = "/month/2015-10/offline.xlsx", "/month/2015-10/offline/"


def test_a_form_saved_by_another_program_is_taken(sign_in, reporter, entry, resaved):
    client = sign_in(reporter)
    filled = Paper(client.get(FORM).content).fill("43", **FILLED)
    content = resaved(filled.content)
    kept = Paper(content)
    assert kept.page.protection.sheet
    assert kept.cell("本月进展", "43").protection.locked is False
    assert {each.type for each in kept.page.data_validations.dataValidation} >= {"list", "whole"}
    client.post(PAGE, {"file": upload(content)})
    preview = client.get(PAGE).context["preview"]
    assert (preview.faults, preview.untaken) == ([], [])
    client.post(f"{PAGE}take/", {"seen": preview.fingerprint})
    entry.refresh_from_db()
    assert (entry.progress, entry.light, entry.done) == (60, "YELLOW", FILLED["本月进展"])


def test_an_untouched_form_gone_through_another_format_changes_nothing(sign_in, reporter, report, fill, resaved):
    fill(report, done="第一行。\n  第二行\t有制表符，“引号”和<尖括号>&。", problems="=1+1")
    client = sign_in(reporter)
    client.post(PAGE, {"file": upload(resaved(client.get(FORM).content, "ods"))})
    preview = client.get(PAGE).context["preview"]
    assert (preview.items, preview.faults, preview.unchanged) == ([], [], 1)


def test_remarks_saved_by_another_program_are_taken(sign_in, office, report, fill, reporter, resaved):
    accept(submit(fill(report), reporter), office)
    client, base = sign_in(office), f"/periods/{report.period_id}/remarks"
    filled = Paper(client.get(f"{base}.xlsx").content).fill("43", 审核意见="请补附件。")
    client.post(f"{base}/", {"file": upload(resaved(filled.content))})
    preview = client.get(f"{base}/").context["preview"]
    client.post(f"{base}/take/", {"seen": preview.fingerprint})
    assert Entry.objects.get(report=report).office_remark == "请补附件。"
