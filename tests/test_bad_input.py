"""Whatever is given to any parameter of any address and any field of any form: no fault of ours, no page in English."""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction

from reports.actions.periods import open_period
from reports.actions.writing import submit
from tests import pages
from tests.conftest import OCTOBER
from tests.test_doors import keys

__all__ = ["keys"]
BAD = [
    "0001-01", "9999-12", "0000-00", "2015-13", "2015-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "2015-10-10T10:00",
    "1", "0", "-1", "１２", "1.5", "1e309", "1e-400", "-1e309", "NaN", "Infinity", "9" * 20, "-" + "9" * 20, "2147483648", "9223372036854775808", "0x10", "1,000", "1_000", "²", "٣", "9" * 5000,
    "", " ", "\0", "a\0b", "\u200b", "\ufeff", "\u202e文", "\ud800", "\U0010ffff", "😀", "é", "\r\n", "a\nb", "\t", "=1+1", "@SUM(1)", "+1", "'", '"', "<script>alert(1)</script>",
    "' OR 1=1 --", "%", "%s%d", "%00", "../../etc/passwd", "\\", "{{ 7*7 }}", "长" * 10_000, "长" * 512, "null", "[]", "{}", "x:y", "1:1", "1-1",
]  # fmt: skip

NOT_PRESSED = {"logout/", "admin/logout/"}
# How much of it one run of the suite draws; with 60 and 6 it is all of it, which takes half an hour.
ROUNDS, ALONE = 2, 1
ENGLISH = re.compile(r"<title>[^<一-鿿]*</title>")
ROLES = ["office", "outsider", "reporter", "head", "mayor", "leader", "inspector", "admin", "auditor"]


@pytest.fixture
def people(keys, cast, mayor, settled, plan, water, period, labour, fill, co_reporter, make_task):
    """A county with something of everything (see tests.test_doors): a report accepted, one waiting, one not begun."""
    make_task(plan, 44, water)
    open_period(plan, OCTOBER)
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    return cast | {"mayor": mayor}


def sent(values):
    """Return values as a form sends them, byte for byte: a browser sends what Python would refuse to encode."""
    pairs = [(name, value) for name, each in values.items() for value in each]
    return "&".join(f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


def one_form(place):
    """The technical administration asks one form whether a row is added or changed."""
    return place.replace("add/", "<path:object_id>/change/") if place.startswith("admin/") else place


class Walk:
    """One person's way over all pages that links and forms lead to, one address of each kind, and what went wrong."""

    def __init__(self, client, known):
        self.client, self.known, self.wrong, self.given = client, known, [], 0
        self.pages, self.asked, self.forms = {}, {}, {}
        for address, links, forms in pages.walk(client):
            self.pages.setdefault(pages.kind_of(address), urlsplit(address).path)
            for link in links:
                self.asked.setdefault(pages.kind_of(link), set()).update(name for name, _ in pages.query_of(link))
            for form in forms:
                self._keep(form)

    def _keep(self, form):
        place = pages.kind_of(form.action)
        if form.method == "get":
            self.asked.setdefault(place, set()).update(form.fields)
        elif form.method == "post" and place not in NOT_PRESSED and self._new((one_form(place), *form.shape), [""]):
            self.forms[(place, *form.shape)] = form

    def give(self):
        """Give every parameter and field bad values: all at once, then each alone."""
        for kind, path in self.pages.items():
            for values in self._bad(dict.fromkeys(sorted(self._new(kind, self.asked.get(kind, ()))), [])):
                self._ask("get", path, values)
        for form in self.forms.values():
            for values in self._bad(form.values, form.buttons):
                self._ask("post", form.action, values)

    def _new(self, place, names):
        """The names nobody before has tried there."""
        new = set(names) - self.known.setdefault(place, set())
        self.known[place] |= new
        return new

    def _bad(self, values, buttons=()):
        """Draw from all that could be given: to all names at once (each another value), and to one name alone."""
        names = [name for name in values if name != "csrfmiddlewaretoken"]
        for place in range(ROUNDS if names else 0):
            start = self.given + place * len(BAD) // ROUNDS
            yield {name: [BAD[(start + n) % len(BAD)]] for n, name in enumerate(names)}
        pressed = {button: [value] for button, value in buttons[-1:] if button}
        for name in names:
            for _ in range(ALONE):
                yield values | pressed | {name: [BAD[self.given % len(BAD)]]}

    def _ask(self, method, address, values):
        text, self.given = sent(values), self.given + 1
        try:
            with transaction.atomic():
                if method == "get":
                    answer = self.client.get(f"{urlsplit(address).path}?{text}")
                else:
                    answer = self.client.post(address, text, content_type="application/x-www-form-urlencoded")
                transaction.set_rollback(True)
        except Exception as fault:
            self.wrong.append((method, address, text[:300], f"{type(fault).__name__}: {str(fault)[:200]}"))
            return
        html = "html" in answer.get("Content-Type", "") and not answer.streaming and answer.content
        if answer.status_code >= 500 or (html and ENGLISH.search(answer.content.decode())):
            self.wrong.append((method, address, text[:300], answer.status_code))


def test_no_value_is_a_fault_of_ours(people, sign_in):
    """Of what all together could be given, the draw of one run: every value of the list somewhere, every field a few."""
    known, wrong, given = {}, [], 0
    for who in ROLES:
        walk = Walk(sign_in(people[who]), known)
        walk.give()
        wrong += walk.wrong
        given += walk.given
    assert given > 500
    assert wrong == []
