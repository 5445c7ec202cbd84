"""Taking a row for a change: locked as it is now, asked who may and what was seen, moved as its table of moves allows."""

from django.core.exceptions import PermissionDenied
from django.db import models

from kit.refusal import Conflict, Refusal
from kit.statements import RowSet
from kit.trace import last_word


class Moving(models.Model):
    """A thing with a ``status``: its ``MOVES`` say what may follow what, and only ``move`` gives it the next.

    ``TONES`` are the colours of its statuses, where it is shown in one.
    """

    MOVES: dict
    TONES: dict

    class Meta:
        abstract = True

    @property
    def called(self):
        return self._meta.verbose_name

    @property
    def tone(self):
        return self.TONES[self.status]

    @property
    def standing(self):
        return f"{self.called}现在是“{self.get_status_display()}”"


def lock(thing, *, seen_version=None, without=()):
    """Return ``thing`` as it is now, locked until the transaction ends, with what its model is TAKEN_WITH.

    Locked alone: a row whose links change while it is waited for would drop out of a join with what it pointed to before,
    and an order by what it points to would lock in that order. A stale ``seen_version`` is a Conflict.
    """
    model = thing._meta.model
    rows = RowSet(model).filter(pk=thing.pk).order_by("pk").defer(*without)
    beside = getattr(model, "TAKEN_WITH", ())
    fresh = rows.select_for_update().only("pk").first() if beside else rows.select_for_update().first()
    if fresh is None:
        raise Refusal(getattr(model, "GONE", f"要办理的{model._meta.verbose_name}刚刚已撤去。"))
    fresh = rows.select_related(*beside).get() if beside else fresh
    require_seen(fresh, seen_version)
    return fresh


def lock_rows(*rows):
    """Lock these rows, one queryset after the other, each in the order of its keys, for an action that goes on to others.

    Everybody locks plans, months, reports, units, accounts and tasks in this order, so nobody waits for somebody who waits.
    """
    for each in rows:
        list(each.select_for_update(of=("self",)).order_by("pk"))


def require(allowed):
    """Stop with 403 unless ``allowed``."""
    if not allowed:
        raise PermissionDenied


def require_said(text, sentence):
    """Return the text without the blanks around it; where nothing is left, refuse with the sentence."""
    if not text.strip():
        raise Refusal(sentence)
    return text.strip()


def require_seen(row, seen_version):
    """Stop with a Conflict when the person saw another version of the locked row."""
    if seen_version is not None and row.version != seen_version:
        told = last_word(row.events) or "有人刚刚处理过"
        raise Conflict(f"{told}，当前状态为“{row.get_status_display()}”。请按最新情况办理。", row)


def require_status(row, *statuses, otherwise):
    """Refuse, beginning with where the row is now, unless it is in one of these statuses."""
    if row.status not in statuses:
        raise Refusal(f"{row.standing}，{otherwise}。")


def move(row, status, **values):
    """Give ``row`` its next status, if its MOVES know the way, with other fields; a version it has counts up."""
    require_status(
        row, *(old for old, new in row.MOVES.items() if status in new), otherwise=f"不能变为“{status.label}”"
    )
    change(row, status=status, **values)


def change(row, **values):
    """Give a locked row these values; a version it has counts up, without a value too."""
    if hasattr(row, "version"):
        values["version"] = row.version + 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])


def move_all(rows, status, **values):
    """As ``move`` for many locked rows of one model at once; what differs between them is set on the rows before."""
    for row in rows:
        require_status(
            row, *(old for old, new in row.MOVES.items() if status in new), otherwise=f"不能变为“{status.label}”"
        )
    for row in rows:
        counted = {"version": row.version + 1} if hasattr(row, "version") else {}
        for name, value in {"status": status, **counted, **values}.items():
            setattr(row, name, value)
