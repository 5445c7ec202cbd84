"""The three people of a unit on one page."""

from django import forms

from kit.forms import Code, Text, of_column
from units.models import Contact
from units.models.unit import PHONE

POSTS = Contact.Post.choices
PARTS = ("name", "title", "phone")


class ContactsForm(forms.Form):
    """Name, title and phone of each post; whoever has a name needs a phone."""

    def __init__(self, data, unit):
        named = {contact.post: contact for contact in unit.contacts.all()}
        super().__init__(data)
        for post, label in POSTS:
            for part in PARTS:
                column = Contact._meta.get_field(part)
                self.fields[f"{post}-{part}"] = of_column(
                    column,
                    form_class=Code if part == "phone" else Text,
                    label=f"{label}{column.verbose_name}",
                    required=False,
                    initial=getattr(named.get(post), part, ""),
                    validators=[PHONE] if part == "phone" else [],
                )

    @property
    def groups(self):
        return [(label, [self[f"{post}-{part}"] for part in PARTS]) for post, label in POSTS]

    def clean(self):
        data = super().clean()
        for post, label in POSTS:
            said = (data.get(f"{post}-{part}", "") for part in PARTS)
            for part, sentence in Contact.lacking(label, *said):
                if f"{post}-{part}" not in self.errors:
                    self.add_error(f"{post}-{part}", sentence)
        return data

    @property
    def people(self):
        """{post: (name, title, phone)}; only after is_valid."""
        data = self.cleaned_data
        return {post: tuple(data[f"{post}-{part}"] for part in PARTS) for post, _ in POSTS}
