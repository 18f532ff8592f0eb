"""A connection to a mail server on which every wait has an end.

smtplib waits anew for each octet: a server that drips could hold a run for ever.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from time import monotonic
from typing import Any

from carepass_cli.mail.server import Smtp

# A server looks through a whole letter before it says that it has taken it. One that is given up on
# too early has it nevertheless, and gets it again (RFC 5321, 4.5.3.2.6).
_PATIENCE = 4
_OCTETS_MOST = 1_000_000
Claim = Callable[[], bool]


def unasked() -> bool:
    """The claim of a letter that nobody else may send."""
    return True


class Overstayed(Exception):
    """The server took too long, or said too much."""


class Withheld(Exception):
    """The letter was not ours to send."""


class Connection(smtplib.SMTP):
    """smtplib's, with an end to each wait, on which `claim` is asked right before a letter's text is sent.

    `timeout` is the longest silence, in seconds. All that comes before the first letter, greeting, TLS
    and login, may take twice as long and 1 MB; then each answer may take `timeout` and 1 MB, the one to
    a letter's text four times as long. What goes beyond raises Overstayed.
    """

    claim: Claim = staticmethod(unasked)

    def __init__(self, smtp: Smtp, timeout: float) -> None:
        self._silence = timeout
        self._welcomed = False
        self.refusal: tuple[int, bytes] | None = None
        self._allow(2 * timeout)
        try:
            super().__init__(smtp.host, smtp.port, smtp.helo, timeout=timeout)
        except BaseException:
            self.close()
            raise

    def welcomed(self) -> None:
        """The greeting is over: from now on each answer has its own time."""
        self._welcomed = True

    def send(self, s: Any) -> None:
        if self._welcomed:
            self._allow(self._silence)
        if self.sock:
            self.sock.settimeout(self._left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """smtplib's; `refusal` keeps the last answer where it is one: a server may hang up after it."""
        if self.file is None:
            self.file = _Lines(self._receive)
        code, said = super().getreply()
        self.refusal = (code, said) if code >= 400 else None
        return code, said

    def data(self, msg: Any) -> tuple[int, bytes]:
        if not self.claim():
            raise Withheld
        usual, self._silence = self._silence, self._silence * _PATIENCE
        try:
            return super().data(msg)
        finally:
            self._silence = usual

    def _allow(self, seconds: float) -> None:
        self._until, self._octets_left = monotonic() + seconds, _OCTETS_MOST

    def _left(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise Overstayed("timed out")
        return min(left, self._silence)

    def _receive(self) -> bytes:
        assert self.sock is not None
        self.sock.settimeout(self._left())
        try:
            received: bytes = self.sock.recv(8192)
        except TimeoutError:
            raise Overstayed("timed out") from None
        self._octets_left -= len(received)
        if self._octets_left < 0:
            raise Overstayed(f"it says more than {_OCTETS_MOST} octets at once")
        return received


class Encrypted(Connection):
    """The same, in TLS from the first byte."""

    def __init__(self, smtp: Smtp, timeout: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(smtp, timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        return self._context.wrap_socket(plain, server_hostname=host)


class _Lines:
    """What a server says, line by line: stands for the file that smtplib reads from."""

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._held = b""

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._held and len(self._held) < limit and (received := self._receive()):
            self._held += received
        end = self._held.find(b"\n", 0, limit) + 1 or limit
        line, self._held = self._held[:end], self._held[end:]
        return line

    def close(self) -> None:
        self._held = b""
