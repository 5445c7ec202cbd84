"""The working copy of a plan document between reading and writing, as plain lists and dictionaries. Pure.

A draft is {"title", "document_number", "issued_on", "plans", "problems", "choices", "names_version", "next"}:

- a plan is {"kind", "title", "short_title", "year", "office", "starts_on", "ends_on", "due_day", "due_hour", "grace_days",
  "stamped", "left_out", "version", "sections", "tasks", "phases", "groups", "asides"};
- a section is {"key", "number", "title", "above"}: ``above`` are the keys of the headings it stands under;
- a task is {"key", "number", "section", "short_title", "text", "points", "units", "lead_stated", "deadline", "due_on",
  "span", "dropped", "corrected", "version"}: ``units`` are {"name", "role"} as printed, ``section`` is a section's key,
  ``dropped`` says why it is no task;
- a problem is {"line", "text", "reason", "place", "checked"};
- ``choices`` says what an unknown name stands for: {name: {"way", "unit", "remember", "group", "units"}}.
"""
