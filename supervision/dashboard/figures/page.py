"""A draft as it is written: headings in order, sentences with their figures, tables and annexes; what says nothing is left out."""

import contextlib

from kit.numerals import chinese
from supervision.dashboard.figures.figure import SOURCES, TABLES, BlockSpec, key_of
from supervision.papers.tokens import token


class Page:
    """``always`` are the params every figure of the draft is asked with: a plan, a unit, an action."""

    def __init__(self, scope, **always):
        self.scope, self.always = scope, _told(always)
        self.blocks, self._pending, self._known, self._waiting = [], {}, {}, []
        self._levels = [0, 0]

    def figure(self, key, **params):
        params = self._params(SOURCES[key], params)
        name = key_of(key, params)
        if name not in self._known:
            self._known[name] = SOURCES[key].of(self.scope, **params)
        return self._known[name]

    def says(self, key, **params):
        return not self.figure(key, **params).is_nothing

    def put(self, key, **params):
        found, params = self.figure(key, **params), self._params(SOURCES[key], params)
        name = key_of(key, params)
        self._pending[name] = found.plain(key, params)
        return token(name)

    def say(self, words, key, **params):
        """The words with the figure's token in them; none where there is nothing to say of it."""
        return words.format(self.put(key, **params)) if self.says(key, **params) else ""

    def always_of(self, key):
        return self._params(SOURCES[key], {})

    @contextlib.contextmanager
    def about(self, **params):
        before, self.always = self.always, self.always | params
        yield
        self.always = before

    def _params(self, source, params):
        always = {name: value for name, value in self.always.items() if name in source.params}
        return always | _told(params)

    def heading(self, text, level=1):
        """It stands only if something follows."""
        self._waiting = [each for each in self._waiting if each[1] < level] + [(text, level)]

    def text(self, *sentences):
        told = "".join(each for each in sentences if each)
        figures, self._pending = self._pending, {}
        if told:
            self._begin()
            self.blocks.append(BlockSpec("TEXT", told, {key: figures[key] for key in figures if token(key) in told}))

    def table(self, key, title="", *, kind="TABLE", rows=1, **params):
        params = self._params(TABLES[key], params)
        drawn = TABLES[key].of(self.scope, **params)
        if len(drawn.content["rows"]) >= rows:
            if kind == "TABLE":
                self._begin()
            self.blocks.append(BlockSpec(kind, title, drawn.figures, key, drawn.content))

    def annex(self, key, title, **params):
        self.table(key, title, kind="ANNEX", **params)

    def _begin(self):
        for text, level in self._waiting:
            self._levels[level - 1] += 1
            self._levels[level:] = [0] * (2 - level)
            number = chinese(self._levels[level - 1])
            self.blocks.append(BlockSpec("HEADING", f"{number}、{text}" if level == 1 else f"（{number}）{text}"))
        self._waiting = []


def _told(params):
    return {name: value for name, value in params.items() if value is not None}
