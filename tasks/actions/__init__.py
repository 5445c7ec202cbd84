"""The verbs of plans and tasks."""
