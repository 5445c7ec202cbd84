"""Rules for Python files: who may import whom, how files are named, which clock is asked, who asks for rows."""

import ast
import functools
import re
import sys
from pathlib import PurePosixPath

from tests.house.files import FLOORS

RANKS = {floor: rank for rank, floor in enumerate(FLOORS)}
# Who may know whom inside a floor and below it; a module of another name is pure and may know only pure ones.
LAYERS = {
    "models": 1,
    "permissions": 2,
    "dashboard": 2,
    "actions": 3,
    "forms": 3,
    "filters": 3,
    "tables": 3,
    "resources": 4,
    "demo": 4,
    "views": 5,
    "urls": 5,
    "menu": 5,
    "admin": 5,
    "templatetags": 5,
    "management": 5,
    "apps": 5,
}
FORBIDDEN_WORDS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "constants",
    "misc",
}
# Modules that Django finds by a setting: they are neither pure nor one of the words.
BY_SETTING = {"middleware", "hashers", "passwords", "backends", "context"}
REAL_CLOCK = {
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
}
REAL_CLOCK_WORDS = {name.rpartition(".")[2] for name in REAL_CLOCK}
REAL_CLOCK_NAMES = {
    ("django.utils.timezone", "now"),
    ("django.utils.timezone", "localtime"),
    ("django.utils.timezone", "localdate"),
    ("django.db.models.functions", "Now"),
}
# Who faces people, or sums for those who do: rows begin with the question who may see them.
SHOWING = {"views", "menu", "dashboard", "templatetags"}
# Questions about rows that were asked for already, given as arguments.
OF_GIVEN_ROWS = {"names_of", "previous", "accepted_before", "behind", "of"}
DOTTED = re.compile(r"^[a-z]+(\.\w+)+$")


@functools.cache
def nodes(text):
    """Every node of a file, read once for all rules."""
    return tuple(ast.walk(ast.parse(text)))


def arrows_up(files):
    """Imports, and names in dotted strings, that point from a floor to one above it."""
    problems = []
    for path, text in files.items():
        floor = path.split("/")[0]
        for line, name in [*_imports(text), *_dotted_strings(text)]:
            above = name.split(".")[0]
            if RANKS.get(above, -1) > RANKS.get(floor, len(RANKS)):
                problems.append(f"{path}:{line} knows {name}, which is above it")
    return problems


def layers_up(files):
    """Imports that point from a layer of a floor to one above: models that know actions, actions that know views."""
    problems = []
    for path, text in files.items():
        layer = _layer(path)
        if layer is None:
            continue
        for line, name in _imports(text):
            found = name.split(".")
            if found[0] in RANKS and found[0] != "kit" and LAYERS.get("".join(found[1:2]), 0) > layer:
                problems.append(f"{path}:{line} knows {name}, which is in a layer above")
    return problems


def misnamed(files):
    """Files whose name is none of the words, unless they are pure modules; empty files; words that say nothing."""
    problems = []
    for path, text in files.items():
        parts = PurePosixPath(path).with_suffix("").parts
        if FORBIDDEN_WORDS & set(parts):
            problems.append(f"{path} is named by a word that says nothing")
        if not text.strip() and parts[-1] != "__init__":
            problems.append(f"{path} is empty")
        pure = parts[0] in ("kit", "zhuzhou") or parts[1] in LAYERS or parts[1] in BY_SETTING or parts[1] == "__init__"
        if not pure:
            problems += [f"{path}:{line} is no pure module: {name}" for line, name in _impure(text)]
    return problems


