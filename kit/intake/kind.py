"""A kind of sheet: its columns, and how a row is told to be new, changed, unchanged or wrong."""

from contextlib import contextmanager
from dataclasses import dataclass

from kit import names
from kit.intake.field import Field
from kit.intake.heads import Layout
from kit.intake.line import Line, Wrong
from kit.intake.measures import Stated, converted
from kit.refusal import Refusal
from kit.sheets import Fault, SheetRead


@contextmanager
def told(line):
    """Let what an action refuses name the row it was about."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(f"第{line.row}行（{line.label}）：{refusal}") from refusal


class Kind:
    """What one kind of sheet may say. A subclass knows the models; one object serves one reading of one sheet.

    ``prepare()``            fetch what is on record, in a fixed number of queries
    ``make_keys(line)``      fill in keys that were left out; may raise ``Wrong``
    ``find(line)``           the thing a line means, None for a new one; may raise ``Wrong``
    ``recorded(thing)``      {field name: value} as it is on record
    ``wanted(line)``         {field name: value} as the line wants it, empty cells left out; may raise ``Wrong``
    ``check(line)``          yield (field name, sentence) of what else stands against it
    ``label(line)``          how people call it
    ``create(line, by, note)``, ``change(line, by, note)``  let the actions write one line
    ``remove(thing, by, note)``  take a new thing back; a ``Refusal`` or a protected row says why not
    ``handed``               what writing leaves to be handed over (passwords, shown once)
    """

    key = ""
    title = ""
    about = ""
    needs_plan = False
    fields: tuple[Field, ...] = ()
    foot: tuple[str, ...] = ()

    handed: object = None
    stated: Stated

    def __init__(self, plan=None):
        self.plan = plan

    @classmethod
    def may(cls, user, plan=None):
        """May ``user`` bring in such sheets (for ``plan``)?"""
        raise NotImplementedError

    def prepare(self):
        raise NotImplementedError

    def unfold(self, lines, layout):
        """The lines of a table whose rows say several things each."""
        return lines

    def field(self, name):
        return next((field for field in self.fields if field.name == name), None)

    def make_keys(self, line):
        """Nothing, where every key must be said."""

    def find(self, line):
        raise NotImplementedError

    def recorded(self, thing):
        raise NotImplementedError

    def wanted(self, line):
        return dict(line.values)

    def check(self, line):
        return ()

    def belongs(self, line):
        """Why a line is none of this import's business (another plan's, say), or the empty text."""
        return ""

    def identity(self, line):
        """By what two lines are the same one."""
        return tuple(_key(line.values.get(field.name)) for field in self.fields if field.key)

    def label(self, line):
        return " ".join(str(line.values.get(field.name, "")) for field in self.fields if field.key)

    def on_record(self):
        """Yield the things whose rows make a full sheet, in order; after ``prepare``."""
        raise NotImplementedError

    def create(self, line, by, note):
        raise NotImplementedError

    def change(self, line, by, note):
        raise NotImplementedError

    def remove(self, thing, by, note):
        raise NotImplementedError

    def release(self, things, by, note):
        """What has to be undone before new things can be removed, once for all of them."""

    def write(self, lines, by, note):
        """Write the lines, in their order; a refusal names its row. Return what is to be handed over."""
        for line in lines:
            with told(line):
                (self.create if line.thing is None else self.change)(line, by, note)
        return self.handed

    def key_of(self, line):
        """What a line is known by, as people read it."""
        return {field.name: field.shown(line.values.get(field.name)) for field in self.fields if field.key}

    def recall(self, line):
        """The thing of a key on record, or None."""
        try:
            return self.find(line)
        except Wrong:
            return None

    def words(self, name, value):
        field = self.field(name)
        return field.shown(value) if field else str(value)

    def value_of(self, name, text):
        """The value that is shown as ``text``; an empty one where the thing had none."""
        field = self.field(name)
        value = field.cell.clean(text) if text else field.cell.empty
        return getattr(value, "number", value)

    def figure(self, line, name, measure):
        """The number of a cell in ``measure``; a conversion is noted, one that is not certain is ``Wrong``."""
        quantity, field = line.values[name], self.field(name)
        quantity = self.stated.measured(quantity, line.places.get(name, -1), measure)
        try:
            number, note = converted(quantity, measure)
        except ValueError as error:
            raise Wrong(name, str(error)) from None
        if note:
            line.notes.append(f"{field.title}换算：{note}。")
        return number

    def field_title(self, name):
        field = self.field(name)
        return field.title if field else name

    def judge(self, lines, sheet, layout):
        """Read and compare every line; faults are collected, none stops the others."""
        self.prepare()
        self.stated = Stated(sheet, layout)
        reading = _Reading(self, sheet, layout)
        for line in lines:
            reading.judge(line)
        return lines


@dataclass
class _Reading:
    """The judging of the lines of one sheet."""

    kind: Kind
    sheet: SheetRead
    layout: Layout

    def __post_init__(self):
        self.columns, self.seen = self.layout.columns, {}

    def judge(self, line: Line):
        kind = self.kind
        line.places = self.columns | line.places
        self._read_cells(line)
        if any(field.key and field.name in line.unread for field in kind.fields):
            return
        try:
            kind.make_keys(line)
            line.thing = kind.find(line)
            line.wanted = kind.wanted(line)
        except Wrong as wrong:
            line.label = Kind.label(kind, line)
            self._fault(line, wrong.name, wrong.sentence)
            return
        line.label = kind.label(line)
        self._once(line)
        for name, sentence in kind.check(line):
            self._fault(line, name, sentence)
        if not line.faults:
            line.changes = self._changes(line)

    def _read_cells(self, line):
        for field in self.kind.fields:
            raw = line.cells.get(field.name)
            if field.cell.is_blank(raw):
                if field.key and not field.made and field.name in self.columns:
                    self._unread(line, field.name, f"请填写{field.title}。")
                continue
            try:
                line.values[field.name] = field.cell.clean(raw)
            except ValueError as error:
                self._unread(line, field.name, str(error))
        for name, sentence in line.clashes:
            self._fault(line, name, sentence)

    def _unread(self, line, name, sentence):
        self._fault(line, name, sentence)
        line.unread.add(name)

    def _fault(self, line, name, sentence):
        if name in line.unread:
            return
        field, raw = self.kind.field(name), line.cells.get(name)
        # A name without a column is about the row as a whole.
        column = line.places.get(name, -1) + 1
        head = field.title if field else ""
        if any(fault.column == column and fault.sentence == sentence for fault in line.faults):
            return
        value = "" if raw is None else str(raw)[:80]
        line.faults.append(Fault(self.sheet.name, line.row, head, value, sentence, column, self.layout.last + 1))

    def _once(self, line):
        first = self.seen.setdefault(self.kind.identity(line), line.row)
        if first != line.row:
            name = next((field.name for field in self.kind.fields if field.key), "")
            self._fault(line, name, f"与第{first}行重复，请只保留一行。")

    def _changes(self, line):
        old = self.kind.recorded(line.thing) if line.thing is not None else {}
        pairs = []
        for field in self.kind.fields:
            if field.name not in line.wanted:
                continue
            before = field.shown(old.get(field.name)) if field.name in old else ""
            after = field.shown(line.wanted[field.name])
            if before != after:
                pairs.append((field.title, before, after))
        return pairs


def _key(value):
    return names.key(value) if isinstance(value, str) else value
