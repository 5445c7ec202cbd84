"""Ask one page again and again as several people at once: load BASE USER PASSWORD PATH [PEOPLE] [SECONDS].

Prints requests a second, the median and the 95th percentile. Signs in once; standard library only.
"""

import http.client
import re
import statistics
import sys
import threading
import time
import urllib.parse

base, user, password, path = sys.argv[1:5]
people, seconds = int((sys.argv[5:6] or [16])[0]), float((sys.argv[6:7] or [10])[0])
host = urllib.parse.urlsplit(base).netloc


def sign_in():
    """Return the cookies of the session."""
    line = http.client.HTTPConnection(host)
    line.request("GET", "/login/")
    answer = line.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[1]
    cookies = [value.split(";")[0] for value in answer.headers.get_all("Set-Cookie")]
    form = urllib.parse.urlencode({"username": user, "password": password, "csrfmiddlewaretoken": token})
    headers = {"Cookie": "; ".join(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/login/", form, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302:
        sys.exit(f"sign-in answers {answer.status}")
    return "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie"))


def ask(cookies, until, times):
    line = http.client.HTTPConnection(host)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        line.request("GET", path, headers={"Cookie": cookies})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"{path} answers {answer.status}")
        times.append(time.perf_counter() - begun)


cookies, times, begun = sign_in(), [], time.perf_counter()
threads = [threading.Thread(target=ask, args=(cookies, begun + seconds, times)) for _ in range(people)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
took = time.perf_counter() - begun
median, late = 1000 * statistics.median(times), 1000 * times[int(len(times) * 0.95)]
sys.stdout.write(f"{len(times) / took:.0f} requests/s, median {median:.0f} ms, 95% within {late:.0f} ms  {path}\n")
