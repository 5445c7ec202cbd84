"""The frame of every page: icons that exist, error pages that need no database, fields that say what belongs to them."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.views import defaults

from kit.floors import gathered
from tests.house.files import FLOORS
from units.views.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
NAMED = [r"{%\s*icon\s+[\"'](\w+)", r"\bicon=[\"'](\w+)", r"\bicon\([\"'](\w+)"]
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html"]


def drawn():
    return set(re.findall(r'<symbol id="(\w+)"', (ROOT / "static/icons.svg").read_text("utf-8")))


def sources():
    yield from (ROOT / "templates").rglob("*.html")
    for floor in FLOORS:
        yield from (ROOT / floor).rglob("*.html")
        yield from (ROOT / floor).rglob("*.py")


def named():
    for path in sources():
        for pattern in NAMED:
            for name in re.findall(pattern, path.read_text("utf-8")):
                yield name, str(path.relative_to(ROOT))


def test_every_icon_named_anywhere_is_drawn():
    used = set(named())
    assert len(used) > 10
    assert {(name, path) for name, path in used if name not in drawn()} == set()


def test_the_navigation_names_drawn_icons():
    assert {place.icon for place in gathered("menu", "PLACES")} <= drawn()


@pytest.mark.parametrize("page", ERROR_PAGES)
def test_error_pages_need_neither_context_nor_database(page):
    text = render_to_string(page)
    assert "<h1>" in text
    assert "zhuzhou.css" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda request: defaults.page_not_found(request, Http404()), 404, "没有找到这一页"),
        (lambda request: defaults.permission_denied(request, PermissionDenied()), 403, "没有办理权限"),
        (lambda request: defaults.bad_request(request, ValueError()), 400, "请求有误"),
        (defaults.server_error, 500, "系统出错了"),
    ],
)
def test_the_framework_answers_with_our_error_pages(rf, answer, status, words):
    response = answer(rf.get("/x/"))
    assert response.status_code == status
    assert words in response.content.decode()


def test_an_expired_page_gives_back_what_was_typed():
    kept = Kept("/month/", (("done", "已完成<初稿>"), ("version", "3")))
    text = render_to_string("403_csrf.html", {"kept": kept})
    assert 'action="/month/"' in text
    assert "已完成&lt;初稿&gt;</textarea>" in text
    assert '<input type="hidden" name="version" value="3">' in text


class SampleForm(forms.Form):
    name = forms.CharField(label="名称", help_text="与文件所印一致", error_messages={"required": "请填写名称。"})
    role = forms.ChoiceField(label="角色", choices=[("A", "填报人"), ("B", "负责人")], widget=forms.RadioSelect)
    active = forms.BooleanField(label="启用", required=False)


def drawn_field(form, name):
    return render_to_string("shell/field.html", {"field": form[name]})


def test_a_field_is_tied_to_its_label_hint_and_error():
    text = drawn_field(SampleForm({"name": ""}), "name")
    assert '<label class="field-label" for="id_name">名称' in text
    assert 'id="id_name_helptext">与文件所印一致' in text
    assert 'id="id_name_error"><li>请填写名称。' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'aria-invalid="true"' in text


def test_choices_become_pills_in_a_fieldset_and_a_checkbox_keeps_its_label():
    form = SampleForm({"role": "A", "active": "on"})
    role, active = drawn_field(form, "role"), drawn_field(form, "active")
    assert role.count('class="pill"') == 2
    assert "<legend" in role
    assert "<span>启用</span>" in active
    assert 'class="check" for="id_active"' in active


def test_the_error_summary_links_to_every_field_that_is_wrong():
    text = render_to_string("shell/error_summary.html", {"form": SampleForm({"role": "X"})})
    assert 'href="#id_name">名称：请填写名称。' in text
    assert "角色：" in text
    assert render_to_string("shell/error_summary.html", {"form": SampleForm()}).strip() == ""


def test_no_chinese_sentence_is_broken_over_two_lines():
    """A browser shows the line break as a blank in the middle of the words."""
    broken = re.compile("[\u3001-\u9fff\uff08-\uff1f“”]\n *[\u3001-\u9fff\uff08-\uff1f“”]")
    found = [str(path) for path in (ROOT / "templates").rglob("*.html") if broken.search(path.read_text("utf-8"))]
    assert found == []


def test_every_class_of_the_stylesheet_is_drawn_somewhere():
    css = re.sub(r"/\*.*?\*/", "", (ROOT / "static/zhuzhou.css").read_text("utf-8"), flags=re.DOTALL)
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)(?=[^{}]*\{)", css))
    text = "\n".join(path.read_text("utf-8") for path in (*sources(), *(ROOT / "static").rglob("*.js")))
    words = set(re.findall(r"[a-z](?:[a-z0-9-]*[a-z0-9])?", text))
    begun = tuple(re.findall(r"([a-z][a-z0-9-]*-)\{", text))  # tone-{{ tone }}, f"light-{light}"
    assert len(known) > 300
    # htmx sets the one; the other is light-GREEN, made of a field's name and its value
    assert {name for name in known - words if not name.startswith(begun)} == {"htmx-request", "light-"}
