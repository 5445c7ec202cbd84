"""What a person typed into a form that met a closed door: carried through it, signed, and handed in again behind it."""

from dataclasses import dataclass
from itertools import count

from django.core import signing
from django.shortcuts import render

SECRET_WORDS = ("password", "csrfmiddlewaretoken")
SALT = "kept-form"
# More than this does not come back in one form (DATA_UPLOAD_MAX_MEMORY_SIZE); then it is shown, to be copied.
MOST_SEALED = 4_000_000


@dataclass(frozen=True)
class Kept:
    """``files`` are the chosen ones as (field, name of the file): they cannot be carried, only named and asked for again."""

    action: str
    pairs: tuple = ()
    files: tuple = ()

    @classmethod
    def of(cls, request):
        """What the request carries from an earlier door, else its own fields."""
        if carried := cls.carried(request):
            return carried
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        named = [pair for pair in pairs if not any(word in pair[0] for word in SECRET_WORDS)]
        files = ((name, file.name) for name, some in request.FILES.lists() for file in some)
        return cls(request.get_full_path(), tuple(named), tuple(files))

    @classmethod
    def carried(cls, request):
        """What this server sealed; None when there is none, or somebody else wrote it."""
        try:
            action, pairs, files = signing.loads(request.POST.get("kept", ""), salt=SALT)
        except (signing.BadSignature, ValueError):
            return None
        return cls(action, tuple(map(tuple, pairs)), tuple(map(tuple, files)))

    @property
    def sealed(self):
        """Empty when the fields are none or too many."""
        sent = self.pairs or self.files
        text = signing.dumps((self.action, self.pairs, self.files), salt=SALT, compress=True) if sent else ""
        return text if len(text) <= MOST_SEALED else ""

    @property
    def fields(self):
        """What a person typed is shown and counted, keys and versions go along unseen."""
        places = count(1)
        return [
            {"name": name, "value": value, "shown": next(places) if _is_typed(value) else 0}
            for name, value in self.pairs
        ]

    @property
    def chosen(self):
        """{field: the names of the files that were chosen for it}."""
        named = {}
        for field, name in self.files:
            named.setdefault(field, []).append(name)
        return named

    @property
    def has_text(self):
        return any(_is_typed(value) for _, value in self.pairs)

    def again(self, request):
        return render(request, "registration/again.html", {"kept": self})


def _is_typed(value):
    return bool(value.strip()) and (not value.isascii() or "\n" in value or " " in value)
