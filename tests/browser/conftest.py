"""Journeys in a real browser: collected only where playwright and a Chromium are at hand.

``visit(user)`` opens a page signed in as that person, ``live_server`` serves the application. A page that logs an error or
breaks the content security policy fails its test, unless the test empties ``page.faults`` first.
"""

import os
import shutil

import pytest

try:
    import axe_playwright_python  # noqa: F401 - the journeys need it
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

# The shell without windows draws the same pages with a third of the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
collect_ignore_glob = [] if CHROMIUM and sync_playwright else ["test_*.py"]

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = (1366, 768), (390, 844)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all journeys. Playwright's loop runs in this thread, beside the ORM calls of the tests."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def new_context(browser, live_server):
    """Return a browser of its own: new_context(size=PHONE, scripts=False); closed, and its faults told, at the end."""
    contexts, faults = [], []

    def make(size=DESK, *, scripts=True):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(10_000)
        context.on("page", lambda page: watch(page, faults))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not faults


def watch(page, faults):
    """Collect what the page complains about; a refused answer (4xx) is the server's business, not a fault of the page."""
    page.faults = faults
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if is_fault(line) else None)


def is_fault(line):
    return line.type == "error" and "Failed to load resource" not in line.text


@pytest.fixture
def visit(new_context, sign_in, live_server, settings):
    """Open a page as a person: visit(reporter), visit(leader, size=PHONE), visit(reporter, scripts=False)."""

    def enter(user, size=DESK, *, scripts=True):
        context = new_context(size, scripts=scripts)
        name = settings.SESSION_COOKIE_NAME
        value = sign_in(user).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url, "httpOnly": True}])
        return context.new_page()

    return enter
