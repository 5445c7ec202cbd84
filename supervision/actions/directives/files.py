"""Files beside an answer: in while the point is open, away while nobody checks it."""

from django.db import transaction

from kit import clock
from kit.moves import lock, require, require_status
from kit.refusal import Refusal
from kit.storage import keep_file
from supervision.models import Directive, DirectiveEvent, DirectiveFile
from supervision.permissions import can_answer

PER_POINT = 10


def attach(point, by, upload):
    return keep_file(DirectiveFile(point=point, by=by, at=clock.now()), upload, lambda row: _record(row, by))


@transaction.atomic
def _record(file, by):
    row = _taken(file.point, by)
    present = file.point.files.present()
    if present.count() >= PER_POINT:
        raise Refusal(f"每点最多{PER_POINT}个附件。")
    present.require_new(file)
    file.save()
    DirectiveEvent.write(row, by, "上传附件", note=f"{file.point}：{file.name}")


@transaction.atomic
def remove(file, by):
    row = _taken(file.point, by)
    if file.removed_at is None:
        file.remove()
        DirectiveEvent.write(row, by, "移除附件", note=f"{file.point}：{file.name}")


def _taken(point, by):
    row = lock(point.directive)
    require(can_answer(by, row))
    require_status(row, Directive.Status.ONGOING, otherwise="附件不再改动")
    if not row.points.filter(pk=point.pk, accepted_at=None).exists():
        raise Refusal(f"{point}已经通过，附件不再改动。")
    return row
