"""Files that wait to be taken: kept in place of the one before, taken once, let go after a day."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock
from kit.records import checksum
from kit.refusal import Already
from units.models import Upload


@transaction.atomic
def keep_upload(by, kind, *, name, content, data):
    """An earlier one of the same kind goes, and so does what is stale."""
    drop_uploads(by, kind)
    sweep_uploads()
    return _kept(by, kind, name, content, data)


@transaction.atomic
def keep_beside(by, kind, *, name, content):
    """One of several files of a form that was refused: it waits until the form is taken. The same content waits once."""
    sweep_uploads()
    if not Upload.objects.filter(by=by, kind=kind, checksum=checksum(content)).exists():
        _kept(by, kind, name, content, {})


def _kept(by, kind, name, content, data):
    known = {"name": name, "size": len(content), "checksum": checksum(content)}
    return Upload.objects.create(by=by, kind=kind, content=content, data=data, **known)


def drop_uploads(by, kind):
    """What came after it could not be read, and the older one is not what its owner means."""
    Upload.objects.filter(by=by, kind=kind).delete()


def _locked(upload):
    fresh = lock(upload, without=("content", "data"))
    if fresh.taken_at:
        raise Already(fresh.taken_words)
    return fresh


@transaction.atomic
def reread_upload(upload, data):
    fresh = _locked(upload)
    change(fresh, data=data)
    return fresh


@transaction.atomic
def take_upload(upload, write):
    """Return what ``write`` gives, called once for an upload: whoever presses again is told when it was taken."""
    fresh = _locked(upload)
    given = write()
    change(fresh, taken_at=clock.now())
    return given


def sweep_uploads():
    return Upload.objects.stale().delete()[0]
