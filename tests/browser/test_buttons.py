"""Every role presses every submit button of every form it can reach: a request leaves, nothing complains, no 5xx answers.

Browser and application share this thread: each request is answered inside a transaction, and what was pressed is taken back
at once. So every press meets the same county, whatever was pressed before, on a page freshly loaded.
"""

import contextvars
import copy
import io
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from PIL import Image
from xlsxwriter import Workbook

from tests import pages
from tests.browser.conftest import DESK, watch
from tests.conftest import moment
from tests.demonstration import built, folder
from units.models import User

__all__ = ["built", "folder"]
HOST = "http://localhost"
EACH = 2  # pages of one kind, because a report that waits has other buttons than one that is accepted
# Two files share the walk, so that two processes can: these two roles have as many buttons as all others together.
OFFICES = ["OFFICE", "ADMIN"]
OTHERS = [role for role in [*User.Role.values, "TOWNSHIP", "STRANGER"] if role not in OFFICES]
# What a person does before pressing: unfold what hides the button, fill what stands there empty.
FILL = """(button) => {
  for (let fold = button.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const text = "按计划推进，已完成初步方案。", day = "2015-10-20";
  const typed = {date: day, month: day.slice(0, 7), email: "a@example.org", password: "Correct-Horse-9", time: "10:00"};
  for (const field of button.form.elements) {
    if (!field.checkVisibility() || field.disabled || field.readOnly || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      const group = [...button.form.elements].filter((each) => each.name === field.name);
      if (!group.some((each) => each.checked) && (field.type === "radio" || field.required || field.name === "pick")) field.checked = true;
    } else if (field.tagName === "SELECT") {
      if (!field.value) field.value = ([...field.options].find((each) => each.value) || {}).value || "";
    } else if (field.tagName !== "BUTTON" && !field.value) {
      const number = field.type === "number" || field.inputMode === "numeric";
      field.value = typed[field.type] || (number ? field.min || "1" : text.slice(0, field.maxLength > 0 ? field.maxLength : 99));
    }
  }
}"""

# The addresses that a script was told, anywhere in the button's form.
TOLD = """(button) => [button, ...button.form.querySelectorAll("*")]
  .flatMap((each) => Object.values(each.dataset || {})).filter((each) => each.startsWith("/"))"""


@pytest.fixture
def county(built, db, settings, folder):
    settings.MEDIA_ROOT = folder
    settings.ZHUZHOU_TODAY = moment("2015-10-20 10:00:00")


