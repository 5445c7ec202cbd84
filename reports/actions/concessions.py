"""Concessions to several reports at once: all of them or none, each with its own event."""

from django.db import transaction

from kit.refusal import Already, Refusal
from reports.actions.periods import exempt, extend


def extend_many(reports, by, *, until, reason):
    return _all_or_none(reports, lambda report: extend(report, by, until=until, reason=reason), "宽限")


def exempt_many(reports, by, *, reason):
    return _all_or_none(reports, lambda report: exempt(report, by, reason=reason), "免报")


@transaction.atomic
def _all_or_none(reports, act, word):
    refused, already = [], []
    for report in sorted(reports, key=lambda report: report.pk):
        try:
            act(report)
        except Already as why:
            already.append(why)
        except Refusal as why:
            refused.append(f"{report.unit_name}（{str(why).rstrip('。')}）")
    if refused:
        raise Refusal(f"都没有办理，因为{len(refused)}个单位不能{word}：{'；'.join(refused)}。")
    if already and len(already) == len(reports):
        raise already[-1]
    return list(reports)
