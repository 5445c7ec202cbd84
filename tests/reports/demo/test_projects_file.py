"""The example projects of 2015: the sums of the notice, plans that add up, figures that a county's press could print."""

import json
from collections import Counter

import pytest
from django.conf import settings

from reports.demo.projects import FILE
from tasks.models import ProjectClass
from tasks.programme import CAUSES

DATA = json.loads(FILE.read_text("utf-8"))
ROWS = DATA["projects"]
LISTED = [row for row in ROWS if "package" not in row]
CODES = [row["code"] for row in ROWS]
UNITS = {unit["name"] for unit in json.loads((settings.BASE_DIR / "fixtures" / "units.json").read_text("utf-8"))}


def spent(rows, months):
    return sum(value or 0 for row in rows for value in row.get("done", {}).get("invested", [])[:months])


def started(month):
    """How many of the new ones had started by the end of a month."""
    nodes = [node for row in LISTED if row["klass"] == "NEW" for node in row["nodes"] if node.get("kind") == "START"]
    return sum(node.get("done", "9999") <= f"2015-{month:02}-31" for node in nodes)


def test_the_list_is_the_notices():
    classes = Counter(row["klass"] for row in LISTED)
    assert classes == {"NEW": 27, "CONTINUED": 35, "PREPARED": 23, "STUDIED": 12, "CONTRACTED": 7}
    assert set(classes) == set(ProjectClass.values)
    continued = [row for row in LISTED if row["klass"] == "CONTINUED"]
    assert sum(row["year_plan"] for row in continued) == 378_600
    assert sum(row["goal"] == "竣工投产" for row in continued) == 15
    assert (sum(row["total"] for row in LISTED), sum(row["year_plan"] for row in LISTED)) == (4_087_100, 645_670)


def test_figures_are_those_of_the_press_and_of_september():
    assert (started(6), started(9)) == (19, 23)
    assert round(spent(ROWS, 6) / 10_000, 1) == 19.6
    assert spent(ROWS, 9) == 368_130


def test_land_owed_is_the_years():
    assert sum(sum(row.get("land", [])) for row in ROWS) == 2233


@pytest.mark.parametrize("row", ROWS, ids=CODES)
def test_a_plan_adds_up_and_names_who_is_there(row):
    assert sum(row.get("plan", [])) == row["year_plan"] or row["code"] == "X17"
    assert sum(node.get("goal", False) for node in row["nodes"]) == 1
    assert all(len(row[name]) == 12 for name in ("plan", "funds", "land") if name in row)
    assert all(len(values) == 10 for values in row.get("done", {}).values())
    named = {*row["units"], *row["places"], *(unit for _, unit in row["aides"])}
    assert named | {node["unit"] for node in row["nodes"] if "unit" in node} <= UNITS


def test_a_package_is_the_sum_of_its_parts():
    (package,) = [row for row in ROWS if row["code"] == "X17"]
    parts = [row for row in ROWS if row.get("package") == "X17"]
    assert len(parts) == 3
    assert all(sum(part[name] for part in parts) == package[name] for name in ("total", "before", "year_plan"))


def test_codes_and_names_are_given_once():
    assert len(set(CODES)) == len(ROWS) == 107
    assert len({row["name"] for row in ROWS}) == len(ROWS)


def test_everything_is_plainly_invented():
    people = [
        name for row in ROWS for name in (row["leader"], row["envoy"], *(each[0] for each in row["aides"])) if name
    ]
    assert all("示" in name or "例" in name for name in people)
    assert all(row["name"].startswith("示例") for row in ROWS)


def test_what_holds_a_project_up_has_one_of_the_causes():
    words = {row["trouble"][1] for row in ROWS if "trouble" in row}
    assert words <= {word for _, word in CAUSES}
    assert len(words) > 3
