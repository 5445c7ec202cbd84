"""A kind of sheet: its columns, what a row means, and through which actions it is written."""

from contextlib import contextmanager
from copy import copy
from dataclasses import replace

from django.utils.functional import cached_property

from kit import names
from kit.intake.engine import Engine
from kit.intake.field import Field
from kit.intake.heads import layout_of
from kit.intake.measures import converted
from kit.intake.row import Wrong
from kit.intake.tables import layouts_of
from kit.refusal import Refusal


@contextmanager
def told(row):
    """Let what an action refuses name the row it was about."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(f"第{row.number}行（{row.label}）：{refusal}") from refusal


class Kind(Engine):
    """What one kind of sheet may say. A subclass knows the models; one object serves one reading of one sheet.

    ``prepare()``            fetch what is on record, in a fixed number of queries
    ``make_keys(row)``       fill in keys that were left out; may raise ``Wrong``
    ``find(row)``            the thing a row means, None for a new one; may raise ``Wrong``
    ``recorded(thing)``      {field name: value} as it is on record
    ``wanted(row)``          {field name: value} as the row wants it, empty cells left out; may raise ``Wrong``
    ``check(row)``           yield (field name, sentence) of what else stands against it
    ``label(row)``           how people call it
    ``create(row, by, note)``, ``change(row, by, note)``  let the actions write one row
    ``remove(thing, by, note)``  take a new thing back; a ``Refusal`` or a protected row says why not
    ``handed``               what writing leaves to be handed over (passwords, shown once)
    """

    key = ""
    title = ""
    about = ""
    order = 0  # its place among the kinds of all floors
    needs_plan = False
    is_list = False  # as counties print it: several tables, in groups, with choices for what stands against it
    widest = 60  # columns
    columns: tuple[Field, ...] = ()
    foot: tuple[str, ...] = ()

    handed: object = None

    def __init__(self, plan=None):
        super().__init__()
        self.plan = plan
        self.fields = {field.name: copy(field) for field in self.columns}

    def layouts(self, sheets):
        """Where its tables stand: one, or all of a list; a sheet in which none is recognised may be chosen by hand."""
        fields = self.fields.values()
        if not self.is_list:
            return (layout_of(sheets, fields),)
        found = layouts_of(sheets, fields)
        told = {layout.sheet for layout in found}
        others = [
            replace(layout_of([sheet], fields), sheet=place, taken=not found)
            for place, sheet in enumerate(sheets)
            if place not in told
        ]
        return (*found, *others)

    @classmethod
    def may(cls, user, plan=None):
        raise NotImplementedError

    def prepare(self):
        raise NotImplementedError

    def unfold(self, rows):
        """The rows of a table whose rows say several things each."""
        return rows

    def make_keys(self, row):
        """Nothing, where every key must be said."""

    def find(self, row):
        raise NotImplementedError

    def recorded(self, thing):
        raise NotImplementedError

    def wanted(self, row):
        return dict(row.values)

    def check(self, row):
        return ()

    def belongs(self, row):
        """Why a row is none of this import's business (another plan's, say)."""
        return ""

    def identity(self, row):
        """By what two rows are the same one."""
        return tuple(_key(row.values.get(field.name)) for field in self.keys)

    def key_label(self, row):
        return " ".join(str(row.values.get(field.name, "")) for field in self.keys)

    label = key_label

    def on_record(self):
        """Yield the things whose rows make a full sheet, in order; after ``prepare``."""
        raise NotImplementedError

    def create(self, row, by, note):
        raise NotImplementedError

    def change(self, row, by, note):
        raise NotImplementedError

    def remove(self, thing, by, note):
        raise NotImplementedError

    def release(self, things, by, note):
        """What has to be undone before new things can be removed, once for all of them."""

    def write(self, rows, by, note):
        """Write the rows, in their order; a refusal names its row. Return what is to be handed over."""
        for row in rows:
            with told(row):
                (self.create if row.original is None else self.change)(row, by, note)
        return self.handed

    def key_of(self, row):
        return {field.name: field.shown(row.values.get(field.name)) for field in self.keys}

    def recall(self, row):
        try:
            return self.find(row)
        except Wrong:
            return None

    @cached_property
    def keys(self):
        return [field for field in self.fields.values() if field.key]

    def words(self, name, value):
        return self.fields[name].shown(value) if name in self.fields else str(value)

    def value_of(self, name, text):
        """The value that is shown as ``text``; an empty one where the thing had none."""
        widget = self.fields[name].widget
        value = widget.clean(text) if text else widget.empty
        return getattr(value, "number", value)

    def figure(self, row, name, measure):
        """The number of a cell in ``measure``; a conversion is noted, one that is not certain is ``Wrong``."""
        table, _ = row.origin.get(name, (row.table, row.number))
        quantity = table.stated.measured(row.values[name], row.places.get(name, -1), measure)
        try:
            number, note = converted(quantity, measure)
        except ValueError as error:
            raise Wrong(name, str(error)) from None
        if note:
            row.notes.append(f"{self.field_title(name)}换算：{note}。")
        return number

    def field_title(self, name):
        return self.fields[name].title if name in self.fields else name


def _key(value):
    return names.key(value) if isinstance(value, str) else value
