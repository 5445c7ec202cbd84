"""The archive of a plan: everything accepted in its closed months, one package written while it is sent.

Nothing of it stays on the server; memory stays flat. Who took one home, and whether it went out whole, is on record.
"""

from django.db import transaction

from kit.moves import require
from kit.packing import Flow, Package
from kit.refusal import Refusal
from portal.actions.papers import Papers
from portal.dashboard import archive as dashboard
from reports.permissions import can_archive
from tasks.models import PlanEvent


@transaction.atomic
def archive_plan(plan, by=None, *, partial=False):
    """Settle what the package holds and return the Archive to be sent; ``by`` is None for the command.

    A partial one takes the closed months of a plan that still has open ones.
    """
    require(not by or can_archive(by, plan))
    periods, found = dashboard.closed_periods(plan), dashboard.obstacles(plan)
    if not periods:
        raise Refusal("还没有结账的月份，没有可以归档的内容。")
    if found and not partial:
        raise Refusal("".join(["还不能归档：", *found]))
    archive = Archive(plan, periods, found, by)
    PlanEvent.write(plan, by, dashboard.BEGUN, note=archive.words)
    return archive


class Archive:
    """One package: its months, ``contents`` as [[kind, key, path], ...], what it is ``lacking``, its ``checksum`` once sent."""

    def __init__(self, plan, periods, obstacles, by):
        self.plan, self.periods, self.obstacles, self.by = plan, periods, obstacles, by
        self.title = f"{plan.year}年{plan.short_title}{'部分' if obstacles else ''}归档"
        self.contents = dashboard.contents(plan, periods)
        self.lacking, self.checksum = [], ""

    @property
    def words(self):
        return f"{self.title}，{len(self.periods)}个月，{len(self.contents)}个文件"

    def chunks(self):
        flow, papers = Flow(), Papers(self)
        with Package(flow, self.title, papers.day) as package:
            for kind, key, path in self.contents:
                found = papers.make(kind, key, path)
                if found is None:
                    continue
                for _ in package.adding(path, found):
                    yield flow.take()
                if kind in ("file", "stored") and package.files[-1].sha256 != papers.filed:
                    self.lacking.append(f"{path}：内容与上传时登记的校验码不符。")
            self.checksum = package.seal(self._about())
        lacking = f"，缺{len(self.lacking)}个文件" if self.lacking else ""
        PlanEvent.write(self.plan, self.by, dashboard.SENT, note=f"{self.words}{lacking}，校验码 {self.checksum}")
        yield flow.take()

    def _about(self):
        return {
            "title": self.title,
            "plan": self.plan.title,
            "year": self.plan.year,
            "document_number": self.plan.document_number,
            "office": self.plan.office.name,
            "complete": not self.obstacles,
            "months": [f"{period.month:%Y-%m}" for period in self.periods],
            "counts": dashboard.counts(self.plan, [kind for kind, _, _ in self.contents]),
            "lacking": self.lacking,
        }
