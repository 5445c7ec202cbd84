import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from kit.initial import Initial


def test_what_is_no_table_is_refused():
    migration = Initial("0001_initial", "kit")
    migration.operations = [migrations.RunSQL("SELECT 1")]
    with pytest.raises(TypeError, match="RunSQL"):
        migration.apply(ProjectState(), None)


@pytest.mark.django_db
def test_every_model_has_its_columns_and_constraints_in_the_database():
    own = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    assert len(own) > 100
    with connection.cursor() as cursor:
        for model in own:
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            assert {column[0] for column in cursor.description} == {
                field.column for field in model._meta.local_concrete_fields
            }, table
            named = {each.name for each in (*model._meta.constraints, *model._meta.indexes)}
            assert named <= set(connection.introspection.get_constraints(cursor, table)), table
