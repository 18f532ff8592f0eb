"""A real SMTP server for each test that wants one, with certificates made for the run.

A room's conftest imports the fixtures.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "clerk@example.org", "pa55word/with=signs"


class Inbox:
    """What a server took. A test replaces its `handle_...` to make it fail."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.sessions: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        self.sessions.append(session)
        return "250 Taken"


class MailServer(Controller):
    """aiosmtpd on a free port of this machine."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        port = self._socket.getsockname()[1]
        super().__init__(inbox, hostname="127.0.0.1", port=port, **options)
        self.inbox = inbox
        self.place = f"127.0.0.1:{port}"

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)


@pytest.fixture
def serve() -> Iterator[Callable[..., MailServer]]:
    """Start a server: `serve(inbox, **options of aiosmtpd)`."""
    running: list[MailServer] = []

    def start(inbox: Inbox | None = None, **options: Any) -> MailServer:
        running.append(MailServer(inbox or Inbox(), **options))
        running[-1].start()
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def cafile(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def certified(authority: trustme.CA) -> Callable[..., ssl.SSLContext]:
    """A server's TLS context: `certified(name)`, with a certificate for that name."""

    def context(name: str = "127.0.0.1") -> ssl.SSLContext:
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(made)
        return made

    return context


@pytest.fixture
def credentials() -> tuple[str, str]:
    return USER, PASSWORD


@pytest.fixture
def with_login() -> dict[str, Any]:
    """Options of a server that lets only USER with PASSWORD in."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        known = data.login == USER.encode() and data.password == PASSWORD.encode()
        # Like a server that talks too much.
        told = None if known else f"535 No entry for {data.login.decode()} with {data.password.decode()}"
        return AuthResult(success=known, handled=False, message=told)

    return {"authenticator": check, "auth_required": True}
