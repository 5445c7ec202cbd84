"""What the month's page sends: the fields of every entry with the version they were drawn from."""

from reports.forms.entry import seen_of


def sent(*entries, **values):
    """Return the form data of these entries as they stand, with some fields changed in each."""
    data = {}
    for entry in entries:
        typed = {name: "" if value is None else value for name, value in entry.asked.plain_of(entry).items()} | values
        boxes = {name: value for name, value in typed.items() if value is not False and (name != "light" or value)}
        data |= {f"e{entry.pk}-{name}": "on" if value is True else value for name, value in boxes.items()}
        data[f"e{entry.pk}-seen"] = seen_of(entry)
    return data


COMPLETE = {
    "progress": "60",
    "light": "YELLOW",
    "done": "完成招标。",
    "problems": "接口未开通。",
    "next_steps": "11月试运行。",
}