def imports_in_functions(files):
    """Imports that hide in a function."""
    return [
        f"{path}:{inner.lineno} imports inside {outer.name}()"
        for path, text in files.items()
        for outer in nodes(text)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def handed_to_nobody(files):
    """Names a package imports to hand them out, which no file takes."""
    taken = {name for path, text in files.items() for _, name in _imports(text)}
    problems = []
    for path, text in files.items():
        package = path.removesuffix("/__init__.py").replace("/", ".")
        for line, given in _imports(text) if path.endswith("__init__.py") else ():
            name = given.rpartition(".")[2]
            own = len(re.findall(rf"\b{name}\b", text)) > 1
            called = re.compile(rf"\b{package.rpartition('.')[2]}\.{name}\b")
            if not (own or f"{package}.{name}" in taken or any(map(called.search, files.values()))):
                problems.append(f"{path}:{line} hands out {name}, which nobody takes")
    return problems


def other_clocks(files):
    """Questions for the time that go past kit.clock."""
    problems = []
    for path, text in files.items():
        if path == "kit/clock.py":
            continue
        for node in nodes(text):
            if isinstance(node, ast.Attribute) and node.attr in REAL_CLOCK_WORDS and ast.unparse(node) in REAL_CLOCK:
                problems.append(f"{path}:{node.lineno} asks {ast.unparse(node)}")
            if isinstance(node, ast.ImportFrom):
                names = {(node.module, one.name) for one in node.names} & REAL_CLOCK_NAMES
                problems += [f"{path}:{node.lineno} asks {module}.{name}" for module, name in names]
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                problems.append(f"{path}:{node.value.lineno} lets the database keep time: {node.arg}")
    return problems


def signals(files):
    """Uses of Django's signals: a verb has one action, nothing happens behind it."""
    return [
        f"{path}:{line} uses {name}"
        for path, text in files.items()
        for line, name in _imports(text)
        if name.startswith("django.dispatch") or ".signals" in name
    ]


def unasked_rows(files, allowed=(), relations=()):
    """Rows taken without ``visible_to``: ``Model.objects`` bare, get_object_or_404(Model), ``model = Model``.

    In sums also by one of the ``relations`` of another row: ``plan.tasks.count()``. A subquery bound to an outer row, a
    Prefetch and what belongs to given rows show no row by themselves.
    """
    problems = []
    for path, text in files.items():
        parts = PurePosixPath(path).with_suffix("").parts
        if not SHOWING & set(parts[1:2]):
            continue
        problems += [
            f"{path}:{line} takes {what} without visible_to"
            for line, what in sorted(
                [*_unasked(nodes(text)), *(_related(text, relations) if "dashboard" in parts else ())]
            )
            if not {(path, what), (path, "*")} & set(allowed)
        ]
    return problems


def moved_by_hand(files, allowed=()):
    """Statuses given without ``kit.moves.move``: ``thing.status = ...``, ``rows.update(status=...)``; demo data are made as they stand."""
    return [
        f"{path}:{node.lineno} gives a status by hand"
        for path, text in files.items()
        if path != "kit/moves.py" and "demo" not in path.split("/") and path not in allowed
        for node in nodes(text)
        if _gives_status(node)
    ]


def _gives_status(node):
    if isinstance(node, ast.Attribute):
        return node.attr == "status" and isinstance(node.ctx, ast.Store)
    updates = isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".update", "setattr"))
    return updates and ("status" in {one.arg for one in node.keywords} or "'status'" in map(ast.unparse, node.args))


def _unasked(all_nodes):
    above = {child: node for node in all_nodes for child in ast.iter_child_nodes(node)}
    for node in all_nodes:
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            if not _asks(node, above):
                yield node.lineno, ast.unparse(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("get_object_or_404", "get_list_or_404"):
            if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id[:1].isupper():
                yield node.lineno, node.args[0].id
        elif isinstance(node, ast.ClassDef):
            yield from _model_of_class(node)


def _related(text, relations):
    """Rows reached from another row, unless it was fetched with them, or they are an attribute of a sum's own."""
    for node in nodes(text):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr in relations:
            name, owner = node.value.attr, ast.unparse(node.value.value)
            fetched = node.attr == "all" and re.search(rf'(Prefetch|prefetch_related)\([^)]*"(\w+__)?{name}"', text)
            if owner not in ("self", "scope") and not fetched and node.attr != "append":
                yield node.lineno, f"{owner}.{name}"


def _asks(node, above):
    """Is ``visible_to`` called somewhere in the chain that begins at this manager, or does it hang on rows asked for?"""
    while isinstance(above.get(node), ast.Attribute | ast.Call):
        node = above[node]
        if isinstance(node, ast.Attribute) and node.attr in {"visible_to", "none"} | OF_GIVEN_ROWS:
            return True
        if isinstance(node, ast.Call) and (ast.unparse(node.func) == "Prefetch" or _is_bound(node)):
            return True
    return False


def _is_bound(call):
    """Does a filter tie these rows to an outer one: ``task=OuterRef("pk")``, alone or inside Q?"""
    if not ast.unparse(call.func).endswith(".filter"):
        return False
    words = [ast.unparse(value) for value in [*call.args, *(one.value for one in call.keywords)]]
    return any("OuterRef(" in word and not re.search(r"Exists\(|Subquery\(", word) for word in words)


def _model_of_class(node):
    own = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    for one in node.body:
        named = isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "model"
        if named and not own & {"get_queryset", "get_object"}:
            yield one.lineno, ast.unparse(one.value)


def _imports(text):
    """Yield (line, dotted name) of everything a file imports: ``from a import b`` names a.b."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{one.name}") for one in node.names)


def _dotted_strings(text):
    """Yield (line, string) of strings like "reports.MonthlyReport", by which a model or module is named too."""
    for node in nodes(text):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.match(node.value):
            yield node.lineno, node.value


def _layer(path):
    parts = PurePosixPath(path).with_suffix("").parts
    return LAYERS.get(parts[1]) if parts[0] not in ("kit", "zhuzhou") else None


def _impure(text):
    """Yield the imports that a pure module must not have: Django, and what is not pure itself."""
    for line, name in _imports(text):
        first, second = [*name.split("."), ""][:2]
        ours = first in RANKS and (first == "kit" or second not in LAYERS)
        if not ours and first not in sys.stdlib_module_names and first not in ALLOWED_IN_PURE:
            yield line, name


# Readers of file formats, which know nothing of us either.
ALLOWED_IN_PURE = {"docx", "openpyxl", "lxml", "chinese_calendar", "diff_match_patch", "xlsxwriter"}
