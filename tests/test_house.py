"""The house holds its rules; and each rule can fail, shown by an example that breaks it."""

import pytest
from django import forms
from django.apps import apps

from tasks.models import Task
from tests.house import code, face, files, typed

# (file, model or "*"): rows that may be taken without asking who sees them, each with its reason.
ROWS_FOR_ALL = {
    ("portal/dashboard/archive.py", "*"): "a package holds a plan whole; who makes or fetches one, its actions ask",
    (
        "portal/dashboard/succession.py",
        "*",
    ): "what follows from a merger, for the administrator who asks before doing it",
    ("reports/dashboard/review.py", "report.entries"): "of a report asked for; their texts are the submission's",
    ("supervision/dashboard/burden.py", "*"): "how much units are asked, in numbers over all offices, whoever asks",
    (
        "supervision/dashboard/calculation.py",
        "*",
    ): "a scheme measures its plan whole; who runs or reads a round, its rows say",
    ("supervision/dashboard/simulation.py", "*"): "as the calculation; its page is the office's and the overseers'",
    ("supervision/dashboard/soundness.py", "scheme.items"): "of a scheme asked for",
    ("supervision/dashboard/subjects.py", "*"): "as the calculation: whom a scheme compares",
    ("supervision/dashboard/metrics/filing.py", "*"): "as the calculation",
    ("supervision/dashboard/metrics/matters.py", "*"): "as the calculation",
    ("supervision/dashboard/metrics/scope.py", "*"): "as the calculation",
    ("supervision/dashboard/metrics/standings.py", "*"): "as the calculation",
    ("portal/dashboard/trace.py", "*"): "the whole trace is the auditor's, which its page asks",
    ("units/dashboard.py", "AccessAttempt"): "failed sign-ins are the administrator's, whose pages alone ask",
}


# By these names a row leads to rows that not everybody sees.
RELATIONS = {
    each.get_accessor_name()
    for model in apps.get_models()
    if hasattr(model._default_manager, "visible_to")
    for field in model._meta.get_fields()
    if (each := getattr(field, "remote_field", None)) and not field.auto_created and each.get_accessor_name()
}
# Files that write a status which goes no way, each with its reason.
NO_WAY = {"reports/actions/corrections.py": "a standing keeps what a task's status was when its month was closed"}


def test_the_rules_look_at_something():
    assert len(files.modules()) > 20
    assert len(files.templates()) > 5
    assert files.style_sheets()


def test_no_floor_knows_one_above():
    assert code.arrows_up(files.modules()) == []


def test_no_layer_knows_one_above():
    assert code.layers_up(files.modules()) == []


def test_files_are_named_by_the_words():
    assert code.misnamed(files.modules()) == []


def test_imports_stand_on_top():
    assert code.imports_in_functions(files.modules()) == []


def test_packages_hand_out_what_somebody_takes():
    assert code.handed_to_nobody(files.modules()) == []


def test_everybody_asks_one_clock():
    assert code.other_clocks(files.modules()) == []
    assert face.other_clocks(files.templates()) == []


def test_a_number_is_printed_one_way():
    assert face.other_numbers(files.templates()) == []
    assert face.other_numbers({"a.html": "{{ a|floatformat:2 }}"}) == ["a.html:1 prints a number its own way"]


def test_nothing_happens_behind_an_action():
    assert code.signals(files.modules()) == []


def test_views_ask_who_sees_the_rows():
    assert code.unasked_rows(files.modules(), ROWS_FOR_ALL, RELATIONS) == []


def test_every_exception_is_needed():
    assert {
        entry
        for entry in ROWS_FOR_ALL
        if not code.unasked_rows({entry[0]: files.modules().get(entry[0], "")}, (), RELATIONS)
    } == set()


def test_a_status_is_given_by_its_table():
    assert code.moved_by_hand(files.modules(), NO_WAY) == []
    assert len(code.moved_by_hand({path: files.modules()[path] for path in NO_WAY})) == len(NO_WAY)


