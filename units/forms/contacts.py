"""The three people of a unit on one page."""

from django import forms

from kit.forms import Code, Text
from units.models import Contact
from units.models.unit import PHONE

POSTS = Contact.Post.choices


class ContactsForm(forms.Form):
    """Name, title and phone of each post; whoever has a name needs a phone."""

    def __init__(self, data, unit):
        named = {contact.post: contact for contact in unit.contacts.all()}
        super().__init__(data)
        for post, label in POSTS:
            known = named.get(post)
            values = (known.name, known.title, known.phone) if known else ("", "", "")
            fields = (("name", "姓名", 40), ("title", "职务", 60), ("phone", "联系电话", 30))
            for (part, word, limit), value in zip(fields, values, strict=True):
                kind = Code if part == "phone" else Text
                self.fields[f"{post}-{part}"] = kind(
                    label=f"{label}{word}",
                    required=False,
                    max_length=limit,
                    initial=value,
                    validators=[PHONE] if part == "phone" else [],
                )

    @property
    def groups(self):
        """(label, bound fields) of each post, for the page."""
        return [(label, [self[f"{post}-{part}"] for part in ("name", "title", "phone")]) for post, label in POSTS]

    def clean(self):
        data = super().clean()
        for post, label in POSTS:
            name, phone = data.get(f"{post}-name", ""), data.get(f"{post}-phone", "")
            if name and not phone and f"{post}-phone" not in self.errors:
                self.add_error(f"{post}-phone", f"请填写{label}的联系电话。")
            if not name and (phone or data.get(f"{post}-title")):
                self.add_error(f"{post}-name", f"请填写{label}的姓名。")
        return data

    @property
    def people(self):
        """{post: (name, title, phone)}; only after is_valid."""
        data = self.cleaned_data
        return {post: tuple(data[f"{post}-{part}"] for part in ("name", "title", "phone")) for post, _ in POSTS}
