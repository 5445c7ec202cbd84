"""Pages as a browser reads them: links, forms, and a plausible value for every field."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
from django.urls import Resolver404, resolve

from kit import clock

# The field says no more than that it is text: what a person might write there.
WORDS = "按计划推进，已完成初步方案。"


@dataclass
class Form:
    """One form of a page: where it goes, what it sends, its submit buttons as (name, value)."""

    action: str
    method: str
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)
    files: bool = False

    @property
    def shape(self):
        """Its fields and buttons without their numbers: what two forms of one kind have in common."""
        return sorted({re.sub(r"\d+", "#", name) for name in self.fields})

    @property
    def values(self):
        """{name: plausible values} of its fields, as the page fills them or as a person would."""
        return {
            name: [value for each in elements for value in plausible(each)] for name, elements in self.fields.items()
        }


def read(html, address):
    """Return (addresses linked to, Forms) of a page of ours."""
    page = lxml.html.document_fromstring(html)
    assert not page.xpath("//form//form"), f"{address}: a form within a form, of which a browser makes one"
    assert not re.search(r"&lt;\w+ class=", html), f"{address}: markup of ours shown as text"
    links = [urljoin(address, each) for each in page.xpath("//a/@href")]
    return [each for each in links if urlsplit(each).netloc == ""], [_form(each, address) for each in page.forms]


def walk(client, start="/", each=1, alter=lambda path, text: text):
    """Yield (address, links, Forms) of the pages that links and forms lead to, at most ``each`` of one kind."""
    ahead, seen, met = [start], set(), {}
    while ahead:
        address = ahead.pop(0)
        kind, path = kind_of(address), urlsplit(address).path
        if kind in (None, "logout/") or path in seen or met.get(kind, 0) >= each:
            continue
        seen.add(path)
        met[kind] = met.get(kind, 0) + 1
        answer = client.get(address)
        if answer.status_code == 302:
            ahead.append(urljoin(address, answer.url))
        elif answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
            links, forms = read(alter(address, answer.content.decode()), address)
            ahead += links + [form.action for form in forms if form.method == "get"]
            yield address, links, forms
        elif answer.streaming:
            # A file read to its end is closed.
            b"".join(answer.streaming_content)


def _form(element, address):
    form = Form(urljoin(address, element.get("action") or ""), element.get("method", "get").lower())
    for each in element.xpath(".//input|.//select|.//textarea|.//button"):
        kind, name = each.get("type", "text"), each.get("name")
        if each.tag == "button" or kind == "submit":
            form.buttons += (
                [(name, each.get("value", ""))] if kind not in ("button", "reset") or each.tag != "button" else []
            )
        elif name and "disabled" not in each.attrib:
            form.files |= kind == "file"
            form.fields.setdefault(name, []).append(each)
    return form


def plausible(element):
    """Return the values that one element of a form sends: what it holds, else what its attributes ask for."""
    kind = element.get("type", "text") if element.tag == "input" else element.tag
    if kind in ("checkbox", "radio"):
        return [element.get("value", "on")] if "checked" in element.attrib else []
    if kind == "select":
        return _chosen(element)
    held = element.get("value") if element.tag == "input" else (element.text or "").removeprefix("\n")
    return [held or _typed(element, kind)]


def _chosen(element):
    options = element.xpath(".//option")
    chosen = [each for each in options if "selected" in each.attrib and each.get("value")] or [
        each for each in options if each.get("value")
    ]
    return [each.get("value") for each in chosen[:1]]


def _typed(element, kind):
    if kind in ("date", "month"):
        return f"{clock.today():%Y-%m-%d}" if kind == "date" else f"{clock.today():%Y-%m}"
    if kind == "number" or element.get("inputmode") == "numeric":
        return element.get("min") or "1"
    if kind in ("file", "hidden", "password", "search"):
        return ""
    return WORDS[: int(element.get("maxlength") or len(WORDS))]


def kind_of(address):
    """Return the name of an address and the folder it lies in: pages of one kind are walked once."""
    path = urlsplit(address).path
    try:
        return resolve(path).route
    except Resolver404:
        return None


def query_of(address):
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def folded(answer):
    """The page of an answer with every run of white space as one blank, as a browser shows it."""
    return " ".join(answer.content.decode().split())
