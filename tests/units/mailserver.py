"""A mail server on the loopback: takes, refuses some addresses, or accepts the connection and says nothing."""

import contextlib
import socketserver
import threading


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.met += 1
        if self.server.silent:
            self.server.ended.wait(20)
            return
        self.say("220 here")
        with contextlib.suppress(ConnectionError):
            while line := self.rfile.readline().decode().strip():
                self.answer(line)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, line):
        verb = line.split(":")[0].split()[0].upper()
        if line.upper().startswith("RCPT TO"):
            self.to = line[line.index("<") + 1 : line.index(">")]
            code = self.server.refused.get(self.to)
            self.say(f"{code} no such user" if code else "250 ok")
        elif verb == "DATA":
            self.say("354 go on")
            text = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.taken.append((self.to, text))
            self.say("250 taken")
        else:
            self.say("221 bye" if verb == "QUIT" else "250 ok")


class MailServer(socketserver.ThreadingTCPServer):
    """``refused`` maps an address to the code it is refused with; ``taken`` are (address, message) in order; ``met`` counts connections."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken, self.refused, self.met, self.silent, self.ended = [], {}, 0, False, threading.Event()


@contextlib.contextmanager
def serving():
    """Yield a MailServer that answers until the block ends."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()
