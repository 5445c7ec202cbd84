"""A group's robot on the loopback: takes posts, answers as it is told, or accepts the connection and says nothing."""

import contextlib
import http.server
import json
import threading


class _Listening(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        if self.server.silent:
            self.server.met += 1
            self.server.ended.wait(20)
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status in (301, 302):
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        while self.server.drips and not self.server.ended.wait(0.01):
            self.wfile.write(b" ")
        self.wfile.write(self.server.says.encode())

    do_GET = do_POST

    def log_message(self, *args):
        """Say nothing."""


class Robot(http.server.ThreadingHTTPServer):
    """``taken`` are (path, values) in order; it answers ``status`` and ``says``."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Listening)
        self.taken, self.status, self.says, self.silent, self.met = [], 200, '{"errcode": 0}', False, 0
        self.drips = False
        self.ended = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/send?key=SECRET-KEY"


@contextlib.contextmanager
def listening():
    """Yield a Robot that answers until the block ends."""
    with Robot() as robot:
        thread = threading.Thread(target=robot.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield robot
        robot.ended.set()
        robot.shutdown()
        thread.join()
