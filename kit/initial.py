"""The first migration of an app, in one go."""

from django.db import migrations
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel

FOLDED = AddField, AddConstraint, AddIndex


class Initial(migrations.Migration):
    """Makes the app's tables as they are at its end; Django's own draws every related model anew after each operation."""

    initial = True

    def apply(self, project_state, schema_editor, collect_sql=False):
        if others := [type(each).__name__ for each in self.operations if not isinstance(each, (CreateModel, *FOLDED))]:
            raise TypeError(f"An initial migration only creates: {', '.join(others)}")
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
