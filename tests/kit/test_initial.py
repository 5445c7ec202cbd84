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
    catalogue = {
        "sqlite": "SELECT group_concat(sql) FROM sqlite_master WHERE tbl_name = %s",
        "postgresql": "SELECT string_agg(each.name, ',') FROM ("
        "SELECT conname AS name FROM pg_constraint WHERE conrelid = %s::regclass UNION ALL"
        " SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass) AS each",
    }[connection.vendor]
    own = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    assert len(own) > 100
    with connection.cursor() as cursor:
        for model in own:
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            assert {column[0] for column in cursor.description} == {
                field.column for field in model._meta.local_concrete_fields
            }, table
            cursor.execute(catalogue, [table] * catalogue.count("%s"))
            (there,) = cursor.fetchone()
            for each in (*model._meta.constraints, *model._meta.indexes):
                assert each.name in there, (table, each.name)
