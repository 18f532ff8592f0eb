"""Against servers that hang up, stall, drip, die, or are not there."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from threading import Event, Thread
from typing import Any

import pytest

from carepass_cli.mail.deliver import DeliveryFailed, MessageRefused, Post
from carepass_cli.mail.server import Smtp, parse_smtp

# Waited out in full only by a server that stalls.
SHORT = 0.3
# aiosmtpd warns of servers that take a password in the clear; ours must not send one.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")
Serve = Callable[..., Any]
Make = Callable[..., EmailMessage]


class Scripted:
    """A server that says what it is told to its first client, and hangs up: None waits for a line of the
    client's."""

    def __init__(self, *script: bytes | None) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._script = script
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.place = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        with suppress(OSError):
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rb") as lines:
                for part in self._script:
                    if part is None:
                        lines.readline()
                    else:
                        connection.sendall(part)

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(5)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ((b"421 Too busy\r\n",), "421 Too busy"),
        ((b"220 hi\r\n", None, b"504 Need a full name\r\n"), "504 Need a full name"),
        ((b"220 hi\r\n", None, b"504 Need a full name\r\n", None, b"504 The same\r\n"), "504 The same"),
        ((b"220 hi\r\n", None, b"250-hi\r\n250 AUTH PLAIN\r\n"), "closed the connection"),
        (
            (b"220 hi\r\n", None, b"250-hi\r\n250 AUTH PLAIN LOGIN\r\n", None, b"421 Go away\r\n"),
            "421 Go away",
        ),
    ],
)
def test_the_last_words_of_a_server_that_hangs_up(script: tuple[bytes | None, ...], said: str) -> None:
    with Scripted(*script) as server:
        smtp = parse_smtp(f"smtp://clerk@{server.place}?starttls=never", "hush")
        post = Post(replace(smtp, helo="a.example"), timeout=5)
        with pytest.raises(DeliveryFailed) as caught:
            post.__enter__()
    assert said in caught.value.message
    assert ("greeted as a.example" in caught.value.hint) == ("504" in said)


def test_a_server_that_drips_is_given_up_on() -> None:
    """One octet within each wait, for ever: the whole greeting has its end, too."""
    drops = [b"2"] + [b"2"] * 100_000
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                for drop in drops:
                    connection.sendall(drop)
                    Event().wait(SHORT / 10)

        thread = Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(DeliveryFailed, match="timed out"):
            Post(Smtp("127.0.0.1", listener.getsockname()[1], "never"), timeout=SHORT).__enter__()
        thread.join(5)
        assert not thread.is_alive()


def test_a_server_that_never_stops_greeting() -> None:
    with (
        Scripted(*[b"220-" + b"x" * 1000 + b"\r\n"] * 2000) as server,
        pytest.raises(DeliveryFailed) as caught,
    ):
        Post(parse_smtp(f"smtp://{server.place}"), timeout=30).__enter__()
    assert "says more than 1000000 octets" in caught.value.message


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_server_that_dies(step: str, serve: Serve, message: Make) -> None:
    server = serve()

    async def die(smtpd: Any, *_: Any) -> str:
        smtpd.transport.abort()
        return "250 OK"

    setattr(server.inbox, f"handle_{step}", die)
    with Post(parse_smtp(f"smtp://{server.place}"), timeout=5) as post:
        with pytest.raises(DeliveryFailed) as caught:
            post.send(message())
        assert not isinstance(caught.value, MessageRefused)
        with pytest.raises(DeliveryFailed):  # and it stays dead
            post.send(message())


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_server_that_stalls(step: str, serve: Serve, message: Make) -> None:
    server = serve()

    async def stall(*_: Any) -> str:
        await asyncio.Event().wait()
        return "250 never"

    setattr(server.inbox, f"handle_{step}", stall)
    with (
        Post(parse_smtp(f"smtp://{server.place}"), timeout=SHORT) as post,
        pytest.raises(DeliveryFailed, match="timed out") as caught,
    ):
        post.send(message())
    assert not isinstance(caught.value, MessageRefused)


@pytest.mark.parametrize("encryption", ["tls", "never"])
def test_a_server_that_never_greets(encryption: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(DeliveryFailed, match="timed out"),
    ):
        Post(Smtp("127.0.0.1", silent.getsockname()[1], encryption), timeout=SHORT).__enter__()


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(DeliveryFailed, match=f"The mail server 127.0.0.1:{port} cannot be reached"):
        Post(parse_smtp(f"smtp://127.0.0.1:{port}")).__enter__()