@pytest.fixture
def walk(browser, county):
    """walk("OFFICE") presses what that role reaches; walk(..., alter=html -> html) in a house with other pages."""
    contexts = []

    def press_all(role, alter=lambda path, text: text, only=None):
        context = browser.new_context(base_url=HOST, viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN")
        contexts.append(context)
        walker = Walker(context, client_of(role), alter)
        walker.press_all("/login/" if role == "STRANGER" else only or "/", only)
        return walker

    yield press_all
    for context in contexts:
        context.close()


def client_of(role):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": "localhost"})
    if role != "STRANGER":
        people = User.objects.filter(role="REPORTER" if role == "TOWNSHIP" else role, is_active=True)
        people = people.filter(unit__peer_group="TOWNSHIP") if role == "TOWNSHIP" else people
        person = people.order_by("pk").first()
        User.objects.filter(pk=person.pk).update(must_change_password=False)
        client.force_login(person, backend="units.backends.PersonBackend")
    return client


class Walker:
    """One person in a browser of their own; what they pressed and what went wrong."""

    def __init__(self, context, client, alter):
        self.client, self.alter = client, alter
        self.pressing, self.left, self.faults, self.wrong = False, [], [], []
        self.pressed, self.tried = set(), Counter()
        # The browser calls back in a context of its own, which would open another connection.
        self.here = contextvars.copy_context()
        context.route("**/*", self.answer)
        self.context, self.page = context, None

    def answer(self, route):
        """Answer the browser from the application; a press leads nowhere and leaves nothing behind."""
        request, address = route.request, urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            return route.fulfill(path=finders.find(address.path.removeprefix("/static/")))
        path = address.path + (f"?{address.query}" if address.query else "")
        answer, body = self.here.run(self._ask, request, path)
        if self.pressing:
            self.left.append((request.method, address.path, answer.status_code))
        if self.pressing and request.is_navigation_request():
            return route.fulfill(status=204)
        if "html" in answer.get("Content-Type", ""):
            body = self.alter(path, body.decode())
        return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=body)

    def _ask(self, request, path):
        cookies, presses = copy.deepcopy(self.client.cookies), request.method != "GET"
        with transaction.atomic():
            answer = self._answer(request, path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(presses)
        self.client.cookies = cookies if presses else self.client.cookies
        return answer, body

    def _answer(self, request, path):
        kept = ("accept", "origin", "referer", "content-type")
        headers = {
            name: value for name, value in request.headers.items() if name in kept or name.startswith(("x-", "hx-"))
        }
        if request.method == "GET":
            return self.client.get(path, headers=headers)
        body, kind = request.post_data_buffer or b"", headers.pop("content-type", "")
        return self.client.generic(request.method, path, body, content_type=kind, headers=headers)

    def press_all(self, start, only=None):
        for address, _, forms in pages.walk(self.client, start, EACH, self.alter):
            if only and address != only:
                break
            for place, form in enumerate(forms):
                for number, button in enumerate(form.buttons):
                    key = (pages.kind_of(form.action), form.method, *form.shape, *map(plain, button))
                    if form.method == "dialog" or key in self.pressed or self.tried[key] == EACH:
                        continue
                    self.tried[key] += 1
                    if self.press(address, place, number, form):
                        self.pressed.add(key)

    def _open_page(self):
        """Take a new page after the month's: what its scripts still want to do ends with it."""
        if self.page and "/month/" not in self.page.url:
            return
        if self.page:
            self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(5000)
        watch(self.page, self.faults)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def press(self, address, place, number, form):
        """Press one button on a freshly loaded page; say whether it was there to be pressed."""
        self.pressing, self.left = False, []
        self._open_page()
        self.page.goto(address, wait_until="domcontentloaded")
        buttons = f"[...document.forms[{place}].elements].filter((each) => ['submit', 'image'].includes(each.type))"
        button = self.page.evaluate_handle(f"{buttons}[{number}]").as_element()
        if button is None or button.is_disabled():
            return False
        self.page.evaluate(FILL, button)
        box = button.bounding_box()
        if not box or button.get_attribute("tabindex") == "-1":  # there for a keyboard's Enter only
            return False
        for field in self.page.query_selector_all("input[type=file]"):
            # Several at once are sent by the month's own script, which draws its buttons anew.
            if field.is_visible() and field.get_attribute("multiple") is None:
                field.set_input_files(file_for(field.get_attribute("accept") or ""))
        label = " ".join((button.text_content() or "").split())
        wanted, paths = form.method.upper(), {urlsplit(form.action).path, *button.evaluate(TOLD)}
        self.pressing = True
        button.click()
        yes = self.page.locator("dialog[open] [value=yes]")
        if yes.count():
            yes.click()
        for _ in range(40):
            if any(each[0] == wanted and each[1] in paths for each in self.left):
                break
            self.page.wait_for_timeout(50)
        else:
            self.wrong.append(f"{address}: “{label}” sends nothing")
        self.wrong += [f"{address}: “{label}” {each}" for each in self.left if each[2] >= 500]
        self.wrong += self.faults
        self.faults.clear()
        return True


def plain(text):
    return re.sub(r"\d+", "#", text or "")


def file_for(accept):
    """Return a small valid file of a kind that the field accepts."""
    stream = io.BytesIO()
    if ".xlsx" in accept:
        with Workbook(stream) as book:
            book.add_worksheet("表").write_row(0, 0, ["编号", "任务"])
        return {"name": "表.xlsx", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}
    if ".txt" in accept:
        text = "一、做好一件事。\n（责任单位：县民政局）"
        return {"name": "方案.txt", "mimeType": "text/plain", "buffer": text.encode()}
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    return {"name": "照片.png", "mimeType": "image/png", "buffer": stream.getvalue()}


@pytest.mark.parametrize("role", OTHERS)
def test_every_button_sends_something_and_nothing_breaks(walk, role):
    walker = walk(role)
    assert len(walker.pressed) >= (1 if role == "STRANGER" else 4)
    assert walker.wrong == []
