"""A month's end: everybody signs in, writes, attaches 200 KB and submits within a minute, then the offices work their queues.

``python -m bench.month_end --database postgres://...`` makes that database anew, fills it, starts the real server with two workers and
prints for each step how often, median, 95th percentile and errors, then processor time a request and memory. Standard library
and psycopg2 only: what is measured is the server's, and the players run in a process of their own.
"""

import argparse
import http.client
import os
import random
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

import psycopg2

PASSWORD = "Bench-Month-1"
TEXT = "本月召开推进会2次，完成现场核查12处，整改问题9个，正在办理验收手续。第"
EVIDENCE = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n" + random.Random(1).randbytes(200_000) + b"\ntrailer\n<< >>\n%%EOF\n"
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
TICKS = os.sysconf("SC_CLK_TCK")


class Player:
    """One person's browser: cookies, the token of the last page, and how long every answer took."""

    def __init__(self, place, name, times):
        self.line, self.name, self.times = http.client.HTTPConnection(*place, timeout=60), name, times
        self.cookies, self.page, self.told = {}, "", False

    def ask(self, step, path, form=None, file=None):
        body, headers = None, {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if form is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
            headers["X-CSRFToken"] = token[1] if token else self.cookies.get("csrf", "")
            body, headers["Content-Type"] = _packed(form, file)
        begun = time.perf_counter()
        self.line.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        self.times.append((step, time.perf_counter() - begun, answer.status < 400))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, _, value = cookie.split(";")[0].partition("=")
            self.cookies[key] = value
        if answer.status < 300 and "<html" in text:
            self.page = text
        if answer.status >= 400 and not self.told:
            self.told = say(f"{self.name} {step}: {answer.status}") or True
        return text

    def sign_in(self):
        self.ask("sign-in page", "/login/")
        self.ask("sign in", "/login/", {"username": self.name, "password": PASSWORD})
        self.ask("home", "/")

    def month(self, month):
        path = f"/month/{month}/"
        page = self.ask("month page", path)
        form, keys = fields_of(page, path), dict.fromkeys(re.findall(r'data-save="/entries/(\d+)/save/"', page))
        for number, key in enumerate(keys):
            own = {name: value for name, value in form.items() if name.startswith(f"e{key}-")}
            said = {
                "progress": "60",
                "light": "GREEN",
                "done": f"{TEXT}{self.name}-{key}项",
                "next_steps": "月底前完成验收。",
            }
            self.ask("save", f"/entries/{key}/save/", own | {f"e{key}-{name}": value for name, value in said.items()})
            if not number:
                self.ask("attach", f"/entries/{key}/files/", {}, EVIDENCE)
        form = fields_of(self.ask("month page", path), path) | {f"e{key}-light": "GREEN" for key in keys}
        self.ask("submit", path, form | {"act": "submit"})

    def reviews(self, first, of):
        """Open the queue, read and accept every so manieth that waits, one after another."""
        page = self.ask("queue", "/review/")
        for report in list(dict.fromkeys(re.findall(r'href="/review/(\d+)/', page)))[first::of]:
            page = self.ask("review page", f"/review/{report}/")
            form = fields_of(page, f"/review/{report}/decide/") | {"act": "accept"}
            self.ask("accept", f"/review/{report}/decide/", form)
        self.ask("dashboard", "/dashboard/")


def say(text):
    sys.stdout.write(f"{text}\n")


def fields_of(page, action):
    """As a browser would send it."""
    form = next((each for each in FORM.findall(page) if action in each.split(">", 1)[0]), "")
    found = dict(re.findall(r'<input type="(?:hidden|number|text)" name="([^"]+)"[^>]*? value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form))
    return {key: value for key, value in found.items() if key != "csrfmiddlewaretoken"}


def _packed(form, file):
    if file is None:
        return urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
    edge = secrets.token_hex(12)
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="佐证.pdf"\r\n'
    body = f"{head}Content-Type: application/pdf\r\n\r\n".encode() + file + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


def played(players, play, within):
    """All at once, begun within so many seconds."""
    threads = []
    for number, player in enumerate(players):
        wait = within * number / len(players)
        threads.append(threading.Thread(target=lambda who=player, wait=wait: (time.sleep(wait), play(who))))
        threads[-1].start()
    for thread in threads:
        thread.join()


def told(times):
    say(f"{'step':<14}{'times':>6}{'p50 ms':>8}{'p95 ms':>8}{'errors':>8}")
    for step in [*dict.fromkeys(step for step, *_ in times), "all"]:
        rows = [(took, fine) for name, took, fine in times if step in (name, "all")]
        took = sorted(1000 * each for each, _ in rows)
        late, errors = took[int(len(took) * 0.95)], sum(not fine for _, fine in rows)
        say(f"{step:<14}{len(rows):>6}{statistics.median(took):>8.0f}{late:>8.0f}{errors:>8}")


def family(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def processor(pid):
    """Seconds of the server, its workers, and those that have ended."""
    times = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:15] for each in family(pid)]
    return sum(map(int, sum(times, []))) / TICKS


def memory(pid):
    """MiB of the server and its workers, what is shared counted once."""
    told = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in family(pid))
    return sum(int(re.search(r"^Pss:\s+(\d+)", each, re.MULTILINE)[1]) for each in told) / 1024


def fresh(address):
    """Make the database anew; only one that is called _bench."""
    place, _, name = address.rpartition("/")
    if not name.endswith("_bench"):
        sys.exit("the database must be one whose name ends in _bench: it is made anew")
    line = psycopg2.connect(f"{place}/postgres")
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    line.close()


def month_end(people, tasks, months, database, port):
    fresh(database)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        surroundings = os.environ | {
            "DATABASE_URL": database,
            "ZHUZHOU_VAR": folder,
            "ZHUZHOU_TODAY": "",
            "DEMO_DATA": "0",
        }
        surroundings |= {"HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "SECRET_KEY": secrets.token_urlsafe(60)}
        size = f"--units={people} --tasks={tasks} --months={months} --password={PASSWORD} --fresh"
        for words in ("manage.py migrate -v0", "manage.py collectstatic --noinput -v0", f"-m bench fill {size}"):
            subprocess.run([sys.executable, *words.split()], env=surroundings, check=True, stdout=subprocess.DEVNULL)
        served = f"from kit.serving import serve; serve('zhuzhou.wsgi.application', '127.0.0.1', {port})"
        server = subprocess.Popen([sys.executable, "-c", served], env=surroundings)
        try:
            play(("127.0.0.1", port), server.pid, people, running_month(database))
        finally:
            server.terminate()
            server.wait()


def running_month(database):
    """As addresses write it: 2015-10."""
    line = psycopg2.connect(database)
    with line, line.cursor() as cursor:
        cursor.execute("SELECT to_char(max(month), 'YYYY-MM') FROM reports_period")
        month = cursor.fetchone()[0]
    line.close()
    return month


def play(place, server, people, month):
    while socket.socket().connect_ex(place) or len(family(server)) < 3:
        time.sleep(0.2)
    times = []
    units = [Player(place, f"unit{number:0{max(3, len(str(people)))}d}", times) for number in range(1, people + 1)]
    offices = [Player(place, f"office{number}", times) for number in range(1, 10)]
    say(f"load before: {os.getloadavg()[0]:.1f}; memory at the beginning: {memory(server):.0f} MiB")
    spent, begun = processor(server), time.perf_counter()
    played(units, lambda player: (player.sign_in(), player.month(month)), 60)
    played(offices, lambda player: (player.sign_in(), player.reviews(offices.index(player) // 3, 3)), 5)
    took = time.perf_counter() - begun
    told(times)
    spent = processor(server) - spent
    say(
        f"{len(times)} requests in {took:.0f} s; processor {1000 * spent / len(times):.1f} ms a request; memory at the end: {memory(server):.0f} MiB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=150)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--port", type=int, default=8360)
    parser.add_argument("--database", required=True)
    asked = parser.parse_args()
    month_end(asked.people, asked.tasks, asked.months, asked.database, asked.port)