def test_no_box_cuts_what_is_pasted():
    assert face.cutting(files.templates()) == []
    assert len(face.cutting({"a.html": '<input name="note" maxlength="30">'})) == 1


def test_nothing_is_inline_in_templates():
    assert face.inline(files.templates()) == []


def test_nothing_is_inline_in_what_python_draws():
    assert face.inline(files.modules()) == []


def test_style_sheets_work_in_old_browsers():
    assert face.too_new(files.style_sheets()) == []


def test_what_people_type_is_cleaned_alike():
    assert len(typed.form_classes()) > 30
    assert typed.uncleaned(typed.form_classes()) == []
    assert typed.written_bare(files.modules()) == []


# Each rule can fail


def test_what_nobody_takes_is_found():
    package = {"kit/a/__init__.py": "from kit.a.b import x, y, z\nKINDS = (z,)"}
    assert len(code.handed_to_nobody(package | {"units/views.py": "from kit.a import x"})) == 1
    assert code.handed_to_nobody(package | {"units/views.py": "from kit import a\na.x(a.y)"}) == []


def test_a_field_that_cleans_nothing_is_found():
    class SampleForm(forms.ModelForm):
        class Meta:
            model = Task
            fields = ["short_title", "progress", "due_on"]

    assert len(typed.uncleaned({SampleForm})) == 2
    assert len(typed.written_bare({"a/forms.py": "reason = forms.CharField()"})) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("kit/clock.py", "import units"),
        ("kit/clock.py", "from units.models import Unit"),
        ("units/models.py", "import tasks.models"),
        ("tasks/models/task.py", "from reports import windows"),
        ("reports/views.py", "from supervision.models import Directive"),
        ("supervision/views.py", "from zhuzhou import settings"),
        ("reports/views.py", "from portal.dashboard.desk import Desk"),
        ("supervision/views.py", "from portal import context"),
        ("tasks/models.py", "def f():\n    import reports"),
        ("units/models.py", 'unit = models.ForeignKey("tasks.Task", models.PROTECT)'),
        ("tasks/actions.py", 'apps.get_model("reports.MonthlyReport")'),
    ],
)
def test_an_arrow_up_is_found(path, text):
    assert len(code.arrows_up({path: text})) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reports/models.py", "from tasks.models import Task\nfrom kit import clock\nimport datetime"),
        ("reports/models.py", "from reports import windows\nfrom . import x"),
        ("zhuzhou/urls.py", 'from supervision import urls\nX = "zhuzhou.wsgi.application"'),
        ("units/views.py", 'redirect("reports:desk")\nrender(request, "reports/x.html")\n"按 tasks.models 的说法"'),
    ],
)
def test_an_arrow_down_is_no_problem(path, text):
    assert code.arrows_up({path: text}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reports/models/report.py", "from reports.actions import submit"),
        ("reports/models.py", "from reports import views"),
        ("reports/permissions.py", "from tasks.actions.assignment import assign"),
        ("reports/actions/submit.py", "from reports.views import desk"),
        ("reports/actions/filling.py", "from reports.demo import year"),
    ],
)
def test_a_layer_up_is_found(path, text):
    assert len(code.layers_up({path: text})) == 1


def test_a_layer_down_is_no_problem():
    text = "from reports.actions import submit\nfrom tasks.models import Task\nfrom kit.tables import Table"
    assert (
        code.layers_up(
            {"reports/views.py": text, "reports/demo/year.py": text, "zhuzhou/urls.py": "from reports import views"}
        )
        == []
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reports/utils.py", "X = 1"),
        ("kit/helpers.py", "X = 1"),
        ("reports/views/common.py", "X = 1"),
        ("tasks/services/plan.py", "X = 1"),
        ("tasks/constants.py", "X = 1"),
        ("tasks/lights.py", " \n"),
        ("tasks/lights.py", "from tasks.models import Task"),
        ("tasks/logic.py", "from django.db import models"),
        ("reports/workbooks.py", "from reports.dashboard import month"),
    ],
)
def test_a_misnamed_file_is_found(path, text):
    assert code.misnamed({path: text})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reports/__init__.py", ""),
        ("reports/models/__init__.py", ""),
        ("reports/models/report.py", "from django.db import models"),
        ("reports/windows.py", "import datetime\nfrom tasks.lights import expected\nfrom kit.sheets import Sheet"),
        ("tasks/reader/words.py", "import re\nfrom docx import Document\nfrom tasks.reader import lines"),
        ("kit/uploads.py", "from PIL import Image"),
        ("units/middleware.py", "from django.shortcuts import redirect"),
    ],
)
def test_a_well_named_file_is_no_problem(path, text):
    assert code.misnamed({path: text}) == []


