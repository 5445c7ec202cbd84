"""What every test of a module asks for is built once, before the first of them.

The rows stay in a transaction that ends with the module; each test works in a savepoint, with copies of the objects and
files, and with the settings (the clock) as the fixtures left them. Fixtures with an end of their own, with parameters
or of other packages run for each test as ever, and so do those that return a function: it holds objects of its own.
``pytestmark = pytest.mark.usefixtures("period")`` adds what only most of a module's tests ask for.
"""

import copy
import inspect
import shutil
from contextlib import ExitStack
from types import FunctionType

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

STAGE, COPIES = pytest.StashKey(), pytest.StashKey()
OF_ALL = {"stage", "read_here"}  # what every test has for itself
GIVEN = {"db", "settings", "tmp_path"}


class Settings:
    """The settings while a stage is built; remembers what was set."""

    def __init__(self, ends):
        vars(self).update(ends=ends, said=[])

    def __getattr__(self, name):
        return getattr(settings, name)

    def __setattr__(self, name, value):
        self.ends.enter_context(override_settings(**{name: value}))
        self.said.append((name, value))


class Stage:
    """The fixtures that all tests of a module share, run by hand: what they made, what they set."""

    def __init__(self, request, folder):
        self.request, self.folder = request, folder
        self.made, self.said, self.given = {}, {}, {"db": None, "tmp_path": folder, "request": request}

    def build(self, names):
        with ExitStack() as ends, pytest.MonkeyPatch.context() as patches:
            self.given |= {"settings": Settings(ends), "monkeypatch": patches}
            for name in (*OF_ALL, *filter(self.is_ours, names)):
                self.value(name)

    def find(self, name):
        """The fixture of this name, and whether it belongs to one test."""
        found = (self.request._fixturemanager.getfixturedefs(name, self.request.node) or [None])[-1]
        return found, found is not None and found.scope == "function"

    def is_ours(self, name):
        """Can it be run once, and all that it asks for?"""
        found, single = self.find(name)
        if (
            not single
            or not found.baseid.startswith("tests")
            or found.params
            or inspect.isgeneratorfunction(found.func)
        ):
            return False
        return all(each in GIVEN or self.is_ours(each) or self.is_shared(each) for each in found.argnames)

    def is_shared(self, name):
        found, single = self.find(name)
        return found is not None and not single

    def is_the_modules(self, name):
        """Does it stand before the stage? It may turn to another database, which no open transaction allows."""
        found, _ = self.find(name)
        return found is not None and found.scope == "module" and name != "built_once"

    def value(self, name):
        if name not in self.given:
            found, single = self.find(name)
            self.given[name] = self._run(name, found) if single else self.request.getfixturevalue(name)
        return self.given[name]

    def _run(self, name, found):
        words = {each: self.value(each) for each in found.argnames}
        said = self.given["settings"].said
        before, value = len(said), found.func(**words)
        if name not in OF_ALL and not isinstance(value, FunctionType):
            self.made[name], self.said[name] = value, said[before:]
        return value

    def copied(self, request, name):
        """This test's copy; all of a test's copies are made together, so that they know one another."""
        if COPIES not in request.node.stash:
            request.node.stash[COPIES] = copy.deepcopy(self.made)
            shutil.copytree(self.folder, request.getfixturevalue("tmp_path"), dirs_exist_ok=True)
        for word, value in self.said[name]:
            setattr(request.getfixturevalue("settings"), word, value)
        return request.node.stash[COPIES][name]


def asks_database(item):
    """Asked of a test that does not, pytest-django refuses every question to the database."""
    return "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db") is not None


def is_apart(item):
    """Does a test end its transactions for good?"""
    marker = item.get_closest_marker("django_db")
    return {"transactional_db", "live_server"} & set(item.fixturenames) or (marker and marker.kwargs.get("transaction"))


def pytest_itemcollected(item):
    """Build after what the session shares: where a browser's loop begins, another connection is used."""
    if asks_database(item):
        known = item._fixtureinfo.name2fixturedefs
        session = [each for each in item.fixturenames if each in known and known[each][-1].scope == "session"]
        item.fixturenames.insert(len(session), "built_once")
    else:
        item.add_marker("plain")


@pytest.fixture(scope="module")
def built_once(request):
    items = [each for each in request.session.items if each.getparent(pytest.Module) is request.node]
    asked = [each.fixturenames for each in items if asks_database(each)]
    if len(asked) < 2 or any(map(is_apart, items)):
        yield
        return
    names = [name for name in asked[0] if all(name in each for each in asked)]
    stage = Stage(request, request.getfixturevalue("tmp_path_factory").mktemp("once"))
    for name in ("django_db_setup", *filter(stage.is_the_modules, names)):
        request.getfixturevalue(name)
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        stage.build(names)
        request.node.stash[STAGE] = stage
        yield
        del request.node.stash[STAGE]
        transaction.set_rollback(True)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    module = request.node.getparent(pytest.Module)
    stage = module and module.stash.get(STAGE, None)
    if request.scope != "function" or not stage or fixturedef.argname not in stage.made:
        return (yield)
    first, fixturedef.func = fixturedef.func, lambda **words: stage.copied(request, fixturedef.argname)
    try:
        return (yield)
    finally:
        fixturedef.func = first
