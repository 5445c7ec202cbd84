"""The working copy of a plan document between reading and writing: the reader's answer as plain lists and dictionaries. Pure.

What the reader says of a task, a section, a problem stands in tasks.reader.document; people add to it:

- a plan has "short_title", "office", "starts_on", "ends_on", "due_day", "due_hour", "grace_days", "stamped", "left_out", "version";
- "choices" says what an unknown name stands for: {name: {"way", "unit", "remember", "group", "units"}}.
"""