@pytest.mark.parametrize(
    "text",
    ["def f():\n    import os", "class A:\n    async def f(self):\n        if 1:\n            from os import path"],
)
def test_a_hidden_import_is_found(text):
    assert len(code.imports_in_functions({"kit/x.py": text})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils import timezone\nx = timezone.now()",
        "from django.utils import timezone\nx = models.DateTimeField(default=timezone.now)",
        "from django.utils.timezone import now",
        "import datetime\nx = datetime.datetime.now()",
        "from datetime import date\nx = date.today()",
        "x = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Now",
    ],
)
def test_another_clock_is_found(text):
    assert len(code.other_clocks({"tasks/models.py": text})) == 1
    assert code.other_clocks({"kit/clock.py": text}) == []


def test_another_clock_in_a_template_is_found():
    assert face.other_clocks({"a.html": "{% load shell %}\n{% now 'Y' %}"}) == ["a.html:2 asks {% now %}"]


@pytest.mark.parametrize(
    "text", ["from django.dispatch import receiver", "from django.db.models.signals import post_save"]
)
def test_a_signal_is_found(text):
    assert len(code.signals({"tasks/apps.py": text})) == 1


@pytest.mark.parametrize(
    "text", ["task.status = 1", "a, task.status = 1, 2", "tasks.update(x=1, status=2)", "setattr(task, 'status', 1)"]
)
def test_a_status_given_by_hand_is_found(text):
    assert len(code.moved_by_hand({"tasks/actions/progress.py": text})) == 1
    assert code.moved_by_hand({"kit/moves.py": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Task.objects.all()",
        "rows = Task.objects",
        "get_object_or_404(Task, pk=1)",
        "Task.objects.filter(pk=1).order_by('x')[:5]",
        "get_object_or_404(Task.objects.filter(x=visible_to), pk=1)",
        "Task._default_manager.get(pk=1)",
        "Task.objects.filter(Exists(parts.filter(task=OuterRef('pk'))))",
        "Task.objects.annotate(n=OuterRef('pk'))",
        "class A(DetailView):\n    model = Task",
    ],
)
def test_rows_nobody_asked_for_are_found(text):
    assert len(code.unasked_rows({"tasks/views/task.py": text})) == 1
    assert len(code.unasked_rows({"tasks/views.py": text})) == 1
    assert len(code.unasked_rows({"tasks/dashboard/lights.py": text})) == 1
    assert code.unasked_rows({"tasks/views.py": text}, allowed=[("tasks/views.py", "Task")]) == []
    assert code.unasked_rows({"tasks/models.py": text}) == []


SUM = "reports/dashboard/progress.py"


