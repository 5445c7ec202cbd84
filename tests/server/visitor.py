"""A person at a browser that opens a fresh connection for every page, so that any process of the server may answer."""

import html
import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.conftest import PASSWORD


class Answer:
    def __init__(self, response):
        self.status, self.location = response.status, response.headers.get("Location", "")
        self.content = response.read()
        self.text = self.content.decode(errors="replace")

    def field(self, name):
        """The value of a hidden field."""
        return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', self.text)[1])


class Visitor:
    """Keeps cookies like a browser; ``wait`` seconds without an answer are an error."""

    wait = 20

    def __init__(self, port, cookies=()):
        self.port, self.cookies = port, dict(cookies)

    def ask(self, method, path, body=None, kind=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.wait)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Connection": "close", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        headers |= {"Content-Type": kind} if kind else {}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return Answer(response)
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **data):
        data["csrfmiddlewaretoken"] = self.cookies.get("csrf", "")
        return self.ask("POST", path, encode_multipart(BOUNDARY, data), MULTIPART_CONTENT)

    def follow(self, answer, path):
        return self.get(urlsplit(urljoin(path, answer.location))._replace(fragment="").geturl())

    def sign_in(self, user):
        self.get("/login/")
        assert self.post("/login/", username=user.username, password=PASSWORD).status == 302
        return self
