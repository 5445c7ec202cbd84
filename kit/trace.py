"""The trace: who did what to which thing, when, and why. Written once, by actions, in their transaction."""

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kit import clock
from kit.refusal import Already
from kit.statements import RowSet

NAME_LENGTH = 200


class TraceError(Exception):
    """Somebody tried to change or delete what is on record."""


def subject(model, word):
    """The key by which a table of events names what they happened to.

    An event outlives its subject untouched: what was taken back (a plan loaded by mistake) leaves its events behind.
    """
    return models.ForeignKey(model, models.DO_NOTHING, related_name="events", verbose_name=word, db_constraint=False)


class EventQuerySet(RowSet):
    """Events are only ever added and read."""

    def update(self, **kwargs):
        raise TraceError("events are never changed")

    def delete(self):
        raise TraceError("events are never deleted")

    def of(self, subjects):
        return self.filter(subject__in=subjects.order_by().values("pk"))

    def newest(self):
        return self.order_by("-at", "-pk")


class Event(models.Model):
    """One thing that happened to one subject; each has a concrete table with a key made by ``subject``.

    ``subject_name`` is what it was called then, and stays when the thing is taken back. ``changes`` maps a field's Chinese name to [old, new].
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    actor_name = models.CharField("经办人姓名", max_length=80)
    subject_name = models.CharField("名称", max_length=NAME_LENGTH)
    verb = models.CharField("事项", max_length=30)
    note = models.TextField("说明", blank=True)
    changes = models.JSONField("变动", default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField("时间", db_index=True)

    objects = EventQuerySet.as_manager()

    # The tone of a verb's word, where it has one.
    TONES = {}

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.actor_name} {self.verb}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TraceError("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TraceError("events are never deleted")

    @classmethod
    def word(cls):
        return cls._meta.get_field("subject").verbose_name

    @property
    def tone(self):
        return self.TONES.get(self.verb, "plain")

    @property
    def changes_words(self):
        return "；".join(f"{name}：{old or '（空）'} → {new}" for name, (old, new) in self.changes.items())

    @classmethod
    def write(cls, subject, actor, verb, **told):
        """``actor`` None is the system; call inside the action's transaction."""
        event = cls.made(subject, actor, verb, **told)
        event.save()
        return event

    @classmethod
    def made(cls, subject, actor, verb, *, note="", changes=None, at=None):
        return cls(
            subject=subject,
            subject_name=str(getattr(subject, "named", subject))[:NAME_LENGTH],
            actor=actor,
            actor_name=actor.signature if actor else "系统",
            verb=verb,
            note=note,
            changes=changes or {},
            at=at or clock.now(),
        )


def tables():
    found = [model for model in apps.get_models() if issubclass(model, Event)]
    return {model.__name__.removesuffix("Event").lower(): model for model in found}


def last_word(events):
    last = events.newest().first()
    return f"{last.actor_name}已于{clock.local(last.at):%m月%d日 %H:%M:%S}“{last.verb}”" if last else ""


def spare(subject, is_so, *verbs):
    """Stop kindly when what is asked of ``subject`` ``is_so`` already by one of these verbs, saying whose and when."""
    if is_so and (done := last_word(subject.events.filter(verb__in=verbs))):
        raise Already(f"{subject}：{done}，没有重复办理。")


def differences(before, after):
    return {name: [before.get(name), new] for name, new in after.items() if before.get(name) != new}