@pytest.mark.parametrize(
    "text",
    [
        "plan.tasks.in_force().count()",
        "scope.plan.reports.waiting().count()",
        "return sum(each.n for each in period.standings.all())",
        "rows.prefetch_related('milestones')\ntask.entries.all()",
    ],
)
def test_a_sum_by_way_of_another_row_is_found(text):
    whole = (
        files.modules()[SUM] + "\n\ndef planted(scope, period, plan, rows, task):\n    " + text.replace("\n", "\n    ")
    )
    assert len(code.unasked_rows({SUM: whole}, ROWS_FOR_ALL, RELATIONS)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "scope.tasks.filter(x=1)",
        "self.reports.values()",
        'rows.prefetch_related("entries")\ntask.entries.all()',
        "task.milestones.all()",
        "known.tasks.append(task)",
    ],
)
def test_a_sum_of_rows_asked_for_is_no_problem(text):
    assert code.unasked_rows({SUM: text}, (), RELATIONS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Task.objects.visible_to(user).filter(x=1)",
        "Task.objects.open().visible_to(user)",
        "get_object_or_404(Task.objects.visible_to(request.user), pk=pk)",
        "get_object_or_404(tasks, pk=pk)",
        "form.fields['plan'].queryset = Plan.objects.none()",
        "Part.objects.filter(task=OuterRef('pk'), unit__in=units)",
        "plans.prefetch_related(Prefetch('tasks', Task.objects.in_force()))",
        "Part.objects.names_of(tasks)",
        "class A(DetailView):\n    model = Task\n    def get_queryset(self):\n        return Task.objects.visible_to(self.request.user)",
    ],
)
def test_rows_that_were_asked_for_are_no_problem(text):
    assert code.unasked_rows({"tasks/views.py": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        '<p\n class="a"\n style = "x">',
        "<style>p{}</style>",
        '<button onclick="x()">',
        "<body ONLOAD=x()>",
        "<script>x()</script>",
        "<script></script>",
        '<a href="javascript:x()">',
        '<div hx-on:click="x()">',
        '<script src="https://elsewhere.invalid/x.js"></script>',
        '<img src="//elsewhere.invalid/x.png">',
        '<link rel="stylesheet" href="http://elsewhere.invalid/x.css">',
    ],
)
def test_something_inline_or_foreign_is_found(text):
    assert len(face.inline({"a.html": f"<main>\n{text}"})) == 1
    assert face.inline({"a.html": f"<main>\n{text}"})[0].startswith("a.html:2 has ")


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/js/shell.js" defer></script>',
        "{% htmx_script %}",
        "{# <p style='x'> #}",
        "{% comment %}<p onclick='x'>{% endcomment %}",
        '<a href="https://www.gov.cn/">国务院</a>',
        '<p data-style="x" data-on="y">on = style =</p>',
    ],
)
def test_what_the_policy_lets_through_is_no_problem(text):
    assert face.inline({"a.html": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "a { color: color-mix(in srgb, red, blue); }",
        "a { color: oklch(1 0 0); }",
        "a { background: light-dark(#fff, #000); }",
        "a { height: 100dvh; }",
        "a { inset: 0; }",
        "a { aspect-ratio: 1; }",
        "a { accent-color: red; }",
        "a { margin-inline: auto; }",
        "a { padding-block: 1px 2px }",
        "a:has(b) { color: red; }",
        ":is(a, b) { color: red; }",
        "a:where(.b) { color: red; }",
        "a:not(.b, .c) { color: red; }",
        "@layer base { a { color: red; } }",
        "@container (min-width: 1px) { a { color: red; } }",
        "a { b { color: red; } }",
        "a { &:hover { color: red; } }",
        "@media screen { a { color: red; b { color: blue; } } }",
        "@media (width < 800px) { a { color: red; } }",
        "@media (max-width: 820px) { a { color: red; } }",
    ],
)
def test_what_an_old_browser_drops_is_found(text):
    assert face.too_new({"a.css": text})


@pytest.mark.parametrize(
    "text",
    [
        "a { height: 100vh; height: 100dvh; }",
        "a { color: red; color: color-mix(in srgb, red, blue); }",
        "a { margin-left: 1px; top: 0; color: var(--inset); }",
        "/* :has(x) { inset: 0 } */ a:focus-visible { color: red; }",
        "@media screen and (max-width: 820px) { a { color: red; } }",
        "@media print { a { color: red; } @page { margin: 1cm; } }",
        "@supports (display: grid) { a { color: red; } }",
        "@keyframes turn { from { opacity: 0; } to { opacity: 1; } }",
        "a:not(.b):not(.c) { transition: color 1s; }",
    ],
)
def test_what_an_old_browser_knows_is_no_problem(text):
    assert face.too_new({"a.css": text}) == []
