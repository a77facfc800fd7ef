"""A mail server of a test's own: it takes mail, or refuses some recipients as real servers do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from pytest_django import Settings


class Conversation(StreamRequestHandler):
    """One client's mails, line by line."""

    server: "MailServer"

    def handle(self) -> None:
        """Answer each line; what stands between DATA and a lone dot is a mail's own."""
        self.wfile.write(b"220 ready\r\n")
        to: list[str] = []
        for line in self.rfile:
            said = line.decode().strip()
            if said.upper().startswith("RCPT"):
                address = said.partition("<")[2].partition(">")[0]
                known = self.server.knows(address)
                to += [address] if known else []
                self.wfile.write(b"250 well\r\n" if known else b"550 nobody\r\n")
            elif said.upper() == "DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline().strip() != b".":
                    pass
                self.server.taken += to
                to = []
                self.wfile.write(b"250 taken\r\n")
            else:
                self.wfile.write(b"250 well\r\n")


class MailServer(ThreadingTCPServer):
    """The server, whom it knows, and whose mail it has taken."""

    daemon_threads = True

    def __init__(self, knows: Callable[[str], bool]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.knows = knows
        self.taken: list[str] = []


@contextmanager
def mail_server(settings: Settings, knows: Callable[[str], bool]) -> Iterator[MailServer]:
    """Have all mail go to a server that takes what is for those whom it knows."""
    with MailServer(knows) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS = False
        yield server
        server.shutdown()
